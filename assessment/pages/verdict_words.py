"""How one decision of a reviewer is told, to the office and to the regency."""

from dataclasses import dataclass

from accounts.words import number
from assessment.enums import Outcome
from assessment.facts.value_words import value_words
from assessment.models import Review


@dataclass(frozen=True)
class Told:
    """One decision as it is told: what follows its verdict, and the words of the reviewer."""

    review: Review
    rest: str
    quotes: tuple[tuple[str, str], ...]
    earlier: bool = False


def told(review: Review, *, earlier: bool = False) -> Told:
    """Return how a decision is told."""
    both = bool(review.reason and review.note)
    quotes = (("Alasan: " if both else "", review.reason), ("Catatan: " if both else "", review.note))
    rest = f"{_rest(review)} · tidak berlaku lagi" if earlier else _rest(review)
    return Told(review, rest, tuple(row for row in quotes if row[1]), earlier)


def _rest(review: Review) -> str:
    """What follows the verdict: the points, the value that was set, what the rule would have given."""
    words = "" if review.points is None else f", nilai {number(review.points)}"
    if review.outcome == Outcome.CHANGED:
        words += f" ({value_words(review)})"
    if review.deviates and review.rule_points is not None:
        words += f", menurut aturan {number(review.rule_points)}"
    return words
