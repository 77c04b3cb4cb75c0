"""The reviewer's room: the list of indicators, how far each is, and the rounds."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from assessment.enums import AnswerStatus, Reader
from assessment.facts.clocks import Clocks, running_round
from assessment.facts.rounds import refused_round, rounds_allowed
from assessment.facts.verdicts import Verdicts, verdicts_of
from assessment.models import (
    Answer,
    CorrectionRound,
    Cycle,
    PendingReturn,
    Return,
    Review,
)

DECIDED, AWAITED, NOTED, BACK, MISSING, OPEN = "decided", "awaited", "noted", "back", "missing", "open"
UNDECIDED = ("undecided",)  # no state of its own: also what is noted or awaited may have its decision
FILTERS = {
    "semua": ("Semua indikator", None),
    "belum": ("Belum diputuskan", UNDECIDED),
    "kembali": ("Sudah diperbaiki", (BACK,)),
    "ditunggu": ("Ditunggu dari OPD", (AWAITED,)),
    "dicatat": ("Dicatat untuk putaran", (NOTED,)),
    "kosong": ("Tidak pernah diajukan", (MISSING,)),
}


@dataclass(frozen=True)
class Item:
    """One indicator in the list: its answer, the decision that stands, and its state."""

    answer: Answer
    review: Review | None
    state: str

    @property
    def waits(self) -> bool:
        """Whether the reviewer has to decide it now; what is noted waits for its round."""
        return self.state in (BACK, MISSING, OPEN)

    def fits(self, states: tuple[str, ...] | None) -> bool:
        """Whether a filter of these states shows it; None shows everything."""
        return states is None or (self.review is None if states == UNDECIDED else self.state in states)


@dataclass(frozen=True)
class Room:
    """Everything that is decided in one cycle, as far as it is."""

    cycle: Cycle
    items: tuple[Item, ...]
    verdicts: Verdicts
    at: dt.datetime
    chosen: str = "semua"

    @cached_property
    def shown(self) -> list[Item]:
        """The indicators of the chosen filter, in the order of their numbers."""
        states = FILTERS[self.chosen][1]
        return [item for item in self.items if item.fits(states)]

    @property
    def groups(self) -> list[tuple]:
        """Right, how many of its indicators are decided, how many there are, and those that are shown."""
        rights = {item.answer.indicator.right_id: item.answer.indicator.right for item in self.items}
        found = []
        for pk, right in rights.items():
            whole = [item for item in self.items if item.answer.indicator.right_id == pk]
            shown = [item for item in self.shown if item.answer.indicator.right_id == pk]
            found.append((right, sum(item.state == DECIDED for item in whole), len(whole), shown))
        return found

    @property
    def entries(self) -> list[tuple]:
        """Right, how many of its indicators are decided, how many there are, and where one begins with it."""
        found = []
        for right, decided, total, _shown in self.groups:
            rows = [item for item in self.items if item.answer.indicator.right_id == right.pk]
            found.append((right, decided, total, next((item for item in rows if item.waits), rows[0])))
        return found

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        """Each filter with its words and how many it shows."""
        return [(key, words, self._count(states)) for key, (words, states) in FILTERS.items()]

    @property
    def decided(self) -> int:
        """How many indicators have their decision."""
        return self.verdicts.decided

    @property
    def submitted(self) -> int:
        """How many indicators were ever submitted."""
        return sum(item.answer.last_submission_id is not None for item in self.items)

    @property
    def missing(self) -> list[Item]:
        """Undecided indicators that were never submitted."""
        return [item for item in self.items if item.state == MISSING]

    @cached_property
    def round(self) -> CorrectionRound | None:
        """The round that runs now."""
        return running_round(self.cycle, self.at)

    @property
    def awaited(self) -> list[Item]:
        """What the running round still waits for."""
        return [item for item in self.items if item.state == AWAITED]

    @cached_property
    def pending(self) -> list[PendingReturn]:
        """What was noted for the next round."""
        rows = PendingReturn.objects.filter(answer__cycle=self.cycle).select_related("answer__indicator", "noted_by")
        return list(rows.order_by("answer__indicator__number"))

    @property
    def round_refused(self) -> str:
        """Why no round can be opened now."""
        return refused_round(self.cycle, self.at)

    @property
    def rounds_allowed(self) -> int:
        """How many rounds the office allows."""
        return rounds_allowed(self.cycle)

    @cached_property
    def rounds(self) -> list[CorrectionRound]:
        """Every round of the cycle, newest first, with how many answers it asked for and how many came back in time."""
        return list(self.cycle.rounds.counted().order_by("-number"))

    def count(self, *states: str) -> int:
        """How many indicators are in one of these states."""
        return self._count(states)

    def next_after(self, number: int = 0) -> Item | None:
        """Return the next indicator to decide after this number, beginning anew at the end; None where none is left.

        Those that were never submitted come last: they are decided many at once. What was noted for a round is passed
        over, unless the list shows just that.
        """
        others = [item for item in self.items if item.answer.indicator.number != number]
        left = self._first_wanted(others)
        return next((item for item in left if item.answer.indicator.number > number), left[0] if left else None)

    def _first_wanted(self, others: list[Item]) -> list[Item]:
        """What waits and is shown, else what was submitted and waits, else whatever waits."""
        waiting = [item for item in others if item.waits]
        submitted = [item for item in waiting if item.state != MISSING]
        return self._narrowed(others if self.chosen == "dicatat" else waiting) or submitted or waiting

    def _narrowed(self, items: list[Item]) -> list[Item]:
        """Those that the chosen filter shows; none where nothing was chosen."""
        return [item for item in items if item in self.shown] if self.chosen != "semua" else []

    def url_of(self, item: Item | None) -> str:
        """Return the address of an indicator with the filter kept; of the overview where there is none."""
        if item is None:
            return reverse("review-list", args=[self.cycle.pk])
        query = "" if self.chosen == "semua" else f"?saring={self.chosen}"
        return reverse("review-detail", args=[item.answer.pk]) + query

    def _count(self, states: tuple[str, ...] | None) -> int:
        return sum(item.fits(states) for item in self.items)


def room_of(cycle: Cycle, chosen: str = "semua", at: dt.datetime | None = None) -> Room:
    """Read the room of a cycle in a fixed number of queries."""
    at, clocks, verdicts = at or timezone.now(), Clocks.of(cycle), verdicts_of(cycle)
    rows = Answer.objects.filter(cycle=cycle).select_related("indicator__right", "last_submission")
    noted = set(PendingReturn.objects.filter(answer__cycle=cycle).values_list("answer_id", flat=True))
    returned = set(
        Return.objects.filter(answer__cycle=cycle, reader=Reader.REVIEWER).values_list("answer_id", flat=True)
    )
    items = []
    for answer in rows:
        review = verdicts.standing.get(answer.pk)
        came_back = answer.pk in returned and answer.status == AnswerStatus.SUBMITTED
        state = _state(answer, review, clocks.awaited(answer, at), answer.pk in noted, came_back)
        items.append(Item(answer, review, state))
    return Room(cycle, tuple(items), verdicts, at, chosen if chosen in FILTERS else "semua")


def _state(answer: Answer, review: Review | None, awaited: bool, noted: bool, came_back: bool) -> str:
    if awaited:
        return AWAITED
    if noted:
        return NOTED
    if review:
        return DECIDED
    if came_back:
        return BACK
    return MISSING if answer.last_submission_id is None else OPEN
