"""What a package would leave behind: what was not submitted, what is incomplete, which hours still run."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from assessment.enums import AnswerStatus
from assessment.models import Answer, Cycle, Extension


@dataclass(frozen=True)
class Readiness:
    """Facts that are named before the package goes; none of them bars it."""

    never_submitted: list[Answer]
    incomplete: list[Answer]
    unchecked: list[Answer]
    returned: list[Answer]
    extensions: list[Extension]
    late: bool

    @property
    def complete(self) -> bool:
        """Whether nothing is left to name."""
        left = (self.never_submitted, self.incomplete, self.unchecked, self.returned, self.extensions)
        return not any(left)


def readiness_of(cycle: Cycle, at: dt.datetime | None = None) -> Readiness:
    """Read what would be left behind, in two queries."""
    at = at or timezone.now()
    rows = (
        Answer.objects.filter(cycle=cycle).select_related("indicator", "last_submission").order_by("indicator__number")
    )
    answers = list(rows)
    return Readiness(
        never_submitted=[row for row in answers if row.last_submission is None],
        incomplete=[row for row in answers if row.last_submission and row.last_submission.missing],
        unchecked=[row for row in answers if row.status == AnswerStatus.SUBMITTED],
        returned=[row for row in answers if row.status == AnswerStatus.RETURNED],
        extensions=list(cycle.extensions.filter(deadline__gt=at).select_related("agency")),
        late=bool(cycle.filling_deadline and at > cycle.filling_deadline),
    )
