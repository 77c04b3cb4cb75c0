"""What the coordinator sees when checking: the submissions that wait, and one of them beside the one before."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet

from accounts.models import User
from assessment.enums import AnswerStatus, Reader
from assessment.models import Answer, Cycle
from assessment.submission_page import SubmissionPage


def checks_of(cycle: Cycle) -> QuerySet[Answer]:
    """Return the submitted answers of a cycle in the order in which they came."""
    waiting = Answer.objects.filter(cycle=cycle, status=AnswerStatus.SUBMITTED)
    related = ("indicator__right", "cycle__region", "last_submission__agency", "last_submission__option")
    return waiting.select_related(*related).order_by("last_submission__submitted_at", "pk")


@dataclass(frozen=True)
class CheckPage(SubmissionPage):
    """One submission as the coordinator reads it."""

    reader: ClassVar[Reader] = Reader.COORDINATOR

    @property
    def own_work(self) -> bool:
        """Whether the reader submitted it."""
        return bool(self.submission and self.submission.submitted_by_id == self.user.pk)


def check_page(answer: Answer, user: User) -> CheckPage:
    """Return the page of one submission for its reader."""
    return CheckPage(answer, user)
