"""What others answer and an agency supports with its documents."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from assessment.facts.clocks import Clocks
from assessment.models import Answer, Assignment, Citation, Cycle
from assessment.pages import task_words

NOBODY = "Belum ada pengampu"


@dataclass(frozen=True)
class SupportedTask:
    """An indicator that others answer and this person's agency supports: whose it is, and what was given to it."""

    answer: Answer
    owner: str
    given: int

    @property
    def url(self) -> str:
        """Where it is read."""
        return task_words.url_of(self)

    @property
    def given_words(self) -> str:
        """How many documents this person's agency gave."""
        return task_words.given_words(self.given)

    @property
    def reader(self) -> str:
        """In whose words the answer's state is told (`answer_badge`)."""
        return task_words.reader_of(self.answer.cycle)


def supported_tasks(user: User, cycles: Collection[Cycle]) -> list[SupportedTask]:
    """Return what a person's agencies support, in three queries, and two more for each cycle that was sent."""
    by_pk, mine = {cycle.pk: cycle for cycle in cycles}, user.agency_ids()
    rows = Answer.objects.filter(cycle__in=by_pk).supported_by(mine).with_indicator().order_by()
    found = sorted(rows, key=lambda row: (row.indicator.number, row.pk))
    clocks, at = {cycle.pk: Clocks.of(cycle) for cycle in cycles if cycle.sent}, timezone.now()
    for row in found:
        row.cycle = by_pk[row.cycle_id]
        if row.cycle_id in clocks:
            row.closed = clocks[row.cycle_id].closed(row, at)
    owners = _owner_names(found)
    cited = Citation.objects.filter(answer__in=[row.pk for row in found], agency__in=mine)
    given = Counter(cited.values_list("answer", flat=True))
    return [SupportedTask(row, owners.get((row.cycle_id, row.indicator_id), NOBODY), given[row.pk]) for row in found]


def _owner_names(answers: list[Answer]) -> dict[tuple[int, int], str]:
    """The names of the responsible agencies, by the ids of cycle and indicator."""
    cycles, indicators = {row.cycle_id for row in answers}, {row.indicator_id for row in answers}
    given = Assignment.objects.responsible().filter(cycle__in=cycles, indicator__in=indicators).order_by()
    named = given.values_list("cycle_id", "indicator_id", "agency__name")
    return {(cycle, indicator): name for cycle, indicator, name in named}
