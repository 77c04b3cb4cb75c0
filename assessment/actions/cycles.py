"""Opening a cycle, starting its filling, extending, cancelling, and recording the years of before."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import Agency, Region, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.sure import sure
from accounts.versions import refuse_if_stale
from accounts.words import weekday_moment
from assessment import workflow
from assessment.enums import CycleStatus
from assessment.facts.clocks import Clocks
from assessment.facts.plans import NOT_LATER, YEAR_TAKEN, plan_of, plan_words
from assessment.models import Answer, Assignment, Award, Cycle, EndorsementException, Extension
from assessment.notifications import coordinators_of, people_of_agencies
from assessment.refusals import TransitionRefusedError

ENDORSED_NO_MORE = "Pengecualian tidak berlaku lagi; jawaban periode ini tidak diajukan atau disahkan lagi."
NO_HEAD = "Belum ada Kepala OPD yang terdaftar saat pengisian dimulai."


class YearTakenError(TransitionRefusedError):
    """The region has another cycle of that year that is not cancelled."""

    part = "assessment_year"


@transaction.atomic
def save_cycle(
    *, cycle: Cycle, by: User, seen: str | None = None, at: dt.datetime | None = None, once: Once | None = None
) -> Cycle:
    """Open a cycle in preparation, or change one that is still in preparation.

    Raises TransitionRefusedError later than that, StaleError where somebody changed it meanwhile.
    """
    claim(once)
    at = at or timezone.now()
    if cycle.pk:
        stored = workflow.lock(cycle.pk)
        if stored.status != CycleStatus.PREPARATION:
            raise TransitionRefusedError("Periode hanya dapat diubah selama persiapan.")
        refuse_if_stale(seen, plan_of(stored), plan_words(stored))
        cycle.version = stored.version + 1
    _need_free_year(cycle.region, cycle.assessment_year, cycle)
    verb = "cycle.changed" if cycle.pk else "cycle.opened"
    cycle.save()
    if once:
        once.lead_to(reverse("board", args=[cycle.pk]))
    after = {
        "assessment_year": cycle.assessment_year, "data_year": cycle.data_year, "revision": str(cycle.revision),
        "filling_deadline": cycle.filling_deadline, "heads_endorse": cycle.heads_endorse,
    }  # fmt: skip
    actor = acting(by, "assessment.open_cycle", cycle.region)
    record(actor=actor, verb=verb, target=cycle, region=cycle.region, after=after, at=at)
    return cycle


def _need_free_year(region: Region, year: int, cycle: Cycle | None = None) -> None:
    """Raise YearTakenError where the region has another cycle of that year that is not cancelled.

    The region's row is taken first, so that of two coordinators in the same moment the second one is told.
    """
    Region.objects.select_for_update(of=("self",), no_key=True).get(pk=region.pk)
    if Cycle.objects.taking_year(region, year).exclude(pk__in=[cycle.pk] if cycle else []).exists():
        raise YearTakenError(YEAR_TAKEN.format(year))


@transaction.atomic
def start_filling(*, cycle: Cycle, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Begin the filling: make all answers, fix who endorses, and tell the people of the assigned agencies.

    Agencies without a head get an exception with its reason, so that nobody waits for an endorsement that cannot come.
    """
    claim(once)
    at = at or timezone.now()
    workflow.perform(cycle, workflow.CYCLE_STEPS["start_filling"], by=by, at=at)
    Answer.objects.bulk_create(Answer(cycle=cycle, indicator=row) for row in cycle.revision.indicators.all())
    agencies = Agency.objects.filter(assignments__cycle=cycle).distinct()
    if cycle.heads_endorse:
        headless = agencies.exclude(kind="vertical").without_head()
        except_agencies(cycle, headless, NO_HEAD)
    text = f"Pengisian {cycle} dibuka sampai {weekday_moment(sure(cycle.filling_deadline), cycle.region.zone)}."
    tell(people_of_agencies(agencies), kind="assignment", text=text, url=reverse("task-list"), at=at)


