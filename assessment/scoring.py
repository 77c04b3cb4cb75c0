"""How many points an answer gives, and what a sum of points is worth: pure arithmetic on frozen data, never float."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import groupby

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
ZERO = Decimal(0)


def rounded(number: Decimal) -> Decimal:
    """Round half up to two decimals, as the instrument's conventions say."""
    return number.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Option:
    """One option of a choice: its id, its words, and the points it gives."""

    id: int
    label: str
    points: Decimal


@dataclass(frozen=True)
class Band:
    """One band: from this bound on (`higher`) or up to it (`lower`); None has no limit."""

    bound: Decimal | None
    points: Decimal


@dataclass(frozen=True)
class Rule:
    """How one indicator is scored: `kind` is choice, ratio or number; bands are read from the top."""

    kind: str
    direction: str = ""
    options: tuple[Option, ...] = ()
    bands: tuple[Band, ...] = ()
    weight: Decimal = Decimal(1)
    unit: str = ""

    @property
    def max_points(self) -> Decimal:
        """The most that an answer can give."""
        steps: tuple[Option | Band, ...] = (*self.options, *self.bands)
        return max((step.points for step in steps), default=ZERO)


@dataclass(frozen=True)
class Value:
    """What was answered: an option's id, a numerator and denominator, or a number; or one of the two other forms."""

    form: str = "value"
    option: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    number: Decimal | None = None


@dataclass(frozen=True)
class Goal:
    """The next better band: its points, its bound, and how far the answer is from it, in the unit that is counted."""

    points: Decimal
    bound: Decimal
    distance: Decimal


def is_empty(rule: Rule, value: Value) -> bool:
    """Whether nothing was answered yet; a half-filled ratio is empty too."""
    return value.form == "" or (value.form == "value" and _measure(rule, value) is None)


def achievement(rule: Rule, value: Value) -> Decimal | None:
    """Return the percentage (two decimals, half up) or the number; None for choices and for the other forms."""
    if value.form != "value" or rule.kind == "choice":
        return None
    return _measure(rule, value)


def points(rule: Rule, value: Value) -> Decimal:
    """Return the points, 0 to the rule's maximum, that the value gives; everything but a value gives 0."""
    if value.form != "value":
        return ZERO
    measure = _measure(rule, value)
    if measure is None:
        return ZERO
    if rule.kind == "choice":
        return measure
    band = next((band for band in rule.bands if _reaches(rule, measure, band.bound)), None)
    return band.points if band else ZERO


def goal(rule: Rule, value: Value) -> Goal | None:
    """Return the next better band; None at the top, for choices, and where nothing was answered.

    The distance of a ratio is counted in units of the numerator: "3 puskesmas lagi".
    """
    measure = achievement(rule, value)
    if measure is None:
        return None
    reached = points(rule, value)
    better = [(band.points, band.bound) for band in rule.bands if band.points > reached and band.bound is not None]
    if not better:
        return None
    gained, bound = better[-1]
    if rule.kind == "number" or value.numerator is None or value.denominator is None:
        return Goal(gained, bound, abs(bound - measure))
    distance = _distance(rule, value.numerator, value.denominator, bound)
    sign = -1 if rule.direction == "lower" else 1
    arrived = points(rule, replace(value, numerator=value.numerator + sign * distance))
    return _goal_where(arrived, better, distance)


def _goal_where(arrived: Decimal, better: list[tuple[Decimal, Decimal]], distance: Decimal) -> Goal:
    """Of a small denominator one step more may jump over a band; the goal is where that step arrives."""
    return next(Goal(gained, bound, distance) for gained, bound in better if gained == arrived)


def _measure(rule: Rule, value: Value) -> Decimal | None:
    """What is compared with the bands: the option's points, the percentage, or the number."""
    if rule.kind == "choice":
        return next((option.points for option in rule.options if option.id == value.option), None)
    if rule.kind == "number":
        return value.number
    if value.numerator is None or not value.denominator:
        return None
    return rounded(HUNDRED * value.numerator / value.denominator)


