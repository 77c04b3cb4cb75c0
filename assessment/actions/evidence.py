"""Evidence comes into a library, is cited, described anew, and taken away while nothing rests on it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import Agency, User
from accounts.once import Once, claim
from accounts.permissions import membership_for
from assessment import workflow
from assessment.enums import AnswerStatus
from assessment.models import Answer, Citation, Evidence, SubmittedCitation
from assessment.seen import need_seen
from assessment.uploads.checking import CheckedFile
from assessment.uploads.keeping import keep
from assessment.workflow import Situation, TransitionRefusedError

NOT_YOURS = "Rujukan ini milik perangkat daerah lain. Anda dapat menambahkan rujukan sendiri."
EDITABLE = (AnswerStatus.DRAFT, AnswerStatus.RETURNED)
DETAILS = ("title", "kind", "number", "dated_on", "valid_from", "valid_until")


class FixedEvidenceError(Exception):
    """A submission cites the evidence: it changes only by a new version and cannot be taken away."""


@dataclass(frozen=True)
class Added:
    """What adding a file led to: the evidence, and whether the library had these bytes already."""

    evidence: Evidence
    was_there: bool


@dataclass(frozen=True)
class Reference:
    """How evidence is used: for which required document, on which pages, with which note."""

    document_id: int | None = None
    pages: str = ""
    note: str = ""


@transaction.atomic
def add(
    *, checked: CheckedFile, agency: Agency, details: dict[str, Any], by: User, supersedes: Evidence | None = None,
    at: dt.datetime | None = None, once: Once | None = None,
) -> Added:  # fmt: skip
    """Put a checked file into an agency's library; the same bytes are there once, and keep their description."""
    claim(once)
    stored = keep(checked)
    known = Evidence.objects.filter(agency=agency, file=stored).first()
    if known:
        return Added(known, was_there=True)
    evidence = Evidence.objects.create(
        file=stored, file_name=checked.name, agency=agency, created_by=by, created_at=at or timezone.now(),
        supersedes=supersedes, **{name: details[name] for name in DETAILS if name in details},
    )  # fmt: skip
    after = {"title": evidence.title, "kind": evidence.kind, "sha256": stored.sha256, "size": stored.size}
    _record(evidence, by, "assessment.add_evidence", agency, "evidence.added", after=after, at=at)
    return Added(evidence, was_there=False)


@transaction.atomic
def add_and_cite(
    *, answer: Answer, checked: CheckedFile, agency: Agency, details: dict[str, Any], reference: Reference, by: User,
    at: dt.datetime | None = None, once: Once | None = None,
) -> Added:  # fmt: skip
    """Put a file into the library and cite it in the same step."""
    claim(once)
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
    for there in Citation.objects.filter(answer=fresh, evidence=evidence, document_id=reference.document_id):
        _need_own(fresh, there, by)
    citation, _made = Citation.objects.update_or_create(
        answer=fresh, evidence=evidence, document_id=reference.document_id,
        defaults={"agency": agency, "created_by": by, "pages": reference.pages, "note": reference.note},
    )  # fmt: skip
    after = {"evidence": evidence.title, "document": reference.document_id, "pages": reference.pages}
    _record_citation(fresh, by, "citation.added", after, at)
    return citation


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
    _record_citation(fresh, by, "citation.removed", {}, at, before=before)


@transaction.atomic
def describe(
    *, evidence: Evidence, details: dict[str, Any], by: User, seen: str | None = None, at: dt.datetime | None = None,
    once: Once | None = None,
) -> None:  # fmt: skip
    """Change the fields of evidence; raises FixedEvidenceError once a submission cites it, StaleError if overtaken."""
    claim(once)
    stored = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    _need_free(stored)
    before = described(stored)
    need_seen(seen, before, f"“{stored.title}”, {stored.get_kind_display().lower()}")
    changed = {name: details[name] for name in DETAILS if name in details and details[name] != before[name]}
    if not changed:
        return
    Evidence.objects.filter(pk=stored.pk).update(**changed)
    kept = {name: before[name] for name in changed}
    _record(evidence, by, "assessment.manage_evidence", evidence, "evidence.described", kept, changed, at)


def described(evidence: Evidence) -> dict[str, Any]:
    """Return the fields that describe evidence."""
    return {name: getattr(evidence, name) for name in DETAILS}


@transaction.atomic
def remove(*, evidence: Evidence, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Take evidence out of the library; raises FixedEvidenceError where a draft or a submission cites it."""
    claim(once)
    _need_free(evidence)
    if evidence.citations.exists() or Evidence.objects.filter(supersedes=evidence).exists():
        raise FixedEvidenceError
    before = {"title": evidence.title, "sha256": evidence.file.sha256}
    _record(evidence, by, "assessment.manage_evidence", evidence, "evidence.removed", before, at=at)
    evidence.delete()


def is_fixed(evidence: Evidence) -> bool:
    """Whether a submission or a response to a problem cites the evidence."""
    return SubmittedCitation.objects.filter(evidence=evidence).exists() or evidence.responses.exists()


def _need_free(evidence: Evidence) -> None:
    if is_fixed(evidence):
        raise FixedEvidenceError


def _open_answer(answer: Answer, by: User, at: dt.datetime | None) -> Answer:
    cycle = workflow.lock(answer.cycle_id)
    fresh = Answer.objects.with_owner().select_related("indicator").get(pk=answer.pk)
    fresh.cycle = cycle
    if fresh.status not in EDITABLE:
        raise TransitionRefusedError("Data dukung dapat diubah setelah jawaban ditarik kembali atau dikembalikan.")
    if membership_for(by, "assessment.cite_evidence", fresh) is None:
        raise TransitionRefusedError("Jawaban ini sekarang diisi perangkat daerah lain.")
    reason = workflow.open_for_agency(Situation(fresh, workflow.Clocks.of(cycle), at or timezone.now()))
    if reason:
        raise TransitionRefusedError(reason)
    return fresh


def _need_own(answer: Answer, citation: Citation, by: User) -> None:
    if citation.agency_id not in by.agency_ids() and membership_for(by, "assessment.fill_answer", answer) is None:
        raise TransitionRefusedError(NOT_YOURS)


def _record_citation(
    answer: Answer, by: User, verb: str, after: dict, at: dt.datetime | None, *, before: dict | None = None
) -> None:
    actor = Actor.person(by, membership_for(by, "assessment.cite_evidence", answer))
    at = at or timezone.now()
    record(actor=actor, verb=verb, target=answer, region=answer.cycle.region, before=before, after=after, at=at)


def _record(  # noqa: PLR0917 - one row of the trail
    evidence: Evidence, by: User, permission: str, held_for, verb: str, before: dict | None = None,
    after: dict | None = None, at: dt.datetime | None = None,
) -> None:  # fmt: skip
    actor, region = Actor.person(by, membership_for(by, permission, held_for)), evidence.agency.region
    at = at or timezone.now()
    record(actor=actor, verb=verb, target=evidence, region=region, before=before, after=after, at=at)
