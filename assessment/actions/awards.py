"""The end of the year: decree and award, or none; and an award that falls."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for, refusal
from accounts.sure import sure
from assessment import workflow
from assessment.enums import AwardEnd, CycleStatus
from assessment.models import Award, AwardEnding, Cycle, Problem, ProblemGround, Result
from assessment.notifications import coordinators_of, leaders_of, reviewers_of
from assessment.refusals import TransitionRefusedError
from assessment.workflow import CYCLE_STEPS

NOT_GROUNDS = "Tandai dahulu permasalahan ini sebagai dasar pencabutan tahun itu."


@transaction.atomic
def announce(
    *, cycle: Cycle, decree_number: str, decree_on: dt.date, by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> Award:  # fmt: skip
    """Record the minister's decree and the award; raises TransitionRefusedError, also where the award fell before."""
    claim(once)
    at = at or timezone.now()
    workflow.lock(cycle.pk)
    if Award.objects.filter(cycle=cycle).exists():
        raise TransitionRefusedError("Penghargaan tahun ini sudah gugur; umumkan tanpa penghargaan.")
    workflow.perform(cycle, CYCLE_STEPS["announce"], by=by, at=at)
    result = sure(Result.objects.standing().filter(cycle=cycle).first())
    award = Award.objects.create(
        cycle=cycle, predicate=result.predicate or "Belum ditetapkan", decree_number=decree_number,
        decree_on=decree_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    after = {"decree_number": decree_number, "decree_on": decree_on, "predicate": award.predicate}
    _trace(by, cycle, "assessment.manage_cycle", verb="award.recorded", at=at, after=after)
    text = f"Penghargaan {cycle} dicatat: {award.predicate}, keputusan {decree_number}."
    told = [*leaders_of(cycle.region), *reviewers_of(cycle.region)]
    tell(told, kind="result", text=text, url=reverse("board", args=[cycle.pk]), at=at)
    return award


@transaction.atomic
def announce_without(
    *, cycle: Cycle, source: str, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> None:
    """Record that the year ended without an award, with its source."""
    claim(once)
    workflow.perform(cycle, CYCLE_STEPS["announce"], by=by, at=at, note=f"Tanpa penghargaan. {source}",
                     changes={"source": source})  # fmt: skip
    told = [*leaders_of(cycle.region), *reviewers_of(cycle.region)]
    text = f"{cycle} diumumkan tanpa penghargaan."
    tell(told, kind="result", text=text, url=reverse("board", args=[cycle.pk]), at=at)


@transaction.atomic
def revoke(
    *, cycle: Cycle, problem: Problem, decree_number: str, decree_on: dt.date, by: User,
    at: dt.datetime | None = None, once: Once | None = None,
) -> AwardEnding:  # fmt: skip
    """Record that an award was revoked because of a problem that is marked as grounds against it."""
    claim(once)
    at = at or timezone.now()
    locked = _locked(cycle, problem, by)
    award = Award.objects.filter(cycle=locked).first()
    if award is None or hasattr(award, "ending"):
        raise TransitionRefusedError("Tahun ini tidak mempunyai penghargaan yang masih berlaku.")
    ending = AwardEnding.objects.create(
        award=award, end=AwardEnd.REVOKED, problem=problem, decree_number=decree_number, decree_on=decree_on,
        ended_by=by, ended_at=at,
    )  # fmt: skip
    after = {"problem": problem.code, "decree_number": decree_number, "decree_on": decree_on}
    _ended(locked, by, at, "award.revoked", after, f"Penghargaan {locked} dicabut dengan keputusan {decree_number}.")
    return ending


@transaction.atomic
def lapse(
    *, cycle: Cycle, problem: Problem, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> AwardEnding:
    """Record that the award of a fixed result falls before any decree, because of a problem marked as grounds."""
    claim(once)
    at = at or timezone.now()
    locked = _locked(cycle, problem, by)
    result = Result.objects.standing().filter(cycle=locked).first()
    if locked.status != CycleStatus.FINALISED or result is None or Award.objects.filter(cycle=locked).exists():
        raise TransitionRefusedError("Penghargaan hanya gugur setelah hasil ditetapkan dan sebelum diumumkan.")
    award = Award.objects.create(
        cycle=locked, predicate=result.predicate or "Belum ditetapkan", recorded_by=by, recorded_at=at
    )
    ending = AwardEnding.objects.create(award=award, end=AwardEnd.LAPSED, problem=problem, ended_by=by, ended_at=at)
    text = f"Penghargaan {locked} gugur sebelum ditetapkan."
    _ended(locked, by, at, "award.lapsed", {"problem": problem.code}, text)
    return ending


def _locked(cycle: Cycle, problem: Problem, by: User) -> Cycle:
    locked = workflow.lock(cycle.pk)
    if membership_for(by, "assessment.end_award", locked) is None:
        raise TransitionRefusedError(refusal("assessment.end_award"))
    if not ProblemGround.objects.filter(problem=problem, cycle=locked, lifted_at=None).exists():
        raise TransitionRefusedError(NOT_GROUNDS)
    return locked


def _ended(cycle: Cycle, by: User, at: dt.datetime, verb: str, after: dict, text: str) -> None:
    _trace(by, cycle, "assessment.end_award", verb=verb, at=at, after=after)
    told = [*coordinators_of(cycle.region), *leaders_of(cycle.region)]
    tell(told, kind="problem", text=text, url=reverse("board", args=[cycle.pk]), at=at)


def _trace(by: User, cycle: Cycle, permission: str, *, verb: str, at: dt.datetime, **change) -> None:
    actor = acting(by, permission, cycle)
    record(actor=actor, verb=verb, target=cycle, region=cycle.region, at=at, **change)
