"""Forms about assignments: the mapping, many at once, one indicator's supporters."""

from django import forms

from accounts.forms.places import DayField
from accounts.models import Agency, Region
from assessment.forms.choices import ManyField
from assessment.models import AgencyMapping, Cycle
from indicators.models import AgencyType, Indicator, Revision

PREFIX = "type-"


class MappingForm(forms.Form):
    """One agency of the region for each of the catalogue's agency types; those not chosen stay without."""

    def __init__(self, *args, region: Region, revision: Revision, **kwargs) -> None:
        self.types = list(AgencyType.objects.filter(revision=revision).order_by("name"))
        agencies = list(Agency.objects.filter(region=region).active().order_by("name"))
        chosen = dict(AgencyMapping.objects.filter(region=region).values_list("type_code", "agency_id"))
        by_name = {agency.name.casefold(): agency.pk for agency in agencies}
        super().__init__(*args, **kwargs)
        self._agencies = {str(agency.pk): agency for agency in agencies}
        choices = [("", "– belum ada –"), *((key, agency.name) for key, agency in self._agencies.items())]
        for kind in self.types:
            suggested = chosen.get(kind.code) or by_name.get(kind.name.casefold())
            self.fields[PREFIX + kind.code] = forms.ChoiceField(
                label=kind.name, choices=choices, required=False, initial=str(suggested or "")
            )

    @property
    def agencies(self) -> dict[str, Agency | None]:
        """The chosen agency of each type code."""
        return {kind.code: self._agencies.get(self.cleaned_data[PREFIX + kind.code]) for kind in self.types}


class AssignForm(forms.Form):
    """Which indicators go to which agency, and until when."""

    indicators = ManyField(
        Indicator.objects.none(),
        label="Indikator",
        error_messages={"required": "Pilih paling sedikit satu indikator."},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Tugaskan kepada", empty_label="Pilih perangkat daerah"
    )
    due_on = DayField(label="Target selesai", required=False)

    def __init__(self, *args, cycle: Cycle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._cycle = cycle
        self.fields["indicators"].queryset = Indicator.objects.filter(revision=cycle.revision_id)
        self.fields["agency"].queryset = Agency.objects.filter(region=cycle.region_id).active().order_by("name")

    def clean_due_on(self):
        """A target does not lie behind the deadline."""
        due_on, deadline = self.cleaned_data["due_on"], self._cycle.filling_deadline
        if due_on and deadline and due_on > self._cycle.local(deadline).date():
            raise forms.ValidationError("Target selesai tidak boleh setelah batas pengisian.")
        return due_on


class SupportersForm(forms.Form):
    """Which agencies support one indicator with documents."""

    agencies = ManyField(
        Agency.objects.none(), label="Perangkat daerah pendukung", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, cycle: Cycle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = Agency.objects.filter(region=cycle.region_id).active().order_by("name")


class AssignmentFilter(forms.Form):
    """Which assignments are listed."""

    right = forms.ChoiceField(label="Hak", required=False)
    agency = forms.ChoiceField(label="Pengampu", required=False)

    def __init__(self, *args, cycle: Cycle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(pk__in=cycle.assignments.responsible().values("agency")).order_by("name")
        self.fields["right"].choices = [
            ("", "Semua"),
            *((row.code, row.short_name) for row in cycle.revision.rights.all()),
        ]
        self.fields["agency"].choices = [
            ("", "Semua"),
            ("none", "Belum ada pengampu"),
            *((str(agency.pk), agency.short_name) for agency in agencies),
        ]

    def chosen(self) -> dict[str, str]:
        """Return the filters that are set and known."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
