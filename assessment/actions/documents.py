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
from accounts.permissions import membership_for, refusal
from accounts.roles import Role
from assessment import workflow
from assessment.dossier import Reading, take_snapshot
from assessment.enums import CycleStatus, DocumentKind, DocumentState
from assessment.models import Cycle, IssuedDocument, Result, Snapshot
from assessment.models.record import STALE
from assessment.workflow import TransitionRefusedError

PRINT_JOB = "assessment.jobs.print_document"
ISSUED = "document.issued"
RECORDED = "Tahun ini dicatat tanpa jawaban, sehingga tidak ada dokumennya."
NOT_BEGUN = "Dokumen dapat dibuat setelah pengisian dimulai."
NOT_SENT = "Paket kabupaten/kota ini belum diserahkan; dokumennya belum dapat dibuat oleh kantor verifikasi."
AT_ONCE = 2  # documents of one region


def refused_document(cycle: Cycle, reading: Reading) -> str:
    """Return why no dossier can be made of a cycle for this reading now; empty where one can."""
    if cycle.recorded:
        return RECORDED
    if cycle.status == CycleStatus.PREPARATION or not cycle.answers.exists():
        return NOT_BEGUN
    return NOT_SENT if reading == Reading.REVIEWER and not cycle.sent else ""


def offered(user: User, cycle: Cycle) -> bool:
    """Return whether a person can have a dossier made of a cycle now; pages lead there only then."""
    if not user.has_perm("assessment.export_dossier", cycle):
        return False
    return not refused_document(cycle, reading_of(user, cycle))


def freeze(cycle: Cycle, reading: Reading, at: dt.datetime | None = None) -> tuple[Snapshot, Result | None]:
    """Return the snapshot to print: the result's once fixed, for reviewers once proposed; else a new one.

    design.md section 5: a re-export years later prints the same snapshot, code and hash. Raises TransitionRefusedError.
    """
    reason = refused_document(cycle, reading)
    if reason:
        raise TransitionRefusedError(reason)
    results = Result.objects.standing().filter(cycle=cycle)
    result = results.select_related("snapshot", "decision__decided_by", "proposed_by", "cycle__region").first()
    if result and (cycle.fixed or (reading == Reading.REVIEWER and cycle.status == CycleStatus.PROPOSED)):
        return result.snapshot, result
    return take_snapshot(cycle, reading, at, before=_last_snapshot(cycle, reading)), None


def _last_snapshot(cycle: Cycle, reading: Reading) -> Snapshot | None:
    """The newest one printed before the result; what was printed from the console left its trace in the trail alone."""
    documents = IssuedDocument.objects.filter(cycle=cycle, reading=reading, result=None)
    events = history(cycle).filter(verb=ISSUED, payload__data__after__reading=reading.value)
    hashes = [*documents.values_list("snapshot__sha256", flat=True)[:1]]
    hashes += [event.payload.data["after"]["snapshot"] for event in events[:1]]
    return Snapshot.objects.filter(sha256__in=hashes).order_by("-taken_at").first()


def reading_of(user: User, cycle: Cycle) -> Reading:
    """Return whose view a person's dossier is; raises TransitionRefusedError without the right to one."""
    membership = membership_for(user, "assessment.export_dossier", cycle)
    if membership is None:
        raise TransitionRefusedError(refusal("assessment.export_dossier"))
    return Reading.REVIEWER if membership.role == Role.REVIEWER else Reading.REGENCY


@transaction.atomic
def issue(
    *, cycle: Cycle, kind: DocumentKind, by: User, at: dt.datetime | None = None, once: Once | None = None
) -> IssuedDocument:
    """Freeze what the person may see and have it printed in the background; raises TransitionRefusedError."""
    claim(once)
    at = at or timezone.now()
    workflow.lock(cycle.pk)
    fresh = Cycle.objects.select_related("region__parent", "revision__instrument").get(pk=cycle.pk)
    reading = reading_of(by, fresh)
    busy = _busy(fresh, by, at)
    if busy:
        raise TransitionRefusedError(busy)
    snapshot, result = freeze(fresh, reading, at)
    document = IssuedDocument.objects.create(
        cycle=fresh, snapshot=snapshot, result=result, kind=kind, reading=reading, final=bool(result and fresh.fixed),
        version=settings.VERSION, requested_by=by, requested_at=at,
    )  # fmt: skip
    record(
        actor=acting(by, "assessment.export_dossier", fresh), verb=ISSUED,
        target=document, region=fresh.region, at=at,
        after={"kind": kind, "snapshot": snapshot.sha256, "final": document.final},
    )  # fmt: skip
    transaction.on_commit(lambda: async_task(PRINT_JOB, document.pk))
    return document


def _busy(cycle: Cycle, by: User, at: dt.datetime) -> str:
    """One document at a time for a person and two for a region, so that nobody starves the others (rule D-55)."""
    waiting = IssuedDocument.objects.filter(
        state__in=(DocumentState.QUEUED, DocumentState.WORKING), requested_at__gt=at - STALE
    )
    if waiting.filter(requested_by=by).exists():
        return "Dokumen yang Anda minta sebelumnya masih dibuat. Tunggu sampai siap, lalu minta yang berikutnya."
    if waiting.filter(cycle__region=cycle.region_id).count() >= AT_ONCE:
        return f"Sedang dibuat {AT_ONCE} dokumen lain untuk {cycle.region}. Coba lagi setelah salah satunya siap."
    return ""


@transaction.atomic
def print_again(*, document: IssuedDocument, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Queue a document again that failed, or of which nothing was heard for ten minutes."""
    claim(once)
    at = at or timezone.now()
    fresh = IssuedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if fresh.state == DocumentState.READY or (fresh.waiting and not fresh.stale(at)):
        raise TransitionRefusedError("Dokumen ini sedang dibuat atau sudah siap.")
    anew = {"state": DocumentState.QUEUED, "progress": 0, "stage": "", "attempts": 0, "requested_at": at}
    IssuedDocument.objects.filter(pk=fresh.pk).update(**anew)
    transaction.on_commit(lambda: async_task(PRINT_JOB, fresh.pk))
