"""What may follow what: one table for answers, one for cycles, and the one function that carries a step out."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import User
from accounts.permissions import membership_for, refusal
from assessment.clocks import Clocks, running_round
from assessment.enums import AnswerStatus as A
from assessment.enums import CycleStatus as C
from assessment.enums import ProblemStatus as P
from assessment.models import Answer, Cycle, PendingReturn, Problem
from assessment.rules import owner_of
from assessment.verdicts import verdicts_of

WHENCE_IT_CAME = ""
FASTER = "Orang lain baru saja mengubah keadaan ini. Muat ulang halaman untuk melihat yang terbaru."
NOTE_NEEDED = "Tulis alasannya, satu kalimat sudah cukup."


DEADLINE_PAST = "Batas pengisian sudah lewat sebelum pengisian dimulai. Ubah tanggalnya lebih dulu."
NOT_DECIDED_NOW = {
    C.PROPOSED: "Hasil sedang diusulkan. Keputusan terkunci sampai usulan itu ditetapkan atau dikembalikan.",
    C.FINALISED: "Hasil sudah ditetapkan. Keputusan ini tidak berubah lagi.",
    C.ANNOUNCED: "Hasil sudah ditetapkan dan diumumkan. Keputusan ini tidak berubah lagi.",
    C.CANCELLED: "Periode ini dibatalkan.",
}


class TransitionRefusedError(Exception):
    """The step may not be taken now; its text is the Indonesian sentence for the person."""


@dataclass(frozen=True)
class Situation:
    """What a guard looks at: the object, its cycle as locked, the cycle's hours, and the moment."""

    obj: Answer | Cycle | Problem
    clocks: Clocks | None
    at: dt.datetime

    @property
    def cycle(self) -> Cycle:
        """The cycle."""
        return self.clocks.cycle

    @property
    def open_for_agency(self) -> bool:
        """Whether the agency may work on the answer now."""
        return self.clocks.open_until(self.obj, owner_of(self.obj), self.at) is not None


Guard = Callable[[Situation], str]


@dataclass(frozen=True)
class Step:
    """One way from a status to another: who may go it, when, and what the trail calls it."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    verb: str
    guard: Guard = field(default=lambda _situation: "")
    needs_note: bool = False
    inward: bool = False  # the note is the review office's own and does not stand in the trail's sentence


def open_for_agency(situation: Situation) -> str:
    """The answer belongs to the agency's work now."""
    if situation.open_for_agency:
        return ""
    if situation.cycle.status in (C.SUBMITTED, C.VERIFICATION):
        return "Paket sudah diserahkan; jawaban ini tidak sedang dibuka untuk perbaikan."
    if situation.cycle.status != C.FILLING:
        return "Jawaban hanya dapat diubah selama pengisian."
    return "Pengisian sudah ditutup. Perlu waktu tambahan? Minta perpanjangan kepada koordinator."


def time_to_fill(situation: Situation) -> str:
    """The deadline is still to come, or the agencies would be told of an hour that has passed."""
    deadline = situation.cycle.filling_deadline
    return DEADLINE_PAST if deadline is not None and deadline <= situation.at else ""


def in_filling(situation: Situation) -> str:
    """The regency still has the package in its hands."""
    return "" if situation.cycle.status == C.FILLING else "Hanya dapat dilakukan selama pengisian."


def reviewers_turn(situation: Situation) -> str:
    """The answer is the reviewer's: in verification and not awaited by an open round."""
    if situation.cycle.status != C.VERIFICATION:
        return NOT_DECIDED_NOW.get(situation.cycle.status, "Verifikasi belum dimulai.")
    if situation.clocks.awaited(situation.obj, situation.at):
        return "Jawaban ini sedang ditunggu dari perangkat daerah dalam putaran perbaikan."
    return ""


def all_decided(situation: Situation) -> str:
    """Every indicator has its decision, no round runs, and nothing noted waits for one."""
    left = verdicts_of(situation.cycle).undecided
    if left:
        return f"Masih {len(left)} indikator belum diputuskan."
    if running_round(situation.cycle, situation.at):
        return "Masih ada putaran perbaikan yang berjalan."
    waiting = PendingReturn.objects.filter(answer__cycle=situation.cycle).count()
    return f"Masih {waiting} catatan menunggu putaran perbaikan; buka putarannya, atau hapus." if waiting else ""


ANSWER_STEPS = {
    step.name: step
    for step in (
        Step("ready", "Mintakan pengesahan", (A.DRAFT, A.RETURNED), A.READY, "assessment.ready_answer",
             "answer.readied", open_for_agency),
        Step("take_back", "Tarik dari pengesahan", (A.READY,), WHENCE_IT_CAME, "assessment.fill_answer",
             "answer.taken_back", open_for_agency),
        Step("hand_back", "Kembalikan ke operator", (A.READY,), WHENCE_IT_CAME, "assessment.endorse_answer",
             "answer.handed_back", open_for_agency, needs_note=True),
        Step("submit", "Ajukan", (A.DRAFT, A.RETURNED, A.READY), A.SUBMITTED, "assessment.submit_answer",
             "answer.submitted", open_for_agency),
        Step("withdraw", "Tarik kembali", (A.SUBMITTED,), WHENCE_IT_CAME, "assessment.fill_answer",
             "answer.withdrawn", in_filling),
        Step("accept", "Loloskan", (A.SUBMITTED,), A.ACCEPTED, "assessment.decide_answer",
             "answer.accepted", in_filling),
        Step("return", "Kembalikan untuk diperbaiki", (A.SUBMITTED, A.ACCEPTED), A.RETURNED,
             "assessment.decide_answer", "answer.returned", in_filling),
        Step("verify", "Putuskan", tuple(A), A.VERIFIED, "assessment.review_answer",
             "answer.verified", reviewers_turn),
        Step("reopen", "Buka putaran perbaikan", tuple(A), A.RETURNED, "assessment.review_answer",
             "answer.reopened", reviewers_turn),
    )
}  # fmt: skip

