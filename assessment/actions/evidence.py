"""Evidence comes into a library, is described anew, takes an older one's place, and is taken away while it may."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acting import acting
from accounts.audit import record
from accounts.models import Agency, User
from accounts.once import Once, claim
from accounts.versions import refuse_if_stale
from assessment.facts.evidence import DETAILS, Added, described, is_fixed
from assessment.models import Evidence
from assessment.refusals import RefusedError
from assessment.uploads.checking import CheckedFile
from assessment.uploads.keeping import keep


class FixedEvidenceError(Exception):
    """A submission cites the evidence: it changes only by a new version and cannot be taken away."""


class VersionRefusedError(RefusedError):
    """The file cannot take the place of the evidence."""

    part = "file"


@transaction.atomic
def add(
    *, checked: CheckedFile, agency: Agency, details: dict[str, Any], by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> Added:  # fmt: skip
    """Put a checked file into an agency's library; the same bytes are there once, and keep their description."""
    claim(once)
    evidence, new = Evidence.objects.get_or_create(
        agency=agency, file=keep(checked), defaults=_fields(checked, details, by, at)
    )
    if new:
        _record_arrival(evidence, by, "evidence.added", at)
    return Added(evidence, was_there=not new)


@transaction.atomic
def replace(
    *, evidence: Evidence, checked: CheckedFile, details: dict[str, Any], by: User, at: dt.datetime | None = None,
    once: Once | None = None,
) -> Evidence:  # fmt: skip
    """Put a new version beside evidence and return it; submissions keep the version that they cite.

    Raises VersionRefusedError where a newer version is there already, or the library has these bytes.
    """
    claim(once)
    older = (
        Evidence.objects.select_for_update(of=("self",)).select_related("agency__region").filter(pk=evidence.pk).first()
    )
    if older is None:
        raise VersionRefusedError("Dokumen ini baru saja dihapus dari pustaka. Tambahkan sebagai dokumen baru.")
    newer = Evidence.objects.filter(supersedes=older).first()
    if newer:
        raise VersionRefusedError(f"Dokumen ini sudah mempunyai versi baru: “{newer.title}”. Perbarui versi itu.")
    version, new = Evidence.objects.get_or_create(
        agency=older.agency, file=keep(checked), defaults=_fields(checked, details, by, at) | {"supersedes": older}
    )
    if version == older:
        raise VersionRefusedError("Berkas ini sama persis dengan yang sudah tersimpan. Pilih berkas yang baru.")
    if not new:
        raise VersionRefusedError(f"Berkas ini sudah ada di pustaka sebagai “{version.title}”. Rujuk dokumen itu.")
    _record_arrival(version, by, "evidence.replaced", at, before={"title": older.title, "sha256": older.file.sha256})
    if once:
        once.lead_to(reverse("evidence-detail", args=[version.public_id]))
    return version


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
    refuse_if_stale(seen, before, f"“{stored.title}”, {stored.get_kind_display().lower()}")
    changed = {name: details[name] for name in DETAILS if name in details and details[name] != before[name]}
    if not changed:
        return
    Evidence.objects.filter(pk=stored.pk).update(**changed)
    kept = {name: before[name] for name in changed}
    _record(evidence, by, "evidence.described", kept, changed, at)


@transaction.atomic
def remove(*, evidence: Evidence, by: User, at: dt.datetime | None = None, once: Once | None = None) -> None:
    """Take evidence out of the library; raises FixedEvidenceError where a draft or a submission cites it.

    What another tab took away already stays away.
    """
    claim(once)
    # Whoever cites it in the same moment holds the row, so that nothing comes to rest on it after we looked.
    stored = Evidence.objects.select_for_update(of=("self",)).filter(pk=evidence.pk).first()
    if stored is None:
        return
    _need_free(stored)
    if stored.citations.exists() or Evidence.objects.filter(supersedes=stored).exists():
        raise FixedEvidenceError
    before = {"title": stored.title, "sha256": stored.file.sha256}
    _record(evidence, by, "evidence.removed", before, at=at)
    stored.delete()


def _fields(checked: CheckedFile, details: dict[str, Any], by: User, at: dt.datetime | None) -> dict[str, Any]:
    described_as = {name: details[name] for name in DETAILS if name in details}
    return {"file_name": checked.name, "created_by": by, "created_at": at or timezone.now(), **described_as}


def _need_free(evidence: Evidence) -> None:
    if is_fixed(evidence):
        raise FixedEvidenceError


def _record_arrival(
    evidence: Evidence, by: User, verb: str, at: dt.datetime | None, before: dict | None = None
) -> None:
    stored = evidence.file
    after = {"title": evidence.title, "kind": evidence.kind, "sha256": stored.sha256, "size": stored.size}
    _record(evidence, by, verb, before, after, at)


def _record(
    evidence: Evidence, by: User, verb: str, before: dict | None = None, after: dict | None = None,
    at: dt.datetime | None = None,
) -> None:  # fmt: skip
    arriving = verb == "evidence.added"
    permission, held_for = ("add_evidence", evidence.agency) if arriving else ("manage_evidence", evidence)
    actor = acting(by, f"assessment.{permission}", held_for)
    region, at = evidence.agency.region, at or timezone.now()
    record(actor=actor, verb=verb, target=evidence, region=region, before=before, after=after, at=at)
