"""Moments as a regency enters them: a day and an hour in its own zone."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 2015, 2100
WRITTEN = "%Y-%m-%dT%H:%M"
CLOSING_TIME = dt.time(16)  # when offices close
SATURDAY = 5
LONGEST_HOURS = dt.timedelta(days=60)


def closing_time(now: dt.datetime, zone: ZoneInfo, *, workdays: int) -> dt.datetime:
    """Return when offices close so many working days from now, in a zone; feasts are for the person to know."""
    day = now.astimezone(zone).date()
    while workdays:
        day += dt.timedelta(days=1)
        workdays -= day.weekday() < SATURDAY
    return dt.datetime.combine(day, CLOSING_TIME, zone)


class MomentField(forms.DateTimeField):
    """A day and an hour, read in the zone that the form sets with `in_zone`, stored in UTC."""

    zone = ZoneInfo("Asia/Jakarta")

    def __init__(self, **options) -> None:
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN))
        options.setdefault("input_formats", [WRITTEN, "%Y-%m-%d %H:%M", "%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M"])
        message = "Tulis hari dan jam, misalnya 13-03-2026 15.00."
        options.setdefault("error_messages", {"invalid": message})
        super().__init__(**options)

    def in_zone(self, zone: ZoneInfo) -> None:
        """Read and show in this zone."""
        self.zone = zone

    def prepare_value(self, value: object) -> object:
        """Show a stored moment in the zone."""
        return value.astimezone(self.zone).strftime(WRITTEN) if isinstance(value, dt.datetime) else value

    def to_python(self, value: object) -> dt.datetime | None:
        """Read in the zone, whatever the server's own is."""
        for pattern in self.input_formats or ():
            try:
                naive = dt.datetime.strptime(str(value).strip(), pattern)  # noqa: DTZ007 - the zone is set below
            except ValueError:
                continue
            if not FIRST_YEAR <= naive.year <= LAST_YEAR:
                raise ValidationError(f"Tahun {naive.year} tidak mungkin. Periksa tanggalnya.")
            return naive.replace(tzinfo=self.zone).astimezone(dt.UTC)
        if value in self.empty_values:
            return None
        raise ValidationError(self.error_messages["invalid"], code="invalid")


def bounded(closes_at: dt.datetime) -> dt.datetime:
    """Return an hour until which something is open: later than now, and not for ever; raises ValidationError."""
    now = timezone.now()
    if not now < closes_at <= now + LONGEST_HOURS:
        raise ValidationError("Pilih waktu yang akan datang, paling lama 60 hari.")
    return closes_at
