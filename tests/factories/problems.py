"""Makes human-rights problems."""

import datetime as dt

from django.utils import timezone

from accounts.models import Agency, User
from assessment.actions import problems
from assessment.models import Problem


def problem_of(agency: Agency, by: User, *, days: int = 5, **fields) -> Problem:
    """A problem of the agency's region whose answer is due in so many days."""
    now = timezone.now()
    values = {
        "title": "Dugaan penolakan layanan", "summary": "Uraian yang peka.",
        "public_summary": "Dugaan penolakan layanan kependudukan.", "source": "SP4N-LAPOR!",
        "happened_on": now.date() - dt.timedelta(days=20), "received_on": now.date() - dt.timedelta(days=10),
        "due_at": now + dt.timedelta(days=days), **fields,
    }  # fmt: skip
    return problems.register(problem=Problem(region=agency.region, agency=agency, **values), by=by)
