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
from accounts.versions import StaleError, refuse_if_stale
from assessment import workflow
from assessment.enums import CycleStatus
from assessment.facts.assignments import mapped, supporting
from assessment.models import AgencyMapping, Assignment, Cycle
from assessment.refusals import TransitionRefusedError
from indicators.models import Indicator

OPEN = (CycleStatus.PREPARATION, CycleStatus.FILLING)
LONGEST_SHORT_NAME = 40


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
    stored = mapped(region)
    others = (str(agency) for code, agency in stored.items() if agencies.get(code) != agency)
    refuse_if_stale(seen, {code: agency.pk for code, agency in stored.items()}, "; ".join(others))
    given = {code: _stored(agency, by) for code, agency in agencies.items() if agency}
    AgencyMapping.objects.filter(region=region, type_code__in=agencies).exclude(type_code__in=given).delete()
    AgencyMapping.objects.bulk_create(
        [AgencyMapping(region=region, type_code=code, agency=agency) for code, agency in given.items()],
        update_conflicts=True, unique_fields=["region", "type_code"], update_fields=["agency"],
    )  # fmt: skip
    actor = acting(by, "assessment.open_cycle", region)
    after = {code: str(agency) for code, agency in given.items()}
    record(actor=actor, verb="mapping.saved", target=region, region=region, after=after)


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
    owned = cycle.assignments.responsible().values_list("indicator_id", flat=True)
    free = cycle.revision.indicators.with_rules().exclude(pk__in=list(owned))
    owners = {row: mapped[row.agency.code] for row in free if row.agency.code in mapped}
    Assignment.objects.filter(cycle=cycle, indicator__in=owners).delete()
    rows = []
    for indicator, owner in owners.items():
        rows.append(_row(cycle, indicator.pk, owner, responsible=True))
        rows += [_row(cycle, indicator.pk, agency) for agency in _mapped_supporters(indicator, mapped) - {owner}]
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
    stored = supporting(cycle, indicator)
    names = ", ".join(str(row.agency) for row in stored)
    refuse_if_stale(seen, [row.agency_id for row in stored], names or "tanpa pendukung")
    rows = Assignment.objects.filter(cycle=cycle, indicator=indicator, responsible=False)
    owners = set(cycle.assignments.responsible().filter(indicator=indicator).values_list("agency_id", flat=True))
    chosen = [agency for agency in agencies if agency.pk not in owners]
    rows.delete()
    Assignment.objects.bulk_create([_row(cycle, indicator.pk, agency.pk) for agency in chosen])
    after = {"indicator": indicator.number, "agencies": [str(agency) for agency in chosen]}
    _record(cycle, by, "assignment.supported", after, at)


def _mapped_supporters(indicator: Indicator, mapped: Mapping[str, int]) -> set[int]:
    return {mapped[kind.code] for kind in indicator.supporting.all() if kind.code in mapped}


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
        raise TransitionRefusedError("Penugasan hanya dapat diubah sebelum paket diserahkan.")


def _record(cycle: Cycle, by: User, verb: str, after: dict, at: dt.datetime | None) -> None:
    actor = acting(by, "assessment.manage_cycle", cycle)
    record(actor=actor, verb=verb, target=cycle, region=cycle.region, after=after, at=at or timezone.now())
