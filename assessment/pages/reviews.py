"""One indicator in the reviewer's room: what was submitted, its documents in view, and the decision."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from accounts.models import User
from accounts.parts import Button, Fact
from accounts.sure import sure
from assessment.enums import AnswerKind, Outcome, Reader
from assessment.facts.decisions import outcomes_for
from assessment.models import Answer, PendingReturn, Return, Review, SubmittedCitation
from assessment.pages.review_list import AWAITED, Item, Room
from assessment.pages.review_words import ListGroup, Viewer, acts_of, facts_of, figures_of, list_of, viewer_of
from assessment.pages.submissions import SubmissionPage
from assessment.pages.verdict_words import Told, told
from assessment.previews.drawing import drawable


@dataclass(frozen=True)
class ReviewPage(SubmissionPage):
    """One indicator in the reviewer's room: what was submitted, its documents, and the decision."""

    room: Room
    shown: int = 0  # the place of the citation in view
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
    def sent_back(self) -> Return | None:
        """The coordinator's return of this very submission, where that was the last word on it."""
        if self.submission is None:
            return None
        returned = self.submission.returns.filter(reader=Reader.COORDINATOR).first()
        passed_later = returned and self.accepted and self.accepted.decided_at > returned.returned_at
        return None if passed_later else returned

    @cached_property
    def pending(self) -> PendingReturn | None:
        """What was noted for the next round."""
        return PendingReturn.objects.filter(answer=self.answer).first()

    @property
    def citation(self) -> SubmittedCitation | None:
        """The document in view."""
        if not self.citations:
            return None
        return self.citations[min(self.shown, len(self.citations) - 1)]

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
        return min(max(self.leaf or first_page(sure(self.citation).pages), 1), self.pages)

    @property
    def cited(self) -> bool:
        """Whether the agency cites the page in view."""
        return self.page in cited_pages(sure(self.citation).pages)

    @property
    def zone(self) -> str:
        """The zone of the region, in which its moments are told."""
        return self.room.cycle.region.zone

    @cached_property
    def viewer(self) -> Viewer | None:
        """The documents with one page in view."""
        return viewer_of(self)

    @property
    def figures(self) -> list[Fact]:
        """The three values side by side."""
        return figures_of(self)

    @property
    def facts(self) -> list[Fact]:
        """The words of the submission."""
        return facts_of(self) if self.submission else []

    @property
    def listing(self) -> list[ListGroup]:
        """The indicators of the chosen filter."""
        return list_of(self.room, self.answer.pk)

    @property
    def acts(self) -> list[Button]:
        """The buttons of the bar."""
        return acts_of(self)

    @property
    def decisions(self) -> list[Told]:
        """Who decided what, the standing decision first."""
        standing = [told(self.review)] if self.review else []
        return [*standing, *(told(review, earlier=True) for review in self.earlier)]

    @property
    def who(self) -> str:
        """Whose submission it is, in a word."""
        return self.submission.agency.short_name if self.submission else "tanpa pengajuan"

    @property
    def is_awaited(self) -> bool:
        """Whether the running round still waits for it."""
        return self.item.state == AWAITED

    @property
    def other_decision(self) -> str:
        """What the folded place of every decision but the one press is called."""
        return "Ubah keputusan" if self.review else "Keputusan" if self.exception else "Keputusan lain"

    @property
    def opens_decision(self) -> bool:
        """Whether that place stands open: an exception has no decision of one press."""
        return self.exception and not self.review

    @property
    def takes_points(self) -> bool:
        """Whether other points than the rule's may be set."""
        return self.plain or self.exception

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
        return bool(self.submission and self.submission.form == AnswerKind.NOT_APPLICABLE)

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
