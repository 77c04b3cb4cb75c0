"""Human-rights problems: registered, answered, resolved or opened again, and marked as grounds against awards."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import Agency, Region, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for, refusal
from accounts.sure import sure
from assessment import workflow
from assessment.actions.evidence import add
from assessment.enums import EvidenceKind
from assessment.facts.awards import may_be_grounded
from assessment.facts.problems import not_grounds
from assessment.models import Cycle, Problem, ProblemGround, ProblemResponse
from assessment.notifications import coordinators_of, leaders_of, people_of_agencies, reviewers_of
from assessment.refusals import TransitionRefusedError
from assessment.uploads.checking import CheckedFile
from assessment.workflow import PROBLEM_STEPS


@transaction.atomic
def register(*, problem: Problem, by: User, at: dt.datetime | None = None, once: Once | None = None) -> Problem:
    """Enter a problem with the next number of its year, and tell whoever has to answer and the office."""
    claim(once)
    at = at or timezone.now()
    Region.objects.select_for_update(no_key=True).get(pk=problem.region_id)  # two entries at once get two numbers
    problem.year = at.astimezone(problem.region.tzinfo).year
    last = Problem.objects.filter(region=problem.region, year=problem.year).aggregate(last=Max("serial"))["last"]
    problem.serial, problem.registered_by, problem.registered_at = (last or 0) + 1, by, at
    problem.save()
    _trace(
        by, problem, "assessment.register_problem", verb="problem.registered", at=at, after={"due_at": problem.due_at}
    )
    _tell(problem, by, f"{_named(problem)} dicatat: {problem.title}. Tanggapan ditunggu.", at)
    if once:
        once.lead_to(_url(problem))
    return problem


@transaction.atomic
def respond(
    *, problem: Problem, text: str, by: User, proof: CheckedFile | None = None, at: dt.datetime | None = None,
    once: Once | None = None,
) -> ProblemResponse:  # fmt: skip
    """Answer a problem, with a document as proof; late is a fact, not a bar. Raises TransitionRefusedError."""
    claim(once)
    at = at or timezone.now()
    late = at > problem.due_at
    membership = membership_for(by, "assessment.respond_problem", problem)
    workflow.perform(problem, PROBLEM_STEPS["respond"], by=by, at=at)
    details = {"title": f"Bukti tanggapan {problem.code}", "kind": EvidenceKind.OTHER}
    added = add(checked=proof, agency=problem.agency, details=details, by=by, at=at) if proof else None
    response = ProblemResponse.objects.create(
        problem=problem, text=text, evidence=added.evidence if added else None, late=late, responded_by=by,
        responded_as=sure(membership).title, responded_at=at,
    )  # fmt: skip
    told = f"{_named(problem)} ditanggapi{' terlambat' if late else ''}."
    tell(reviewers_of(problem.region), kind="problem", text=told, url=_url(problem), at=at)
    return response


@transaction.atomic
def resolve(*, problem: Problem, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """The reviewer takes the answer as enough."""
    claim(once)
    workflow.perform(problem, PROBLEM_STEPS["resolve"], by=by, at=at)
    _tell(problem, by, f"{_named(problem)} dinyatakan selesai oleh verifikator.", at)


@transaction.atomic
def reopen(*, problem: Problem, reason: str, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """The reviewer wants another answer, with a reason."""
    claim(once)
    workflow.perform(problem, PROBLEM_STEPS["reopen"], by=by, at=at, note=reason)
    _tell(problem, by, f"{_named(problem)} dibuka lagi. {reason}", at)


@transaction.atomic
def mark_grounds(
    *, problem: Problem, cycle: Cycle, reason: str, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> ProblemGround:
    """Mark a problem as grounds against the award of a year, this one's or an older one's.

    Raises TransitionRefusedError where that year has no award that could fall, the answer is not due yet, it was taken
    as enough, or it is marked already.
    """
    claim(once)
    at = at or timezone.now()
    locked = workflow.lock(cycle.pk)
    _need(by, problem)
    _need_uninvolved(by, locked)
    if locked.region_id != problem.region_id or not may_be_grounded(locked):
        raise TransitionRefusedError("Tahun ini tidak mempunyai penghargaan yang dapat gugur.")
    reason_against = not_grounds(problem, at)
    if reason_against:
        raise TransitionRefusedError(reason_against)
    if ProblemGround.objects.filter(problem=problem, cycle=locked, lifted_at=None).exists():
        raise TransitionRefusedError("Permasalahan ini sudah menjadi dasar pencabutan tahun itu.")
    ground = ProblemGround.objects.create(problem=problem, cycle=locked, reason=reason, marked_by=by, marked_at=at)
    after = {"cycle": str(locked), "reason": reason}
    _trace(by, problem, "assessment.judge_problem", verb="problem.grounded", at=at, after=after, note=reason)
    text = f"Penghargaan {locked} terancam dicabut karena {problem}. {reason}"
    told = [*coordinators_of(problem.region), *leaders_of(problem.region)]
    tell(told, kind="problem", text=text, url=reverse("board", args=[locked.pk]), at=at)
    return ground


@transaction.atomic
def lift_grounds(
    *, ground: ProblemGround, reason: str, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> None:
    """Take the mark away again, with a reason; not after the award has ended by it."""
    claim(once)
    at = at or timezone.now()
    locked = workflow.lock(ground.cycle_id)
    problem = ground.problem
    _need(by, problem)
    _need_uninvolved(by, locked)
    if problem.endings.filter(award__cycle=ground.cycle_id).exists():
        raise TransitionRefusedError("Penghargaan sudah berakhir karena permasalahan ini.")
    if not ProblemGround.objects.filter(pk=ground.pk, lifted_at=None).update(lifted_at=at):
        raise TransitionRefusedError(workflow.FASTER)
    before = {"cycle": str(ground.cycle)}
    _trace(by, problem, "assessment.judge_problem", verb="problem.lifted", at=at, before=before, note=reason)


def _need(by: User, problem: Problem) -> None:
    if membership_for(by, "assessment.judge_problem", problem) is None:
        raise TransitionRefusedError(refusal("assessment.judge_problem"))


def _need_uninvolved(by: User, cycle: Cycle) -> None:
    """The mark weighs on the award of a cycle: docs/aturan.md, "Tidak memutuskan pekerjaan sendiri"."""
    if membership_for(by, "assessment.end_award", cycle) is None:
        raise TransitionRefusedError(refusal("assessment.end_award"))


def _tell(problem: Problem, by: User, text: str, at: dt.datetime | None) -> None:
    agency = Agency.objects.filter(pk=problem.agency_id)
    told = [*people_of_agencies(agency), *coordinators_of(problem.region), *reviewers_of(problem.region)]
    tell([person for person in told if person.pk != by.pk], kind="problem", text=text, url=_url(problem), at=at)


def _named(problem: Problem) -> str:
    """The number and the regency: each regency counts its own, and an office reads of many."""
    return f"{problem} {problem.region}"


def _url(problem: Problem) -> str:
    return reverse("problem-detail", args=[problem.pk])


def _trace(by: User, problem: Problem, permission: str, *, verb: str, at: dt.datetime, **change) -> None:
    actor = acting(by, permission, problem)
    record(actor=actor, verb=verb, target=problem, region=problem.region, at=at, **change)
