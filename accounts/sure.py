"""What is there by a rule that its type does not tell: a constraint of the database, a status, a right."""

from typing import TypeVar

T = TypeVar("T")


def sure(value: T | None) -> T:
    """Return a value that is there; raises TypeError where the rule was broken."""
    if value is None:
        raise TypeError("What a rule promises is not there.")
    return value
