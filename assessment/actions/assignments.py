"""Giving indicators to agencies: by the mapping of agency types in one step, single ones, many at once."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from accounts.acting import acting
from accounts.actions.places import save_agency
from accounts.audit import record
from accounts.models import Agency, Region, User
from accounts.once import Once, claim
from accounts.seen import StaleError, mark_of, need_seen
from assessment import workflow
from assessment.enums import CycleStatus
from assessment.models import AgencyMapping, Assignment, Cycle
from indicators.models import Indicator

OPEN = (CycleStatus.PREPARATION, CycleStatus.FILLING)
LONGEST_SHORT_NAME = 40


def mark_of_mapping(region: Region) -> str:
    """Return the mark of the mapping that is stored, for the form that replaces it."""
    return mark_of({code: agency.pk for code, agency in _mapped(region).items()})


def mark_of_supporters(cycle: Cycle, indicator: Indicator) -> str:
    """Return the mark of an indicator's supporters, for the form that replaces them."""
    return mark_of([row.agency_id for row in _supporting(cycle, indicator)])


@transaction.atomic
def save_mapping(
    *, region: Region, agencies: Mapping[str, Agency | None], by: User, seen: str | None = None,
    once: Once | None = None,
) -> None:  # fmt: skip
    """Keep which agency stands for which agency type, storing new agencies; None takes a type's agency away.

    Raises StaleError where the stored mapping is not the one that was `seen`.
    """
    claim(once)
    # Taken first, so that a name which another coordinator enters in the same moment is found and used.
    Region.objects.select_for_update(of=("self",), no_key=True).get(pk=region.pk)
    stored = _mapped(region)
    others = (str(agency) for code, agency in stored.items() if agencies.get(code) != agency)
    need_seen(seen, {code: agency.pk for code, agency in stored.items()}, "; ".join(others))
    given = {code: _stored(agency, by) for code, agency in agencies.items() if agency}
    AgencyMapping.objects.filter(region=region, type_code__in=agencies).exclude(type_code__in=given).delete()
    AgencyMapping.objects.bulk_create(
        [AgencyMapping(region=region, type_code=code, agency=agency) for code, agency in given.items()],
        update_conflicts=True, unique_fields=["region", "type_code"], update_fields=["agency"],
    )  # fmt: skip
    actor = acting(by, "assessment.open_cycle", region)
    after = {code: str(agency) for code, agency in given.items()}
    record(actor=actor, verb="mapping.saved", target=region, region=region, after=after)


def _mapped(region: Region) -> dict[str, Agency]:
    rows = AgencyMapping.objects.filter(region=region).select_related("agency").order_by("type_code")
    return {row.type_code: row.agency for row in rows}


def _supporting(cycle: Cycle, indicator: Indicator) -> list[Assignment]:
    rows = Assignment.objects.filter(cycle=cycle, indicator=indicator, responsible=False)
    return list(rows.select_related("agency").order_by("agency"))


def _stored(agency: Agency, by: User) -> Agency:
    """The agency as it is stored: a new one is entered, unless the region has one of its name already."""
    if agency.pk:
        return agency
    there = Agency.objects.not_ended().filter(region=agency.region_id, name__iexact=agency.name).first()
    if there is None:
        if Agency.objects.not_ended().filter(region=agency.region_id, short_name__iexact=agency.short_name).exists():
            agency.short_name = agency.name[:LONGEST_SHORT_NAME]  # tables tell agencies apart by it
        save_agency(agency=agency, by=by)
    return there or agency


@transaction.atomic
def assign_by_mapping(*, cycle: Cycle, by: User, at: dt.datetime | None = None, once: Once | None = None) -> int:
    """Give every indicator without an owner to the mapped agency, with its supporting ones; return how many."""
    claim(once)
    _lock_open(cycle)
    mapped = {row.type_code: row.agency_id for row in AgencyMapping.objects.filter(region=cycle.region_id)}
    owned = set(cycle.assignments.responsible().values_list("indicator_id", flat=True))
    free = [row for row in cycle.revision.indicators.with_rules() if row.pk not in owned]
    owners = {row.pk: mapped[row.agency.code] for row in free if row.agency.code in mapped}
    Assignment.objects.filter(cycle=cycle, indicator__in=owners).delete()
    rows = [_row(cycle, indicator, agency, responsible=True) for indicator, agency in owners.items()]
    rows += [
        _row(cycle, row.pk, agency)
        for row in free
        if row.pk in owners
        for agency in {mapped[kind.code] for kind in row.supporting.all() if kind.code in mapped} - {owners[row.pk]}
    ]
    Assignment.objects.bulk_create(rows)
    _record(cycle, by, "assignment.mapped", {"indicators": len(owners)}, at)
    return len(owners)


