"""How options, bands and conventions of the catalogue are read on a page."""

from decimal import Decimal

from django import template

from indicators import wording
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