@transaction.atomic
def set_exception(
    *, cycle: Cycle, agency: Agency, reason: str, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> None:
    """Except an agency without a head from endorsing, with a reason; later than the start of filling too.

    Raises TransitionRefusedError where the agency has a head, or nothing is endorsed in this cycle any more.
    """
    claim(once)
    stored = workflow.lock(cycle.pk)
    if stored.fixed or stored.status == CycleStatus.CANCELLED:
        raise TransitionRefusedError(ENDORSED_NO_MORE)
    if not Agency.objects.without_head().filter(pk=agency.pk).exists():
        raise TransitionRefusedError(f"{agency} sudah mempunyai Kepala OPD; pengecualian tidak diperlukan.")
    except_agencies(cycle, [agency], reason)
    actor = acting(by, "assessment.manage_cycle", cycle)
    record(
        actor=actor, verb="endorsement.excepted", target=cycle, region=cycle.region, after={"agency": str(agency)},
        note=reason, at=at or timezone.now(),
    )  # fmt: skip


def except_agencies(cycle: Cycle, agencies: Iterable[Agency], reason: str) -> None:
    """Write the exceptions that are not there yet."""
    rows = [EndorsementException(cycle=cycle, agency=agency, reason=reason) for agency in agencies]
    EndorsementException.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def extend(
    *, cycle: Cycle, agency: Agency | None, deadline: dt.datetime, reason: str, by: User,
    at: dt.datetime | None = None, once: Once | None = None,
) -> Extension:  # fmt: skip
    """Give more time for filling, to everyone or to one agency, and tell those whose hour is later by it.

    Raises TransitionRefusedError outside filling, and for an hour that is not later than the one that holds.
    """
    claim(once)
    at = at or timezone.now()
    stored = workflow.lock(cycle.pk)
    if stored.status != CycleStatus.FILLING:
        raise TransitionRefusedError("Perpanjangan hanya berlaku selama pengisian.")
    clocks = Clocks.of(stored)
    held = sure(clocks.filling_until(agency.pk if agency else None))
    if deadline <= held:
        raise TransitionRefusedError(NOT_LATER.format(weekday_moment(held, cycle.region.zone)))
    extension = Extension.objects.create(
        cycle=cycle, agency=agency, deadline=deadline, reason=reason, created_by=by, created_at=at
    )
    agencies = [agency] if agency else Agency.objects.filter(assignments__cycle=cycle).distinct()
    given = [row for row in agencies if sure(clocks.filling_until(row.pk)) < deadline]
    until = weekday_moment(deadline, cycle.region.zone)
    text = f"Batas pengisian {cycle} diperpanjang sampai {until}. {reason}"
    tell(people_of_agencies(given), kind="extension", text=text, url=reverse("task-list"), at=at)
    actor = acting(by, "assessment.manage_cycle", cycle)
    after = {"agency": str(agency) if agency else None, "deadline": deadline}
    record(actor=actor, verb="cycle.extended", target=cycle, region=cycle.region, after=after, note=reason, at=at)
    return extension


@transaction.atomic
def cancel(*, cycle: Cycle, reason: str, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Cancel a cycle, with a reason, and tell the agencies; a new one for that year may be opened."""
    claim(once)
    workflow.perform(cycle, workflow.CYCLE_STEPS["cancel"], by=by, at=at, note=reason)
    agencies = Agency.objects.filter(pk__in=Assignment.objects.filter(cycle=cycle).values("agency"))
    text = f"Periode {cycle} dibatalkan. {reason}"
    told = [*people_of_agencies(agencies), *coordinators_of(cycle.region)]
    tell(told, kind="result", text=text, url=reverse("cycle-list"), at=at)


@transaction.atomic
def record_past_year(
    *, region: Region, fields: dict, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> Cycle:
    """Record a year of before in one step, as announced or cancelled, with its source and without answers.

    Raises TransitionRefusedError where the year is there already.
    """
    claim(once)
    at = at or timezone.now()
    _need_free_year(region, fields["assessment_year"])
    cycle = Cycle.objects.create(
        region=region, revision=fields["revision"], assessment_year=fields["assessment_year"],
        data_year=fields["data_year"], status=fields["outcome"], recorded=True, source=fields["source"],
        recorded_predicate=fields["predicate"] or "", opened_at=at,
    )  # fmt: skip
    if fields.get("awarded"):
        Award.objects.create(
            cycle=cycle, predicate=fields["predicate"], decree_number=fields.get("decree_number") or "",
            decree_on=fields.get("decree_on"), recorded_by=by, recorded_at=at,
        )  # fmt: skip
    after: dict[str, object] = {key: str(fields[key]) for key in ("assessment_year", "outcome", "predicate", "source")}
    after["awarded"] = bool(fields.get("awarded"))
    actor = acting(by, "assessment.open_cycle", region)
    record(actor=actor, verb="cycle.recorded", target=cycle, region=region, after=after, at=at)
    return cycle