@transaction.atomic
def assign(
    *, cycle: Cycle, indicators: Iterable[Indicator], agency: Agency, due_on: dt.date | None = None, by: User,
    seen: Mapping[int, str] | None = None, at: dt.datetime | None = None, once: Once | None = None,
) -> None:  # fmt: skip
    """Make an agency responsible for indicators; the answer moves along with its draft and submissions.

    `seen` says by the indicator's id whose it was when the list was read ("" for nobody's); raises StaleError where
    one of them was given to somebody else meanwhile.
    """
    claim(once)
    _lock_open(cycle)
    chosen = list(indicators)
    _need_owners_seen(cycle, chosen, seen or {})
    Assignment.objects.filter(cycle=cycle, indicator__in=chosen, responsible=True).delete()
    Assignment.objects.filter(cycle=cycle, indicator__in=chosen, agency=agency).delete()
    Assignment.objects.bulk_create([_row(cycle, row.pk, agency.pk, responsible=True, due_on=due_on) for row in chosen])
    after = {"agency": str(agency), "indicators": [row.number for row in chosen], "due_on": due_on}
    _record(cycle, by, "assignment.changed", after, at)


@transaction.atomic
def set_supporters(
    *, cycle: Cycle, indicator: Indicator, agencies: Iterable[Agency], by: User, seen: str | None = None,
    at: dt.datetime | None = None, once: Once | None = None,
) -> None:  # fmt: skip
    """Say which agencies support an indicator with documents; the responsible one is left as it is.

    Raises StaleError where other supporters are stored than those that were `seen`.
    """
    claim(once)
    _lock_open(cycle)
    stored = _supporting(cycle, indicator)
    names = ", ".join(str(row.agency) for row in stored)
    need_seen(seen, [row.agency_id for row in stored], names or "tanpa pendukung")
    supporting = Assignment.objects.filter(cycle=cycle, indicator=indicator, responsible=False)
    owners = set(cycle.assignments.responsible().filter(indicator=indicator).values_list("agency_id", flat=True))
    chosen = [agency for agency in agencies if agency.pk not in owners]
    supporting.delete()
    Assignment.objects.bulk_create([_row(cycle, indicator.pk, agency.pk) for agency in chosen])
    after = {"indicator": indicator.number, "agencies": [str(agency) for agency in chosen]}
    _record(cycle, by, "assignment.supported", after, at)


def _need_owners_seen(cycle: Cycle, chosen: list[Indicator], seen: Mapping[int, str]) -> None:
    rows = cycle.assignments.responsible().filter(indicator__in=chosen).select_related("agency")
    owners = {row.indicator_id: row.agency for row in rows}
    moved = [row for row in chosen if row.pk in seen and seen[row.pk] != _key(owners.get(row.pk))]
    if moved:
        words = (f"indikator {row.number} {owners.get(row.pk) or 'tanpa pengampu'}" for row in moved)
        raise StaleError("; ".join(words), "")


def _key(agency: Agency | None) -> str:
    return str(agency.pk) if agency else ""


def _row(cycle: Cycle, indicator_id: int, agency_id: int, **fields) -> Assignment:
    return Assignment(cycle=cycle, indicator_id=indicator_id, agency_id=agency_id, **fields)


def _lock_open(cycle: Cycle) -> None:
    if workflow.lock(cycle.pk).status not in OPEN:
        raise workflow.TransitionRefusedError("Penugasan hanya dapat diubah sebelum paket diserahkan.")


def _record(cycle: Cycle, by: User, verb: str, after: dict, at: dt.datetime | None) -> None:
    actor = acting(by, "assessment.manage_cycle", cycle)
    record(actor=actor, verb=verb, target=cycle, region=cycle.region, after=after, at=at or timezone.now())
