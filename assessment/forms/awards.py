"""Decree and award, or none; and a decree that takes one away."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.places import DayField
from accounts.text import LineField
from accounts.words import day as day_words

FUTURE = "Tanggal ini masih di masa depan."


class DecreeForm(forms.Form):
    """A decree: its number and its day."""

    decree_number = LineField(label="Nomor keputusan", max_length=100)
    decree_on = DayField(label="Tanggal keputusan")

    def __init__(self, *args, earliest: dt.date, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._earliest, self._today = earliest, today

    def clean_decree_on(self) -> dt.date:
        """Not in the future, and neither before what it takes away was given nor before its cause was known."""
        day = self.cleaned_data["decree_on"]
        if day > self._today:
            raise ValidationError(FUTURE)
        if day < self._earliest:
            words = "Tidak mungkin sebelum penghargaannya diberikan dan permasalahannya diterima, {}."
            raise ValidationError(words.format(day_words(self._earliest)))
        return day


class AnnounceForm(forms.Form):
    """How the year ended: with an award by decree, or without, and where that is written."""

    outcome = forms.ChoiceField(
        label="Yang diumumkan", widget=forms.RadioSelect,
        choices=[("award", "Mendapat penghargaan"), ("none", "Tanpa penghargaan")],
    )  # fmt: skip
    despite = forms.BooleanField(required=False)
    decree_number = LineField(label="Nomor keputusan menteri", max_length=100, required=False)
    decree_on = DayField(label="Tanggal keputusan", required=False)
    source = LineField(
        label="Sumber",
        max_length=300,
        required=False,
        help_text="Untuk tahun tanpa penghargaan: pengumuman atau suratnya.",
    )

    def __init__(self, *args, fixed_on: dt.date | None, today: dt.date, below: str = "", **kwargs) -> None:
        """`below` names the predicate of a result that no award is expected for; then a tick is asked for."""
        super().__init__(*args, **kwargs)
        self._fixed_on, self._today, self._below = fixed_on, today, below
        if below:
            self.fields["despite"].label = f"Keputusannya memang memberi penghargaan, walau hasilnya {below}"
        else:
            del self.fields["despite"]

    def clean(self) -> dict:
        """An award has its decree, not older than the minutes of the result; a year without one has its source."""
        super().clean()
        data = self.cleaned_data
        if data.get("outcome") == "award":
            self._check_award(data)
        elif data.get("outcome") == "none" and not data.get("source"):
            self.add_error("source", "Tulis sumbernya, supaya dapat ditelusuri.")
        return data

    def _check_award(self, data: dict) -> None:
        if self._below and not data.get("despite"):
            self.add_error(
                "despite", f"Hasilnya {self._below}. Periksa keputusannya; bila memang begitu, centang di sini."
            )
        for name in ("decree_number", "decree_on"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "Wajib diisi untuk penghargaan.")
        if data.get("decree_on"):
            self._check_day(data["decree_on"])

    def _check_day(self, decree_on: dt.date) -> None:
        if decree_on > self._today:
            self.add_error("decree_on", FUTURE)
        elif self._fixed_on and decree_on < self._fixed_on:
            words = f"Tidak mungkin sebelum berita acara hasilnya, {day_words(self._fixed_on)}."
            self.add_error("decree_on", words)
