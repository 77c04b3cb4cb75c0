"""What a package would leave behind: what was not submitted, what is incomplete, which hours still run."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from assessment.clocks import SENT_BACK, Clocks
from assessment.enums import AnswerStatus
from assessment.models import Answer, Cycle, Extension


@dataclass(frozen=True)
class Readiness:
    """Facts that are named before the package goes; none of them bars it."""

    drafted: list[Answer]  # something was written, and nobody submitted it
    empty: list[Answer]
    incomplete: list[Answer]
    unchecked: list[Answer]
    returned: list[Answer]
    hours: list[Answer]
    asked: list[Answer]
    extensions: list[Extension]
    late: bool

    @property
    def complete(self) -> bool:
        """Whether nothing is left to name."""
        answers = (self.drafted, self.empty, self.asked, self.incomplete, self.unchecked, self.returned)
        return not any((*answers, self.hours, self.extensions))


def readiness_of(cycle: Cycle, at: dt.datetime | None = None) -> Readiness:
    """Read what would be left behind, in a fixed number of queries."""
    at = at or timezone.now()
    rows = (
        Answer.objects.filter(cycle=cycle).select_related("indicator", "last_submission").order_by("indicator__number")
    )
    answers = list(rows)
    unsent = [row for row in answers if row.last_submission is None]
    kept_back = [row for row in unsent if row.status != AnswerStatus.READY]
    return Readiness(
        drafted=[row for row in kept_back if not row.is_empty],
        empty=[row for row in kept_back if row.is_empty],
        asked=[row for row in unsent if row.status == AnswerStatus.READY],
        incomplete=[row for row in answers if row.last_submission and row.last_submission.missing],
        unchecked=[row for row in answers if row.status == AnswerStatus.SUBMITTED],
        returned=[row for row in answers if row.last_submission and row.status in SENT_BACK],
        hours=[row for row in answers if row.returned_until and row.returned_until > at and row.status in SENT_BACK],
        extensions=Clocks.of(cycle).running_extensions(at),
        late=bool(cycle.filling_deadline and at > cycle.filling_deadline),
    )
