"""Evidence is cited by an answer's draft, taken off again, and exchanged for its newest version."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import Agency, User
from accounts.once import Once, claim
from accounts.permissions import membership_for
from assessment import workflow
from assessment.actions.evidence import add
from assessment.enums import EDITABLE
from assessment.facts.evidence import Added
from assessment.models import Answer, Citation, Evidence
from assessment.refusals import TransitionRefusedError
from assessment.uploads.checking import CheckedFile

NOT_YOURS = "Rujukan ini milik perangkat daerah lain. Anda dapat menambahkan rujukan sendiri."
GONE = "Dokumen ini baru saja dihapus dari pustaka. Pilih dokumen lain."
NEWER_ELSEWHERE = "Versi barunya ada di pustaka perangkat daerah yang menautkannya; mintalah perangkat daerah itu."


@dataclass(frozen=True)
class Reference:
    """How evidence is used: for which required document, on which pages, with which note."""

    document_id: int | None = None
    pages: str = ""
    note: str = ""


@transaction.atomic
def add_and_cite(
    *, answer: Answer, checked: CheckedFile, agency: Agency, details: dict[str, Any], reference: Reference, by: User,
    at: dt.datetime | None = None, once: Once | None = None,
) -> Added:  # fmt: skip
    """Put a file into the library and cite it in the same step."""
    claim(once)
    workflow.lock(answer.cycle_id)  # before the head of the trail, which the file's arrival takes
    added = add(checked=checked, agency=agency, details=details, by=by, at=at)
    cite(answer=answer, evidence=added.evidence, agency=agency, reference=reference, by=by, at=at)
    return added


@transaction.atomic
def cite(
    *, answer: Answer, evidence: Evidence, agency: Agency, reference: Reference, by: User,
    at: dt.datetime | None = None, once: Once | None = None,
) -> Citation:  # fmt: skip
    """Use evidence for an answer; raises TransitionRefusedError where the answer is not open."""
    claim(once)
    fresh = _open_answer(answer, by, at)
    _hold(evidence)
    for there in Citation.objects.filter(answer=fresh, evidence=evidence, document_id=reference.document_id):
        _need_own(fresh, there, by)
    citation, _made = Citation.objects.update_or_create(
        answer=fresh, evidence=evidence, document_id=reference.document_id,
        defaults={"agency": agency, "created_by": by, "pages": reference.pages, "note": reference.note},
    )  # fmt: skip
    after = {"evidence": evidence.title, "document": reference.document_id, "pages": reference.pages}
    _record(fresh, by, "citation.added", after, at)
    return citation


@transaction.atomic
def renew(*, citation: Citation, by: User, at: dt.datetime | None = None, once: Once | None = None) -> Citation:
    """Cite the newest version of a document in the place of the older one, and return that citation.

    Pages that the new version does not have are left out. Only the agency from whose library it comes sees a newer
    version, so only its people change to it; raises TransitionRefusedError, also where there is no newer one.
    """
    claim(once)
    fresh = _open_answer(citation.answer, by, at)
    if not Citation.objects.filter(pk=citation.pk).exists():
        raise TransitionRefusedError("Rujukan ini baru saja dilepas oleh orang lain.")
    _need_own(fresh, citation, by)
    newest = citation.evidence.newest_version
    if newest == citation.evidence:
        raise TransitionRefusedError("Jawaban ini sudah merujuk versi terbaru dokumen itu.")
    if membership_for(by, "assessment.add_evidence", citation.agency) is None:
        raise TransitionRefusedError(NEWER_ELSEWHERE)
    _hold(newest)
    before = {"evidence": citation.evidence.title, "pages": citation.pages}
    kept = citation.pages if newest.file.has_pages(citation.pages) else ""
    citation.delete()
    renewed, _new = Citation.objects.get_or_create(
        answer=fresh, evidence=newest, document_id=citation.document_id,
        defaults={"agency_id": citation.agency_id, "created_by": by, "pages": kept, "note": citation.note},
    )  # fmt: skip
    after = {"evidence": newest.title, "pages": renewed.pages}
    _record(fresh, by, "citation.renewed", after, at, before=before)
    return renewed


@transaction.atomic
def remove_citation(*, citation: Citation, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Take a citation away from a draft; the evidence stays in the library, submissions keep theirs.

    A supporting agency takes only its own away; raises TransitionRefusedError.
    """
    claim(once)
    fresh = _open_answer(citation.answer, by, at)
    _need_own(fresh, citation, by)
    before = {"evidence": citation.evidence.title, "pages": citation.pages}
    citation.delete()
    _record(fresh, by, "citation.removed", {}, at, before=before)


def _open_answer(answer: Answer, by: User, at: dt.datetime | None) -> Answer:
    fresh = workflow.take_answer(answer)
    if fresh.status not in EDITABLE:
        raise TransitionRefusedError("Data dukung dapat diubah setelah jawaban ditarik kembali atau dikembalikan.")
    if membership_for(by, "assessment.cite_evidence", fresh) is None:
        raise TransitionRefusedError("Jawaban ini sekarang diisi perangkat daerah lain.")
    reason = workflow.closed_for_agency(fresh, at or timezone.now())
    if reason:
        raise TransitionRefusedError(reason)
    return fresh


def _hold(evidence: Evidence) -> None:
    """Keep whoever takes it out of the library waiting until it is cited; raises TransitionRefusedError if gone."""
    if not Evidence.objects.select_for_update(of=("self",), no_key=True).filter(pk=evidence.pk).exists():
        raise TransitionRefusedError(GONE)


def _need_own(answer: Answer, citation: Citation, by: User) -> None:
    if citation.agency_id in by.agency_ids() or membership_for(by, "assessment.fill_answer", answer):
        return
    if membership_for(by, "assessment.add_evidence", citation.agency) is None:
        raise TransitionRefusedError(NOT_YOURS)


def _record(
    answer: Answer, by: User, verb: str, after: dict, at: dt.datetime | None, *, before: dict | None = None
) -> None:
    actor = acting(by, "assessment.cite_evidence", answer)
    at = at or timezone.now()
    record(actor=actor, verb=verb, target=answer, region=answer.cycle.region, before=before, after=after, at=at)
