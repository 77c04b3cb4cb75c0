"""What the list of tasks says of each, and the button under what is complete."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.parts import Button, Said
from accounts.words import short_moment
from assessment.enums import AnswerStatus
from assessment.models import Cycle

FIX, ENDORSE, FILL, ASKED, WAIT, MISSED, DONE = "fix", "endorse", "fill", "asked", "wait", "missed", "done"
OUT_OF_HAND = {
    MISSED: "Tidak ikut dalam paket",
    WAIT: "Tidak sempat dikirim kembali; yang dihitung pengajuan terakhirnya",
    ASKED: "Dikirim kepada Kepala OPD",
}
SELF_SCORE = "nilai mandiri; hasilnya dibaca setelah ditetapkan"


@dataclass(frozen=True)
class Ready:
    """The complete tasks of one cycle, which go up together: what is said of them, where to, and the button."""

    title: str
    numbers: str
    action: str
    button: Button
    note: str = ""


def facts_of(task) -> list[Said]:
    """Return what is told of a task beside its kind: how far it is, or what it wants."""
    if task.group == DONE:
        return list(_done(task))
    if task.group in OUT_OF_HAND:
        return [Said(OUT_OF_HAND[task.group])]
    return [_wanted(task)]


def due_of(task) -> str:
    """Return by when it was asked back; nothing where it was not."""
    return short_moment(task.due_at, _zone(task)) if task.group == FIX and task.due_at else ""


def ready_of(tasks: Sequence, action: str, *, may_submit: bool) -> Ready:
    """Return what is said of tasks that may go up, at least one of them."""
    signs, count = tasks[0].signs, f"{len(tasks)} indikator"
    title = f"{count} {'lengkap, dapat disahkan bersama' if signs else 'siap diajukan'}"
    label = f"{'Sahkan dan ajukan' if signs else 'Ajukan'} {count}"
    note = ""
    if not may_submit:
        label, note = f"Kirim {count} kepada Kepala OPD", "Pengajuan dilakukan oleh kepala setelah mengesahkannya."
    numbers = ", ".join(str(task.answer.indicator.number) for task in tasks)
    return Ready(title, numbers, action, Button(label, look="primary"), note)


def given_words(count: int) -> str:
    """Return how many documents an agency gave to an indicator that it supports."""
    return f"{count} dokumen dari Anda" if count else "Belum ada dokumen dari Anda"


def url_of(task) -> str:
    """Return where an indicator is answered and read."""
    return reverse("answer-detail", args=[task.answer.pk])


def reader_of(cycle: Cycle) -> str:
    """Return in whose words the states of answers are told."""
    return "sent" if cycle.sent else "agency"


def _done(task) -> Iterable[Said]:
    yield Said(short_moment(task.answer.last_submission.submitted_at, _zone(task)))
    if task.answer.status == AnswerStatus.VERIFIED and not task.answer.cycle.fixed:
        yield Said(SELF_SCORE)


def _wanted(task) -> Said:
    if task.empty:
        return Said(task.answer.indicator.get_answer_type_display())
    if task.lacks:
        others = f" dan {len(task.lacks) - 1} lainnya" if len(task.lacks) > 1 else ""
        return Said(f"Kurang: {task.lacks[0].text}{others}", "warn")
    if task.handed_back:
        return Said("Dikembalikan Kepala OPD, belum diubah", "warn")
    if task.back:
        return Said("Belum diubah sejak dikembalikan", "warn")
    return Said("Lengkap, siap diajukan")


def _zone(task) -> str:
    return task.answer.cycle.region.zone
