"""What was submitted last, beside the one before: the ground of the coordinator's check and of the reviewer's room."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from accounts.models import User
from assessment.answer_page import Slot
from assessment.enums import Reader
from assessment.ladders import Ladder, ladder
from assessment.models import Answer, Return, ReturnNote, Submission, SubmittedCitation
from assessment.workflow import available


@dataclass(frozen=True)
class SubmissionPage:
    """One submission as its reader sees it; `reader` tells whose returns are compared."""

    answer: Answer
    user: User
    reader: ClassVar[Reader]

    @property
    def submission(self) -> Submission | None:
        """What is decided on: the last submission, never the draft."""
        return self.answer.last_submission

    @cached_property
    def ladder(self) -> Ladder | None:
        """What the submission gives."""
        return ladder(self.answer.indicator, self.submission.value) if self.submission else None

    @cached_property
    def citations(self) -> list[SubmittedCitation]:
        """The documents of the submission."""
        if self.submission is None:
            return []
        return list(self.submission.citations.select_related("evidence__file", "document"))

    @cached_property
    def slots(self) -> list[Slot]:
        """The documents of the submission, by what they prove."""
        asked = self.answer.indicator.documents.all()
        slots = [Slot(row, [one for one in self.citations if one.document_id == row.pk]) for row in asked]
        return [*slots, Slot(None, [one for one in self.citations if one.document_id is None])]

    @cached_property
    def last_return(self) -> Return | None:
        """The reader's newest return, with what was wrong then."""
        returns = self.answer.returns.filter(reader=self.reader)
        return returns.select_related("submission__option", "round", "returned_by").first()

    @cached_property
    def notes(self) -> list[ReturnNote]:
        """The notes of that return with the agency's replies."""
        return list(self.last_return.notes.select_related("document", "evidence")) if self.last_return else []

    @property
    def changed(self) -> bool:
        """Whether something came back since the last return."""
        return bool(self.last_return and self.submission and self.last_return.submission_id != self.submission.pk)

    @cached_property
    def documents_added(self) -> list[str]:
        """Titles of the documents that came with the new submission."""
        before = self._returned_evidence
        return [row.evidence.title for row in self.citations if row.evidence_id not in before]

    @cached_property
    def documents_removed(self) -> list[str]:
        """Titles of the documents that the new submission no longer cites."""
        now = {row.evidence_id for row in self.citations}
        return [title for pk, title in self._returned_evidence.items() if pk not in now]

    @cached_property
    def _returned_evidence(self) -> dict[int, str]:
        if self.last_return is None or self.last_return.submission is None:
            return {}
        return dict(self.last_return.submission.citations.values_list("evidence_id", "evidence__title"))

    @cached_property
    def steps(self) -> dict[str, str]:
        """The decisions that fit, each with what blocks it."""
        return available(self.answer, to=self.user)
