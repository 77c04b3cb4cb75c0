"""Jobs that come back by the clock: each app names its own, the queue's own table remembers when."""

from django.db import connection
from django_q.models import Schedule

JOBS: dict[str, str] = {}


def daily(function: str) -> None:
    """Have a job run once a day; `function` is its dotted name."""
    JOBS[function] = Schedule.DAILY


def hourly(function: str) -> None:
    """Have a job run once an hour; `function` is its dotted name."""
    JOBS[function] = Schedule.HOURLY


def install(**_signal) -> None:
    """Enter the jobs into the table of the queue; those that are there keep their next time."""
    if Schedule._meta.db_table not in connection.introspection.table_names():
        return
    for function, kind in JOBS.items():
        Schedule.objects.update_or_create(name=function, defaults={"func": function, "schedule_type": kind})