CYCLE_STEPS = {
    step.name: step
    for step in (
        Step("start_filling", "Mulai pengisian", (C.PREPARATION,), C.FILLING, "assessment.manage_cycle",
             "cycle.filling_started", time_to_fill),
        Step("send", "Serahkan paket", (C.FILLING,), C.SUBMITTED, "assessment.manage_cycle", "cycle.sent"),
        Step("reject", "Kembalikan paket", (C.SUBMITTED,), C.FILLING, "assessment.review_cycle",
             "cycle.given_back", needs_note=True),
        Step("start_verification", "Mulai verifikasi", (C.SUBMITTED,), C.VERIFICATION, "assessment.review_cycle",
             "cycle.verification_started"),
        Step("propose", "Usulkan hasil", (C.VERIFICATION,), C.PROPOSED, "assessment.review_cycle",
             "result.proposed", all_decided),
        Step("fix", "Tetapkan hasil", (C.PROPOSED,), C.FINALISED, "assessment.fix_result", "result.fixed"),
        Step("give_back", "Kembalikan usulan", (C.PROPOSED,), C.VERIFICATION, "assessment.fix_result",
             "result.given_back", needs_note=True, inward=True),
        Step("announce", "Umumkan", (C.FINALISED,), C.ANNOUNCED, "assessment.manage_cycle", "cycle.announced"),
        Step("cancel", "Batalkan periode",
             (C.PREPARATION, C.FILLING, C.SUBMITTED, C.VERIFICATION, C.PROPOSED), C.CANCELLED,
             "assessment.manage_cycle", "cycle.cancelled", needs_note=True),
    )
}  # fmt: skip

PROBLEM_STEPS = {
    step.name: step
    for step in (
        Step("respond", "Tanggapi", (P.OPEN,), P.RESPONDED, "assessment.respond_problem", "problem.responded"),
        Step("resolve", "Nyatakan selesai", (P.RESPONDED,), P.RESOLVED, "assessment.judge_problem",
             "problem.resolved"),
        Step("reopen", "Buka lagi", (P.RESPONDED,), P.OPEN, "assessment.judge_problem", "problem.reopened",
             needs_note=True),
    )
}  # fmt: skip


def lock(cycle_id: int) -> Cycle:
    """Take the cycle's row until the transaction ends, before anything in the cycle is read or written."""
    rows = Cycle.objects.select_for_update(of=("self",), no_key=True)  # rows that point at it need not wait
    return rows.select_related("region", "revision").get(pk=cycle_id)


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
    at = at or timezone.now()
    fresh, clocks = _taken(obj)
    reason = blocked(fresh, step, by=by, situation=Situation(fresh, clocks, at), note=note)
    if reason:
        raise TransitionRefusedError(reason)
    target = step.target or fresh.came_from or A.DRAFT
    values = {"status": target, **_stamps(fresh, step), **(changes or {})}
    rows = type(obj)._default_manager.filter(pk=obj.pk, status=fresh.status)
    if not rows.update(**values, **_next_version(obj)):
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
    cycle = obj if isinstance(obj, Cycle) else getattr(obj, "cycle", None)
    clocks = clocks or (Clocks.of(cycle) if cycle else None)
    situation = Situation(obj, clocks, at or timezone.now())
    steps = {Cycle: CYCLE_STEPS, Answer: ANSWER_STEPS, Problem: PROBLEM_STEPS}[type(obj)]
    fitting = [step for step in steps.values() if obj.status in step.sources]
    held = [step for step in fitting if membership_for(to, step.permission, obj)]
    return {step.name: blocked(obj, step, by=to, situation=situation) for step in held}


def _taken(obj: Answer | Cycle | Problem) -> tuple[Answer | Cycle | Problem, Clocks | None]:
    """The object as it is once its row, or that of its cycle, is ours."""
    if isinstance(obj, Problem):
        rows = Problem.objects.select_for_update(of=("self",), no_key=True)
        return rows.select_related("region").get(pk=obj.pk), None
    cycle = lock(obj.pk if isinstance(obj, Cycle) else obj.cycle_id)
    return (cycle if isinstance(obj, Cycle) else _fresh_answer(obj, cycle)), Clocks.of(cycle)


def _fresh_answer(answer: Answer, cycle: Cycle) -> Answer:
    fresh = Answer.objects.with_owner().select_related("indicator").get(pk=answer.pk)
    fresh.cycle = cycle
    return fresh


def _stamps(obj: Answer | Cycle | Problem, step: Step) -> dict[str, Any]:
    """Remember whence an answer came on its way up, so that it can go back there."""
    if isinstance(obj, Answer) and obj.status in (A.DRAFT, A.RETURNED) and step.target in (A.READY, A.SUBMITTED):
        return {"came_from": obj.status}
    return {}


def _next_version(obj: Answer | Cycle | Problem) -> dict[str, Any]:
    if isinstance(obj, Problem):
        return {}
    return {"version": F("version") + 1} if isinstance(obj, Cycle) else {"revision": F("revision") + 1}
