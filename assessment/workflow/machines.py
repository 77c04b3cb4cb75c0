"""The machines by model, and what is asked of them: taking a step, what blocks it, which are there."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import User
from accounts.permissions import membership_for, refusal
from assessment.enums import AnswerStatus
from assessment.facts.clocks import Clocks
from assessment.models import Answer, Cycle, Problem
from assessment.refusals import TransitionRefusedError
from assessment.workflow.answers import ANSWERS
from assessment.workflow.cycles import CYCLES
from assessment.workflow.problems import PROBLEMS
from assessment.workflow.steps import WHENCE_IT_CAME, Situation, Step

FASTER = "Orang lain baru saja mengubah keadaan ini. Muat ulang halaman untuk melihat yang terbaru."
NOTE_NEEDED = "Tulis alasannya, satu kalimat sudah cukup."
MACHINES = {machine.model: machine for machine in (ANSWERS, CYCLES, PROBLEMS)}


def perform(
    obj: Answer | Cycle | Problem,
    step: Step,
    *,
    by: User,
    at: dt.datetime | None = None,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Carry out a step inside the caller's transaction, with its other field `changes`, and write it to the trail.

    The object is brought up to date. Raises TransitionRefusedError with the Indonesian sentence where the person lacks
    the right, the step does not fit the present status, its guard says no, its note is missing, or somebody was faster.
    """
    at, machine = at or timezone.now(), MACHINES[type(obj)]
    fresh = machine.take(obj)
    clocks = machine.clocks(fresh)
    reason = blocked(fresh, step, by=by, situation=Situation(fresh, clocks, at), note=note)
    if reason:
        raise TransitionRefusedError(reason)
    target = _target(fresh, step)
    values = {"status": target, **machine.stamp(fresh, step), **(changes or {})}
    if machine.version:
        values[machine.version] = F(machine.version) + 1
    rows = machine.model._default_manager.filter(pk=obj.pk, status=fresh.status)
    if not rows.update(**values):
        raise TransitionRefusedError(FASTER)
    region = clocks.cycle.region if clocks else fresh.region
    after = {"status": target, **({"reason": note} if step.inward else {})}
    record(
        actor=acting(by, step.permission, fresh), verb=step.verb, target=fresh,
        region=region, before={"status": fresh.status}, after=after, note="" if step.inward else note, at=at,
    )  # fmt: skip
    obj.refresh_from_db()


def blocked(
    obj: Answer | Cycle | Problem, step: Step, *, by: User, situation: Situation, note: str | None = None
) -> str:
    """Return why the step may not be taken now, or nothing. `note=None` asks before the note was written."""
    if membership_for(by, step.permission, obj) is None:
        return refusal(step.permission)
    if obj.status not in step.sources:
        return f"“{step.label}” tidak berlaku selama status {obj.get_status_display().lower()}."
    if step.needs_note and note is not None and not note.strip():
        return NOTE_NEEDED
    return step.guard(situation)


def available(
    obj: Answer | Cycle | Problem, *, to: User, at: dt.datetime | None = None, clocks: Clocks | None = None
) -> dict[str, str]:
    """Return the steps that fit the present status, each with the sentence that blocks it, or nothing where it is live.

    Steps without a right to them are left out; a button is live exactly when its POST would succeed.
    """
    machine = MACHINES[type(obj)]
    situation = Situation(obj, clocks or machine.clocks(obj), at or timezone.now())
    fitting = [step for step in machine.steps.values() if obj.status in step.sources]
    held = [step for step in fitting if membership_for(to, step.permission, obj)]
    return {step.name: blocked(obj, step, by=to, situation=situation) for step in held}


def _target(obj: Answer | Cycle | Problem, step: Step) -> str:
    """Where the step leads; an answer that goes back stands where it stood before it went up."""
    if isinstance(obj, Answer) and step.target == WHENCE_IT_CAME:
        return obj.came_from or AnswerStatus.DRAFT
    return step.target
