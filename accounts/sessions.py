"""What happens beside signing in and out: the access log, and the end of a session."""

import time
from collections.abc import Mapping

from allauth.account.signals import password_changed
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from accounts.actions.invitations import end_sessions
from accounts.audit import Actor, record
from accounts.backends import canonical_name
from accounts.kept_forms import forget_unless_owner
from accounts.models import AccessEntry, User
from accounts.notices import tell
from accounts.request import AnyRequest

STARTED, SEEN = "started_at", "seen_at"


def connect() -> None:
    """Listen to Django's and allauth's signals."""
    user_logged_in.connect(_signed_in, dispatch_uid="access_signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="access_signed_out")
    user_login_failed.connect(_failed, dispatch_uid="access_failed")
    password_changed.connect(_password_changed, dispatch_uid="access_password_changed")


def log_access(
    request: HttpRequest, kind: str, *, target_type: str = "", target_id: str = "", detail: str = ""
) -> None:
    """Write what was read, refused or exported, with who asked and from where."""
    user = request.user if request.user.is_authenticated else None
    AccessEntry.objects.create(
        kind=kind, user=user, address=request.META.get("REMOTE_ADDR") or None, target_type=target_type[:40],
        target_id=target_id[:200], detail=detail[:200],
    )  # fmt: skip


def is_over(session: Mapping, now: int | None = None) -> bool:
    """Whether a session's data say that it is over: half an hour without a request, or ten hours in any case."""
    now = now or int(time.time())
    idle, absolute = settings.SESSION_IDLE.total_seconds(), settings.SESSION_ABSOLUTE.total_seconds()
    return now - session.get(SEEN, now) > idle or now - session.get(STARTED, now) > absolute


def _signed_in(sender, request: HttpRequest, user: User, **_signal) -> None:
    forget_unless_owner(request, user)
    request.session[STARTED] = request.session[SEEN] = int(time.time())
    AccessEntry.objects.create(kind="signed_in", user=user, address=request.META.get("REMOTE_ADDR") or None)
    if "REMOTE_ADDR" in request.META:  # a real request: also of whoever comes in by a link, not through allauth
        UserSession.objects.create_from_request(request)


def _signed_out(sender, request: AnyRequest, user: User | None, **_signal) -> None:
    request.signed_out = True
    if user:
        AccessEntry.objects.create(kind="signed_out", user=user, address=request.META.get("REMOTE_ADDR") or None)


def _failed(sender, credentials: dict, request: HttpRequest | None = None, **_signal) -> None:
    address = request.META.get("REMOTE_ADDR") if request else None
    name = canonical_name(request, credentials)
    AccessEntry.objects.create(kind="sign_in_failed", user=None, address=address, detail=name)


def _password_changed(sender, request: HttpRequest, user: User, **_signal) -> None:
    with transaction.atomic():
        end_sessions(user, but=request.session.session_key)
        record(actor=Actor.person(user), verb="password.changed", target=user, region=None)
        text = "Kata sandi Anda telah diganti. Bila bukan oleh Anda, hubungi orang yang mengundang Anda sekarang juga."
        tell([user], kind="account", text=text, url=reverse("home"))
