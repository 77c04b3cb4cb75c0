"""Which library a person's file goes to, what the person is told about it, and where a document is used."""

from dataclasses import dataclass

from accounts.models import Agency, User
from assessment.actions.evidence import Added
from assessment.models import Answer, Assignment, Citation, Evidence
from assessment.rules import owner_of


def library_for(user: User, answer: Answer) -> Agency:
    """Return the responsible agency where the person belongs to it or answers for it, else the supporting one."""
    supporting = Assignment.objects.filter(
        cycle=answer.cycle_id, indicator=answer.indicator_id, responsible=False, agency__in=user.agency_ids()
    )
    own = supporting.select_related("agency").first()
    if own is None or owner_of(answer) in user.agency_ids():
        return Agency.objects.select_related("region").get(pk=owner_of(answer))
    return own.agency


def receipt(added: Added, done: str) -> str:
    """Return the line that confirms an upload: what was done, and the hash by which the file is known."""
    stored = added.evidence.file
    first = (
        f"Sudah ada di pustaka. {done}, tidak disimpan dua kali." if added.was_there else f"{done}: “{added.evidence}”."
    )
    return f"{first} SHA-256 {stored.sha256}."


SHOWN_USES = 20


@dataclass(frozen=True)
class EvidenceUse:
    """The versions beside a document, as far as the person may see them, and the drafts that cite it."""

    older: Evidence | None
    newer: Evidence | None
    drafts: list[Citation]


def evidence_use(evidence: Evidence, user: User) -> EvidenceUse:
    """Return what stands around a document for a person who may see it."""
    seen = Evidence.objects.visible_to(user)
    older = seen.filter(pk=evidence.supersedes_id).first() if evidence.supersedes_id else None
    drafts = Citation.objects.visible_to(user).filter(evidence=evidence)
    drafts = drafts.select_related("answer__indicator", "answer__cycle__region")
    return EvidenceUse(older, seen.filter(supersedes=evidence).first(), list(drafts.order_by("-pk")[:SHOWN_USES]))
