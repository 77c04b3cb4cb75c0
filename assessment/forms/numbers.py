"""Numbers as people type them in Indonesia: 1.234 is a thousand, 12,5 is twelve and a half."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

LONGEST = 40
EXACT = 15  # digits that every database keeps; SQLite stores a number as a binary fraction, and loses what is beyond
WHOLE = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)"
NUMBER = re.compile(rf"{WHOLE}(?:,[0-9]+)?")
POINT_AS_COMMA = re.compile(r"([0-9]+)\.([0-9]{1,2}|[0-9]{4,})")


class NumberField(forms.Field):
    """A number that is not negative, with so many digits before and after the comma; the unit allows its own sign."""

    def __init__(self, *, whole_digits: int, decimals: int, unit: str = "", largest: Decimal | None = None, **options):
        self._whole_digits, self._decimals, self._unit, self._largest = whole_digits, decimals, unit.lower(), largest
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: object) -> Decimal | None:
        """Read what was typed; raises ValidationError that says what to type instead."""
        typed = str(value or "").strip()
        if not typed:
            return None
        if len(typed) > LONGEST:
            raise ValidationError("Angka terlalu panjang. Periksa lagi.")
        bare = self._without_sign(typed.replace("\u00a0", " "))
        if bare.startswith(("-", "−")):
            raise ValidationError("Angka tidak boleh negatif.")
        if not NUMBER.fullmatch(bare):
            raise ValidationError(self._advice(bare))
        number = Decimal(bare.replace(".", "").replace(",", "."))
        self._measure(number)
        return number

    def _without_sign(self, typed: str) -> str:
        if "%" in self._unit or "persen" in self._unit:
            typed = typed.removesuffix("%").rstrip()
        if "rupiah" in self._unit or self._unit.startswith("rp"):
            typed = re.sub(r"^rp\.?\s*", "", typed, flags=re.IGNORECASE)
            typed = re.sub(r",\s*[-–]+$", "", typed)  # Rp 1.000,- as it stands on receipts
        return typed

    def _advice(self, bare: str) -> str:
        point = POINT_AS_COMMA.fullmatch(bare)
        if point:
            return f"Pakai koma untuk desimal: tulis “{point[1]},{point[2]}”, bukan “{bare}”."
        if "%" in bare:
            return "Tulis angkanya saja, tanpa tanda persen; satuannya bukan persen."
        if "rp" in bare.lower():
            return "Tulis angkanya saja, tanpa Rp; satuannya bukan rupiah."
        return "Tulis angka saja, misalnya 1.234 atau 12,5."

    def _measure(self, number: Decimal) -> None:
        whole, _, part = format(number, "f").partition(".")
        if len(whole.lstrip("0")) > self._whole_digits:
            raise ValidationError(f"Angka terlalu besar: paling banyak {self._whole_digits} angka di depan koma.")
        if len(part.rstrip("0")) > self._decimals:
            raise ValidationError(f"Paling banyak {self._decimals} angka di belakang koma.")
        if len(number.normalize().as_tuple().digits) > EXACT:
            raise ValidationError(f"Terlalu panjang: paling banyak {EXACT} angka, di depan dan di belakang koma.")
        if self._largest is not None and number > self._largest:
            raise ValidationError(f"Angka ini lebih besar dari yang mungkin ({as_typed(self._largest)}).")


def as_typed(number: Decimal | None) -> str:
    """Write a stored number the way it is typed: 1234,5."""
    if number is None:
        return ""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
