"""The documents of an answer by what they prove: one place for each that the indicator asks for, one for the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.models import ReturnNote
from indicators.models import RequiredDocument


@dataclass(frozen=True)
class Slot:
    """A document that the indicator asks for (None: any other), what is cited for it, and what was found wrong."""

    document: RequiredDocument | None
    citations: list
    notes: tuple[ReturnNote, ...] = ()

    @property
    def label(self) -> str:
        """What belongs here, in words."""
        return self.document.text if self.document else "dokumen lain"

    @property
    def missing(self) -> bool:
        """Whether it is required and nothing proves it."""
        return bool(self.document and self.document.required and not self.citations)


def slots_of(asked: Iterable[RequiredDocument], cited: Sequence, notes: Sequence[ReturnNote] = ()) -> list[Slot]:
    """Return the slots of an answer in the order of the documents that are asked for, the rest last."""
    return [_slot(document, cited, notes) for document in (*asked, None)]


def _slot(document: RequiredDocument | None, cited: Sequence, notes: Sequence[ReturnNote]) -> Slot:
    key = document.pk if document else None
    here = [row for row in cited if row.document_id == key]
    evidence = {row.evidence_id for row in here}
    about = (note for note in notes if (key and note.document_id == key) or note.evidence_id in evidence)
    return Slot(document, here, tuple(about))
