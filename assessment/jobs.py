"""Jobs of the worker: what comes by the clock."""

from assessment.actions import rounds
from assessment.enums import CycleStatus
from assessment.models import Cycle


def close_due_rounds() -> int:
    """Tell the reviewers of correction rounds that have closed meanwhile; return how many there were."""
    waiting = Cycle.objects.filter(status=CycleStatus.VERIFICATION, rounds__closing_told_at=None, rounds__isnull=False)
    return sum(len(rounds.tell_closed(cycle=cycle)) for cycle in waiting.distinct())
