"""The only writer of the trail; and its reader, as sentences."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection, models
from django.utils import timezone

from accounts.canonical import canonical_json, digest, moment_text
from accounts.models import AuditEvent, AuditPayload, Membership, Region, TrailHead, User

SYSTEM = "sistem"
START = "0" * 64
SENTENCES: dict[str, str] = {}


@dataclass(frozen=True)
class Actor:
    """Who acts and as what: a person with the membership used, or the system with the command's name."""

    user: User | None
    role: str

    @classmethod
    def person(cls, user: User, membership: Membership | None = None) -> "Actor":
        """A person, in the role that allowed the act; without one as the account's own owner."""
        return cls(user, membership.title if membership else "pemilik akun")

    @classmethod
    def system(cls, command: str) -> "Actor":
        """A command or the clock."""
        return cls(None, f"{SYSTEM} ({command})")


def speak(sentences: dict[str, str]) -> None:
    """Teach the trail how verbs read in Indonesian: {"membership.ended": "mengakhiri akses"}."""
    SENTENCES.update(sentences)


def sentence(verb: str) -> str:
    """Return the verb's words for the page; an unknown verb raises KeyError, which a test looks for."""
    return SENTENCES[verb]


def record(  # noqa: PLR0913 - one row has so many parts, each named
    *,
    actor: Actor,
    verb: str,
    target: models.Model,
    region: Region | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
    at: dt.datetime | None = None,
) -> AuditEvent:
    """Append one change to the chain of `region` (None: the chain of what belongs to none) and return it.

    It locks the chain's head until the transaction ends: what an action locks first, such as a period, it locks before
    its first call. Raises RuntimeError outside a transaction: a change and its trace are written together or not at
    all. `before` and `after` hold only the fields that changed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The trail is only written inside the transaction of the change.")
    sentence(verb)
    head = _locked_head(region)
    payload = {"before": before or {}, "after": after or {}, "note": note}
    event = AuditEvent(
        region=region,
        number=head.number + 1,
        at=at or timezone.now(),
        actor=actor.user,
        role=actor.role[:200],
        verb=verb,
        target_type=target._meta.model_name or "",
        target_id=str(target.pk),
        target_label=str(target)[:200],
        payload_hash=digest(payload),
        previous_hash=head.hash,
    )
    event.hash = event_hash(event)
    event.save()
    AuditPayload.objects.create(event=event, data=_stored(payload))
    TrailHead.objects.filter(pk=head.pk).update(number=event.number, hash=event.hash, at=event.at)
    return event


def head_of(region: Region | None) -> str:
    """Return the hash at the end of the chain as it is now; sixty-four zeros where nothing was written yet."""
    head = TrailHead.objects.filter(region=region).first()
    return head.hash if head else START


def history(*targets: models.Model) -> models.QuerySet[AuditEvent]:
    """Return the events of one object or of several, newest first, with actor and payload fetched along."""
    each = (models.Q(target_type=target._meta.model_name, target_id=str(target.pk)) for target in targets)
    events = AuditEvent.objects.filter(reduce(or_, each))
    return events.select_related("actor", "payload").order_by("-pk")


def event_hash(event: AuditEvent) -> str:
    """Return the SHA-256 of the previous row's hash followed by this row in canonical form."""
    row = {
        "region": event.region_id,
        "number": event.number,
        "at": moment_text(event.at),
        "actor": event.actor_id,
        "role": event.role,
        "verb": event.verb,
        "target": [event.target_type, event.target_id, event.target_label],
        "payload": event.payload_hash,
    }
    return hashlib.sha256((event.previous_hash + canonical_json(row)).encode()).hexdigest()


def _stored(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload as the database gives it back: only what JSON knows."""
    return json.loads(canonical_json(payload))


def _locked_head(region: Region | None) -> TrailHead:
    heads = TrailHead.objects.select_for_update()
    head = heads.filter(region=region).first()
    if head is None:
        TrailHead.objects.bulk_create([TrailHead(region=region)], ignore_conflicts=True)
        head = heads.get(region=region)
    return head
