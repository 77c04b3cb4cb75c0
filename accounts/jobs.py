"""Background work about people: mails, and the clearing of what is only kept for a while."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator

from accounts.backends import REMEMBERED
from accounts.models import FormToken, Notice
from accounts.sure import sure

TOKENS_KEPT = timedelta(days=7)
SUBJECT_LENGTH = 110


def mail_notice(notice_id: int) -> None:
    """Mail a notice unless it was mailed before; may run twice, since the row remembers."""
    waiting = Notice.objects.filter(pk=notice_id, mailed_at=None).exclude(recipient__email=None)
    notice = waiting.select_related("recipient").first()
    if notice is None:
        return
    body = render_to_string("emails/notice.txt", {"notice": notice, "site_url": settings.SITE_URL})
    send_mail(_subject(notice), body, None, [sure(notice.recipient.email)])
    Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())


def mail_given_up(address: str, name: str, text: str) -> None:
    """Tell an address that is no longer a person's that it was taken off the account."""
    body = render_to_string("emails/given_up.txt", {"name": name, "text": text})
    send_mail("Akun: alamat e-mail ini tidak lagi dipakai", body, None, [address])


def _subject(notice: Notice) -> str:
    """What it is about and the beginning of what happened, on one line, as far as an inbox shows it."""
    words = " ".join(notice.text.split())
    return Truncator(f"{notice.get_kind_display()}: {words}").chars(SUBJECT_LENGTH)


def clear_expired() -> None:
    """Remove what is only kept for a while: form tokens, sessions that have run out, counted failures of signing in."""
    now = timezone.now()
    FormToken.objects.filter(created_at__lt=now - TOKENS_KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - REMEMBERED).delete()
