"""What may be done with an answer now: the buttons of its bar, and the one thing to do next, with its ways."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from assessment.enums import AnswerStatus, EvidenceKind
from assessment.facts.completeness import Lack
from assessment.models import Answer
from assessment.workflow import ANSWER_STEPS

GOING_UP = ("submit", "ready")
SHOWN = (*GOING_UP, "take_back", "hand_back", "withdraw")


@dataclass(frozen=True)
class StepButton:
    """One step on the bar: its words and where it leads, or the sentence that blocks it.

    `posts` says that pressing it takes the step; otherwise it leads to a page that asks first. `more` is read out only.
    """

    words: str
    url: str
    blocked: str = ""
    posts: bool = False
    first: bool = False  # the one that stands out
    icon: str = ""
    more: str = ""


@dataclass(frozen=True)
class Line:
    """A sentence with a way to go: `text` is the link where there is an address, `strong` and `rest` follow it."""

    text: str
    url: str = ""
    strong: str = ""
    rest: str = ""


@dataclass(frozen=True)
class AnswerNext:
    """The one thing to do with an answer: sentences, what is missing with its place, and the way on."""

    lines: tuple[Line, ...]
    lacking: tuple[Line, ...] = ()
    onward: Line | None = None


def step_buttons(
    answer: Answer, steps: Mapping[str, str], *, may_submit: bool, to_endorse: bool
) -> dict[str, StepButton]:
    """Return the buttons by the names of their steps.

    Asking the head falls away where one may submit, taking back where one signs.
    """
    hidden = {"ready"} if may_submit else set()
    hidden |= {"take_back"} if "hand_back" in steps else set()
    shown = {name: reason for name, reason in steps.items() if name in SHOWN and name not in hidden}
    return {name: _button(answer, name, reason, to_endorse=to_endorse) for name, reason in shown.items()}


def _button(answer: Answer, name: str, blocked: str, *, to_endorse: bool) -> StepButton:
    words = ANSWER_STEPS[name].press
    if name in GOING_UP:
        words = "Sahkan dan ajukan" if to_endorse and name == "submit" else words
        return StepButton(words, reverse("answer-submit", args=[answer.pk]), blocked, first=True)
    if name == "hand_back":
        url = reverse("answer-hand-back", args=[answer.pk])
        return StepButton("Kembalikan", url, blocked, icon="undo-2", more=" ke operator")
    return StepButton(words, reverse("answer-step", args=[answer.pk, name]), blocked, posts=True)


def next_of(page) -> AnswerNext:
    """Return the one thing to do with the answer of a page, for the person who reads it."""
    if page.unsaved:
        return _unsaved(page.blocked)
    if page.to_endorse:
        return _endorse(page.lacks)
    if page.blocked:
        return _blocked(page)
    return _fill(page)


def _unsaved(blocked: str) -> AnswerNext:
    if not blocked:
        return AnswerNext((Line("Isian Anda belum tersimpan. Periksa, lalu simpan."),))
    kept = Line("Isian Anda ", strong="tidak tersimpan", rest=" dan masih ada di bawah. Salin bila masih diperlukan.")
    return AnswerNext((Line(blocked), kept))


def _endorse(missing: list[Lack]) -> AnswerNext:
    asked = Line("Jawaban ini menunggu pengesahan Anda. Baca dahulu, lalu sahkan atau kembalikan.")
    lacking = f"Masih kurang: {'; '.join(lack.text for lack in missing)}."
    return AnswerNext((asked, Line(lacking)) if missing else (asked,))


def _blocked(page) -> AnswerNext:
    lines = [Line(page.blocked)]
    if page.may_cite:
        lines.append(Line("Tambahkan data dukung dari perangkat daerah Anda.", "#data-dukung"))
    after = page.neighbours.after
    if page.closed or not page.neighbours.left:
        return AnswerNext(tuple(lines))
    way = Line(f"Lanjut ke indikator {after.number}", reverse("answer-detail", args=[after.pk]))
    return AnswerNext(tuple(lines), onward=way)


def _fill(page) -> AnswerNext:
    """What an answer needs that lies open before the person."""
    up = "ajukan" if page.may_submit else "mintakan pengesahan"
    if page.nothing_to_submit:
        return AnswerNext((Line("Isi jawabannya.", "#jawaban"),))
    if page.lacks:
        lacking = tuple(_place_of(page.answer, lack, may_cite=page.may_cite) for lack in page.lacks)
        return AnswerNext((Line("Masih kurang:"),), lacking)
    if page.handed_back:
        return AnswerNext((Line("Perbaiki menurut catatan Kepala OPD, lalu mintakan pengesahan lagi."),))
    if page.answer.status == AnswerStatus.RETURNED:
        return AnswerNext((Line("Perbaiki menurut catatannya, balas,", "#catatan", rest=f" lalu {up} lagi."),))
    return AnswerNext((Line(f"Jawaban lengkap. {up.capitalize()} bila sudah diperiksa."),))


def _place_of(answer: Answer, lack: Lack, *, may_cite: bool) -> Line:
    """What is missing, with the way to the place where it is added."""
    if lack.part == "document" and may_cite:
        asked = f"dokumen={lack.document}" if lack.document else f"jenis={EvidenceKind.STATEMENT}"
        return Line(lack.text, f"{reverse('citation-upload', args=[answer.pk])}?{asked}")
    return Line(lack.text, "#id_reason" if lack.part == "reason" else "")
