"""The chart of the rights: bars measured on the server, the same on the page and on paper."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from assessment.scoring import HUNDRED, rounded

WIDTH, ROW, TOP = 330, 43, 24
LIGHT, DARK = "#559fa3", "#0d5a62"


class ScoredRight(Protocol):
    """What a bar reads of a right: its short name and its two scores, of which the verified one may be unknown."""

    @property
    def short_name(self) -> str: ...

    @property
    def self_score(self) -> Decimal | None: ...

    @property
    def verified_score(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Bar:
    """One right in the chart: its words, where it lies, and how long its bar and its mark are."""

    name: str
    score: Decimal | None
    y: int
    length: Decimal
    mark: Decimal | None
    below: bool

    @property
    def fill(self) -> str:
        """Its colour: lighter below the threshold."""
        return LIGHT if self.below else DARK

    @property
    def has_mark(self) -> bool:
        """Whether another score is marked on it."""
        return self.mark is not None


@dataclass(frozen=True)
class Chart:
    """Bars of all rights, with the threshold as a line where one is confirmed."""

    bars: tuple[Bar, ...]
    threshold: Decimal | None
    threshold_at: Decimal | None
    width: int
    height: int

    @property
    def has_threshold(self) -> bool:
        """Whether a threshold is confirmed."""
        return self.threshold_at is not None


def chart_of(rights: tuple[ScoredRight, ...], threshold: Decimal | None, *, verified: bool, row: int = ROW) -> Chart:
    """Measure the bars: the verified score as bar and the self score as mark, or the self score as bar alone.

    `row` is the height of one right: less on paper, where the name stands beside its bar.
    """
    bars = tuple(_bar(TOP + row * place, right, threshold, verified) for place, right in enumerate(rights))
    at = None if threshold is None else _length(threshold)
    return Chart(bars, threshold, at, WIDTH, TOP + row * len(bars) + 12)


def _bar(y: int, row: ScoredRight, threshold: Decimal | None, verified: bool) -> Bar:
    score = row.verified_score if verified else row.self_score
    mark = row.self_score if verified else None
    return Bar(
        name=row.short_name, score=score, y=y, length=_length(score or Decimal(0)),
        mark=None if mark is None else _length(mark),
        below=threshold is not None and score is not None and score < threshold,
    )  # fmt: skip


def _length(score: Decimal) -> Decimal:
    return rounded(WIDTH * score / HUNDRED)
