"""Pages as tests read them: HTML without the spaces that only lay it out."""

import re


def flat(html: str) -> str:
    """Return HTML on one line, without spaces beside its tags: how a template breaks its lines is its own affair."""
    return re.sub(r"\s*(?=[<>])|(?<=>)\s+", "", re.sub(r"\s+", " ", html))
