"""What the page of an answer says and offers: the one thing to do next, and the bar at its foot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.parts import Button, Sentence
from accounts.words import short_moment
from assessment.enums import AnswerStatus, EvidenceKind
from assessment.workflow import ANSWER_STEPS

GOING_UP = ("submit", "ready")
SHOWN = (*GOING_UP, "take_back", "hand_back", "withdraw")
TO_SIGN = "Jawaban ini menunggu pengesahan Anda. Baca dahulu, lalu sahkan atau kembalikan."
BACK_FROM_HEAD = "Perbaiki menurut catatan Kepala OPD, lalu mintakan pengesahan lagi."


@dataclass(frozen=True)
class Next:
    """The one thing to do with an answer: sentences, what is lacking with its place, and a button."""

    sentences: tuple[Sentence, ...] = ()
    lacking: tuple[Sentence, ...] = ()
    button: Button | None = None
    lost: bool = False  # what was typed cannot be stored any more


@dataclass(frozen=True)
class Saved:
    """Whether what stands in the form is stored, and since when."""

    text: str
    icon: str
    look: str = "saved"
    unsaved: str = ""  # what it says as soon as something is typed


@dataclass(frozen=True)
class Act:
    """One thing in the bar: a button, a form of its own with one, or the reason why not."""

    button: Button | None = None
    action: str = ""
    refusal: str = ""


def shown_steps(steps: Mapping[str, str], *, may_submit: bool) -> dict[str, str]:
    """Keep the steps that the bar shows, each with the sentence that blocks it.

    Asking the head falls away where one may submit, taking back where one signs.
    """
    hidden = {"ready"} if may_submit else set()
    hidden |= {"take_back"} if "hand_back" in steps else set()
    return {name: reason for name, reason in steps.items() if name in SHOWN and name not in hidden}


def next_of(page) -> Next:
    """Return the next step of an answer for the person who reads it."""
    if page.unsaved:
        return _unsaved(page)
    if page.to_endorse:
        return Next(tuple(_to_endorse(page)))
    if page.blocked:
        return _blocked(page)
    return _to_fill(page)


def _unsaved(page) -> Next:
    if page.blocked:
        return Next((Sentence(page.blocked),), lost=True)
    return Next((Sentence("Isian Anda belum tersimpan. Periksa, lalu simpan."),))


def _to_endorse(page) -> Iterable[Sentence]:
    yield Sentence(TO_SIGN)
    if page.lacks:
        yield Sentence(f"Masih kurang: {'; '.join(lack.text for lack in page.lacks)}.")


def _blocked(page) -> Next:
    sentences, button = [Sentence(page.blocked)], None
    if page.may_cite:
        sentences.append(Sentence("Tambahkan data dukung dari perangkat daerah Anda.", "#data-dukung"))
    if page.neighbours.left and not page.closed:
        after = page.neighbours.after
        label = f"Lanjut ke indikator {after.number} "
        button = Button(label, _at("answer-detail", after.pk), "next", icon_after="arrow-right")
    return Next(tuple(sentences), button=button)


def _to_fill(page) -> Next:
    verb = "ajukan" if page.may_submit else "mintakan pengesahan"
    if page.nothing_to_submit:
        return Next((Sentence("Isi jawabannya.", "#jawaban"),))
    if page.lacks:
        return Next((Sentence("Masih kurang:"),), tuple(_lacking(page, lack) for lack in page.lacks))
    if page.handed_back:
        return Next((Sentence(BACK_FROM_HEAD),))
    if page.answer.status == AnswerStatus.RETURNED:
        return Next((Sentence("Perbaiki menurut catatannya, balas,", "#catatan", f" lalu {verb} lagi."),))
    return Next((Sentence(f"Jawaban lengkap. {verb.capitalize()} bila sudah diperiksa."),))


def _lacking(page, lack) -> Sentence:
    if lack.part == "document" and page.may_cite:
        asked = f"dokumen={lack.required_document}" if lack.required_document else f"jenis={EvidenceKind.STATEMENT}"
        return Sentence(lack.text, f"{_at('citation-upload', page.answer.pk)}?{asked}")
    return Sentence(lack.text, "#id_reason" if lack.part == "reason" else "")


def saved_of(page) -> Saved | None:
    """Return what the bar says about the form; None where nothing was ever stored."""
    if page.unsaved:
        return Saved("Belum tersimpan", "triangle-alert", "saved bad")
    if not page.answer.updated_at:
        return None
    at = short_moment(page.answer.updated_at, page.answer.cycle.region.zone)
    return Saved(f"Tersimpan {at}", "check", unsaved="Belum tersimpan")


def acts_of(page) -> list[Act]:
    """Return what the bar offers: to save while the answer is written, else its steps."""
    if page.writes:
        return [Act(button) for button in _saving(page)]
    return [_step(page, name, reason) for name, reason in page.open_steps.items()]


def _saving(page) -> list[Button]:
    if page.blocked:
        return [Button("Baca yang tersimpan", _at("answer-detail", page.answer.pk))]
    if page.conflict:
        replaced = {"form": "jawaban", "name": "seen_revision", "value": str(page.conflict.revision)}
        return [Button("Simpan isian saya", look="next", data=replaced)]
    first, second = ("line", "next") if page.complete else ("next", "line")
    sends = {"form": "jawaban", "type": "submit"}
    buttons = [Button("Simpan draf", look=first, data=sends)]
    if page.goes_up:
        label = "Simpan dan ajukan" if page.may_submit else "Simpan, minta pengesahan"
        buttons.append(Button(label, look=second, data={**sends, "name": "then", "value": "submit"}))
    return buttons


def _step(page, name: str, refusal: str) -> Act:
    pk = page.answer.pk
    if refusal:
        return Act(refusal=refusal)
    label = ANSWER_STEPS[name].press
    if name in GOING_UP:
        label = "Sahkan dan ajukan" if page.to_endorse and name == "submit" else label
        return Act(Button(label, _at("answer-submit", pk), "next"))
    if name == "hand_back":
        return Act(Button("Kembalikan", _at("answer-hand-back", pk), icon="undo-2", hidden=" ke operator"))
    return Act(Button(label), reverse("answer-step", args=[pk, name]))


def _at(name: str, pk: int) -> str:
    return reverse(name, args=[pk])
