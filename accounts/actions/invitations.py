"""One-time links: inviting a person, resetting a password, and what happens when the link is opened."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import Invitation, Membership, User
from accounts.models.membership import RoleAtPlace
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for
from accounts.roles import Role

INVITATION_VALID = dt.timedelta(days=7)
RESET_VALID = dt.timedelta(hours=24)


class LinkSpentError(Exception):
    """The one-time link was used, withdrawn, or has run out."""


class NotForThisPersonError(Exception):
    """The invitation names a person who has an account already, and another one tries to accept it."""


@dataclass(frozen=True)
class Invitee:
    """Who is invited: the name to greet, and what is known of NIP and e-mail."""

    name: str
    nip: str | None = None
    email: str | None = None


def token_hash(token: str) -> str:
    """Return what is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, invitee: Invitee, role: Role, place, by: User | None, at: dt.datetime | None = None, once: Once | None = None
) -> tuple[Invitation, str]:
    """Make an invitation to `role` at `place` and return it with the token of its link, which is shown only now.

    An account that has the NIP or the e-mail already is invited as that account. `by=None` is the console.
    """
    claim(once)
    at = at or timezone.now()
    known = next((User.objects.named(text) for text in (invitee.nip, invitee.email) if text), None)
    invitation = Invitation(
        purpose="join", role=role, name=invitee.name, nip=invitee.nip, email=invitee.email, user=known, created_by=by,
        created_at=at, expires_at=at + INVITATION_VALID, **_place(role, place),
    )  # fmt: skip
    token = _issue(invitation)
    actor = (
        Actor.person(by, membership_for(by, "accounts.issue_role", invitation))
        if by
        else Actor.system("create_administrator")
    )
    if known:
        text = f"Anda diundang sebagai {invitation.title}. Buka tautan undangan yang dikirimkan kepada Anda."
        tell([known], kind="invitation", text=text, url=reverse("home"))
    after = {"role": invitation.title, "expires_at": invitation.expires_at}
    record(actor=actor, verb="invitation.sent", target=invitation, region=region_of(invitation), after=after, at=at)
    return invitation, token


@transaction.atomic
def start_reset(
    *, person: User, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> tuple[Invitation, str]:
    """Make a link by which `person` sets a new password, and return it with its token; earlier reset links end."""
    claim(once)
    at = at or timezone.now()
    Invitation.objects.open(at).filter(purpose="reset", user=person).update(withdrawn_at=at)
    held = person.memberships_now()[0]
    invitation = Invitation(
        purpose="reset", role=held.role, agency=held.agency, region=held.region, office=held.office, name=person.name,
        user=person, created_by=by, created_at=at, expires_at=at + RESET_VALID,
    )  # fmt: skip
    token = _issue(invitation)
    tell(
        [person], kind="account", text="Tautan untuk mengatur ulang kata sandi Anda telah dibuat.", url=reverse("home")
    )
    actor = Actor.person(by, membership_for(by, "accounts.reset_password", person))
    record(actor=actor, verb="reset.sent", target=person, region=held.home_region, at=at)
    return invitation, token


def find_open(token: str, at: dt.datetime | None = None) -> Invitation:
    """Return the link's invitation; raises LinkSpentError when it opens nothing any more."""
    invitation = Invitation.objects.open(at).filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise LinkSpentError
    return invitation


@transaction.atomic
def accept_as_new(*, invitation: Invitation, username: str, password: str, at: dt.datetime | None = None) -> User:
    """Make the account that an invitation offers, with its membership, and return it."""
    at = at or timezone.now()
    _spend(invitation, at)
    person = User.objects.create_user(
        username, password, name=invitation.name, email=invitation.email, nip=invitation.nip, created_at=at
    )
    _join(person, invitation, at)
    return person


@transaction.atomic
def accept_as_known(*, invitation: Invitation, person: User, at: dt.datetime | None = None) -> Membership:
    """Give a person who has an account already the membership of the invitation."""
    at = at or timezone.now()
    if invitation.user_id != person.pk:
        raise NotForThisPersonError
    _spend(invitation, at)
    return _join(person, invitation, at)


@transaction.atomic
def finish_reset(*, invitation: Invitation, password: str, at: dt.datetime | None = None) -> User:
    """Set the password that the person chose, end all sessions, and tell the person and whoever made the link."""
    at = at or timezone.now()
    _spend(invitation, at)
    person = invitation.user
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    tell([person], kind="account", text="Kata sandi Anda telah diatur ulang.", url=reverse("home"))
    if invitation.created_by:
        text = f"{person.name} sudah mengatur ulang kata sandinya."
        tell([invitation.created_by], kind="account", text=text, url=reverse("home"))
    record(actor=Actor.person(person), verb="password.reset", target=person, region=region_of(invitation), at=at)
    return person


def end_sessions(person: User) -> None:
    """End every session of a person, whatever device it is on."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def region_of(row: RoleAtPlace):
    """Return the region whose trail an act about this role belongs to; None for offices and administrators."""
    return row.region or (row.agency.region if row.agency else None)


def _issue(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = token_hash(token)
    invitation.save()
    return token


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
        actor=Actor.person(person), verb="membership.begun", target=membership, region=region_of(invitation), at=at,
        after={"user": person.name, "role": invitation.title, "invited_by": invitation.created_by_id},
    )  # fmt: skip
    return membership
