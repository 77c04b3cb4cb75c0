"""Which submissions a coordinator wants to see when checking, and how they are grouped."""

from collections.abc import Iterable

from django import forms

from accounts.models import Agency
from indicators.models import Right

ALL = ("", "Semua")
BY_AGENCY, BY_RIGHT = "opd", "hak"


class CheckFilter(forms.Form):
    """The filters of the list; whatever is not known filters nothing."""

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
