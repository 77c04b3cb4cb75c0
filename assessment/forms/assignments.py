"""Forms about assignments: the mapping, many at once, one indicator's supporters."""

from collections import Counter
from typing import Any

from django import forms

from accounts.forms.choices import ManyField
from accounts.forms.places import DayField
from accounts.models import Agency, Region
from assessment.facts.assignments import responsible_agencies
from assessment.models import AgencyMapping, Cycle
from indicators.models import AgencyType, Indicator, Revision

PREFIX, NEW = "type-", "new"
OWNER = "owner-"  # with the id of an indicator: whose it was when the list was read
KINDS = {"Bagian": "division", "Rumah Sakit": "hospital", "Kecamatan": "district"}


class MappingForm(forms.Form):
    """One agency of the region for each of the catalogue's agency types; those not chosen stay without.

    A type that the region has no agency for can be taken over as a new agency; `add_missing` proposes that for all.
    """

    def __init__(self, *args, region: Region, revision: Revision, add_missing: bool = False, **kwargs) -> None:
        self.types = list(AgencyType.objects.filter(revision=revision).order_by("name"))
        agencies = list(Agency.objects.filter(region=region).active().order_by("name"))
        chosen = dict(AgencyMapping.objects.filter(region=region).values_list("type_code", "agency_id"))
        by_name = {agency.name.casefold(): agency.pk for agency in agencies}
        asked = Counter(Indicator.objects.filter(revision=revision).values_list("agency__code", flat=True))
        super().__init__(*args, **kwargs)
        self._region = region
        self._agencies = {str(agency.pk): agency for agency in agencies}
        self.missing, self.adds_missing = 0, add_missing
        for kind in self.types:
            known = by_name.get(kind.name.casefold())
            suggested = chosen.get(kind.code) or known
            self.missing += suggested is None
            hints = [f"{asked[kind.code]} indikator" if asked[kind.code] else "Hanya sebagai pendukung"]
            if known and kind.code not in chosen:
                hints.append("disarankan karena namanya sama; belum disimpan")
            self.fields[PREFIX + kind.code] = forms.ChoiceField(
                label=kind.name,
                choices=self._choices(kind, known),
                required=False,
                initial=str(suggested or (NEW if add_missing else "")),
                help_text=f"{'; '.join(hints)}.",
            )

    def _choices(self, kind: AgencyType, known: int | None) -> list[tuple[str, str]]:
        new = [] if known else [(NEW, f"+ Tambahkan {kind.name}")]
        return [("", "– belum ada –"), *new, *((key, agency.name) for key, agency in self._agencies.items())]

    @property
    def agencies(self) -> dict[str, Agency | None]:
        """The chosen agency of each type code; a new one is not stored yet."""
        return {kind.code: self._agency_for(kind) for kind in self.types}

    def _agency_for(self, kind: AgencyType) -> Agency | None:
        chosen = self.cleaned_data[PREFIX + kind.code]
        if chosen != NEW:
            return self._agencies.get(chosen)
        first = next((word for word in KINDS if kind.name.startswith(word)), "")
        return Agency(region=self._region, name=kind.name, short_name=kind.short_name, kind=KINDS.get(first, "office"))


class AssignForm(forms.Form):
    """Which indicators go to which agency, and until when."""

    fields: dict[str, Any]  # each of its own class

    indicators = ManyField(
        Indicator.objects.none(),
        label="Indikator",
        error_messages={"required": "Pilih paling sedikit satu indikator."},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Tugaskan kepada",
        empty_label="Pilih perangkat daerah",
        error_messages={"required": "Pilih perangkat daerahnya."},
    )
    due_on = DayField(label="Target selesai", required=False)

    def __init__(self, *args, cycle: Cycle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._cycle = cycle
        self.fields["indicators"].queryset = Indicator.objects.filter(revision=cycle.revision_id)
        self.fields["agency"].queryset = Agency.objects.filter(region=cycle.region_id).active().order_by("name")

    @property
    def owners_seen(self) -> dict[int, str]:
        """Whose each chosen indicator was when the list was read, as far as the page said so."""
        names = {row.pk: f"{OWNER}{row.pk}" for row in self.cleaned_data["indicators"]}
        return {pk: self.data[name] for pk, name in names.items() if name in self.data}

    def clean_due_on(self):
        """A target does not lie behind the deadline."""
        due_on, deadline = self.cleaned_data["due_on"], self._cycle.filling_deadline
        if due_on and deadline and due_on > self._cycle.local(deadline).date():
            raise forms.ValidationError("Target selesai tidak boleh setelah batas pengisian.")
        return due_on


class SupportersForm(forms.Form):
    """Which agencies support one indicator with documents."""

    fields: dict[str, Any]  # each of its own class

    agencies = ManyField(
        Agency.objects.none(), label="Perangkat daerah pendukung", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, cycle: Cycle, owner: Agency | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = Agency.objects.filter(region=cycle.region_id).exclude(pk__in=[owner.pk] if owner else [])
        self.fields["agencies"].queryset = others.active().order_by("name")


class AssignmentFilter(forms.Form):
    """Which assignments are listed."""

    fields: dict[str, Any]  # each of its own class

    right = forms.ChoiceField(label="Hak", required=False)
    agency = forms.ChoiceField(label="Pengampu", required=False)

    def __init__(self, *args, cycle: Cycle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agencies = responsible_agencies(cycle)
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
