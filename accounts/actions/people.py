"""Correcting what is known of a person."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions.invitations import NameTakenError
from accounts.audit import Actor, record
from accounts.models import User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for

WORDS = {"name": "nama", "nip": "NIP", "email": "e-mail"}


@transaction.atomic
def correct(
    *, person: User, names: Mapping[str, str], by: User, at: dt.datetime | None = None, once: Once | None = None
) -> bool:
    """Write `names` (name, nip, email) to the account, tell the person, and return whether anything changed.

    What was said under the old name keeps it: submissions and reviews name the role. Raises NameTakenError where
    somebody else came to have the NIP or the e-mail a moment ago.
    """
    claim(once)
    at = at or timezone.now()
    stored = User.objects.select_for_update().get(pk=person.pk)
    before = {name: getattr(stored, name) for name in names}
    for name, text in names.items():
        setattr(stored, name, text)
    try:
        with transaction.atomic():
            stored.save(update_fields=[*names])
    except IntegrityError as error:
        raise NameTakenError from error
    changed = {name: getattr(stored, name) for name in names if getattr(stored, name) != before[name]}
    if not changed:
        return False
    held = stored.memberships_now()[-1]
    actor = Actor.person(by, membership_for(by, "accounts.correct_person", person))
    record(
        actor=actor, verb="person.corrected", target=stored, region=held.home_region,
        before={name: before[name] for name in changed}, after=changed, at=at,
    )  # fmt: skip
    text = f"Keterangan akun Anda diperbaiki oleh {actor.role}: {', '.join(WORDS[name] for name in changed)}."
    tell([stored], kind="account", text=text, url=reverse("home"), at=at)
    return True
