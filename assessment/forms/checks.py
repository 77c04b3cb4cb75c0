"""The coordinator's notes on a submission, and the agency's replies to them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Agency
from assessment.forms.moments import MomentField, bounded, closing_time
from assessment.forms.notes import NotesForm
from assessment.models import Answer
from indicators.models import Right

USUAL_WORKDAYS = 2


class ReturnForm(NotesForm):
    """The coordinator's notes, and until when the answer is open."""

    fields: dict[str, Any]  # each of its own class

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
        return bounded(self.cleaned_data["closes_at"])


ALL = ("", "Semua")
BY_AGENCY, BY_RIGHT = "opd", "hak"


class CheckFilter(forms.Form):
    """The filters of the list; whatever is not known filters nothing."""

    fields: dict[str, Any]  # each of its own class

    opd = forms.ChoiceField(label="Perangkat daerah", required=False)
    hak = forms.ChoiceField(label="Hak", required=False)
    kelompok = forms.ChoiceField(
        label="Dikelompokkan menurut", required=False, choices=[("", "Perangkat daerah"), (BY_RIGHT, "Hak")]
    )

    def __init__(self, *args, agencies: Iterable[Agency], rights: Iterable[Right], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opd"].choices = [ALL, *((str(row.pk), row.short_name) for row in agencies)]
        self.fields["hak"].choices = [ALL, *((row.code, row.short_name) for row in rights)]

    def chosen(self) -> dict[str, str]:
        """Return the filters that are set and known."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}
