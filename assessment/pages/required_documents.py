"""The documents of an answer by what they prove: one place for each that the indicator asks for, one for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.enums import AnswerKind, EvidenceKind
from assessment.facts.completeness import asks_documents
from assessment.models import ReturnNote
from assessment.scoring import Value
from indicators.models import Indicator, RequiredDocument


@dataclass(frozen=True)
class Slot:
    """A document that the indicator asks for (None: any other), what is cited for it, and what was found wrong."""

    required_document: RequiredDocument | None
    citations: list
    notes: tuple[ReturnNote, ...] = ()
    needed: bool = True  # whether this answer has to be proved at all, or still needs its statement
    statement: bool = False  # the place of the statement that an exception needs, and of whatever else

    @property
    def label(self) -> str:
        """What belongs here, in words."""
        if self.statement:
            return "surat keterangan kepala perangkat daerah"
        return self.required_document.text if self.required_document else "dokumen lain"

    @property
    def title(self) -> str:
        """What belongs here, as a heading."""
        if self.required_document:
            return f"{self.required_document.position}. {self.required_document.text}"
        return "Surat keterangan kepala perangkat daerah" if self.statement else "Dokumen lain"

    @property
    def kind(self) -> str:
        """Whether it is required, in a word; nothing of the place for whatever else."""
        if self.required_document:
            required = "wajib" if self.required_document.required else "tambahan"
            return required if self.needed else "tidak perlu untuk jawaban ini"
        return "wajib" if self.statement else ""

    @property
    def read(self) -> bool:
        """Whether a reader is shown the place: something belongs there, or lies there."""
        return bool(self.required_document or self.statement or self.citations)

    @property
    def missing(self) -> bool:
        """Whether it is required and nothing proves it."""
        if self.statement:
            return self.needed
        return bool(self.needed and self.required_document and self.required_document.required and not self.citations)


def slots_of(indicator: Indicator, value: Value, cited: Sequence, notes: Sequence[ReturnNote] = ()) -> list[Slot]:
    """Return the slots of an answer in the order of the documents that are asked for, the rest last.

    An exception has the place of its statement first.
    """
    exception = value.form == AnswerKind.NOT_APPLICABLE
    needed = asks_documents(indicator, value)
    asked = [(row, needed, False) for row in indicator.documents.all()]
    stated = any(row.evidence.kind == EvidenceKind.STATEMENT for row in cited)  # it counts wherever it is cited
    rest = (None, not stated, exception)
    return [_slot(*place, cited, notes) for place in ((rest, *asked) if exception else (*asked, rest))]


def _slot(
    required_document: RequiredDocument | None,
    needed: bool,
    statement: bool,
    cited: Sequence,
    notes: Sequence[ReturnNote],
) -> Slot:
    key = required_document.pk if required_document else None
    here = [row for row in cited if row.document_id == key]
    evidence = {row.evidence_id for row in here}
    about = (note for note in notes if (key and note.document_id == key) or note.evidence_id in evidence)
    return Slot(required_document, here, tuple(about), needed, statement)
