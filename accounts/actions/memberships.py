"""The end of access."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions.invitations import end_sessions
from accounts.audit import Actor, record
from accounts.models import Invitation, Membership, User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for


class AlreadyEndedError(Exception):
    """Somebody ended this membership before."""


@transaction.atomic
def end_membership(
    *, membership: Membership, by: User, reason: str, at: dt.datetime | None = None, once: Once | None = None
) -> None:
    """End a membership at once, with the sessions of a person who has no other left; raises AlreadyEndedError."""
    claim(once)
    at = at or timezone.now()
    if not Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=at):
        raise AlreadyEndedError
    person = membership.user
    if not person.memberships.active(at).exists():
        end_sessions(person)
    tell([person], kind="account", text=f"Akses Anda sebagai {membership.title} telah berakhir.", url=reverse("home"))
    record(
        actor=Actor.person(by, membership_for(by, "accounts.issue_role", membership)), verb="membership.ended",
        target=membership, region=membership.home_region, before={"ended_at": None}, after={"ended_at": at},
        note=reason, at=at,
    )  # fmt: skip


@transaction.atomic
def withdraw_invitation(
    *, invitation: Invitation, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> None:
    """Make a link that was not used yet open nothing; raises AlreadyEndedError where it was used or withdrawn."""
    claim(once)
    at = at or timezone.now()
    if not Invitation.objects.open(at).filter(pk=invitation.pk).update(withdrawn_at=at):
        raise AlreadyEndedError
    region = invitation.region or (invitation.agency.region if invitation.agency else None)
    actor = Actor.person(by, membership_for(by, "accounts.issue_role", invitation))
    record(actor=actor, verb="invitation.withdrawn", target=invitation, region=region, at=at)
