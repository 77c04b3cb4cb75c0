"""The filter over a revision's indicators."""

from functools import cached_property
from typing import Any

from django import forms

from indicators.models import Revision, kind_choices

EVERY = [("", "Semua")]


class IndicatorFilter(forms.Form):
    """Right, kind, agency type and words; what is not a choice filters nothing."""

    fields: dict[str, Any]  # each of its own class

    right = forms.ChoiceField(label="Hak", required=False)
    kind = forms.ChoiceField(label="Jenis", required=False, choices=lambda: EVERY + kind_choices())
    agency = forms.ChoiceField(label="Perangkat daerah", required=False)
    text = forms.CharField(label="Kata atau nomor", required=False, max_length=100)

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rights, agencies = revision.rights.all(), revision.agency_types.order_by("short_name")
        self.fields["right"].choices = EVERY + [(row.code, row.short_name) for row in rights]
        self.fields["agency"].choices = EVERY + [(row.code, row.short_name) for row in agencies]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters that are set and known."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    @property
    def agency_words(self) -> str:
        """The short name of the agency type that is filtered by."""
        choices: dict[str, str] = dict(self.fields["agency"].choices)
        return choices[self.chosen["agency"]]

    @property
    def is_filtering(self) -> bool:
        """Whether anything is filtered."""
        return any(self.chosen.values())
