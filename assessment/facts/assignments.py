"""Which agency stands for which type, and who supports an indicator."""

from accounts.models import Agency, Region
from accounts.models.places import AgencyQuerySet
from accounts.versions import version_of
from assessment.models import AgencyMapping, Assignment, Cycle
from indicators.models import Indicator


def version_of_mapping(region: Region) -> str:
    """Return the mark of the mapping that is stored, for the form that replaces it."""
    return version_of({code: agency.pk for code, agency in mapped(region).items()})


def version_of_supporters(cycle: Cycle, indicator: Indicator) -> str:
    """Return the mark of an indicator's supporters, for the form that replaces them."""
    return version_of([row.agency_id for row in supporting(cycle, indicator)])


def responsible_agencies(cycle: Cycle) -> AgencyQuerySet:
    """Return the agencies that answer in a cycle, by name.

    They are of the cycle's region: said so that no engine looks through the agencies of the nation.
    """
    answering = cycle.assignments.responsible().values("agency")
    return Agency.objects.filter(region=cycle.region_id, pk__in=answering).order_by("name")


def mapped(region: Region) -> dict[str, Agency]:
    rows = AgencyMapping.objects.filter(region=region).select_related("agency").order_by("type_code")
    return {row.type_code: row.agency for row in rows}


def supporting(cycle: Cycle, indicator: Indicator) -> list[Assignment]:
    rows = Assignment.objects.filter(cycle=cycle, indicator=indicator, responsible=False)
    return list(rows.select_related("agency").order_by("agency"))
