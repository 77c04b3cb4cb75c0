"""What goes back to an agency: notes, each on a part of the answer, until an hour."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from assessment.enums import NotePart, Reader
from assessment.models import Answer, CorrectionRound, Return, ReturnNote
from assessment.workflow import TransitionRefusedError

NO_NOTE = "Tulis paling sedikit satu catatan, supaya perangkat daerah tahu apa yang diperbaiki."


@dataclass(frozen=True)
class Note:
    """What is wrong with one part; a document's note names the required document, a citation's the evidence."""

    part: NotePart
    text: str
    document_id: int | None = None
    evidence_id: int | None = None


def needed(notes: Iterable[Note]) -> list[Note]:
    """Return the notes; raises TransitionRefusedError where there is none."""
    written = list(notes)
    if not written:
        raise TransitionRefusedError(NO_NOTE)
    return written


def summary(notes: Iterable[Note]) -> str:
    """Return the notes as one text for the trail."""
    return " ".join(note.text for note in notes)[:1000]


def write_return(
    *, answer: Answer, notes: Iterable[Note], closes_at: dt.datetime, by: User, at: dt.datetime,
    correction_round: CorrectionRound | None = None,
) -> Return:  # fmt: skip
    """Write a return with its notes: the coordinator's, or the reviewer's in a round."""
    returned = Return.objects.create(
        answer=answer, submission=answer.last_submission, round=correction_round, returned_by=by, returned_at=at,
        reader=Reader.REVIEWER if correction_round else Reader.COORDINATOR, closes_at=closes_at,
    )  # fmt: skip
    ReturnNote.objects.bulk_create(
        ReturnNote(
            returned=returned,
            part=note.part,
            text=note.text,
            document_id=note.document_id,
            evidence_id=note.evidence_id,
        )
        for note in notes
    )
    return returned
