"""The reviewer's room: the list of indicators, the documents of one, and what was decided."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessment.actions.reviews import outcomes_for
from assessment.actions.rounds import refused_round, rounds_allowed
from assessment.clocks import Clocks, running_round
from assessment.enums import AnswerForm, AnswerStatus, Outcome, Reader
from assessment.models import Answer, CorrectionRound, Cycle, PendingReturn, Return, Review, SubmittedCitation
from assessment.previews.drawing import drawable
from assessment.submission_page import SubmissionPage
from assessment.verdicts import Verdicts, verdicts_of

DECIDED, AWAITED, NOTED, BACK, MISSING, OPEN = "decided", "awaited", "noted", "back", "missing", "open"
FILTERS = {
    "semua": ("Semua indikator", None),
    "belum": ("Belum diputuskan", (AWAITED, NOTED, BACK, MISSING, OPEN)),
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
        """Whether the reviewer can decide it now and has not."""
        return self.state in (BACK, MISSING, OPEN, NOTED)


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
        return [item for item in self.items if states is None or item.state in states]

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
    def filters(self) -> list[tuple[str, str, int]]:
        """Each filter with its words and how many it shows."""
        return [(key, words, self._count(states)) for key, (words, states) in FILTERS.items()]

    @property
    def decided(self) -> int:
        """How many indicators have their decision."""
        return self.verdicts.decided

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
        """Every round of the cycle, newest first."""
        return list(self.cycle.rounds.all())

    def next_after(self, number: int = 0) -> Item | None:
        """Return the next indicator to decide after this number, beginning anew at the end; None where none is left.

        Those that were never submitted come last: they are decided many at once.
        """
        waiting = [item for item in self.items if item.waits and item.answer.indicator.number != number]
        submitted = [item for item in waiting if item.state != MISSING]
        shown = [item for item in waiting if item in self.shown] if self.chosen != "semua" else submitted
        left = shown or submitted or waiting
        return next((item for item in left if item.answer.indicator.number > number), left[0] if left else None)

    def url_of(self, item: Item | None) -> str:
        """Return the address of an indicator with the filter kept; of the overview where there is none."""
        if item is None:
            return reverse("review-list", args=[self.cycle.pk])
        query = "" if self.chosen == "semua" else f"?saring={self.chosen}"
        return reverse("review-detail", args=[item.answer.pk]) + query

    def _count(self, states: tuple[str, ...] | None) -> int:
        return sum(states is None or item.state in states for item in self.items)


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


@dataclass(frozen=True)
class ReviewPage(SubmissionPage):
    """One indicator in the reviewer's room: what was submitted, its documents, and the decision."""

    room: Room
    document: int = 0
    leaf: int = 0
    large: bool = False
    reader: ClassVar[Reader] = Reader.REVIEWER

    @cached_property
    def item(self) -> Item:
        """The indicator in the list."""
        return next(item for item in self.room.items if item.answer.pk == self.answer.pk)

    @property
    def review(self) -> Review | None:
        """The decision that stands."""
        return self.item.review

    @cached_property
    def earlier(self) -> list[Review]:
        """Decisions that no longer stand, newest first."""
        rows = Review.objects.by_reviewers().filter(answer=self.answer).select_related("decided_by", "option")
        return [row for row in rows if self.review is None or row.pk != self.review.pk]

    @cached_property
    def accepted(self) -> Review | None:
        """The coordinator's pre-verification of this very submission."""
        if self.submission is None:
            return None
        return self.submission.reviews.filter(reader=Reader.COORDINATOR).select_related("decided_by").first()

    @cached_property
    def pending(self) -> PendingReturn | None:
        """What was noted for the next round."""
        return PendingReturn.objects.filter(answer=self.answer).first()

    @property
    def citation(self) -> SubmittedCitation | None:
        """The document in view."""
        if not self.citations:
            return None
        return self.citations[min(self.document, len(self.citations) - 1)]

    @property
    def tabs(self) -> list[tuple[int, SubmittedCitation, bool]]:
        """Each document with its place and whether it is in view."""
        return [(place, row, row == self.citation) for place, row in enumerate(self.citations)]

    @property
    def pages(self) -> int:
        """How many pages can be shown; 0 where the document has to be downloaded."""
        stored = self.citation.evidence.file if self.citation else None
        return (stored.pages or 1) if stored and drawable(stored) else 0

    @property
    def page(self) -> int:
        """The page in view: the one asked for, else the first that the agency cites."""
        return min(max(self.leaf or first_page(self.citation.pages), 1), self.pages)

    @property
    def cited(self) -> bool:
        """Whether the agency cites the page in view."""
        return self.page in cited_pages(self.citation.pages)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The decisions that fit what was submitted."""
        return outcomes_for(self.submission)

    @property
    def plain(self) -> bool:
        """Whether one press confirms: a value or "tidak ada", nothing that leaves the count."""
        return Outcome.CONFIRMED in self.outcomes

    @property
    def one_press(self) -> bool:
        """Whether one press decides: nothing is decided yet, and only one decision follows from what was submitted."""
        return self.review is None and (self.plain or self.submission is None)

    @property
    def exception(self) -> bool:
        """Whether the agency says that the indicator does not apply."""
        return bool(self.submission and self.submission.form == AnswerForm.NOT_APPLICABLE)

    @property
    def blocked(self) -> str:
        """Why nothing can be decided now; empty where it can."""
        return self.steps.get("verify", "Verifikasi dilakukan oleh verifikator lain.")

    @cached_property
    def following(self) -> Item | None:
        """The indicator that comes next: to be decided, or where none waits simply the next in the list."""
        number = self.answer.indicator.number
        later = (item for item in self.room.shown if item.answer.indicator.number > number)
        return self.room.next_after(number) or (next(later, None) if self.blocked else None)

    @property
    def next_url(self) -> str:
        """Where it goes on after this indicator; to the overview after the last."""
        return self.room.url_of(self.following)


def review_page(answer: Answer, user: User, room: Room, **view) -> ReviewPage:
    """Return the page of one indicator; `view` says which document, page and size."""
    return ReviewPage(answer, user, room, **view)


def cited_pages(pages: str) -> set[int]:
    """Return the page numbers of a citation: "14-16, 20" names four."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:\s*-\s*(\d+))?", pages):
        found.update(range(int(first), min(int(last or first), int(first) + 500) + 1))
    return found


def first_page(pages: str) -> int:
    """Return the first page that a citation names; 1 where it names none."""
    return min(cited_pages(pages), default=1)
