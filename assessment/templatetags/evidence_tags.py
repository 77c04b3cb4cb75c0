"""How evidence is named: its kind of file, its first cited page."""

import re

from django import template

from assessment.models import StoredFile
from assessment.uploads.types import BY_TYPE

register = template.Library()
LEAVES_AT_ONCE = 10


@register.filter
def file_label(stored: StoredFile) -> str:
    """The kind of file in a few letters: PDF, JPG, Word."""
    return BY_TYPE[stored.content_type].label


@register.filter
def page_anchor(pages: str) -> str:
    """The address of the first cited page within the document's page: ?hal=2#hal-14."""
    found = re.search(r"\d+", pages)
    number = int(found[0]) if found else 1
    return f"?hal={(number - 1) // LEAVES_AT_ONCE + 1}#hal-{number}"
