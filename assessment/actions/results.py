"""The result: proposed by one reviewer with everything frozen, fixed or given back by another."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import Actor, head_of, record
from accounts.models import Agency, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for, refusal
from accounts.sure import sure
from accounts.versions import refuse_if_stale
from accounts.words import score
from assessment import workflow
from assessment.dossier import dossier_of, take_snapshot
from assessment.enums import Audience, CycleStatus, ResultOutcome
from assessment.facts.results import entry_of
from assessment.models import Assignment, Bonus, Cycle, Result, ResultDecision
from assessment.notifications import coordinators_of, leaders_of, people_of_agencies, reviewers_of
from assessment.refusals import TransitionRefusedError
from assessment.workflow import CYCLE_STEPS

NO_RESULT = "Belum ada hasil yang diusulkan."


@transaction.atomic
def propose(*, cycle: Cycle, by: User, at: dt.datetime | None = None, once: Once | None = None) -> Result:
    """Freeze the dossier as the next revision of the result and lock the scores; tell the other reviewers.

    Raises TransitionRefusedError while an indicator is undecided, a round runs, or notes wait for one.
    """
    claim(once)
    at = at or timezone.now()
    locked = workflow.lock(cycle.pk)
    head = head_of(locked.region)
    workflow.perform(cycle, CYCLE_STEPS["propose"], by=by, at=at, changes={"proposed_at": at})
    snapshot = take_snapshot(Cycle.objects.select_related("region__parent", "revision__instrument").get(pk=cycle.pk),
                             Audience.REVIEWER, at)  # fmt: skip
    totals = dossier_of(snapshot).totals
    result = Result.objects.create(
        cycle=cycle, number=cycle.results.count() + 1, snapshot=snapshot, total=totals.verified_score,
        bonus=sure(totals.bonus), final=totals.final, predicate=totals.predicate,
        predicate_working=totals.predicate_working, trail_head=head, proposed_by=by, proposed_at=at,
    )  # fmt: skip
    _trace(by, result, verb="result.frozen", at=at, after={"snapshot": snapshot.sha256, "final": totals.final})
    others = [person for person in reviewers_of(locked.region) if person.pk != by.pk]
    text = f"Hasil {cycle} diusulkan dengan nilai {score(totals.final)} dan menunggu ditetapkan."
    tell(others, kind="result", text=text, url=reverse("result-detail", args=[cycle.pk]), at=at)
    return result


@transaction.atomic
def fix(
    *, cycle: Cycle, result: Result, minutes_number: str, minutes_on: dt.date, by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> ResultDecision:  # fmt: skip
    """Fix the proposed result with its minutes (berita acara); from here on the regency sees decisions and points.

    The caller has asked for the password. Raises TransitionRefusedError where `result` is not the one proposed last.
    """
    claim(once)
    at = at or timezone.now()
    _newest(cycle, result)
    workflow.perform(cycle, CYCLE_STEPS["fix"], by=by, at=at)
    decision = ResultDecision.objects.create(
        result=result, outcome=ResultOutcome.FIXED, decided_by=by, decided_at=at, minutes_number=minutes_number,
        minutes_on=minutes_on, alone=by.pk == result.proposed_by_id,
    )  # fmt: skip
    after = {"minutes_number": minutes_number, "minutes_on": minutes_on, "snapshot": result.snapshot.sha256}
    _trace(by, result, verb="result.decided", at=at, after=after)
    agencies = Agency.objects.filter(pk__in=Assignment.objects.filter(cycle=cycle).values("agency"))
    told = [*coordinators_of(cycle.region), *leaders_of(cycle.region), *people_of_agencies(agencies)]
    text = f"Hasil {cycle} ditetapkan: nilai {score(result.final)}, {result.predicate or 'predikat belum ditetapkan'}."
    tell(told, kind="result", text=text, url=reverse("result-detail", args=[cycle.pk]), at=at)
    return decision


@transaction.atomic
def give_back(
    *, cycle: Cycle, result: Result, reason: str, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> ResultDecision:
    """Give the proposed result back to verification, with a reason that stays in the office."""
    claim(once)
    at = at or timezone.now()
    _newest(cycle, result)
    workflow.perform(cycle, CYCLE_STEPS["give_back"], by=by, at=at, note=reason, changes={"proposed_at": None})
    decision = ResultDecision.objects.create(
        result=result, outcome=ResultOutcome.GIVEN_BACK, decided_by=by, decided_at=at, reason=reason
    )
    _trace(by, result, verb="result.decided", at=at, after={"outcome": ResultOutcome.GIVEN_BACK, "reason": reason})
    text = f"Usulan hasil {cycle} dikembalikan. {reason}"
    tell([result.proposed_by], kind="result", text=text, url=reverse("review-list", args=[cycle.pk]), at=at)
    return decision


def _newest(cycle: Cycle, result: Result) -> None:
    workflow.lock(cycle.pk)
    newest = Result.objects.standing().filter(cycle=cycle).first()
    if newest is None or newest.pk != result.pk:
        raise TransitionRefusedError(NO_RESULT)


def _trace(by: User, result: Result, *, verb: str, at: dt.datetime, **change) -> None:
    actor = acting(by, "assessment.review_cycle", result.cycle)
    record(actor=actor, verb=verb, target=result, region=result.cycle.region, at=at, **change)


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
    refuse_if_stale(seen, entry_of(before), f"{before.points} ({before.source})".replace(".", ",", 1) if before else "")
    bonus = Bonus.objects.create(cycle=locked, points=points, source=source, entered_by=by, entered_at=at)
    record(
        actor=Actor.person(by, membership), verb="bonus.entered", target=bonus, region=locked.region, at=at,
        before={"points": before.points, "source": before.source} if before else {},
        after={"points": points, "source": source},
    )  # fmt: skip
    return bonus
