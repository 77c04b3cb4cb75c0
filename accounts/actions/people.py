"""Correcting what is known of a person."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_q.tasks import async_task

from accounts.actions.invitations import NameTakenError
from accounts.audit import Actor, record
from accounts.models import User
from accounts.notices import tell
from accounts.once import Once, claim
from accounts.permissions import membership_for, refusal
from accounts.versions import refuse_if_stale, version_of

WORDS = {"name": "nama", "nip": "NIP", "email": "e-mail"}


def names_of(person: User) -> dict[str, str]:
    """Return what can be corrected of a person, as it is typed."""
    return {name: getattr(person, name) or "" for name in WORDS}


def version_of_names(person: User) -> str:
    """Return a mark of what is known now, so that a second saver does not overwrite the first unseen."""
    return version_of(names_of(person))


@transaction.atomic
def correct(
    *, person: User, names: Mapping[str, str], seen: str, by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> bool:  # fmt: skip
    """Write `names` (name, nip, email) to the account, tell the person, and return whether anything changed.

    The person stays the same: pages show what was said before under the corrected name, and the trail keeps both. An
    address that is given up is told too, since one could sign in by it. Raises StaleError where it is not `seen`
    any more, NameTakenError where somebody else has the NIP or the e-mail, PermissionDenied where the right is gone.
    """
    claim(once)
    at = at or timezone.now()
    stored = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    membership = membership_for(by, "accounts.correct_person", stored)
    if membership is None:
        raise PermissionDenied(refusal("accounts.correct_person"))
    now = names_of(stored)
    refuse_if_stale(seen, now, ", ".join(f"{WORDS[name]} {text or '–'}" for name, text in now.items()))
    before = {name: getattr(stored, name) for name in WORDS}
    changed = _save(stored, names, before)
    if changed:
        actor, region = Actor.person(by, membership), stored.memberships_now()[-1].home_region
        was = {name: before[name] for name in changed}
        record(actor=actor, verb="person.corrected", target=stored, region=region, before=was, after=changed, at=at)
        _tell_corrected(stored, actor, changed, before["email"], at)
    return bool(changed)


def _tell_corrected(
    person: User, actor: Actor, changed: Mapping[str, str | None], address: str | None, at: dt.datetime
) -> None:
    """Tell the person what was corrected, at the old `address` too where that was given up."""
    text = f"Keterangan akun Anda diperbaiki oleh {actor.role}: {', '.join(WORDS[name] for name in changed)}."
    tell([person], kind="account", text=text, url=reverse("home"), at=at)
    if "email" in changed and address:
        transaction.on_commit(lambda: async_task("accounts.jobs.mail_given_up", address, person.name, text))


def _save(stored: User, names: Mapping[str, str], before: Mapping[str, str | None]) -> dict[str, str | None]:
    for name in WORDS:
        setattr(stored, name, names[name])
    try:
        with transaction.atomic():
            stored.save(update_fields=[*WORDS])
    except IntegrityError as error:
        raise NameTakenError from error
    return {name: getattr(stored, name) for name in WORDS if getattr(stored, name) != before[name]}
