"""One-time links: inviting a person, resetting a password, and what happens when the link is opened."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from axes.utils import reset as forget_failures
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.acting import acting
from accounts.audit import Actor, record
from accounts.models import Agency, Invitation, Membership, Region, ReviewOffice, User
from accounts.notices import tell
from accounts.once import AlreadyDone, Once, claim
from accounts.roles import Role
from accounts.sure import sure

INVITATION_VALID = dt.timedelta(days=7)
RESET_VALID = dt.timedelta(hours=24)


class LinkSpentError(Exception):
    """The one-time link was used, withdrawn, or has run out."""


class NotForThisPersonError(Exception):
    """The invitation names a person who has an account already, and another one tries to accept it."""


class NameTakenError(Exception):
    """Somebody took the user name, or an account with the NIP or e-mail came to be, a moment ago."""


@dataclass(frozen=True)
class Invitee:
    """Who is invited: the name to greet, and what is known of NIP and e-mail."""

    name: str
    nip: str | None = None
    email: str | None = None

    @property
    def account(self) -> User | None:
        """The account that has the NIP already, else the one that has the e-mail; runs up to two queries."""
        return next((known for text in (self.nip, self.email) if text and (known := User.objects.named(text))), None)


def token_hash(token: str) -> str:
    """Return what is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(  # noqa: PLR0913 - who, as what, where, by whom, when, how long: each named
    *,
    invitee: Invitee,
    role: Role,
    place: Agency | Region | ReviewOffice | None,
    by: User | None,
    at: dt.datetime | None = None,
    valid: dt.timedelta = INVITATION_VALID,
    once: Once | None = None,
) -> tuple[Invitation, str]:
    """Make an invitation to `role` at `place` and return it with the token of its link, which is shown only now.

    An account that has the NIP or the e-mail already is invited as that account. A second click on the same form
    returns the same link as long as it is open. `by=None` is the console.
    """
    try:
        claim(once)
    except AlreadyDone:
        return _made_before(sure(once))
    at = at or timezone.now()
    known = invitee.account
    invitation = Invitation(
        purpose="join", role=role, name=invitee.name, nip=invitee.nip, email=invitee.email, user=known, created_by=by,
        created_at=at, expires_at=at + valid, **_place(role, place),
    )  # fmt: skip
    token = _issue(invitation, once)
    actor = _issuer(by, "accounts.issue_role", invitation)
    if known:
        text = f"Anda diundang sebagai {invitation.title}. Buka tautan undangan yang dikirimkan kepada Anda."
        tell([known], kind="invitation", text=text, url=reverse("home"), at=at)
    after = {"role": invitation.title, "expires_at": invitation.expires_at}
    record(actor=actor, verb="invitation.sent", target=invitation, region=invitation.home_region, after=after, at=at)
    return invitation, token


@transaction.atomic
def invite_many(
    *, people: Iterable[tuple[Invitee, Role, Agency]], by: User, once: Once
) -> list[tuple[Invitation, str]]:
    """Invite several people at once, all or none; a second click returns the same links as long as they are open."""
    found = []
    for invitee, role, agency in people:
        own = once.part(f"{role.value}-{agency.pk}")
        found.append(invite(invitee=invitee, role=role, place=agency, by=by, once=own))
    return found


@transaction.atomic
def start_reset(
    *,
    person: User,
    by: User | None,
    at: dt.datetime | None = None,
    valid: dt.timedelta = RESET_VALID,
    once: Once | None = None,
) -> tuple[Invitation, str]:
    """Make a link by which `person` sets a new password, and return it with its token; earlier reset links end.

    A second click on the same form returns the same link as long as it is open. `by=None` is the console.
    """
    try:
        claim(once)
    except AlreadyDone:
        return _made_before(sure(once))
    at = at or timezone.now()
    Invitation.objects.open(at).filter(purpose="reset", user=person).update(withdrawn_at=at)
    held = person.memberships_now()[-1]
    invitation = Invitation(
        purpose="reset", role=held.role, agency=held.agency, region=held.region, office=held.office, name=person.name,
        user=person, created_by=by, created_at=at, expires_at=at + valid,
    )  # fmt: skip
    token = _issue(invitation, once)
    text = "Tautan untuk mengatur ulang kata sandi Anda telah dibuat."
    tell([person], kind="account", text=text, url=reverse("home"), at=at)
    actor = _issuer(by, "accounts.reset_password", person)
    record(actor=actor, verb="reset.sent", target=person, region=held.home_region, at=at)
    return invitation, token


