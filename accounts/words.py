"""How numbers, moments and names are written in Indonesian; pages, notices and documents use the same words."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone

from accounts.models.places import ZONES

CENT = Decimal("0.01")
NIP_GROUPS = (8, 6, 1, 3)
UNITS = ("byte", "kB", "MB", "GB")
DAY, HOUR, MINUTE = 86400, 3600, 60


def nip(value: str | None) -> str:
    """Group the 18 digits of an NIP: 19861126 201412 2 002."""
    if not value:
        return ""
    parts, rest = [], value
    for length in NIP_GROUPS:
        parts.append(rest[:length])
        rest = rest[length:]
    return " ".join([*parts, rest]).strip()


def number(value: Decimal | int | None) -> str:
    """Write a number the Indonesian way without idle zeros: 1.234,5."""
    if value is None:
        return "–"
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, part = text.partition(".")
    sign = "−" if whole.startswith("-") and text.strip("-0.") else ""
    grouped = f"{abs(int(whole)):,}".replace(",", ".")
    return f"{sign}{grouped},{part}" if part else f"{sign}{grouped}"


def score(value: Decimal | None) -> str:
    """Write a score with two decimals, rounded half up as everywhere, and nothing left to count as a dash."""
    return "–" if value is None else f"{value.quantize(CENT, ROUND_HALF_UP)}".replace(".", ",")


def filesize(value: int) -> str:
    """Write a size as people read it: 12,4 MB."""
    size, unit = Decimal(value), 0
    while round(size, 1) >= 1000 and unit < len(UNITS) - 1:  # noqa: PLR2004 - a kilobyte
        size, unit = size / 1000, unit + 1
    return f"{number(round(size, 1) if unit else size)} {UNITS[unit]}"


def lowered(value: str) -> str:
    """Write words as they stand inside a sentence: the first letter small, except in an abbreviation (SOP)."""
    return value if value[1:2].isupper() else value[:1].lower() + value[1:]


def day(value: dt.date) -> str:
    """Write a day: 3 Januari 2026."""
    return formats.date_format(value, "j F Y")


def moment(value: dt.datetime | None, zone: str = "") -> str:
    """Write a moment in a region's zone: 3 Januari 2026 pukul 14.30 WIB."""
    if value is None:
        return "–"
    return f"{_date(value, zone)} pukul {_hour(value, zone)}"


def short_moment(value: dt.datetime, zone: str = "") -> str:
    """Write a moment for a list: 3 Januari 2026 14.30 WIB."""
    return f"{_date(value, zone)} {_hour(value, zone)}"


def weekday_moment(value: dt.datetime, zone: str = "") -> str:
    """Write a deadline: Jumat 13 Maret 2026 pukul 15.00 WIB."""
    name = formats.date_format(value.astimezone(_zone(zone)), "l")
    return f"{name} {moment(value, zone)}"


def remaining(value: dt.datetime) -> str:
    """Say how much time is left or how long ago it was: 4 hari 4 jam lagi, lewat 2 hari."""
    seconds = int((value - timezone.now()).total_seconds())
    words = _span(abs(seconds))
    return f"{words} lagi" if seconds >= 0 else f"lewat {words}"


def elapsed(value: dt.datetime) -> str:
    """Say how long ago a moment was: 9 hari, 3 jam."""
    return _span(max(int((timezone.now() - value).total_seconds()), 0))


def _span(seconds: int) -> str:
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    if days:
        return f"{days} hari {hours} jam" if hours and days < 7 else f"{days} hari"  # noqa: PLR2004 - hours count in the last week
    if hours:
        return f"{hours} jam {minutes} menit" if minutes and hours < 3 else f"{hours} jam"  # noqa: PLR2004
    return f"{minutes} menit" if minutes else "kurang dari satu menit"


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name or settings.TIME_ZONE)


def _date(value: dt.datetime, zone: str) -> str:
    return day(value.astimezone(_zone(zone)))


def _hour(value: dt.datetime, zone: str) -> str:
    where = _zone(zone)
    local = value.astimezone(where)
    return f"{local:%H.%M} {ZONES.get(where.key, local.tzname())}"
