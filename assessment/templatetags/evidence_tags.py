"""How evidence is named: its kind of file, its first cited page."""

import re

from django import template
from django.utils.formats import date_format

from accounts.words import filesize
from assessment.models import Citation, StoredFile
from assessment.uploads.types import BY_TYPE

register = template.Library()
LEAVES_AT_ONCE = 10


@register.filter
def file_label(stored: StoredFile) -> str:
    """The kind of file in a few letters: PDF, JPG, Word."""
    return BY_TYPE[stored.content_type].label


@register.filter
def as_cited(citation: Citation, page=None) -> list[str]:
    """What is told of a document beside its title, on the page where it is cited."""
    evidence = citation.evidence
    lent = page and page.sees_draft and citation.agency_id != page.answer.owner_id
    return [
        evidence.get_kind_display(),
        evidence.number,
        date_format(evidence.dated_on) if evidence.dated_on else "",
        filesize(evidence.file.size),
        f"dari {citation.agency.short_name}" if lent else "",
        citation.note,
    ]


@register.filter
def page_anchor(pages: str) -> str:
    """The address of the first cited page within the document's page: ?hal=2#hal-14."""
    found = re.search(r"\d+", pages)
    number = int(found[0]) if found else 1
    return f"?hal={(number - 1) // LEAVES_AT_ONCE + 1}#hal-{number}"
