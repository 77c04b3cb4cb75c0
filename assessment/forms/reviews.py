"""The reviewer's forms: a decision, notes for a round, its hour, the bonus, and the fixing of a result."""

from typing import Any

from django import forms

from accounts.sure import sure
from accounts.text import NoteField
from accounts.words import number
from assessment.enums import AnswerKind, Outcome
from assessment.facts.decisions import NUMBERS, Decision, DecisionRefusedError, Seen, judged, outcomes_for
from assessment.forms.answers import value_fields
from assessment.forms.notes import NotesForm
from assessment.forms.numbers import NumberField, as_typed
from assessment.models import Answer, Review, Submission

SET_NONE = "changed_none"
LABELS = {
    Outcome.CONFIRMED: "Setujui jawaban",
    Outcome.CHANGED: "Tetapkan jawaban lain",
    Outcome.NOT_APPLICABLE: "Terima “tidak berlaku”: indikator tidak dihitung",
    Outcome.REFUSED: "Tolak “tidak berlaku”: nilai 0",
    Outcome.NOT_FILLED: "Tidak diisi: nilai 0",
}


class DecisionForm(forms.Form):
    """What the reviewer decides on one indicator, and on which state of it."""

    fields: dict[str, Any]  # each of its own class

    outcome = forms.ChoiceField(label="Keputusan", widget=forms.RadioSelect)
    points = NumberField(label="Nilai lain dari aturan", whole_digits=3, decimals=2, required=False)
    reason = NoteField(label="Alasan", required=False, rows=2, max_length=2000)
    remark = NoteField(label="Catatan resmi", required=False, rows=2, max_length=2000)
    seen_submission = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_review = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, answer: Answer, standing: Review | None, **kwargs) -> None:
        self._answer = answer
        super().__init__(*args, **kwargs | {"initial": _initial(answer, standing)})
        fitting = outcomes_for(answer.last_submission)
        choices = [(outcome.value, LABELS[outcome]) for outcome in fitting]
        if Outcome.CONFIRMED in fitting:
            by_rule = f"{LABELS[Outcome.CONFIRMED]}: nilai {number(sure(answer.last_submission).points)}"
            choices[0] = (Outcome.CONFIRMED.value, by_rule)
        if Outcome.CHANGED in fitting and sure(answer.last_submission).form != AnswerKind.NONE:
            choices.append((SET_NONE, f"Tetapkan “{answer.indicator.none_label.lower()}”: nilai 0"))
        self.fields["outcome"].choices = choices
        self.fields.update(value_fields(answer.indicator))
        if "option" in self.fields:
            options = answer.indicator.options.all()
            self.fields["option"].choices = [(row.pk, f"{row.label}: nilai {number(row.points)}") for row in options]

    def clean(self) -> dict:
        """What was decided holds, as the one rule says; its sentence stands beside the field."""
        super().clean()
        data = self.cleaned_data
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
        value = {name: data[name] for name in NUMBERS if data.get(name) is not None}
        if data.get("option"):
            value["option_id"] = int(data["option"])
        return Decision(
            outcome, {"form": AnswerKind.NONE} if to_none else value, data.get("points"), data["reason"], data["remark"]
        )

    @property
    def begun(self) -> bool:
        """Whether another decision was begun than the one that a single press gives."""
        parts = ("points", "option", *NUMBERS)
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
        names = ("option", *NUMBERS)
        return [self[name] for name in names if name in self.fields]


class PendingForm(NotesForm):
    """What should be corrected, noted for the next round."""

    prefix = "catatan"


def _initial(answer: Answer, standing: Review | None) -> dict:
    seen = {"seen_submission": answer.last_submission_id, "seen_review": standing.pk if standing else None}
    if standing is None:
        alone = {Outcome.CONFIRMED, Outcome.NOT_FILLED}.intersection(outcomes_for(answer.last_submission))
        return {**seen, **_numbers(answer.last_submission), "outcome": alone.pop().value if alone else ""}
    changed = standing.outcome == Outcome.CHANGED
    value = _numbers(standing if changed else answer.last_submission)  # usually only one of them is wrong
    value |= {"option": standing.option_id} if changed else {}
    outcome = SET_NONE if changed and standing.form == AnswerKind.NONE else standing.outcome
    points = as_typed(standing.points) if standing.deviates else ""
    return {**seen, **value, "outcome": outcome, "reason": standing.reason, "remark": standing.note, "points": points}


def _numbers(said: Review | Submission | None) -> dict[str, Any]:
    """The numbers to correct, as they are typed; those that were said."""
    given = {name: getattr(said, name) for name in NUMBERS} if said else {}
    return {name: as_typed(number) for name, number in given.items() if number is not None}
