"""The bonus, and the fixing of a result."""

import datetime as dt
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.places import DayField
from accounts.text import LineField
from accounts.words import day
from assessment.forms.numbers import NumberField, as_typed
from assessment.models import Bonus

MOST_BONUS = Decimal(100)


class BonusForm(forms.Form):
    """Points for the report on human-rights actions, and where they are written."""

    points = NumberField(label="Bonus Aksi HAM", whole_digits=3, decimals=2, largest=MOST_BONUS)
    source = LineField(label="Sumber", max_length=300, help_text="Misalnya surat hasil pelaporan Aksi HAM.")

    def __init__(self, *args, standing: Bonus | None, **kwargs) -> None:
        entered = {"points": as_typed(standing.points), "source": standing.source} if standing else {}
        super().__init__(*args, **kwargs | {"initial": entered})


class FixForm(forms.Form):
    """The minutes of the result, and the password once more."""

    minutes_number = LineField(label="Nomor berita acara", max_length=100)
    minutes_on = DayField(label="Tanggal berita acara")
    password = forms.CharField(
        label="Kata sandi Anda",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Ditanyakan sekali lagi, karena hasil yang ditetapkan tidak dapat diubah.",
    )

    def __init__(self, *args, sent_on: dt.date | None, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._sent_on, self._today = sent_on, today

    def clean_minutes_on(self) -> dt.date:
        """Not in the future, and not before there was anything to verify."""
        on = self.cleaned_data["minutes_on"]
        if on > self._today:
            raise ValidationError("Tanggal berita acara tidak boleh di masa depan.")
        if self._sent_on and on < self._sent_on:
            sent = f"paketnya diserahkan, {day(self._sent_on)}"
            raise ValidationError(f"Tanggal berita acara tidak boleh sebelum {sent}.")
        return on
