"""The reviewer's forms: a decision, notes for a round, its hour, the bonus, and the fixing of a result."""

import datetime as dt
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.forms.places import DayField
from accounts.models import Region
from accounts.text import LineField, NoteField
from accounts.words import day, number
from assessment.actions.reviews import Decision, DecisionRefusedError, Seen, judged, outcomes_for
from assessment.enums import AnswerForm, Outcome
from assessment.forms.answers import value_fields
from assessment.forms.moments import MomentField
from assessment.forms.numbers import NumberField, as_typed
from assessment.forms.prereview import LONGEST_HOURS, USUAL_HOURS, NotesForm
from assessment.models import Answer, Bonus, Review

SET_NONE = "changed_none"
LABELS = {
    Outcome.CONFIRMED: "Setujui jawaban",
    Outcome.CHANGED: "Tetapkan jawaban lain",
    Outcome.NOT_APPLICABLE: "Terima “tidak berlaku”: indikator tidak dihitung",
    Outcome.REFUSED: "Tolak “tidak berlaku”: nilai 0",
    Outcome.NOT_FILLED: "Tidak diisi: nilai 0",
}
MOST_BONUS = Decimal(100)


class DecisionForm(forms.Form):
    """What the reviewer decides on one indicator, and on which state of it."""

    outcome = forms.ChoiceField(label="Keputusan", widget=forms.RadioSelect)
    points = NumberField(label="Nilai lain dari aturan", whole_digits=3, decimals=2, required=False)
    reason = NoteField(label="Alasan", required=False, rows=2, max_length=2000)
    remark = NoteField(label="Catatan resmi", required=False, rows=2, max_length=2000)
    seen_submission = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_review = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, answer: Answer, standing: Review | None, **kwargs) -> None:
        self._answer = answer
        super().__init__(*args, initial=_initial(answer, standing), **kwargs)
        fitting = outcomes_for(answer.last_submission)
        choices = [(outcome.value, LABELS[outcome]) for outcome in fitting]
        if Outcome.CONFIRMED in fitting:
            by_rule = f"{LABELS[Outcome.CONFIRMED]}: nilai {number(answer.last_submission.points)}"
            choices[0] = (Outcome.CONFIRMED.value, by_rule)
        if Outcome.CHANGED in fitting and answer.last_submission.form != AnswerForm.NONE:
            choices.append((SET_NONE, f"Tetapkan “{answer.indicator.none_label.lower()}”: nilai 0"))
        self.fields["outcome"].choices = choices
        self.fields.update(value_fields(answer.indicator))
        if "option" in self.fields:
            options = answer.indicator.options.all()
            self.fields["option"].choices = [(row.pk, f"{row.label}: nilai {number(row.points)}") for row in options]

    def clean(self) -> dict:
        """What was decided holds, as the one rule says; its sentence stands beside the field."""
        data = super().clean()
        if not self.errors:
            try:
                judged(self._answer, self.decision)
            except DecisionRefusedError as refusal:
                self.add_error(refusal.part, str(refusal))
        return data

    @property
    def decision(self) -> Decision:
        """The decision as the action takes it."""
        data = self.cleaned_data
        to_none = data["outcome"] == SET_NONE
        outcome = Outcome.CHANGED if to_none else Outcome(data["outcome"])
        value = {name: data[name] for name in ("numerator", "denominator", "number") if data.get(name) is not None}
        if data.get("option"):
            value["option_id"] = int(data["option"])
        return Decision(
            outcome, {"form": AnswerForm.NONE} if to_none else value, data.get("points"), data["reason"], data["remark"]
        )

    @property
    def begun(self) -> bool:
        """Whether another decision was begun than the one that a single press gives."""
        parts = ("points", "option", "numerator", "denominator", "number")
        chosen = self.data.get("outcome") or self.initial.get("outcome")
        typed = any(self.data.get(name, "") not in ("", self.initial.get(name, "")) for name in parts)
        return typed or chosen != self.initial.get("outcome")

    @property
    def seen(self) -> Seen:
        """What lay before the reviewer."""
        return Seen(self.cleaned_data.get("seen_submission"), self.cleaned_data.get("seen_review"))

    @property
    def value_names(self) -> list:
        """The fields of a value that is set instead."""
        names = ("option", "numerator", "denominator", "number")
        return [self[name] for name in names if name in self.fields]


class PendingForm(NotesForm):
    """What should be corrected, noted for the next round."""

    prefix = "catatan"


class RoundForm(forms.Form):
    """Until when a correction round is open."""

    closes_at = MomentField(label="Ditutup")

    def __init__(self, *args, region: Region, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].in_zone(region.tzinfo)
        self.fields["closes_at"].help_text = f"Dalam {region.zone_label}. Biasanya 2 × 24 jam."
        self.fields["closes_at"].initial = timezone.now() + USUAL_HOURS

    def clean_closes_at(self) -> dt.datetime:
        """Later than now, and not for ever."""
        closes_at, now = self.cleaned_data["closes_at"], timezone.now()
        if not now < closes_at <= now + LONGEST_HOURS:
            raise ValidationError("Pilih waktu yang akan datang, paling lama 60 hari.")
        return closes_at


class MoveRoundForm(RoundForm):
    """A later hour of a running round, and why."""

    reason = NoteField(label="Alasan", max_length=300, rows=2)


class BonusForm(forms.Form):
    """Points for the report on human-rights actions, and where they are written."""

    points = NumberField(label="Bonus Aksi HAM", whole_digits=3, decimals=2, largest=MOST_BONUS)
    source = LineField(label="Sumber", max_length=300, help_text="Misalnya surat hasil pelaporan Aksi HAM.")

    def __init__(self, *args, standing: Bonus | None, **kwargs) -> None:
        entered = {"points": as_typed(standing.points), "source": standing.source} if standing else {}
        super().__init__(*args, initial=entered, **kwargs)


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


def _initial(answer: Answer, standing: Review | None) -> dict:
    seen = {"seen_submission": answer.last_submission_id, "seen_review": standing.pk if standing else None}
    submitted = answer.last_submission
    changed = standing is not None and standing.outcome == Outcome.CHANGED
    shown = standing if changed else submitted  # the numbers to correct: usually only one of them is wrong
    names = ("numerator", "denominator", "number")
    value = {name: as_typed(getattr(shown, name)) for name in names if shown and getattr(shown, name) is not None}
    if standing is None:
        alone = {Outcome.CONFIRMED, Outcome.NOT_FILLED}.intersection(outcomes_for(submitted))
        return {**seen, **value, "outcome": alone.pop().value if alone else ""}
    to_none = changed and standing.form == AnswerForm.NONE
    value |= {"option": standing.option_id} if changed else {}
    points = as_typed(standing.points) if standing.deviates else ""
    outcome = SET_NONE if to_none else standing.outcome
    return {**seen, **value, "outcome": outcome, "reason": standing.reason, "remark": standing.note, "points": points}
