"""Issuing a dossier: the snapshot is frozen here, the worker only prints it."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from accounts.acting import acting
from accounts.audit import history, record
from accounts.models import User
from accounts.once import Once, claim
from assessment import workflow
from assessment.dossier import take_snapshot
from assessment.enums import Audience, CycleStatus, DocumentKind, DocumentState
from assessment.facts.documents import audience_of, refused_document
from assessment.models import Cycle, IssuedDocument, Result, Snapshot
from assessment.models.record import STALE
from assessment.refusals import TransitionRefusedError

PRINT_JOB = "assessment.jobs.print_document"
ISSUED = "document.issued"
AT_ONCE = 2  # documents of one region


def freeze(cycle: Cycle, audience: Audience, at: dt.datetime | None = None) -> tuple[Snapshot, Result | None]:
    """Return the snapshot to print: the result's once fixed, for reviewers once proposed; else a new one.

    docs/aturan.md, "Yang dibekukan": a re-export years later prints the same snapshot, code and hash.
    Raises TransitionRefusedError.
    """
    reason = refused_document(cycle, audience)
    if reason:
        raise TransitionRefusedError(reason)
    results = Result.objects.standing().filter(cycle=cycle)
    result = results.select_related("snapshot", "decision__decided_by", "proposed_by", "cycle__region").first()
    if result and (cycle.fixed or (audience == Audience.REVIEWER and cycle.status == CycleStatus.PROPOSED)):
        return result.snapshot, result
    return take_snapshot(cycle, audience, at, before=_last_snapshot(cycle, audience)), None


def _last_snapshot(cycle: Cycle, audience: Audience) -> Snapshot | None:
    """The newest one printed before the result; what was printed from the console left its trace in the trail alone."""
    earlier = IssuedDocument.objects.filter(cycle=cycle, audience=audience, result=None)
    events = history(cycle).filter(verb=ISSUED, payload__data__after__reading=audience.value)
    hashes = [*earlier.values_list("snapshot__sha256", flat=True)[:1]]
    hashes += [event.payload.data["after"]["snapshot"] for event in events[:1]]
    return Snapshot.objects.filter(sha256__in=hashes).order_by("-taken_at").first()


@transaction.atomic
def issue(
    *, cycle: Cycle, kind: DocumentKind, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> IssuedDocument:
    """Freeze what the person may see and have it printed in the background; raises TransitionRefusedError."""
    claim(once)
    at = at or timezone.now()
    workflow.lock(cycle.pk)
    fresh = Cycle.objects.select_related("region__parent", "revision__instrument").get(pk=cycle.pk)
    audience = audience_of(by, fresh)
    busy = _busy(fresh, by, at)
    if busy:
        raise TransitionRefusedError(busy)
    snapshot, result = freeze(fresh, audience, at)
    issued = IssuedDocument.objects.create(
        cycle=fresh, snapshot=snapshot, result=result, kind=kind, audience=audience, final=bool(result and fresh.fixed),
        version=settings.VERSION, requested_by=by, requested_at=at,
    )  # fmt: skip
    record(
        actor=acting(by, "assessment.export_dossier", fresh), verb=ISSUED,
        target=issued, region=fresh.region, at=at,
        after={"kind": kind, "snapshot": snapshot.sha256, "final": issued.final},
    )  # fmt: skip
    transaction.on_commit(lambda: async_task(PRINT_JOB, issued.pk))
    return issued


def _busy(cycle: Cycle, by: User, at: dt.datetime) -> str:
    """One at a time for a person, two for a region (docs/aturan.md, "Satu dokumen pada satu waktu")."""
    waiting = IssuedDocument.objects.filter(
        state__in=(DocumentState.QUEUED, DocumentState.WORKING), requested_at__gt=at - STALE
    )
    if waiting.filter(requested_by=by).exists():
        return "Dokumen yang Anda minta sebelumnya masih dibuat. Tunggu sampai siap, lalu minta yang berikutnya."
    if waiting.filter(cycle__region=cycle.region_id).count() >= AT_ONCE:
        return f"Sedang dibuat {AT_ONCE} dokumen lain untuk {cycle.region}. Coba lagi setelah salah satunya siap."
    return ""


@transaction.atomic
def print_again(*, issued: IssuedDocument, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Queue an issued document again that failed, or of which nothing was heard for ten minutes."""
    claim(once)
    at = at or timezone.now()
    fresh = IssuedDocument.objects.select_for_update(of=("self",)).get(pk=issued.pk)
    if fresh.state == DocumentState.READY or (fresh.waiting and not fresh.stale(at)):
        raise TransitionRefusedError("Dokumen ini sedang dibuat atau sudah siap.")
    anew = {"state": DocumentState.QUEUED, "progress": 0, "stage": "", "attempts": 0, "requested_at": at}
    IssuedDocument.objects.filter(pk=fresh.pk).update(**anew)
    transaction.on_commit(lambda: async_task(PRINT_JOB, fresh.pk))
