"""Which library a person's file goes to, what the person is told about it, and where a document is used."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import Agency, User
from accounts.parts import Button, Fact, Said
from accounts.sure import sure
from accounts.words import filesize, short_moment
from assessment.enums import EDITABLE
from assessment.facts.evidence import Added
from assessment.models import Answer, Citation, Evidence, StoredFile
from assessment.rules import owner_id_of, supporters_of

FIXED_NOTE = "Sudah dipakai dalam pengajuan; tidak dapat diubah atau dihapus."
REPLACE_NOTE = " Dokumen yang diperbarui diunggah sebagai versi baru."
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


def facts_of(evidence: Evidence, *, cited: bool = False, uses: int | None = None) -> list[Said]:
    """Return what is told of a document beside its title; by how many indicators it is used where that was counted."""
    facts = [
        evidence.get_kind_display(),
        f"Nomor {evidence.number}" if evidence.number else "",
        date_format(evidence.dated_on) if evidence.dated_on else "",
        f"{evidence.file.pages} halaman" if evidence.file.pages else "",
        filesize(evidence.file.size),
        "" if uses is None else _used(uses),
    ]
    here = [Said("Sudah tertaut", "yes", "check")] if cited else []
    return [*(Said(fact) for fact in facts if fact), *here]


def upload_button(answer: Answer, required_document: object) -> Button:
    """Return what leads from the library to uploading a file for the same required document."""
    url = reverse("citation-upload", args=[answer.pk])
    return Button(
        "Unggah berkas baru", f"{url}?dokumen={required_document}" if required_document else url, "plain", icon="upload"
    )


@dataclass(frozen=True)
class EvidenceActs:
    """What the person may do with a document: describe it, take it away, put a newer one in its place; or why not."""

    describe: bool
    note: str
    remove_url: str
    replace_url: str


def acts_of(evidence: Evidence, *, fixed: bool, may_manage: bool) -> EvidenceActs:
    """Return what a person may do with a document; one that a submission cites stays as it is."""
    newest = may_manage and not evidence.newer
    note = f"{FIXED_NOTE}{REPLACE_NOTE if newest else ''}" if fixed else ""
    changes, place = may_manage and not fixed, [evidence.public_id]
    remove_url = reverse("evidence-remove", args=place) if changes else ""
    return EvidenceActs(changes, note, remove_url, reverse("evidence-replace", args=place) if newest else "")


def details_of(evidence: Evidence) -> list[Fact]:
    """Return what stands beside a document's pages, but for the version before and the hash."""
    pages = [Fact("Halaman", str(evidence.file.pages))] if evidence.file.pages else []
    return [
        Fact("Berkas", evidence.file_name),
        Fact("Ukuran", filesize(evidence.file.size)),
        *pages,
        Fact("Nomor", evidence.number or "–"),
        Fact("Tanggal", date_format(evidence.dated_on) if evidence.dated_on else "–"),
        Fact("Diunggah", short_moment(evidence.created_at, evidence.agency.region.zone)),
    ]


def _used(uses: int) -> str:
    return f"dipakai {uses} indikator" if uses else "belum dipakai"


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
