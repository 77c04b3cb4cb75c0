"""Until when a correction round is open."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Region
from accounts.text import NoteField
from assessment.forms.moments import MomentField, bounded

USUAL_HOURS = dt.timedelta(hours=48)


class RoundForm(forms.Form):
    """Until when a correction round is open."""

    fields: dict[str, Any]  # each of its own class

    closes_at = MomentField(label="Ditutup")

    def __init__(self, *args, region: Region, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].in_zone(region.tzinfo)
        self.fields["closes_at"].help_text = f"Dalam {region.zone_label}. Biasanya 2 × 24 jam."
        self.fields["closes_at"].initial = timezone.now() + USUAL_HOURS

    def clean_closes_at(self) -> dt.datetime:
        """Later than now, and not for ever."""
        return bounded(self.cleaned_data["closes_at"])


class MoveRoundForm(RoundForm):
    """A later hour of a running round, and why."""

    reason = NoteField(label="Alasan", max_length=300, rows=2)
