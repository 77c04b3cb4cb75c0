"""The kinds of notices with their words; each app registers those that it tells of."""

KINDS: dict[str, str] = {}


def register(**kinds: str) -> None:
    """Make kinds of notices known, each with its Indonesian word."""
    KINDS.update(kinds)
