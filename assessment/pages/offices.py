"""The office's regencies at a glance: where each stands, what waits, and the results of the years."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Region, TrailHead, User
from accounts.roles import Role
from assessment.enums import CycleStatus
from assessment.facts.awards import AwardState, award_states
from assessment.facts.clocks import SENT_BACK
from assessment.facts.verdicts import decided
from assessment.models import Answer, CorrectionRound, Cycle, Package, Problem, Result, Return
from assessment.pages.board import ACCEPTED, SUBMITTED
from assessment.pages.next_steps import NextStep

ORDER = (
    CycleStatus.PROPOSED, CycleStatus.SUBMITTED, CycleStatus.VERIFICATION, CycleStatus.FINALISED, CycleStatus.FILLING,
    CycleStatus.ANNOUNCED,
)  # fmt: skip
STEPS: dict[str, tuple[str, str]] = {
    CycleStatus.SUBMITTED: ("review-start", "Mulai verifikasi"),
    CycleStatus.PROPOSED: ("result-detail", "Lihat usulan"),
}
WAITS = (CycleStatus.SUBMITTED, CycleStatus.VERIFICATION, CycleStatus.PROPOSED)


@dataclass(frozen=True)
class OfficeRow:
    """One regency: its present year with its progress, and what waits there."""

    region: Region
    cycle: Cycle | None
    total: int = 0
    submitted: int = 0
    accepted: int = 0
    verified: int = 0
    final: Decimal | None = None
    predicate: str = ""
    sent_at: dt.datetime | None = None
    problems: int = 0
    overdue: int = 0
    active_at: dt.datetime | None = None
    award: AwardState | None = None
    reviewed: bool = False

    @property
    def left(self) -> int:
        """How many indicators have no decision yet."""
        return self.total - self.verified

    @property
    def waits(self) -> bool:
        """Whether the office is the one that has to act."""
        return self.cycle is not None and self.cycle.status in WAITS

    @property
    def next_step(self) -> NextStep | None:
        """What the person may do there next; None where it is not theirs to act."""
        if not (self.cycle and self.waits and self.reviewed):
            return None
        page, label = STEPS.get(self.cycle.status, ("result-propose", "Usulkan hasil"))
        if self.cycle.status == CycleStatus.VERIFICATION and self.left:
            page, label = "review-list", f"Putuskan {self.left} indikator"
        return NextStep("", reverse(page, args=[self.cycle.pk]), label)

    @property
    def problem_words(self) -> str:
        """How many problems are unanswered, and how many of them late; empty where there is none."""
        if not self.problems:
            return ""
        late = f", {self.overdue} di antaranya lewat tenggat" if self.overdue < self.problems else ", lewat tenggat"
        return f"{self.problems} terbuka{late if self.overdue else ''}"


@dataclass(frozen=True)
class YearResult:
    """How one year of one regency ended, or where it stands."""

    cycle: Cycle
    words: str
    final: Decimal | None
    award: AwardState | None


@dataclass(frozen=True)
class Office:
    """The board of an office or of a province."""

    rows: list[OfficeRow]
    years: list[int]
    results: dict[int, dict[int, YearResult]] = field(default_factory=dict)

    @property
    def matrix(self) -> list[tuple[Region, list[tuple[int, YearResult | None]]]]:
        """Each regency with its results in the order of the years."""
        regions = sorted((row.region for row in self.rows), key=lambda region: region.code)
        return [
            (region, [(year, self.results.get(region.pk, {}).get(year)) for year in self.years]) for region in regions
        ]

    @property
    def waiting(self) -> list[OfficeRow]:
        """The regencies in which the office has to act."""
        return [row for row in self.rows if row.waits]


def office_of(user: User) -> Office:
    """Read the board of whoever looks from outside, in a fixed number of queries however many regencies there are."""
    regions = list(Region.objects.filter(pk__in=user.region_ids(Role.REVIEWER, Role.OBSERVER)).assessed())
    cycles = list(Cycle.objects.visible_to(user).filter(region__in=regions).select_related("region").open_first())
    states = award_states(cycles)
    finals = _finals(user, cycles)
    rows = _rows(user, regions, cycles, states, finals)
    recorded = {cycle.assessment_year for cycle in cycles}
    years = list(range(max(recorded), min(recorded) - 1, -1)) if recorded else []
    results: dict[int, dict[int, YearResult]] = defaultdict(dict)
    for cycle in cycles:
        standing = _ended(cycle, finals.get(cycle.pk), states.get(cycle.pk))
        results[cycle.region_id].setdefault(cycle.assessment_year, standing)
    return Office(rows, years, results)


def years_of(user: User, cycles: list[Cycle]) -> list[YearResult]:
    """Return how each of these cycles ended or stands, in a fixed number of queries."""
    states, finals = award_states(cycles), _finals(user, cycles)
    return [_ended(cycle, finals.get(cycle.pk), states.get(cycle.pk)) for cycle in cycles]


def _rows(user: User, regions, cycles, states, finals) -> list[OfficeRow]:
    newest: dict[int, Cycle] = {}
    reviewed = set(user.region_ids(Role.REVIEWER))
    for cycle in cycles:
        if not cycle.recorded and cycle.status != CycleStatus.CANCELLED:
            newest.setdefault(cycle.region_id, cycle)
    served = _served(user)
    counts, sent = _counts(newest.values()), _sent(newest.values())
    problems, overdue = _problems(user, regions)
    active = dict(TrailHead.objects.filter(region__in=regions).values_list("region", "at"))
    rows = []
    for region in regions:
        cycle = newest.get(region.pk)
        pk = cycle.pk if cycle else 0
        result = finals.get(pk)
        rows.append(OfficeRow(
            region=region, cycle=cycle, **counts.get(pk, {}), final=result.final if result else None,
            predicate=result.predicate if result else "", sent_at=sent.get(pk), problems=problems[region.pk],
            overdue=overdue[region.pk], active_at=active.get(region.pk), award=states.get(pk),
            reviewed=region.pk in reviewed and _may_review(user, region, cycle, served),
        ))  # fmt: skip
    return sorted(rows, key=_urgency)


def _urgency(row: OfficeRow) -> tuple:
    """What waits for the office first, the longest waiting first; regencies without a year last."""
    if row.cycle is None:
        return (len(ORDER), "", row.region.code)
    waited = row.sent_at.isoformat() if row.sent_at and row.waits else ""
    return (ORDER.index(row.cycle.status) if row.cycle.status in ORDER else len(ORDER), waited, row.region.code)


def _may_review(user: User, region: Region, cycle: Cycle | None, served: set[int]) -> bool:
    return cycle is None or region.pk not in served or user.has_perm("assessment.review_cycle", cycle)


def _served(user: User) -> set[int]:
    """Regions in which the person ever had a membership; only there it takes a closer look whether one may decide."""
    there = user.memberships.values_list("region", "agency__region")
    return {region for pair in there for region in pair if region}


def _counts(cycles) -> dict[int, dict[str, int]]:
    """Count as the board of one cycle does: after the package left, what no open round awaits counts as it was sent."""
    now, years = timezone.now(), [cycle.pk for cycle in cycles]
    # named one by one: a join would go through the open rounds of all offices for each answer
    rounds = CorrectionRound.objects.filter(cycle__in=years, opened_at__lte=now, closes_at__gt=now)
    running = Return.objects.filter(answer=OuterRef("pk"), round__in=list(rounds.values_list("pk", flat=True)))
    answers = Answer.objects.filter(cycle__in=years)
    answers = answers.annotate(is_decided=decided(), awaited=Exists(running))
    stands = ~Q(cycle__status=CycleStatus.FILLING) & ~Q(status__in=SENT_BACK, awaited=True)
    rows: Iterable[Any] = answers.values("cycle").annotate(
        total=Count("pk"),
        submitted=Count("pk", filter=Q(last_submission__isnull=False) & (Q(status__in=SUBMITTED) | stands)),
        accepted=Count("pk", filter=Q(status__in=ACCEPTED, last_submission__isnull=False)),
        verified=Count("pk", filter=Q(is_decided=True)),
    )  # fmt: skip
    return {row.pop("cycle"): row for row in rows}


def _sent(cycles) -> dict[int, dt.datetime]:
    rows = Package.objects.filter(cycle__in=[cycle.pk for cycle in cycles]).values("cycle").annotate(at=Max("sent_at"))
    return {row["cycle"]: row["at"] for row in rows}


def _problems(user: User, regions) -> tuple[Counter, Counter]:
    rows = Problem.objects.visible_to(user).filter(region__in=regions).unanswered().values_list("region", "due_at")
    now, problems, overdue = timezone.now(), Counter[int](), Counter[int]()
    for region, due_at in rows:
        problems[region] += 1
        overdue[region] += due_at < now
    return problems, overdue


def _finals(user: User, cycles) -> dict[int, Result]:
    fixed = [cycle.pk for cycle in cycles if cycle.fixed]
    rows = Result.objects.visible_to(user).standing().filter(cycle__in=fixed)
    found: dict[int, Result] = {}
    for row in rows:
        found.setdefault(row.cycle_id, row)
    return found


def _ended(cycle: Cycle, result: Result | None, award: AwardState | None) -> YearResult:
    if cycle.status == CycleStatus.CANCELLED:
        return YearResult(cycle, "Dibatalkan", None, award)
    if cycle.recorded:
        return YearResult(cycle, cycle.recorded_predicate, None, award)
    if result:
        return YearResult(cycle, result.predicate or "Belum ditetapkan", result.final, award)
    return YearResult(cycle, cycle.get_status_display(), None, award)
