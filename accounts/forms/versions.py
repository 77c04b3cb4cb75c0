"""Forms that carry a mark of what was seen when they were opened."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.versions import OVERTAKEN, StaleError

FIELD = "seen"


def carry_version(form: forms.BaseForm, mark: str) -> None:
    """Have a form carry the mark of what it shows."""
    form.fields[FIELD] = forms.CharField(required=False, initial=mark, widget=forms.HiddenInput)


def version_sent(form: forms.BaseForm) -> str | None:
    """Return the mark that a valid form came back with."""
    return form.cleaned_data.get(FIELD) or None


def see_version(form: forms.BaseForm, mark: str) -> None:
    """Have a form that was sent carry what is there now, so that saving again replaces it knowingly."""
    data = cast("QueryDict", form.data).copy()
    data[form.add_prefix(FIELD)] = mark
    form.data = data


def show_again(form: forms.BaseForm, stale: StaleError) -> None:
    """Say what is there now, above what was typed."""
    see_version(form, stale.mark)
    say_overtaken(form, stale)


def say_overtaken(form: forms.BaseForm, error: Exception) -> None:
    """Say above what was typed that somebody else was faster, in the error's words."""
    form.add_error(None, ValidationError(str(error), code=OVERTAKEN))
