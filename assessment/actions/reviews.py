"""The reviewer's decision on one submission, or on the lack of one, and on many that were never filled in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import User
from accounts.once import Once, claim
from assessment import scoring, workflow
from assessment.enums import AnswerForm, Outcome, Reader
from assessment.marking import rule_of
from assessment.models import Answer, PendingReturn, Return, Review, Submission
from assessment.models.answer import CONTENT_FIELDS
from assessment.ratios import fault_of_ratio
from assessment.scoring import CENT, ZERO, Value
from assessment.verdicts import standing_review
from assessment.workflow import ANSWER_STEPS, TransitionRefusedError

OUTCOMES = {
    AnswerForm.VALUE: (Outcome.CONFIRMED, Outcome.CHANGED),
    AnswerForm.NONE: (Outcome.CONFIRMED, Outcome.CHANGED),
    AnswerForm.NOT_APPLICABLE: (Outcome.NOT_APPLICABLE, Outcome.REFUSED, Outcome.CHANGED),
    None: (Outcome.NOT_FILLED,),
}
WITH_REASON = (Outcome.CHANGED, Outcome.REFUSED)
REASON_NEEDED = "Tulis alasannya, satu kalimat sudah cukup; kabupaten/kota membacanya setelah hasil ditetapkan."


@dataclass(frozen=True)
class Decision:
    """What a reviewer decides: the outcome, the value set instead, deviating points (None: by the rule), and why."""

    outcome: Outcome
    value: dict[str, Any] = field(default_factory=dict)
    points: Decimal | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Seen:
    """What lay before the reviewer when deciding: the submission's id and the standing decision's id."""

    submission: int | None
    review: int | None


class DecisionRefusedError(TransitionRefusedError):
    """The decision does not hold; `part` names the field that the sentence is about."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


class OvertakenError(Exception):
    """Something came in between: a new submission, or another reviewer's decision; nothing was written."""


def outcomes_for(submission: Submission | None) -> tuple[Outcome, ...]:
    """Return the decisions that fit what was submitted last."""
    return OUTCOMES[AnswerForm(submission.form) if submission else None]


def judged(answer: Answer, decision: Decision) -> dict[str, Any]:
    """Return the fields of the review that a decision makes of the last submission (design.md section 5).

    Needs the indicator's rule and the last submission fetched along. Raises DecisionRefusedError, naming the field.
    """
    submission, rule = answer.last_submission, rule_of(answer.indicator)
    if decision.outcome not in outcomes_for(submission):
        raise DecisionRefusedError("outcome", "Pilih keputusan yang sesuai dengan yang diajukan.")
    content = _content(submission, decision)
    value = Value(content["form"], content.get("option_id"), *(content.get(part) for part in _NUMBERS))
    fault = fault_of_ratio(value.numerator, value.denominator)
    if fault:
        raise DecisionRefusedError(*fault)
    if decision.outcome == Outcome.CHANGED and scoring.is_empty(rule, value):
        raise DecisionRefusedError("outcome", "Isi jawaban yang Anda tetapkan.")
    by_rule = None if decision.outcome == Outcome.NOT_APPLICABLE else scoring.points(rule, value)
    points = _points(decision, by_rule, rule.max_points)
    if (decision.outcome in WITH_REASON or points != by_rule) and not decision.reason.strip():
        raise DecisionRefusedError("reason", REASON_NEEDED)
    return {
        **content, "rule_points": by_rule, "points": points, "achievement": scoring.achievement(rule, value),
        "reason": decision.reason, "note": decision.note, "outcome": decision.outcome,
    }  # fmt: skip


@transaction.atomic
def decide(
    *, answer: Answer, decision: Decision, seen: Seen, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> Review:
    """Write a decision on what the reviewer saw; the newest stands, older ones stay.

    A note that waited for a round falls away. Raises OvertakenError where what was seen is no longer the newest,
    TransitionRefusedError where the answer is not the reviewer's to decide, and as `judged` where it does not hold.
    """
    claim(once)
    at = at or timezone.now()
    workflow.lock(answer.cycle_id)
    fresh = Answer.objects.with_rule().select_related("cycle__region", "last_submission").get(pk=answer.pk)
    standing = standing_review(fresh)
    if seen != Seen(fresh.last_submission_id, standing.pk if standing else None):
        raise OvertakenError
    fields = judged(fresh, decision)
    workflow.perform(fresh, ANSWER_STEPS["verify"], by=by, at=at)
    PendingReturn.objects.filter(answer=fresh).delete()
    last = Return.objects.filter(answer=fresh, reader=Reader.REVIEWER).first()
    review = Review.objects.create(
        answer=fresh, submission=fresh.last_submission, round=last.round if last else None, reader=Reader.REVIEWER,
        decided_by=by, decided_at=at, **fields,
    )  # fmt: skip
    record(
        actor=acting(by, "assessment.review_answer", fresh), verb="review.decided",
        target=review, region=fresh.cycle.region, before=_traced(standing), after=_traced(review), at=at,
    )  # fmt: skip
    answer.refresh_from_db()
    return review


@transaction.atomic
def decide_not_filled(
    *, answers: Iterable[Answer], by: User, at: dt.datetime | None = None, once: Once | None = None
) -> int:
    """Decide "tidak diisi" on several answers that were never submitted, all or none; return how many."""
    claim(once)
    decision = Decision(Outcome.NOT_FILLED)
    return len([decide(answer=row, decision=decision, seen=Seen(None, None), by=by, at=at) for row in answers])


_NUMBERS = ("numerator", "denominator", "number")


def _content(submission: Submission | None, decision: Decision) -> dict[str, Any]:
    """What counts as answered after the decision: what was submitted, what was set instead, or nothing."""
    if decision.outcome == Outcome.CHANGED:
        return {"form": AnswerForm.VALUE, **decision.value}
    if decision.outcome in (Outcome.NOT_FILLED, Outcome.REFUSED):
        return {"form": AnswerForm.NONE}
    kept = {name: getattr(submission, name) for name in CONTENT_FIELDS if name not in ("option", "reason", "note")}
    return {**kept, "option_id": submission.option_id}


def _points(decision: Decision, by_rule: Decimal | None, maximum: Decimal) -> Decimal | None:
    if decision.points is None:
        return by_rule
    if decision.outcome not in (Outcome.CONFIRMED, Outcome.CHANGED):
        raise DecisionRefusedError("points", "Keputusan ini tidak memakai nilai lain; kosongkan nilainya.")
    if not ZERO <= decision.points <= maximum:
        raise DecisionRefusedError("points", f"Nilai harus 0 sampai {maximum.normalize():f}.")
    if decision.points != decision.points.quantize(CENT):
        raise DecisionRefusedError("points", "Paling banyak dua angka di belakang koma.")
    return decision.points


def _traced(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {}
    names = ("outcome", "form", "option_id", *_NUMBERS, "rule_points", "points", "reason", "note", "submission_id")
    return {name: getattr(review, name) for name in names}
