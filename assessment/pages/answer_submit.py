"""What is handed up with an answer, what has to be known before, and the button."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts.parts import Button, Fact, Sentence
from assessment.enums import AnswerStatus
from assessment.facts.value_words import value_words
from assessment.pages.required_documents import Slot

INCOMPLETE = "Jawaban tetap dapat diajukan, tetapi pembaca melihat kekurangannya."


@dataclass(frozen=True)
class Proof:
    """One document that belongs to an answer: its title, what is cited, and that nothing is."""

    title: str
    citations: list
    nothing: str


@dataclass(frozen=True)
class Warned:
    """What has to be known before: a heading, what is so, and where it is mended."""

    icon: str
    title: str
    text: str
    mend: Sentence


@dataclass(frozen=True)
class HandingUp:
    """The page on which an answer is handed up; without a button where there is none yet."""

    heading: str
    title: str
    facts: list[Fact]
    proofs: list[Proof]
    warnings: list[Warned]
    url: str
    button: Button | None


def handing_up(page) -> HandingUp:
    """Return what is handed up with an answer by this person: signed, submitted, or sent to the head."""
    return HandingUp(
        heading=f"{_act(page)} indikator {page.answer.indicator.number}",
        title="Yang Anda sahkan" if page.to_endorse else "Yang diajukan",
        facts=[fact for fact in _facts(page) if fact.value],
        proofs=[_proof(slot) for slot in page.slots if _belongs(slot)],
        warnings=list(_warnings(page)),
        url=_url(page),
        button=None if page.nothing_to_submit else Button(_label(page), look="next"),
    )


def _act(page) -> str:
    if page.to_endorse:
        return "Sahkan dan ajukan"
    return "Ajukan" if page.may_submit else "Mintakan pengesahan"


def _label(page) -> str:
    if not page.may_submit:
        return "Kirim kepada Kepala OPD"
    label = "Sahkan dan ajukan" if page.answer.status == AnswerStatus.READY else "Ajukan"
    return f"{label} walau belum lengkap" if page.lacks else label


def _facts(page) -> Iterable[Fact]:
    answer = page.answer
    yield Fact("Jawaban", value_words(answer, answer.indicator))
    yield Fact("Alasan", answer.reason)
    yield Fact("Catatan", answer.note)


def _belongs(slot: Slot) -> bool:
    return bool((slot.required_document and slot.needed) or slot.citations or slot.statement)


def _proof(slot: Slot) -> Proof:
    title = "Surat keterangan kepala perangkat daerah" if slot.statement else "Dokumen lain"
    if slot.required_document and not slot.statement:
        title = slot.required_document.text
    return Proof(title, slot.citations, f"Belum ada dokumen{' (wajib)' if slot.missing else ''}.")


def _warnings(page) -> Iterable[Warned]:
    if page.nothing_to_submit:
        none = page.answer.indicator.none_label
        text = f"Isi jawabannya dahulu, atau pilih “{none}” atau “Tidak berlaku” dengan alasannya."
        yield Warned("triangle-alert", "Belum ada jawaban", text, Sentence(""))
        return
    if page.lacks:
        text = f"Kurang: {'; '.join(lack.text for lack in page.lacks)}. {INCOMPLETE}"
        yield Warned("triangle-alert", "Belum lengkap", text, Sentence(""))
    if page.unreplied:
        text, mend = "Pemeriksa menunggu balasan pada setiap catatannya. ", f"{_url(page)}#catatan"
        title = f"{page.unreplied} catatan belum dibalas"
        yield Warned("message-circle", title, text, Sentence("Tulis balasan", mend))


def _url(page) -> str:
    return reverse("answer-detail", args=[page.answer.pk])
