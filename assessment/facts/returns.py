"""What an agency is asked to correct: notes, each on a part of the answer, and what it replied."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.enums import NotePart
from assessment.models import Answer, Return
from assessment.refusals import TransitionRefusedError

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


def replies_of(returned: Return) -> dict[int, str]:
    """Return the replies to a return's notes, by the notes' ids."""
    return dict(returned.notes.values_list("pk", "reply"))


def last_return(answer: Answer) -> Return | None:
    """Return the newest return of an answer."""
    return answer.returns.select_related("returned_by").first()
