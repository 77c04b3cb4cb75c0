"""Keeps one-time links out of the log: whoever reads it must not be able to use them."""

import re

LINK = re.compile(r"((?:/|%2F)undangan(?:/|%2F))[^/%\s\"'&?]+", re.IGNORECASE)


def hide_links(_logger: object, _method: str, event: dict) -> dict:
    """Return the event of the log with the tokens of one-time links left out."""
    return {key: LINK.sub(r"\1…", value) if isinstance(value, str) else value for key, value in event.items()}
