"""Tells people what happened: a row for the start page, and a mail after the commit where an address is known."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from accounts.models import Notice, User


def tell(recipients: Iterable[User], *, kind: str, text: str, url: str, at: datetime | None = None) -> None:
    """Write one notice for each recipient and queue the mails; each person is told once.

    The notice bears the moment of what it tells, `at`; without one it is now.
    """
    at = at or timezone.now()
    people = {person.pk: person for person in recipients if person.is_active}
    notices = [
        Notice(recipient=person, kind=kind, text=text[:300], url=url, created_at=at) for person in people.values()
    ]
    made = Notice.objects.bulk_create(notices)
    mailed = [notice.pk for notice in made if people[notice.recipient_id].email]
    if mailed:
        transaction.on_commit(lambda: async_task("accounts.jobs.mail_notices", mailed))


def mark_read(notices: QuerySet[Notice]) -> None:
    """Put notices away, those that were not yet."""
    notices.unread().update(read_at=timezone.now())
