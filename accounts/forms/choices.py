"""Choosing many rows at once."""

from django import forms
from django.core.exceptions import ValidationError

LONGEST_KEY = 18  # digits; what is longer is no key of ours, and SQLite cannot even compare it


class ManyField(forms.ModelMultipleChoiceField):
    """Several rows by their keys; whatever is no key is no choice."""

    def clean(self, value):
        """Refuse keys that no row can have, before the database is asked."""
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid", params={"pk": key})
        return super().clean(value)
