"""The end of access."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.actions.invitations import end_sessions
from accounts.audit import Actor, record
from accounts.models import Invitation, Membership, User
from accounts.notices import tell
from accounts.once import Once, claim


class AlreadyEndedError(Exception):
    """Somebody ended this membership before."""


@transaction.atomic
def end_membership(
    *, membership: Membership, by: User, reason: str, at: dt.datetime | None = None, once: Once | None = None
) -> None:
    """End a membership at once; raises AlreadyEndedError.

    What hung on it ends too: links that the person made and may not make any more, and, where no other membership is
    left, the sessions and the links for a new password.
    """
    claim(once)
    at = at or timezone.now()
    if not Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=at):
        raise AlreadyEndedError
    person = User.objects.get(pk=membership.user_id)
    actor = acting(by, "accounts.issue_role", membership)
    if not person.memberships_now():
        end_sessions(person)
        Invitation.objects.open(at).filter(purpose="reset", user=person).update(withdrawn_at=at)
    text = f"Akses Anda sebagai {membership.title} telah berakhir."
    tell([person], kind="account", text=text, url=reverse("home"), at=at)
    record(
        actor=actor, verb="membership.ended", target=membership, region=membership.home_region,
        before={"ended_at": None}, after={"ended_at": at}, note=reason, at=at,
    )  # fmt: skip
    for invitation in Invitation.objects.open(at).filter(created_by=person).with_places():
        if not person.has_perm("accounts.issue_role", invitation):
            _withdraw(invitation, actor, at)


@transaction.atomic
def withdraw_invitation(
    *, invitation: Invitation, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> None:
    """Make a link that was not used yet open nothing; raises AlreadyEndedError where it was used or withdrawn."""
    claim(once)
    at = at or timezone.now()
    if not Invitation.objects.open(at).filter(pk=invitation.pk).exists():
        raise AlreadyEndedError
    _withdraw(invitation, acting(by, "accounts.issue_role", invitation), at)


def _withdraw(invitation: Invitation, actor: Actor, at: dt.datetime) -> None:
    if Invitation.objects.open(at).filter(pk=invitation.pk).update(withdrawn_at=at):
        record(actor=actor, verb="invitation.withdrawn", target=invitation, region=invitation.home_region, at=at)
