"""The tables of the yearly assessment."""

from assessment.models.answer import Answer, Submission
from assessment.models.assignment import AgencyMapping, Assignment
from assessment.models.award import Award, AwardEnding
from assessment.models.cycle import Cycle, EndorsementException, Extension, Package, PackageItem
from assessment.models.evidence import Citation, Evidence, StoredFile, SubmittedCitation
from assessment.models.instrument_draft import InstrumentDraft
from assessment.models.problem import Problem, ProblemGround, ProblemResponse
from assessment.models.record import IssuedDocument
from assessment.models.result import Bonus, Result, ResultDecision, Snapshot
from assessment.models.review import CorrectionRound, PendingReturn, Return, ReturnNote, Review

__all__ = [
    "AgencyMapping",
    "Answer",
    "Assignment",
    "Award",
    "AwardEnding",
    "Bonus",
    "Citation",
    "CorrectionRound",
    "Cycle",
    "EndorsementException",
    "Evidence",
    "Extension",
    "InstrumentDraft",
    "IssuedDocument",
    "Package",
    "PackageItem",
    "PendingReturn",
    "Problem",
    "ProblemGround",
    "ProblemResponse",
    "Result",
    "ResultDecision",
    "Return",
    "ReturnNote",
    "Review",
    "Snapshot",
    "StoredFile",
    "Submission",
    "SubmittedCitation",
]
