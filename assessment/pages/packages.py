"""What a package would leave behind: what was not submitted, what is incomplete, which hours still run."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from accounts.sure import sure
from assessment.enums import AnswerStatus
from assessment.facts.clocks import SENT_BACK, Clocks
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
    never, sent = _parted(answers, lambda row: row.last_submission is None)
    asked, kept_back = _parted(never, lambda row: row.status == AnswerStatus.READY)
    empty, drafted = _parted(kept_back, lambda row: row.is_empty)
    back, _others = _parted(answers, lambda row: row.status in SENT_BACK)
    return Readiness(
        drafted=drafted,
        empty=empty,
        asked=asked,
        incomplete=_parted(sent, lambda row: bool(sure(row.last_submission).missing))[0],
        unchecked=_parted(answers, lambda row: row.status == AnswerStatus.SUBMITTED)[0],
        returned=_parted(sent, lambda row: row.status in SENT_BACK)[0],
        hours=_parted(back, lambda row: row.returned_until is not None and row.returned_until > at)[0],
        extensions=Clocks.of(cycle).running_extensions(at),
        late=cycle.filling_deadline is not None and at > cycle.filling_deadline,
    )


def _parted(rows: list[Answer], fits: Callable[[Answer], bool]) -> tuple[list[Answer], list[Answer]]:
    """Those that fit, and the others."""
    return [row for row in rows if fits(row)], [row for row in rows if not fits(row)]
