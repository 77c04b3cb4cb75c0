"""What others answer and an agency supports with its documents."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Agency, User
from assessment.facts.clocks import Clocks
from assessment.models import Answer, Cycle
from assessment.pages import task_words


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
    """Return what a person's agencies support, in two queries, and two more for each cycle that was sent."""
    mine = Q(citations__agency__in=user.agency_ids())
    rows = Answer.objects.filter(cycle__in=cycles).supported_by(user.agency_ids()).with_owner()
    rows = rows.annotate(given=Count("citations", filter=mine)).select_related("indicator", "cycle")
    found = list(rows.order_by("indicator__number"))
    clocks, at = {cycle.pk: Clocks.of(cycle) for cycle in cycles if cycle.sent}, timezone.now()
    for row in found:
        if row.cycle_id in clocks:
            row.closed = clocks[row.cycle_id].closed(row, at)
    owners = Agency.objects.filter(pk__in={row.owner_id for row in found})
    names: dict[int | None, str] = dict(owners.values_list("pk", "name"))
    return [SupportedTask(row, names.get(row.owner_id, "Belum ada pengampu"), row.given) for row in found]