def find_open(token: str, at: dt.datetime | None = None) -> Invitation:
    """Return the link's invitation; raises LinkSpentError when it opens nothing any more."""
    invitation = Invitation.objects.open(at).filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise LinkSpentError
    return invitation


def account_of(invitation: Invitation) -> User | None:
    """Return the account that a link belongs to, also one that came to be after the link; None: a new person."""
    return invitation.user or Invitee(invitation.name, invitation.nip, invitation.email).account


@transaction.atomic
def accept_as_new(*, invitation: Invitation, username: str, password: str, at: dt.datetime | None = None) -> User:
    """Make the account that an invitation offers, with its membership, and return it; raises NameTakenError."""
    at = at or timezone.now()
    _spend(invitation, at)
    names = {"name": invitation.name, "email": invitation.email, "nip": invitation.nip}
    try:
        with transaction.atomic():
            person = User.objects.create_user(username, password, created_at=at, **names)
    except IntegrityError as error:
        raise NameTakenError from error
    _join(person, invitation, at)
    return person


@transaction.atomic
def accept_as_known(*, invitation: Invitation, person: User, at: dt.datetime | None = None) -> Membership:
    """Give a person who has an account already the membership of the invitation."""
    at = at or timezone.now()
    if account_of(invitation) != person:
        raise NotForThisPersonError
    _spend(invitation, at)
    return _join(person, invitation, at)


@transaction.atomic
def finish_reset(*, invitation: Invitation, password: str, at: dt.datetime | None = None) -> User:
    """Set the password that the person chose, end all sessions, and tell the person and whoever made the link.

    Failures counted until now are forgotten: whoever holds the link need not wait for the lock of the old password.
    """
    at = at or timezone.now()
    _spend(invitation, at)
    person = sure(invitation.user)
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    forget_failures(username=person.username)
    tell([person], kind="account", text="Kata sandi Anda telah diatur ulang.", url=reverse("home"), at=at)
    if invitation.created_by:
        text = f"{person.name} sudah mengatur ulang kata sandinya."
        tell([invitation.created_by], kind="account", text=text, url=reverse("home"), at=at)
    record(actor=Actor.person(person), verb="password.reset", target=person, region=invitation.home_region, at=at)
    return person


def end_sessions(person: User, but: str | None = None) -> None:
    """End every session of a person, whatever device it is on, except the one with the key `but`."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=but):
        session.end()


def _issuer(by: User | None, permission: str, obj: Invitation | User) -> Actor:
    return acting(by, permission, obj) if by else Actor.system("create_administrator")


def _issue(invitation: Invitation, once: Once | None) -> str:
    token = _token_of(once) if once else secrets.token_urlsafe(32)
    invitation.token_hash = token_hash(token)
    invitation.save()
    return token


def _token_of(once: Once) -> str:
    """The same form makes the same link, so that the second click of a double click can show it too."""
    return salted_hmac("one-time-link", f"{once.user.pk} {once.token}", algorithm="sha256").hexdigest()


def _made_before(once: Once) -> tuple[Invitation, str]:
    token = _token_of(once)
    invitation = Invitation.objects.open().filter(token_hash=token_hash(token), created_by=once.user).first()
    if invitation is None:
        raise AlreadyDone(once.result_url)
    return invitation, token


def _place(role: Role, place) -> dict:
    return {role.place_field: place} if role.place_field else {}


def _spend(invitation: Invitation, at: dt.datetime) -> None:
    if not Invitation.objects.open(at).filter(pk=invitation.pk).update(used_at=at):
        raise LinkSpentError


def _join(person: User, invitation: Invitation, at: dt.datetime) -> Membership:
    place = {"agency": invitation.agency, "region": invitation.region, "office": invitation.office}
    held = Membership.objects.filter(user=person, role=invitation.role, ended_at=None, **place).first()
    membership = held or Membership.objects.create(user=person, role=invitation.role, started_at=at, **place)
    record(
        actor=Actor.person(person), verb="membership.begun", target=membership, region=invitation.home_region, at=at,
        after={"user": person.name, "role": invitation.title, "invited_by": invitation.created_by_id},
    )  # fmt: skip
    return membership
