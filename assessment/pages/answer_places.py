"""The places of an answer's documents: what each is called, what lies there, and how to add to it."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.parts import Button
from assessment.enums import EvidenceKind
from assessment.models import Citation
from assessment.pages.answer_words import Act
from assessment.pages.required_documents import Slot


@dataclass(frozen=True)
class Cited:
    """One document as it is cited, and what the person may do with that."""

    citation: Citation
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Place:
    """The place of one document: its title, what kind it is, and what lies there."""

    slot: Slot
    title: str
    kind: str
    cited: tuple[Cited, ...]
    upload: Button
    library: Button


def places_of(page) -> list[Place]:
    """Return the documents' places that are shown: those to read, and all of them to whoever may add one."""
    return [_place(page, slot) for slot in page.slots if slot.read or page.may_cite]


def _place(page, slot: Slot) -> Place:
    asked = ""
    if slot.required_document:
        asked = f"?dokumen={slot.required_document.pk}"
    elif slot.statement:
        asked = f"?jenis={EvidenceKind.STATEMENT}"
    pk, hidden, data = page.answer.pk, f" untuk {slot.label}", {"data-saves": "jawaban"}
    upload_url = f"{_at('citation-upload', pk)}{asked}"
    upload = Button("Unggah berkas", upload_url, "line btn-sm", icon="upload", hidden=hidden, data=data)
    from_library = f"{_at('citation-add', pk)}{asked if slot.required_document else ''}"
    library = Button("Ambil dari pustaka", from_library, "plain btn-sm", hidden=hidden, data=data)
    return Place(slot, slot.title, slot.kind, tuple(_cited(page, row) for row in slot.citations), upload, library)


def _cited(page, citation: Citation) -> Cited:
    title, acts = f" {citation.evidence.title}", []
    if citation.evidence.newer and citation.pk in page.renewable:
        renew = Button("Pakai versi baru", look="line btn-sm", icon="refresh-cw", hidden=title)
        acts.append(Act(renew, _at("citation-renew", citation.pk)))
    if citation.pk in page.removable:
        remove = Button("Lepas", look="plain btn-sm", hidden=title)
        acts.append(Act(remove, _at("citation-remove", citation.pk)))
    return Cited(citation, tuple(acts))


def _at(name: str, pk: int) -> str:
    return reverse(name, args=[pk])
