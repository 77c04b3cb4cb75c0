"""Years of the sample data: when things happened, and the years of before."""

import datetime as dt

from django.db.models import F
from django.utils import timezone

from accounts.models import Notice, Region, User
from assessment.actions import cycles
from assessment.demo.places import revision
from indicators.models import Revision

UNREAD_FOR = dt.timedelta(days=10)


def put_away_read(now: dt.datetime) -> None:
    """Mark what was told long ago as read, so that the start page shows what is new, as it would after such a year."""
    long_ago = Notice.objects.unread().filter(created_at__lt=now - UNREAD_FOR)
    long_ago.update(read_at=F("created_at") + dt.timedelta(days=1))


def day(year: int, month: int, number: int, hour: int = 9) -> dt.datetime:
    """Return an hour of a day in the present zone."""
    return dt.datetime(year, month, number, hour, tzinfo=timezone.get_current_timezone())


def days_ago(days: int, hour: int = 9) -> dt.datetime:
    """Return an hour of the day so many days ago, in office hours whenever the sample data are made."""
    return in_days(-days, hour)


def in_days(days: int, hour: int) -> dt.datetime:
    """Return an hour of the day in so many days."""
    then = timezone.localdate() + dt.timedelta(days=days)
    return day(then.year, then.month, then.day, hour)


def record_old_years(region: Region, coordinator: User) -> None:
    """Record the award of 2020 under the old rule and the cancelled year 2021; the years after stay unrecorded."""
    old = Revision.objects.get(instrument__code="permenkumham-34-2016")
    for year, outcome, predicate, source, rule in (
        (2020, "announced", "Peduli HAM", "Data contoh: pengumuman tahun 2020", old),
        (2021, "cancelled", "", "Data contoh: penilaian tahun 2021 ditiadakan", revision()),
    ):
        fields = {
            "assessment_year": year, "data_year": year - 1, "revision": rule, "outcome": outcome,
            "predicate": predicate, "source": source, "awarded": outcome == "announced",
            "decree_number": "contoh 2020" if outcome == "announced" else "",
            "decree_on": dt.date(2020, 12, 10) if outcome == "announced" else None,
        }  # fmt: skip
        cycles.record_past_year(
            region=region, fields=fields, by=coordinator, at=day(timezone.localdate().year - 1, 1, 5)
        )
