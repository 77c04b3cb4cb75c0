"""Jobs of the worker: printing documents, and what comes by the clock."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.notices import tell
from assessment.actions import rounds
from assessment.enums import CycleStatus, DocumentState
from assessment.exports.printed import print_of
from assessment.exports.printers import print_to
from assessment.models import Cycle, IssuedDocument
from assessment.uploads import clearing
from assessment.uploads.disk import sync

ATTEMPTS = 3


def print_document(pk: int) -> None:
    """Print an issued document beside its place and swap; may run again after a killed worker, from the beginning.

    The row counts the attempts, for the queue would bring a job that kills its worker back for ever.
    """
    rows = IssuedDocument.objects.filter(pk=pk).exclude(state=DocumentState.READY)
    if not rows.filter(attempts__lt=ATTEMPTS).update(attempts=F("attempts") + 1, state=DocumentState.WORKING):
        rows.update(state=DocumentState.FAILED, stage="")
        return
    issued = rows.select_related("cycle__region", "snapshot", "requested_by").get()
    try:
        size = _print(issued)
    except Exception:
        IssuedDocument.objects.filter(pk=pk).update(state=DocumentState.FAILED, stage="")
        raise
    text = f"{issued.get_kind_display()} dokumen penilaian {issued.cycle} siap diunduh."
    url = reverse("document-list", args=[issued.cycle_id])
    done = {"state": DocumentState.READY, "progress": 100, "stage": "", "size": size, "finished_at": timezone.now()}
    with transaction.atomic():  # ready and told at once, or neither, whenever a worker is killed
        IssuedDocument.objects.filter(pk=pk).update(**done)
        tell([issued.requested_by], kind="document", text=text, url=url)


def clear_files() -> int:
    """Clear away what broken uploads left; return how many files that were."""
    return clearing.clear_files()


def close_due_rounds() -> int:
    """Tell the reviewers of correction rounds that have closed meanwhile; return how many there were."""
    waiting = Cycle.objects.filter(status=CycleStatus.VERIFICATION, rounds__closing_told_at=None, rounds__isnull=False)
    return sum(len(rounds.tell_closed(cycle=cycle)) for cycle in waiting.distinct())


def _print(issued: IssuedDocument) -> int:
    target = issued.path
    target.parent.mkdir(parents=True, exist_ok=True)
    half = Path(f"{target}.{issued.attempts}.half")
    print_to(half, issued.kind, print_of(issued), _progress(issued.pk))
    sync(half)
    half.replace(target)
    sync(target.parent)
    return target.stat().st_size


def _progress(pk: int) -> Callable[[int, str], None]:
    """Return what writes the share done into the document's row; it never goes back."""
    reached = 0

    def told(share: int, stage: str) -> None:
        nonlocal reached
        reached = max(reached, share)
        rows = IssuedDocument.objects.filter(pk=pk, state=DocumentState.WORKING)
        rows.update(progress=reached, stage=stage)  # a late run touches nothing that is ready

    return told
