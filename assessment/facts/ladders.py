"""The ladder of an indicator: what each band gives, where the answer stands, and what the next step needs."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.sure import sure
from accounts.words import number as written
from assessment import scoring
from assessment.enums import AnswerKind
from assessment.facts.indicator_rules import scoring_rule_of
from assessment.scoring import Band, Goal, Option, Rule, Value
from indicators.models import Indicator


@dataclass(frozen=True)
class Rung:
    """One rung, from the lowest: its points, the words of its bound, and how it relates to the answer."""

    points: Decimal
    words: str
    state: str


@dataclass(frozen=True)
class Ladder:
    """What an answer gives now, why, and what the next band needs."""

    points: Decimal
    maximum: Decimal
    measure: str
    rungs: tuple[Rung, ...]
    advice: str
    answered: bool
    not_applicable: bool
    whose: str = ""  # the agency's short name where somebody else reads; empty for whoever fills it in

    @property
    def drawn(self) -> tuple[Rung, ...]:
        """The rungs that are shown as steps; none of a choice, whose options say it."""
        return tuple(rung for rung in self.rungs if rung.words)

    @property
    def heading(self) -> str:
        """Whose points these are."""
        return f"Nilai mandiri {self.whose}:" if self.whose else "Nilai mandiri"

    @property
    def you(self) -> str:
        """Who stands on the step that was reached."""
        return "OPD" if self.whose else "Anda"


def ladder(indicator: Indicator, value: Value, *, whose: str = "") -> Ladder:
    """Build the ladder; needs the indicator's options and bands fetched along."""
    rule = scoring_rule_of(indicator)
    points, goal = scoring.points(rule, value), scoring.goal(rule, value)
    answered = not scoring.is_empty(rule, value)
    reached = points if answered and value.form == AnswerKind.VALUE else None
    return Ladder(
        points=points,
        maximum=rule.max_points,
        measure=_measure(indicator, scoring.achievement(rule, value)),
        rungs=_rungs(indicator, rule, reached, goal),
        advice=_advice(indicator, value, goal),
        answered=answered,
        not_applicable=value.form == AnswerKind.NOT_APPLICABLE,
        whose=whose,
    )


def _measure(indicator: Indicator, achieved: Decimal | None) -> str:
    if achieved is None:
        return ""
    if indicator.answer_type == "ratio":
        return f"{achieved:.2f} %".replace(".", ",")
    return f"{written(achieved)} {indicator.unit}"


def _rungs(indicator: Indicator, rule: Rule, reached: Decimal | None, goal: Goal | None) -> tuple[Rung, ...]:
    rows: tuple[Band | Option, ...] = rule.bands or rule.options
    return tuple(
        Rung(row.points, _words(indicator, rows, position), _state(row.points, reached, goal))
        for position, row in reversed(list(enumerate(rows)))
    )


def _state(points: Decimal, reached: Decimal | None, goal: Goal | None) -> str:
    if reached is None:
        return ""
    if goal and points == goal.points:
        return "goal"
    if points < reached:
        return "pass"
    return "here" if points == reached else ""


def _words(indicator: Indicator, rows: tuple[Any, ...], position: int) -> str:
    """The bound as people read it; the last band is whatever lies beyond the one above it."""
    if indicator.answer_type == "choice":
        return ""
    unit = " %" if indicator.answer_type == "ratio" else ""
    lower = indicator.direction == "lower"
    if position == len(rows) - 1:
        return f"{'>' if lower else '<'} {written(rows[position - 1].bound)}{unit}"
    return f"{'≤ ' if lower else ''}{written(rows[position].bound)}{unit}"


def _advice(indicator: Indicator, value: Value, goal: Goal | None) -> str:
    if indicator.answer_type == "choice":
        return _better_option(scoring_rule_of(indicator), value)
    if goal is None:
        return ""
    target = f"untuk nilai {written(goal.points)}"
    less = "kurang" if indicator.direction == "lower" else "lagi"
    if indicator.answer_type == "number":
        side = "atau kurang" if indicator.direction == "lower" else "atau lebih"
        return f"Capai {written(goal.bound)} {indicator.unit} {side} {target}."
    sign = -1 if indicator.direction == "lower" else 1
    needed = sure(value.numerator) + sign * goal.distance
    whole = f"{written(needed)} dari {written(value.denominator)}"
    return f"{written(goal.distance)} {less} {target}: {whole} ({written(goal.bound)} %)."


def _better_option(rule: Rule, value: Value) -> str:
    """What a choice needs for the next step: the next better option."""
    if value.form != AnswerKind.VALUE or scoring.is_empty(rule, value):
        return ""
    reached = scoring.points(rule, value)
    better = min((row for row in rule.options if row.points > reached), key=lambda row: row.points, default=None)
    return f"Untuk nilai {written(better.points)}: “{better.label}”." if better else ""
