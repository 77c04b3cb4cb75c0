"""The form of one answer, shaped by its indicator."""

import re
from typing import Any

from django import forms

from accounts.forms.versions import carry_version, see_version, version_sent
from accounts.text import NoteField
from accounts.versions import version_of
from assessment.enums import AnswerKind as Form
from assessment.facts.ratios import fault_of_ratio
from assessment.forms.numbers import NumberField, as_typed
from assessment.models import Answer, ReturnNote
from assessment.scoring import Value
from indicators.models import Indicator

VALUE_NAMES = ("option", "numerator", "denominator", "number")
UNIT_BEHIND = re.compile(r"\(([^()]+)\)\s*$")
REASON_NEEDED = "Tulis alasannya, satu kalimat sudah cukup."


class AnswerForm(forms.Form):
    """Form of the answer, its value, reason and note; saves incomplete drafts, but nothing impossible."""

    fields: dict[str, Any]  # each of its own class

    form = forms.ChoiceField(label="Bentuk jawaban", widget=forms.RadioSelect, required=False)
    reason = NoteField(label="Alasan", required=False, rows=3)
    note = NoteField(label="Catatan untuk pembaca", required=False, rows=3)
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, answer: Answer, **kwargs) -> None:
        self.indicator: Indicator = answer.indicator
        super().__init__(*args, **kwargs | {"initial": _initial(answer)})
        labels = {Form.NONE: self.indicator.none_label}
        self.fields["form"].choices = [(form.value, labels.get(form, form.label)) for form in Form]
        self.fields.update(value_fields(self.indicator))

    def clean(self) -> dict[str, Any]:
        """Check what belongs together; what does not belong to the chosen form is left out."""
        super().clean()
        data = self.cleaned_data
        if data.get("form", "") in ("", Form.VALUE):  # a value is offered first; without one nothing was answered
            data["form"] = Form.VALUE if self._has_value(data) else ""
        if data["form"] == Form.VALUE:
            self._check_ratio(data)
        elif data["form"]:
            self._drop_value()
            if not data.get("reason") and "reason" not in self.errors:
                self.add_error("reason", REASON_NEEDED)
        return data

    @property
    def content(self) -> dict[str, Any]:
        """The answer's fields to store: the value only where the answer has one."""
        data, value = self.cleaned_data, self.cleaned_data["form"] == Form.VALUE
        fields = {name: data.get(name) if value else None for name in ("numerator", "denominator", "number")}
        option = int(data["option"]) if value and data.get("option") else None
        return {**fields, "option_id": option, "form": data["form"], "reason": data["reason"], "note": data["note"]}

    @property
    def typed_value(self) -> Value:
        """The value as far as it could be read from what was typed; what is wrong counts as not typed."""
        self.is_valid()
        data = self.cleaned_data
        option = int(data["option"]) if data.get("option") else None
        return Value(data.get("form", ""), option, *(data.get(name) for name in ("numerator", "denominator", "number")))

    @property
    def value_fields(self) -> list[forms.BoundField]:
        """The fields that hold the value, by the indicator's kind."""
        return [self[name] for name in VALUE_NAMES if name in self.fields]

    def _has_value(self, data: dict[str, Any]) -> bool:
        return any(data.get(name) not in (None, "") for name in VALUE_NAMES)

    def _drop_value(self) -> None:
        """What stands in fields that are not asked any more is no fault."""
        for name in VALUE_NAMES:
            self.errors.pop(name, None)

    def _check_ratio(self, data: dict[str, Any]) -> None:
        fault = fault_of_ratio(data.get("numerator"), data.get("denominator"))
        if fault:
            self.add_error(*fault)


def value_fields(indicator: Indicator) -> dict[str, forms.Field]:
    """Return the fields of a value, by the indicator's kind."""
    if indicator.answer_type == "choice":
        choices = [(row.pk, row.label) for row in indicator.options.all()]
        return {"option": forms.ChoiceField(choices=choices, label="Pilihan", widget=forms.RadioSelect, required=False)}
    if indicator.answer_type == "ratio":
        part: dict[str, Any] = {"whole_digits": 15, "decimals": 2, "required": False}
        return {
            name: NumberField(label=label, unit=_unit_of(label), **part)
            for name, label in (("numerator", indicator.numerator), ("denominator", indicator.denominator))
        }
    number = NumberField(
        label=f"Angka ({indicator.unit})",
        whole_digits=15,
        decimals=4,
        unit=indicator.unit,
        largest=indicator.maximum,
        required=False,
    )
    return {"number": number}


def _unit_of(label: str) -> str:
    """Return the unit that the catalogue writes behind a part of a ratio: "Realisasi belanja (rupiah)"."""
    found = UNIT_BEHIND.search(label)
    return found[1] if found else ""


def _initial(answer: Answer) -> dict[str, Any]:
    return {
        "form": answer.form or Form.VALUE,
        "option": answer.option_id,
        "numerator": as_typed(answer.numerator),
        "denominator": as_typed(answer.denominator),
        "number": as_typed(answer.number),
        "reason": answer.reason,
        "note": answer.note,
        "seen_revision": answer.revision,
    }


class ReplyForm(forms.Form):
    """A reply to each note of the last return."""

    def __init__(self, *args, notes: list[ReturnNote], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for note in notes:
            self.fields[f"note-{note.pk}"] = NoteField(
                label=note.text, required=False, rows=2, max_length=1000, initial=note.reply
            )
        self._stored = version_of({note.pk: note.reply for note in notes})
        carry_version(self, self._stored)

    @property
    def replies(self) -> dict[int, str]:
        """The reply to each note, by the note's id."""
        written = {name: text for name, text in self.cleaned_data.items() if name.startswith("note-")}
        return {int(name.removeprefix("note-")): text for name, text in written.items()}

    def see_stored(self) -> None:
        """Count the stored replies as seen, since they are shown beside the typed ones; untouched ones stay so."""
        if self.is_bound and version_sent(self) != version_of(self.replies):
            see_version(self, self._stored)
