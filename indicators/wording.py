"""How numbers, bands, options and conventions of the catalogue are read by people."""

import re
from collections.abc import Sequence
from decimal import Decimal

from indicators.models import Indicator, Revision

CONVENTIONS = {
    "data_year": "Tahun data",
    "bands": "Pita nilai",
    "ratio": "Rasio",
    "empty_cases": "Tidak ada dan tidak berlaku",
}
# A file names a direction by its key; a page says it.
_DIRECTIONS = {"arah lower": "arah makin kecil makin baik", "arah higher": "arah makin besar makin baik"}
_DIRECTION = re.compile("|".join(_DIRECTIONS))


def convention_title(name: str) -> str:
    """Name a convention on the page; one that nobody knows keeps the file's name."""
    return CONVENTIONS.get(name, name.replace("_", " ").capitalize())


def conventions(revision: Revision) -> list[tuple[str, str]]:
    """Return (title, text) of what holds for every indicator, as far as it is said to people who answer.

    How bands are written is for authors of a file; each indicator's page writes its own bands out.
    """
    return [
        (convention_title(name), _DIRECTION.sub(lambda found: _DIRECTIONS[found[0]], text))
        for name, text in revision.conventions.items()
        if name != "bands"
    ]


def number_words(value: Decimal) -> str:
    """Write a number the Indonesian way without idle zeros: 1.234,5."""
    text = format(value, "f")
    whole, _, part = (text.rstrip("0").rstrip(".") if "." in text else text).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{part}" if part else grouped


def band_words(bounds: Sequence[Decimal | None], direction: str, unit: str) -> list[str]:
    """Write bands, best first, as people say them: 80 % atau lebih; 5 % atau kurang; the last is whatever is left."""
    unit = f" {unit}" if unit else ""
    side, beyond = ("atau lebih", "kurang dari") if direction == "higher" else ("atau kurang", "lebih dari")
    limits = [number_words(bound) for bound in bounds[:-1] if bound is not None]
    return [*(f"{limit}{unit} {side}" for limit in limits), f"{beyond} {limits[-1]}{unit}"]


def scale(indicator: Indicator) -> list[tuple[str, Decimal]]:
    """Return (words, points) of the indicator's options or bands, best first; needs them fetched along."""
    if indicator.answer_type == "choice":
        return [(option.label, option.points) for option in indicator.options.all()]
    bands = list(indicator.bands.all())
    words = band_words([band.bound for band in bands], indicator.direction, indicator.measured_unit)
    return [(said, band.points) for said, band in zip(words, bands, strict=True)]
