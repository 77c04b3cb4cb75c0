"""What a step may need beside a click."""

from django import forms

from accounts.text import NoteField

LONGEST_REASON = 1000


class NoteForm(forms.Form):
    """A note to whoever gets the answer back."""

    note = NoteField(label="Catatan untuk operator", max_length=2000, rows=3, help_text="Apa yang perlu diperbaiki?")


class ReasonForm(forms.Form):
    """Why a step is taken; `help_text` says who reads it or what belongs there, `longest` how much can be kept."""

    def __init__(self, *args, help_text: str, longest: int = LONGEST_REASON, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = NoteField(label="Alasan", max_length=longest, rows=3, help_text=help_text)
