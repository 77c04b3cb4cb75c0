"""Statuses in words, with icon and colour; the petals of the cloth."""

from dataclasses import dataclass

from django import template

from assessment.enums import AnswerStatus, CycleStatus
from assessment.ladders import written
from assessment.models import Answer, Cycle

register = template.Library()


@dataclass(frozen=True)
class Badge:
    """A status as it is shown: word, icon and pair of colours (look: status vocabulary)."""

    word: str
    icon: str
    pair: str


EMPTY = Badge("Belum diisi", "circle-dashed", "empty")
FOR_AGENCY = {
    AnswerStatus.DRAFT: Badge("Draf", "pencil-line", "draft"),
    AnswerStatus.READY: Badge("Menunggu pengesahan", "stamp", "ready"),
    AnswerStatus.SUBMITTED: Badge("Diajukan", "send", "submitted"),
    AnswerStatus.ACCEPTED: Badge("Lolos pra-verifikasi", "circle-check", "accepted"),
    AnswerStatus.RETURNED: Badge("Perlu diperbaiki", "undo-2", "returned"),
    AnswerStatus.VERIFIED: Badge("Terverifikasi", "badge-check", "verified"),
}
FOR_READER = {
    **FOR_AGENCY,
    AnswerStatus.READY: Badge("Menunggu Kepala OPD", "stamp", "ready"),
    AnswerStatus.SUBMITTED: Badge("Perlu diperiksa", "send", "submitted"),
    AnswerStatus.RETURNED: Badge("Dikembalikan", "undo-2", "returned"),
}
OF_CYCLE = {
    CycleStatus.PREPARATION: Badge("Persiapan", "list-checks", "draft"),
    CycleStatus.FILLING: Badge("Pengisian", "pencil-line", "draft"),
    CycleStatus.SUBMITTED: Badge("Diserahkan", "send", "submitted"),
    CycleStatus.VERIFICATION: Badge("Verifikasi", "search-check", "accepted"),
    CycleStatus.PROPOSED: Badge("Hasil diusulkan", "file-clock", "submitted"),
    CycleStatus.FINALISED: Badge("Hasil ditetapkan", "file-check", "good"),
    CycleStatus.ANNOUNCED: Badge("Diumumkan", "award", "good"),
    CycleStatus.CANCELLED: Badge("Dibatalkan", "ban", "none"),
}


@register.inclusion_tag("components/_badge.html")
def answer_badge(answer: Answer, reader: str = "agency") -> dict[str, Badge]:
    """The status of an answer, in the words of the agency or of whoever reads it."""
    if answer.form == "" and answer.status == AnswerStatus.DRAFT:
        return {"badge": EMPTY}
    return {"badge": (FOR_AGENCY if reader == "agency" else FOR_READER)[answer.status]}


@register.inclusion_tag("components/_badge.html")
def cycle_badge(cycle: Cycle) -> dict[str, Badge]:
    """The status of a cycle."""
    return {"badge": OF_CYCLE[cycle.status]}


@register.filter
def cells(board, row):
    """The cells of one row of a board, in the order of the rights."""
    return board.cells_of(row)


@register.filter
def value_words(content) -> str:
    """What was answered, in one line: 24 dari 31, the option's label, Tidak berlaku."""
    if content.form in ("none", "not_applicable", ""):
        return {"none": "Tidak ada", "not_applicable": "Tidak berlaku", "": "Belum diisi"}[content.form]
    if content.option_id:
        return content.option.label
    if content.number is not None:
        return written(content.number)
    parts = (content.numerator, content.denominator)
    return " dari ".join("–" if part is None else written(part) for part in parts)
