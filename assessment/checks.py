"""What the coordinator sees when checking: the submissions that wait, and one of them beside the one before."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from accounts.models import User
from assessment.answer_page import Slot
from assessment.enums import AnswerStatus
from assessment.ladders import Ladder, ladder
from assessment.models import Answer, Cycle, Return, ReturnNote, Submission
from assessment.workflow import available


def checks_of(cycle: Cycle) -> QuerySet[Answer]:
    """Return the submitted answers of a cycle in the order in which they came."""
    waiting = Answer.objects.filter(cycle=cycle, status=AnswerStatus.SUBMITTED)
    related = ("indicator__right", "cycle__region", "last_submission__agency", "last_submission__option")
    return waiting.select_related(*related).order_by("last_submission__submitted_at", "pk")


@dataclass(frozen=True)
class CheckPage:
    """One submission as the coordinator reads it."""

    answer: Answer
    user: User

    @property
    def submission(self) -> Submission | None:
        """What is decided on: the last submission, never the draft."""
        return self.answer.last_submission

    @cached_property
    def ladder(self) -> Ladder | None:
        """What the submission gives."""
        return ladder(self.answer.indicator, self.submission.value) if self.submission else None

    @cached_property
    def slots(self) -> list[Slot]:
        """The documents of the submission, by what they prove."""
        cited = list(self.submission.citations.select_related("evidence__file", "document")) if self.submission else []
        asked = self.answer.indicator.documents.all()
        slots = [Slot(row, [one for one in cited if one.document_id == row.pk]) for row in asked]
        return [*slots, Slot(None, [one for one in cited if one.document_id is None])]

    @cached_property
    def last_return(self) -> Return | None:
        """The newest return, with what was wrong then."""
        return self.answer.returns.select_related("submission__option").first()

    @cached_property
    def notes(self) -> list[ReturnNote]:
        """The notes of that return with the agency's replies."""
        return list(self.last_return.notes.select_related("document")) if self.last_return else []

    @property
    def changed(self) -> bool:
        """Whether something came back since the last return."""
        return bool(self.last_return and self.submission and self.last_return.submission_id != self.submission.pk)

    @property
    def own_work(self) -> bool:
        """Whether the reader submitted it."""
        return bool(self.submission and self.submission.submitted_by_id == self.user.pk)

    @cached_property
    def steps(self) -> dict[str, str]:
        """The decisions that fit, each with what blocks it."""
        return available(self.answer, to=self.user)


def check_page(answer: Answer, user: User) -> CheckPage:
    """Return the page of one submission for its reader."""
    return CheckPage(answer, user)
