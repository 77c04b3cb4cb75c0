"""Notes on the parts of a submission: the coordinator's on checking, the reviewer's for a round."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.text import NoteField, whole_number
from assessment.enums import NotePart
from assessment.facts.returns import NO_NOTE, Note
from assessment.models import Answer, Submission, SubmittedCitation

DOCUMENT = "document-"

CITATION = "citation-"

NO_NOTES = ("closes_at", "seen")

GONE = {
    DOCUMENT: ("dokumen yang tidak diminta lagi", "Indikator ini tidak meminta dokumen itu."),
    CITATION: ("data dukung yang tidak dirujuk lagi", "Pengajuan yang terakhir tidak merujuk data dukung ini."),
}

MOVE_IT = "Pindahkan catatannya ke bagian lain, lalu kosongkan di sini."


class NotesForm(forms.Form):
    """One note for each part that is wrong."""

    value = NoteField(label="Tentang nilai jawaban", required=False, rows=2, max_length=1000)
    reason = NoteField(label="Tentang alasan", required=False, rows=2, max_length=1000)
    whole = NoteField(label="Tentang keseluruhan", required=False, rows=2, max_length=1000)

    def __init__(self, *args, answer: Answer, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for required in answer.indicator.documents.all():
            self._offer(f"{DOCUMENT}{required.pk}", f"Tentang dokumen: {required.text}")
        for citation in cited_once(answer.last_submission):
            self._offer(f"{CITATION}{citation.evidence_id}", f"Tentang data dukung: {citation.evidence.title}")
        self._gone = self._typed_elsewhere()
        for name in self._gone:  # without its title: whoever types a number here may not see what it stands for
            self._offer(name, f"Tentang {GONE[_kind(name)][0]}")
        self.order_fields([name for name in self.fields if name != "whole"])

    def _typed_elsewhere(self) -> list[str]:
        """The names under which a note was typed for what meanwhile is no part of the submission any more."""
        plain = [name.removeprefix(self.add_prefix("")) for name in self.data]
        return [
            name
            for name in plain
            if _kind(name) and name not in self.fields and self.data.get(self.add_prefix(name), "").strip()
        ]

    def _offer(self, name: str, label: str) -> None:
        self.fields[name] = NoteField(label=label, required=False, rows=2, max_length=1000)

    def clean(self) -> dict:
        """At least one note, and none about what is no part of the submission; a note is never dropped in silence."""
        super().clean()
        data = self.cleaned_data
        for name in self._gone:
            self.add_error(name, f"{GONE[_kind(name)][1]} {MOVE_IT}")
        if not self.notes and not any(field.errors for field in self.note_fields):
            raise ValidationError(NO_NOTE)
        return data

    @property
    def notes(self) -> list[Note]:
        """The notes that were written."""
        written = [(name, text) for name, text in self.cleaned_data.items() if name not in NO_NOTES and text]
        return [_note(name, text) for name, text in written]

    @property
    def note_fields(self) -> list[forms.BoundField]:
        """The fields that hold notes, each folded away until something is written in it."""
        return [field for field in self.visible_fields() if field.name not in NO_NOTES]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The visible fields beside the notes."""
        return [field for field in self.visible_fields() if field.name in NO_NOTES]


def cited_once(submission: Submission | None) -> list[SubmittedCitation]:
    """Return a submission's citations, each document once; none without a submission."""
    rows = submission.citations.select_related("evidence") if submission else ()
    return list({row.evidence_id: row for row in rows}.values())


def field_of(note: Note) -> str:
    """Return the name of the field that a note is written in."""
    if note.part == NotePart.DOCUMENT:
        return f"{DOCUMENT}{note.document_id}"
    return f"{CITATION}{note.evidence_id}" if note.part == NotePart.CITATION else str(note.part)


def _kind(name: str) -> str:
    """What a field's name says that its note is about: a document, a citation, or neither."""
    kind = next((kind for kind in GONE if name.startswith(kind)), "")
    return "" if whole_number(name.removeprefix(kind)) is None else kind


def _note(name: str, text: str) -> Note:
    if name.startswith(DOCUMENT):
        return Note(NotePart.DOCUMENT, text, document_id=int(name.removeprefix(DOCUMENT)))
    if name.startswith(CITATION):
        return Note(NotePart.CITATION, text, evidence_id=int(name.removeprefix(CITATION)))
    return Note(NotePart(name), text)
