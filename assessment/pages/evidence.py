"""Which library a person's file goes to, what the person is told about it, and where a document is used."""

from dataclasses import dataclass

from accounts.models import Agency, User
from accounts.sure import sure
from accounts.words import filesize
from assessment.enums import EDITABLE
from assessment.facts.evidence import Added
from assessment.models import Answer, Citation, Evidence, StoredFile
from assessment.rules import owner_id_of, supporters_of

SHOWN_USES = 20
GROUP = 4  # digits of a hash that are read at once


def library_for(user: User, answer: Answer) -> Agency:
    """Return the responsible agency where the person belongs to it or answers for it, else the supporting one.

    The coordinator adds for a supporting agency without people where the responsible one has its own.
    """
    if not user.has_perm("assessment.fill_answer", answer):
        supporters = supporters_of(answer).select_related("region").order_by("name")
        mine = supporters.filter(pk__in=user.agency_ids()).first() or supporters.without_people().first()
        if mine:
            return mine
    return Agency.objects.select_related("region").get(pk=sure(owner_id_of(answer)))


def receipt(added: Added, *, linked: bool) -> str:
    """Return the line that confirms an upload: what was done, how large it is, and by which mark it is known."""
    stored = added.evidence.file
    if added.was_there:
        kept = f"Sudah ada di pustaka sebagai “{added.evidence}”, dengan keterangan yang lama."
        done = f"{kept} {'Ditautkan, t' if linked else 'T'}idak disimpan dua kali."
    else:
        done = f"{'Tersimpan dan ditautkan' if linked else 'Tersimpan'}: “{added.evidence}”."
    pages = [f"{stored.pages} halaman"] if stored.pages else []
    facts = ", ".join([*pages, filesize(stored.size), f"sidik {mark_of_file(stored)}"])
    return f"{done} {facts[0].upper()}{facts[1:]}."


def mark_of_file(stored: StoredFile) -> str:
    """Return the beginning of a file's hash in groups, as it is read out: 3f9a 12bc 77e0."""
    short = str(stored)
    return " ".join(short[place : place + GROUP] for place in range(0, len(short), GROUP))


@dataclass(frozen=True)
class EvidenceUse:
    """The versions beside a document as far as the person may see them, the drafts that cite it or still the older."""

    older: Evidence | None
    newer: Evidence | None
    drafts: list[Citation]
    left_behind: list[Citation]


def evidence_use(evidence: Evidence, user: User) -> EvidenceUse:
    """Return what stands around a document for a person who may see it."""
    seen = Evidence.objects.visible_to(user)
    older = seen.filter(pk=evidence.supersedes_id).first() if evidence.supersedes_id else None
    drafts = Citation.objects.visible_to(user).select_related("answer__indicator", "answer__cycle__region")
    here = drafts.filter(evidence=evidence).order_by("-pk")[:SHOWN_USES]
    behind = drafts.filter(evidence=older, answer__status__in=EDITABLE).order_by("-pk") if older else ()
    return EvidenceUse(older, seen.filter(supersedes=evidence).first(), list(here), list(behind)[:SHOWN_USES])
