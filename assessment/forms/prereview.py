"""The coordinator's notes on a submission, and the agency's replies to them."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.forms.places import DayField
from accounts.forms.seen import carry, see, seen_in
from accounts.seen import mark_of
from accounts.text import LineField, NoteField, whole_number
from accounts.words import day
from assessment.actions.returns import NO_NOTE, Note
from assessment.enums import NotePart
from assessment.forms.moments import MomentField, closing_time
from assessment.models import Answer, Cycle, ReturnNote, Submission, SubmittedCitation

USUAL_HOURS, USUAL_WORKDAYS = dt.timedelta(hours=48), 2
LONGEST_HOURS = dt.timedelta(days=60)
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
        for document in answer.indicator.documents.all():
            self._offer(f"{DOCUMENT}{document.pk}", f"Tentang dokumen: {document.text}")
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
        data = super().clean()
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


class ReturnForm(NotesForm):
    """The coordinator's notes, and until when the answer is open."""

    closes_at = MomentField(label="Terbuka sampai")

    def __init__(self, *args, answer: Answer, **kwargs) -> None:
        super().__init__(*args, answer=answer, **kwargs)
        region = answer.cycle.region
        self.fields["closes_at"].in_zone(region.tzinfo)
        self.fields["closes_at"].help_text = f"Dalam {region.zone_label}; berlaku juga setelah batas pengisian."
        self.fields["closes_at"].initial = closing_time(timezone.now(), region.tzinfo, workdays=USUAL_WORKDAYS)
        self.order_fields([name for name in self.fields if name != "closes_at"])

    def clean_closes_at(self) -> dt.datetime:
        """Later than now, and not for ever."""
        closes_at, now = self.cleaned_data["closes_at"], timezone.now()
        if not now < closes_at <= now + LONGEST_HOURS:
            raise ValidationError("Pilih waktu yang akan datang, paling lama 60 hari.")
        return closes_at


class ReplyForm(forms.Form):
    """A reply to each note of the last return."""

    def __init__(self, *args, notes: list[ReturnNote], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for note in notes:
            self.fields[f"note-{note.pk}"] = NoteField(
                label=note.text, required=False, rows=2, max_length=1000, initial=note.reply
            )
        self._stored = mark_of({note.pk: note.reply for note in notes})
        carry(self, self._stored)

    @property
    def replies(self) -> dict[int, str]:
        """The reply to each note, by the note's id."""
        written = {name: text for name, text in self.cleaned_data.items() if name.startswith("note-")}
        return {int(name.removeprefix("note-")): text for name, text in written.items()}

    def see_stored(self) -> None:
        """Count the stored replies as seen, since they are shown beside the typed ones; untouched ones stay so."""
        if self.is_bound and seen_in(self) != mark_of(self.replies):
            see(self, self._stored)


class PackageForm(forms.Form):
    """Who endorsed the package for the regency, and on which day."""

    endorsed_by = LineField(label="Disahkan oleh", max_length=150, help_text="Jabatannya, misalnya Sekretaris Daerah.")
    endorsed_on = DayField(label="Tanggal pengesahan")

    def __init__(self, *args, cycle: Cycle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._opened, self._today = cycle.local(cycle.opened_at).date(), cycle.region.today()

    def clean_endorsed_on(self) -> dt.date:
        """Not in the future, and not before the year was opened."""
        on = self.cleaned_data["endorsed_on"]
        if on > self._today:
            raise ValidationError("Tanggal pengesahan tidak boleh di masa depan.")
        if on < self._opened:
            raise ValidationError(f"Tanggal pengesahan tidak boleh sebelum periode ini dibuka, {day(self._opened)}.")
        return on


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
