"""Which bonus stands."""

from accounts.versions import version_of
from assessment.models import Bonus


def version_of_bonus(bonus: Bonus | None) -> str:
    """Return the mark of the entry that stands, for the form that replaces it."""
    return version_of(entry_of(bonus))


def entry_of(bonus: Bonus | None) -> int | None:
    return bonus.pk if bonus else None
