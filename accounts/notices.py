"""Tells people what happened: a row for the start page, and a mail after the commit where an address is known."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django_q.tasks import async_task

from accounts.models import Notice, User
from accounts.models.notice import NoticeQuerySet
from accounts.notice_kinds import KINDS
from accounts.sure import sure

LONGEST = Notice._meta.get_field("text").max_length


def tell(recipients: Iterable[User], *, kind: str, text: str, url: str, at: datetime | None = None) -> None:
    """Write one notice for each recipient and queue the mails; each person is told once.

    The notice bears the moment of what it tells, `at`; without one it is now.
    """
    if kind not in KINDS:
        raise ValueError(f"No app has registered the kind of notice {kind!r}.")
    at = at or timezone.now()
    people = {person.pk: person for person in recipients if person.is_active}
    notices = [
        Notice(recipient=person, kind=kind, text=_shortened(text), url=url, created_at=at) for person in people.values()
    ]
    made = Notice.objects.bulk_create(notices)
    mailed = [notice.pk for notice in made if people[notice.recipient_id].email]
    if mailed:
        transaction.on_commit(lambda: _queue_mails(mailed))


def _queue_mails(notice_ids: Iterable[int]) -> None:
    """Each mail is a job of its own: an address that the mail server refuses keeps nobody else waiting."""
    for notice_id in notice_ids:
        async_task("accounts.jobs.mail_notice", notice_id)


def _shortened(text: str) -> str:
    # Truncator does not count marks above and below other letters; the column does.
    return Truncator(text).chars(sure(LONGEST))[:LONGEST]


def mark_read(notices: NoticeQuerySet) -> None:
    """Put notices away, those that were not yet."""
    notices.unread().update(read_at=timezone.now())
