"""What a step may need beside a click."""

from django import forms

from accounts.text import NoteField


class NoteForm(forms.Form):
    """A note to whoever gets the answer back."""

    note = NoteField(label="Catatan untuk operator", max_length=2000, rows=3, help_text="Apa yang perlu diperbaiki?")
