"""Signing in by NIP, e-mail or user name, and how failures are counted."""

import datetime as dt
import hashlib

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.contrib.auth.backends import BaseBackend
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import AccessEntry, Membership, User

COOLOFFS = (dt.timedelta(minutes=5), dt.timedelta(minutes=15), dt.timedelta(hours=1))
FAILURES_PER_STEP = 5
REMEMBERED = dt.timedelta(days=1)
UNKNOWN = "tidak dikenal "


class PersonBackend(BaseBackend):
    """Finds a person by any of the three names and checks the password."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_other
    ) -> User | None:
        """Return the person, or None; a name that nobody has costs as much time as a wrong password."""
        user = User.objects.named(username)
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session with all roles, unless the account was switched off meanwhile.

        One query: each page begins with it. Only who holds no role is looked for once more.
        """
        held = Membership.objects.active().with_places().select_related("user").order_by()
        rows = list(held.filter(user=user_id, user__is_active=True))
        if not rows:
            return User.objects.filter(pk=user_id, is_active=True).first()
        person = rows[0].user
        for row in rows:
            row.user = person
        person.remember(rows)
        return person


class OwnFailures(AxesDatabaseHandler):
    """Counts failures in the database as axes does, and forgets only those of whoever is asked for."""

    def clean_expired_user_attempts(self, request: HttpRequest | None = None, credentials: dict | None = None) -> int:
        """Remove what has run out of this name at this address and return how many rows that were.

        Axes would remove the rows of everybody that are older than this name's own lock, and so end longer locks.
        """
        threshold = get_cool_off_threshold(request)
        rows = self.filter_user_attempts(request, credentials)
        return sum(found.filter(attempt_time__lte=threshold).delete()[0] for found in rows)


def canonical_name(request: HttpRequest | None, credentials: dict | None) -> str:
    """Return the one name under which failures are counted, whichever of the three was typed.

    Whoever is signed in and is asked for the password again types none: there it is the person of the session.
    A name that nobody has is kept as a hash only: now and then somebody types the password into the upper field.
    """
    typed = (credentials or {}).get("username") or (_named_by(request) if request else "")
    user = User.objects.named(typed)
    return user.username if user else UNKNOWN + hashlib.sha256(typed.strip().lower().encode()).hexdigest()[:16]


def locked_until(request: HttpRequest, credentials: dict | None) -> dt.datetime:
    """Return when the name of this request may try again at its address."""
    name, address = canonical_name(request, credentials), request.META.get("REMOTE_ADDR")
    last = AccessAttempt.objects.filter(username=name, ip_address=address).aggregate(last=Max("attempt_time"))["last"]
    return (last or timezone.now()) + cooloff(request, credentials)


def cooloff(request: HttpRequest | None, credentials: dict | None = None) -> dt.timedelta:
    """Return how long a name is locked at an address: longer with each five failures of the last day."""
    name, address = canonical_name(request, credentials), request.META.get("REMOTE_ADDR") if request else None
    since = timezone.now() - REMEMBERED
    failures = AccessEntry.objects.filter(kind="sign_in_failed", detail=name, address=address, at__gte=since).count()
    step = failures // FAILURES_PER_STEP - 1
    return COOLOFFS[max(0, min(step, len(COOLOFFS) - 1))]


def _named_by(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return user.username if user and user.is_authenticated else request.POST.get("login", "")
