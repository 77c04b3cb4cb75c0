"""Indicators with their rules, read once in each process.

A revision's content never changes (a changed file makes a new revision), so nothing here can become stale. What may
change beside it, the status of the text, lies on the revision and is always asked of the database.
"""

from indicators.models import Indicator

_BY_ID: dict[int, Indicator] = {}


def remembered(indicator_id: int) -> Indicator:
    """Return an indicator with right, agency type, options, bands and documents; shared by everyone, so only read it.

    The first one that is asked for brings its whole revision along, in a fixed number of queries.
    """
    if indicator_id not in _BY_ID:
        siblings = Indicator.objects.filter(revision__indicators=indicator_id)
        _BY_ID.update({row.pk: row for row in siblings.with_rules()})
    return _BY_ID[indicator_id]


def forget() -> None:
    """Begin anew, where rows may be given the number of others: in tests, which roll everything back."""
    _BY_ID.clear()
