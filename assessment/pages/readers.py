"""What whoever only reads may open: the present year and the newest result of each regency, and what happened."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.models import AuditEvent, User
from accounts.roles import Role
from assessment.facts.awards import AwardState, award_states
from assessment.models import Cycle, Result

MOST_REGIONS, MOST_EVENTS = 12, 6
# what everyone in the regency and the province may know of a cycle
PUBLIC_STEPS = (
    "cycle.filling_started", "cycle.extended", "cycle.sent", "cycle.given_back", "cycle.verification_started",
    "result.fixed", "cycle.announced", "cycle.cancelled", "award.revoked", "award.lapsed",
)  # fmt: skip


@dataclass(frozen=True)
class Readable:
    """One thing that can be opened: its words, where it stands, and its address."""

    text: str
    sub: str
    url: str


@dataclass(frozen=True)
class Overview:
    """The part of the start page for leaders and observers."""

    pages: tuple[Readable, ...]
    events: tuple[AuditEvent, ...]
    more_url: str
    more_label: str


def overview_for(user: User) -> Overview | None:
    """Return what a leader or an observer may read, in a fixed number of queries; None for everyone else."""
    regions = user.region_ids(Role.LEADER, Role.OBSERVER)
    if not regions:
        return None
    rows = Cycle.objects.visible_to(user).filter(region__in=regions, recorded=False)
    newest: dict[int, Cycle] = {}
    for cycle in rows.select_related("region").open_first():
        newest.setdefault(cycle.region_id, cycle)
    results: dict[int, Result] = {}
    fixed = Result.objects.visible_to(user).standing().filter(cycle__in=rows)
    for result in fixed.select_related("cycle__region").order_by("-cycle__assessment_year"):
        results.setdefault(result.cycle.region_id, result)
    states = award_states([result.cycle for result in results.values()])
    pages = [
        Readable(str(cycle), cycle.get_status_display(), reverse("board", args=[cycle.pk]))
        for cycle in sorted(newest.values(), key=lambda cycle: cycle.region.code)[:MOST_REGIONS]
    ]
    pages += [
        Readable(f"Hasil {result.cycle}", _ended(result, states), reverse("result-detail", args=[result.cycle_id]))
        for result in sorted(results.values(), key=lambda result: result.cycle.region.code)[:MOST_REGIONS]
    ]
    more = ("office-board", "Semua kabupaten/kota") if user.holds(Role.OBSERVER) else ("cycle-list", "Semua tahun")
    return Overview(tuple(pages), tuple(_events(list(newest.values()))), reverse(more[0]), more[1])


def _ended(result: Result, states: dict[int, AwardState]) -> str:
    """The predicate, and what became of the award where it fell."""
    state = states.get(result.cycle_id)
    parts = [result.predicate, state.title if state and state.fallen else ""]
    return " · ".join(part for part in parts if part)


def _events(cycles: list[Cycle]) -> list[AuditEvent]:
    keys = [str(cycle.pk) for cycle in cycles]
    rows = AuditEvent.objects.filter(Q(target_type="cycle", target_id__in=keys), verb__in=PUBLIC_STEPS)
    return list(rows.order_by("-at", "-pk")[:MOST_EVENTS])
