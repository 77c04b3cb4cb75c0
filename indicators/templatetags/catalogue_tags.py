"""How bands and required documents are read aloud."""

from decimal import Decimal

from django import template

from indicators.models import Band, Indicator

register = template.Library()


@register.simple_tag
def band_words(indicator: Indicator, band: Band) -> str:
    """Write a band as people say it: 80 % atau lebih, 5 % atau kurang, lainnya."""
    if band.bound is None:
        return "lainnya"
    if indicator.direction == "higher" and band.bound == 0:
        return "selebihnya"
    unit = f" {indicator.measured_unit}" if indicator.measured_unit else ""
    side = "atau lebih" if indicator.direction == "higher" else "atau kurang"
    return f"{_number(band.bound)}{unit} {side}"


@register.filter
def points(value: Decimal) -> str:
    """Write points without idle zeros: 8, 7,5."""
    return _number(value)


def _number(value: Decimal) -> str:
    text = format(value, "f")
    whole, _, part = (text.rstrip("0").rstrip(".") if "." in text else text).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{part}" if part else grouped
