"""Forms about evidence: a file with its description, a citation from the library."""

import datetime as dt
import re
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.forms.places import CHOOSE, DayField
from accounts.sure import sure
from accounts.text import LineField
from assessment.enums import evidence_kind_choices
from assessment.models import Answer, Evidence, StoredFile
from assessment.uploads import types
from assessment.uploads.checking import CheckedFile, check
from assessment.uploads.names import shown_name
from assessment.uploads.refusals import RefusedFileError

PAGES = re.compile(r"\d{1,4}(-\d{1,4})?(, ?\d{1,4}(-\d{1,4})?)*")
NOT_CHOSEN = "Pilih dokumennya dahulu dari pustaka."
ACCEPT = ",".join(f".{ending}" for ending in types.ENDINGS)


class DetailsForm(forms.ModelForm):
    """Title, kind, number, date and validity of a document."""

    title = LineField(label="Judul dokumen", max_length=200)
    kind = forms.ChoiceField(
        label="Jenis dokumen",
        choices=evidence_kind_choices,
        error_messages={"required": "Pilih jenis dokumennya."},
    )
    number = LineField(label="Nomor", max_length=100, required=False)
    dated_on = DayField(label="Tanggal dokumen", required=False)
    valid_from = DayField(label="Berlaku sejak", required=False)
    valid_until = DayField(label="Berlaku sampai", required=False)

    class Meta:
        model = Evidence
        fields = ("title", "kind", "number", "dated_on", "valid_from", "valid_until")

    def __init__(self, *args, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_dated_on(self) -> dt.date | None:
        """A document that proves something is already written."""
        day = self.cleaned_data["dated_on"]
        if day and day > self._today:
            raise ValidationError("Tanggal ini belum tiba. Tulis tanggal yang tercantum di dokumennya.")
        return day

    def clean(self) -> dict:
        """The end of validity comes after its beginning."""
        super().clean()
        data = self.cleaned_data
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "Berlaku sampai harus setelah berlaku sejak.")
        return data


class FileForm(DetailsForm):
    """A file for an agency's library."""

    fields: dict[str, Any]  # each of its own class

    file = forms.FileField(
        label="Berkas",
        error_messages={"required": "Pilih berkasnya."},
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        allow_empty_file=True,
        max_length=None,
    )
    field_order: tuple[str, ...] = ("file", "title", "kind", "number", "dated_on", "valid_from", "valid_until")

    checked: CheckedFile | None = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", CHOOSE), *evidence_kind_choices()]
        most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        self.fields["file"].help_text = f"PDF, foto, Word, Excel, ODT, atau ODS; paling besar {most} MB."
        self.fields["file"].widget.attrs["data-most"] = settings.MAX_UPLOAD_BYTES
        self.fields["file"].widget.attrs["data-too-large"] = (
            f"Berkas ini lebih besar dari {most} MB dan belum dikirim; perkecil dahulu."
        )

    def full_clean(self) -> None:
        """Say beside the file that it must be chosen again where something else was refused."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.ask_for_file_again()

    def ask_for_file_again(self) -> None:
        """A page that comes back cannot hold a chosen file; everything else that was typed is there."""
        chosen = self.files.get("file")
        if chosen and "file" not in self.errors:
            name = shown_name(sure(chosen.name))
            self.add_error("file", f"Pilih “{name}” sekali lagi; isian lain tetap ada di bawah.")

    def clean_file(self):
        """Check what the file is; the refusal is a sentence that helps."""
        upload = self.cleaned_data["file"]
        try:
            self.checked = check(upload)
        except RefusedFileError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return upload


class ReferenceMixin(forms.Form):
    """For which required document, on which pages, with which note."""

    fields: dict[str, Any]  # each of its own class

    document = forms.ChoiceField(label="Membuktikan", required=False)
    pages = LineField(label="Halaman", max_length=60, required=False, help_text="Misalnya 14-16 atau 2, 5.")
    note = LineField(label="Keterangan", max_length=300, required=False)

    def offer_required_documents(self, answer: Answer) -> None:
        """Offer the indicator's documents."""
        asked = answer.indicator.documents.all()
        self.fields["document"].choices = [("", "Dokumen lain"), *((row.pk, row.text) for row in asked)]

    @property
    def proves(self) -> str:
        """What the chosen document is said to prove, as the end of a sentence; nothing where it proves no named one."""
        named = {str(key): words for key, words in self.fields["document"].choices if key}
        chosen = named.get(str(self["document"].value()))
        return f" untuk “{chosen}”" if chosen else ""

    def clean_pages(self) -> str:
        """Numbers and spans of pages, in order."""
        pages = self.cleaned_data["pages"].replace("–", "-").removeprefix("hal. ").strip()
        if pages and not PAGES.fullmatch(pages):
            raise ValidationError("Tulis nomor halaman, misalnya 14-16 atau 2, 5.")
        spans = [[int(number) for number in part.split("-")] for part in pages.split(",") if part]
        if any(span[0] < 1 or span[-1] < span[0] for span in spans):
            raise ValidationError("Halaman dihitung dari 1, dan rentangnya dari kecil ke besar, misalnya 14-16.")
        return pages

    def check_pages_within(self, stored: StoredFile) -> None:
        """Refuse pages that the file does not have."""
        if not stored.has_pages(self.cleaned_data.get("pages", "")):
            self.add_error("pages", f"Berkas ini mempunyai {stored.pages} halaman. Periksa nomor halamannya.")


class UploadForm(FileForm, ReferenceMixin):
    """A new file, described and cited in one step."""

    field_order = (
        "file",
        "document",
        "pages",
        "title",
        "kind",
        "number",
        "dated_on",
        "valid_from",
        "valid_until",
        "note",
    )

    def __init__(self, *args, answer: Answer, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offer_required_documents(answer)

    def clean(self) -> dict:
        """The cited pages are pages of this very file."""
        super().clean()
        data = self.cleaned_data
        if self.checked:
            self.check_pages_within(StoredFile(pages=self.checked.pages))
        return data


class KeyField(forms.ModelChoiceField):
    """A row by its key; what is no key at all is simply not there."""

    def to_python(self, value: object) -> object:
        """Refuse every key alike that leads to no row."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class CiteForm(ReferenceMixin):
    """A document of the library, cited."""

    fields: dict[str, Any]  # each of its own class

    evidence = KeyField(
        Evidence.objects.none(),
        label="Dokumen dari pustaka",
        to_field_name="public_id",
        widget=forms.HiddenInput,
        error_messages={"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN},
    )
    field_order = ("evidence", "document", "pages", "note")

    def __init__(self, *args, answer: Answer, agencies: set[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offer_required_documents(answer)
        self.fields["evidence"].queryset = Evidence.objects.of_agencies(agencies).newest().select_related("file")

    @cached_property
    def chosen(self) -> Evidence | None:
        """The document that was chosen before the rest of the form is filled in."""
        try:
            return self.fields["evidence"].clean(self["evidence"].value())
        except ValidationError:
            return None

    def clean(self) -> dict:
        """The cited pages are pages of that document."""
        super().clean()
        data = self.cleaned_data
        if data.get("evidence"):
            self.check_pages_within(data["evidence"].file)
        return data
