"""The one lock of a cycle: whoever writes in it takes its row first."""

from assessment.models import Cycle


def lock(cycle_id: int) -> Cycle:
    """Take the cycle's row until the transaction ends, before anything in the cycle is read or written."""
    rows = Cycle.objects.select_for_update(of=("self",), no_key=True)  # rows that point at it need not wait
    return rows.select_related("region").get(pk=cycle_id)
