"""What people type, made safe once for every page, sheet and print: NFC, no control characters, no lone surrogates."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

NOTE_LENGTH = 5000
NOTE_LINES = 200
MOST_SEARCHED = 100
MOST_DIGITS = 18  # what every number fits that the database keeps
# Tab and line feed stay; other controls, bidi overrides and invisible formatting go.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def normalised(text: str) -> str:
    """Return `text` in NFC with plain line ends and without characters that nobody sees.

    Raises ValidationError for lone surrogates, which no file could hold.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValidationError("Ada karakter yang rusak dalam teks ini. Ketik ulang bagian itu.") from error
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return UNWANTED.sub("", plain)


def searched(request: HttpRequest, name: str = "cari") -> str:
    """Return the words that a list is searched for: one line, at most 100 characters."""
    try:
        return " ".join(normalised(request.GET.get(name, "")).split())[:MOST_SEARCHED]
    except ValidationError:
        return ""


def whole_number(text: str | None) -> int | None:
    """Return the number that up to 18 plain digits say; None for anything else that a browser may send."""
    plain = text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if text and plain else None


class NamedField(forms.CharField):
    """A text that says which one it is where it is left empty."""

    def validate(self, value: str) -> None:
        """Name the thing that is missing."""
        if self.required and self.label and value in self.empty_values:
            raise ValidationError(f"{self.label} tidak boleh kosong.", code="required")
        super().validate(value)


class LineField(NamedField):
    """One line of text, normalised."""

    def to_python(self, value: object) -> str:
        """Normalise before the length is checked."""
        text = super().to_python(value) or ""
        return " ".join(normalised(text).split())


class NoteField(NamedField):
    """Several lines of text: at most 5,000 characters and 200 lines, normalised.

    The browser is not told the limit: it would silently cut a longer text that is pasted, while a refusal keeps it.
    """

    def __init__(self, **options) -> None:
        rows = options.pop("rows", 4)
        options.setdefault("max_length", NOTE_LENGTH)
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        """Leave out the limit."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: object) -> str:
        """Normalise before the length is checked."""
        text = super().to_python(value) or ""
        return normalised(text).strip()

    def validate(self, value: str) -> None:
        """Refuse more lines than a page can show."""
        super().validate(value)
        if value.count("\n") >= NOTE_LINES:
            raise ValidationError(f"Paling banyak {NOTE_LINES} baris; teks ini {value.count(chr(10)) + 1} baris.")
