"""Years of the sample data: when things happened, and the years of before."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from accounts.models import Notice, Region, User
from assessment.actions import cycles
from assessment.demo.places import revision
from indicators.models import Revision


@contextmanager
def told_at(at: dt.datetime, *, read: bool = True) -> Iterator[None]:
    """Date the notices that are written inside, so that the start page does not call the past today."""
    before = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    Notice.objects.filter(pk__gt=before).update(created_at=at, read_at=at if read else None)


def day(year: int, month: int, number: int, hour: int = 9) -> dt.datetime:
    """Return an hour of a day in the present zone."""
    return dt.datetime(year, month, number, hour, tzinfo=timezone.get_current_timezone())


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