def _reaches(rule: Rule, measure: Decimal, bound: Decimal | None) -> bool:
    if bound is None:
        return True
    return measure <= bound if rule.direction == "lower" else measure >= bound


def _distance(rule: Rule, numerator: Decimal, denominator: Decimal, bound: Decimal) -> Decimal:
    """How far the numerator, in whole steps, is from the bound.

    Percentages are rounded half up before they are compared: what lies half a hundredth below a bound still reaches
    it from below, and what lies less than half a hundredth above still reaches it from above. Of a budget in rupiah
    that half is millions of steps, so the last one is computed and not sought.
    """
    step = Decimal(1) if numerator == numerator.to_integral_value() else CENT
    if rule.direction == "lower":
        edge = (bound.quantize(CENT, ROUND_FLOOR) + CENT / 2) * denominator / HUNDRED
        needed = (edge / step).to_integral_value(ROUND_CEILING) * step - step
    else:
        edge = (bound.quantize(CENT, ROUND_CEILING) - CENT / 2) * denominator / HUNDRED
        needed = (edge / step).to_integral_value(ROUND_CEILING) * step
    return abs(needed - numerator)


@dataclass(frozen=True)
class Mark:
    """What one indicator brings to its right; one that is not counted leaves points and maximum."""

    number: int
    right: str
    points: Decimal
    maximum: Decimal
    weight: Decimal = Decimal(1)
    counted: bool = True


@dataclass(frozen=True)
class Predicate:
    """A class of the final score; a missing minimum means that nobody has fixed it yet."""

    name: str
    minimum: Decimal | None
    working: bool = False


@dataclass(frozen=True)
class RightScore:
    """The score of one right, 0 to 100 with two decimals; None where nothing is left to count."""

    right: str
    indicators: int
    counted: int
    points: Decimal
    maximum: Decimal
    score: Decimal | None


@dataclass(frozen=True)
class Scorecard:
    """The scores of one cycle; the predicate is decided on the final number, so that it agrees with the print."""

    rights: tuple[RightScore, ...]
    counted: int
    points: Decimal
    maximum: Decimal
    total: Decimal | None
    bonus: Decimal
    final: Decimal | None
    predicate: Predicate | None
    working: bool = field(default=False)


def score(marks: Iterable[Mark], predicates: Iterable[Predicate] = (), bonus: Decimal = ZERO) -> Scorecard:
    """Return the scores per right, in the order of the right codes, and over all (docs/aturan.md, "Nilai")."""
    ordered = sorted(marks, key=lambda mark: (mark.right, mark.number))
    rights = tuple(_right_score(right, tuple(group)) for right, group in groupby(ordered, key=lambda mark: mark.right))
    everything = _right_score("", tuple(ordered))
    total = everything.score
    final = None if total is None else min(HUNDRED, total + bonus)
    predicate = predicate_for(final, predicates)
    return Scorecard(
        rights=rights, counted=everything.counted, points=everything.points, maximum=everything.maximum, total=total,
        bonus=bonus, final=final, predicate=predicate, working=bool(predicate and predicate.working),
    )  # fmt: skip


def predicate_for(final: Decimal | None, predicates: Iterable[Predicate]) -> Predicate | None:
    """Return the best class whose minimum the final score reaches; None is printed "belum ditetapkan"."""
    if final is None:
        return None
    reached = [row for row in predicates if row.minimum is not None and final >= row.minimum]
    return max(reached, key=lambda row: row.minimum or ZERO, default=None)


def _right_score(right: str, marks: tuple[Mark, ...]) -> RightScore:
    counted = [mark for mark in marks if mark.counted]
    got = sum((mark.points * mark.weight for mark in counted), ZERO)
    most = sum((mark.maximum * mark.weight for mark in counted), ZERO)
    share = rounded(HUNDRED * got / most) if most else None
    return RightScore(right, len(marks), len(counted), got, most, share)
