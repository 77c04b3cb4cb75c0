"""Who endorsed the package."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.places import DayField
from accounts.text import LineField
from accounts.words import day
from assessment.models import Cycle


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
