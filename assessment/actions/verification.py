"""The verification as a whole: its start, and the bonus that the reviewer enters."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for, refusal
from accounts.seen import mark_of, need_seen
from assessment import workflow
from assessment.enums import CycleStatus
from assessment.models import Bonus, Cycle
from assessment.notifications import coordinators_of
from assessment.workflow import CYCLE_STEPS, TransitionRefusedError


@transaction.atomic
def start(*, cycle: Cycle, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Open a package for verification; from here on it is not given back as a whole."""
    claim(once)
    workflow.perform(cycle, CYCLE_STEPS["start_verification"], by=by, at=at)
    url = reverse("cycle-detail", args=[cycle.pk])
    tell(coordinators_of(cycle.region), kind="package", text=f"Verifikasi {cycle} dimulai.", url=url, at=at)


def mark_of_bonus(bonus: Bonus | None) -> str:
    """Return the mark of the entry that stands, for the form that replaces it."""
    return mark_of(_entry(bonus))


def _entry(bonus: Bonus | None) -> int | None:
    return bonus.pk if bonus else None


@transaction.atomic
def enter_bonus(
    *, cycle: Cycle, points: Decimal, source: str, by: User, seen: str | None = None, at: dt.datetime | None = None,
    once: Once | None = None,
) -> Bonus:  # fmt: skip
    """Enter the points for the report on human-rights actions, with their source; the newest entry stands.

    Raises StaleError where another entry stands than the one that was `seen`.
    """
    claim(once)
    at = at or timezone.now()
    locked = workflow.lock(cycle.pk)
    membership = membership_for(by, "assessment.review_cycle", locked)
    if membership is None:
        raise TransitionRefusedError(refusal("assessment.review_cycle"))
    if locked.status != CycleStatus.VERIFICATION:
        raise TransitionRefusedError("Bonus hanya dicatat selama verifikasi.")
    before = locked.bonuses.first()
    need_seen(seen, _entry(before), f"{before.points} ({before.source})".replace(".", ",", 1) if before else "")
    bonus = Bonus.objects.create(cycle=locked, points=points, source=source, entered_by=by, entered_at=at)
    record(
        actor=Actor.person(by, membership), verb="bonus.entered", target=bonus, region=locked.region, at=at,
        before={"points": before.points, "source": before.source} if before else {},
        after={"points": points, "source": source},
    )  # fmt: skip
    return bonus
