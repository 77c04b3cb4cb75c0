"""What a reviewer may decide on a submission, and what the decision makes of it."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.sure import sure
from assessment import scoring
from assessment.enums import AnswerKind, Outcome
from assessment.facts.indicator_rules import scoring_rule_of
from assessment.facts.ratios import fault_of_ratio
from assessment.models import Answer, Submission
from assessment.refusals import TransitionRefusedError
from assessment.scoring import CENT, ZERO, Value

OUTCOMES = {
    AnswerKind.VALUE: (Outcome.CONFIRMED, Outcome.CHANGED),
    AnswerKind.NONE: (Outcome.CONFIRMED, Outcome.CHANGED),
    AnswerKind.NOT_APPLICABLE: (Outcome.NOT_APPLICABLE, Outcome.REFUSED, Outcome.CHANGED),
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


def outcomes_for(submission: Submission | None) -> tuple[Outcome, ...]:
    """Return the decisions that fit what was submitted last."""
    return OUTCOMES[AnswerKind(submission.form) if submission else None]


def judged(answer: Answer, decision: Decision) -> dict[str, Any]:
    """Return the fields of the review that a decision makes of the last submission (docs/aturan.md, "Nilai").

    Needs the indicator's rule and the last submission fetched along. Raises DecisionRefusedError, naming the field.
    """
    submission, rule = answer.last_submission, scoring_rule_of(answer.indicator)
    if decision.outcome not in outcomes_for(submission):
        raise DecisionRefusedError("outcome", "Pilih keputusan yang sesuai dengan yang diajukan.")
    content = _content(submission, decision)
    value = Value(content["form"], content.get("option_id"), *(content.get(part) for part in NUMBERS))
    fault = fault_of_ratio(value.numerator, value.denominator)
    if fault:
        raise DecisionRefusedError(*fault)
    if scoring.is_empty(rule, value):  # nothing empty is ever submitted
        raise DecisionRefusedError("outcome", "Isi jawaban yang Anda tetapkan.")
    by_rule = None if decision.outcome == Outcome.NOT_APPLICABLE else scoring.points(rule, value)
    points = _points(decision, by_rule, rule.max_points)
    if (decision.outcome in WITH_REASON or points != by_rule) and not decision.reason.strip():
        raise DecisionRefusedError("reason", REASON_NEEDED)
    return {
        **content, "rule_points": by_rule, "points": points, "achievement": scoring.achievement(rule, value),
        "reason": decision.reason, "note": decision.note, "outcome": decision.outcome,
    }  # fmt: skip


NUMBERS = ("numerator", "denominator", "number")


def _content(submission: Submission | None, decision: Decision) -> dict[str, Any]:
    """What counts as answered after the decision: what was submitted, what was set instead, or nothing."""
    if decision.outcome == Outcome.CHANGED:
        return {"form": AnswerKind.VALUE, **decision.value}
    if decision.outcome in (Outcome.NOT_FILLED, Outcome.REFUSED):
        return {"form": AnswerKind.NONE}
    kept = sure(submission)
    return {"form": kept.form, "option_id": kept.option_id, **{name: getattr(kept, name) for name in NUMBERS}}


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
