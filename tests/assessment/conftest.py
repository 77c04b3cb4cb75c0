"""What many tests of the assessment begin with."""

from tests.factories.assessment import answer_of, open_cycle, small_revision
from tests.kept import kept


@kept
def revision(db):
    """The small instrument."""
    return small_revision()


@kept
def cycle(region, places):
    """A year that one agency is filling in."""
    return open_cycle(region, agency=places.health)


@kept
def ratio(cycle):
    """Its answer to the indicator that asks for a share."""
    return answer_of(cycle, 2)
