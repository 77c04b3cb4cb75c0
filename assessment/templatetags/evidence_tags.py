"""How evidence is named: its kind of file, its first cited page."""

import re
from collections.abc import Iterable

from django import template
from django.core.paginator import Page
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

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


@register.filter
def as_links(citations: Iterable[Citation]) -> SafeString:
    """Name the answers that cite a document, each leading to its documents."""
    rows = ((reverse("answer-detail", args=[row.answer_id]), row.answer) for row in citations)
    each = ((url, answer.indicator.number, answer.cycle) for url, answer in rows)
    return format_html_join(", ", '<a href="{}#data-dukung">indikator {} ({})</a>', each)


@register.filter
def leaves_words(page: Page) -> str:
    """Say which pages of a document are shown, and of how many."""
    first, last = page.start_index(), page.end_index()
    shown = f"{first}" if first == last else f"{first}–{last}"
    return f"Halaman {shown} dari {page.paginator.count}"
