"""How options, bands and conventions of the catalogue are read on a page."""

from decimal import Decimal

from django import template

from indicators import pages, wording
from indicators.models import Indicator, Revision

register = template.Library()


@register.filter
def scale(indicator: Indicator) -> list[tuple[str, Decimal]]:
    """List the options or bands as (words, points), best first: 80 % atau lebih, 8."""
    return wording.scale(indicator)


@register.filter
def conventions(revision: Revision) -> list[tuple[str, str]]:
    """List what holds for every indicator as (title, text)."""
    return wording.conventions(revision)


@register.filter
def text_status(revision: Revision) -> pages.Status:
    """Say whether a revision's wording is official."""
    return pages.status_of(revision)


@register.filter
def scale_heading(indicator: Indicator) -> str:
    """Name what the scale lists."""
    return pages.scale_heading(indicator)
