"""Statuses in words, with icon and colour; the petals of the cloth."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django import template
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.templatetags.components import badge
from assessment.dossier import Dossier
from assessment.dossier.shapes import document_code
from assessment.enums import AnswerKind, AnswerStatus, CycleStatus, ProblemStatus
from assessment.facts.awards import AwardState, award_state
from assessment.facts.charts import Chart, chart_of
from assessment.facts.documents import offered
from assessment.facts.value_words import value_words
from assessment.models import Answer, Cycle, IssuedDocument, Problem
from assessment.pages.offices import OfficeRow

register = template.Library()
register.filter(value_words)


@dataclass(frozen=True)
class Badge:
    """A status as shown: word, icon, pair of colours (docs/aturan.md, "Status dengan kata, ikon, dan warna")."""

    word: str
    icon: str
    pair: str


@dataclass(frozen=True)
class LegendLine:
    """How many petals of one state there are, in words."""

    state: str
    path: str
    count: int
    word: str


EMPTY = Badge("Belum diisi", "circle-dashed", "empty")
FOR_AGENCY: dict[str, Badge] = {
    AnswerStatus.DRAFT: Badge("Draf", "pencil-line", "draft"),
    AnswerStatus.READY: Badge("Menunggu pengesahan", "stamp", "ready"),
    AnswerStatus.SUBMITTED: Badge("Diajukan", "send", "submitted"),
    AnswerStatus.ACCEPTED: Badge("Lolos pra-verifikasi", "circle-check", "accepted"),
    AnswerStatus.RETURNED: Badge("Perlu diperbaiki", "undo-2", "returned"),
    AnswerStatus.VERIFIED: Badge("Terverifikasi", "badge-check", "verified"),
}
FOR_READER: dict[str, Badge] = {
    **FOR_AGENCY,
    AnswerStatus.READY: Badge("Menunggu Kepala OPD", "stamp", "ready"),
    AnswerStatus.SUBMITTED: Badge("Perlu diperiksa", "send", "submitted"),
    AnswerStatus.RETURNED: Badge("Dikembalikan", "undo-2", "returned"),
}
NOT_SENT_AGAIN = Badge("Tidak dikirim kembali", "lock", "none")
NOT_SUBMITTED = Badge("Tidak diajukan", "circle-dashed", "empty")
# once the package has left, what was not handed up stays behind and nothing waits for the coordinator
FOR_SENT: dict[str, Badge] = {
    **FOR_READER,
    AnswerStatus.SUBMITTED: Badge("Diajukan", "send", "submitted"),
    AnswerStatus.RETURNED: Badge("Dikembalikan untuk diperbaiki", "undo-2", "returned"),
}
OF_CYCLE: dict[str, Badge] = {
    CycleStatus.PREPARATION: Badge("Persiapan", "list-checks", "draft"),
    CycleStatus.FILLING: Badge("Pengisian", "pencil-line", "draft"),
    CycleStatus.SUBMITTED: Badge("Diserahkan", "send", "submitted"),
    CycleStatus.VERIFICATION: Badge("Verifikasi", "search-check", "accepted"),
    CycleStatus.PROPOSED: Badge("Hasil diusulkan", "file-clock", "submitted"),
    CycleStatus.FINALISED: Badge("Hasil ditetapkan", "file-check", "good"),
    CycleStatus.ANNOUNCED: Badge("Diumumkan", "award", "good"),
    CycleStatus.CANCELLED: Badge("Dibatalkan", "ban", "none"),
}
OF_PROBLEM: dict[str, Badge] = {
    ProblemStatus.OPEN: Badge("Belum ditanggapi", "circle-dashed", "draft"),
    ProblemStatus.RESPONDED: Badge("Ditanggapi, menunggu verifikator", "message-circle", "submitted"),
    ProblemStatus.RESOLVED: Badge("Selesai", "circle-check", "good"),
}
ANSWERED_LATE: dict[str, Badge] = {
    ProblemStatus.RESPONDED: Badge("Ditanggapi terlambat, menunggu verifikator", "message-circle", "submitted"),
    ProblemStatus.RESOLVED: Badge("Selesai, ditanggapi terlambat", "circle-check", "good"),
}
COMPLETE_DRAFT = Badge("Draf lengkap", "pencil-line", "draft")
NONE_AT_ALL = Badge("Tidak ada", "ban", "none")
NOT_APPLICABLE = Badge("Tidak berlaku", "circle-slash", "none")
UNDECIDED_EXCEPTION = Badge("Tidak berlaku, menunggu verifikator", "hourglass", "none")
UNDECIDED = (AnswerStatus.SUBMITTED, AnswerStatus.ACCEPTED)

# Four petals make a flower: left above, right above, right below, left below
FLOWER = (
    "M11.4 11.4C6 11.4 1.8 8 1.8 1.8C8 1.8 11.4 6 11.4 11.4Z",
    "M12.6 11.4C12.6 6 16 1.8 22.2 1.8C22.2 8 18 11.4 12.6 11.4Z",
    "M12.6 12.6C18 12.6 22.2 16 22.2 22.2C16 22.2 12.6 18 12.6 12.6Z",
    "M11.4 12.6C11.4 18 8 22.2 1.8 22.2C1.8 16 6 12.6 11.4 12.6Z",
)
SIDE = 24  # of a flower
PETAL = '<path class="petal p-{}" d="{}" transform="translate({} {})"/>'
DIGITS = 16  # of a hash in one group
NO_PETAL = "empty"
FROM_DONE_TO_EMPTY = (
    AnswerStatus.VERIFIED,
    AnswerStatus.ACCEPTED,
    AnswerStatus.SUBMITTED,
    AnswerStatus.READY,
    AnswerStatus.RETURNED,
    AnswerStatus.DRAFT,
    NO_PETAL,
)


@register.simple_tag
def answer_badge(answer: Answer, reader: str = "agency", lacks: Sequence | None = None) -> SafeString:
    """The status of an answer, in the words of the agency, of whoever reads it, or of a package that was sent.

    A draft that is known to lack nothing, because `lacks` was worked out and is empty, is called complete.
    """
    state = _state(answer, reader)
    if state == NO_PETAL:
        return _drawn(NOT_SUBMITTED if answer.never_handed_over or reader == "sent" else EMPTY)
    if state == AnswerStatus.DRAFT and lacks is not None and not lacks and reader == "agency":
        return _drawn(COMPLETE_DRAFT)
    return _drawn(_words_for(reader)[state])


@register.simple_tag
def not_submitted_badge() -> SafeString:
    """What no package carries, whatever became of it afterwards."""
    return _drawn(NOT_SUBMITTED)


@register.simple_tag
def not_sent_again_badge() -> SafeString:
    """What came back to its agency and was not sent again while it could be."""
    return _drawn(NOT_SENT_AGAIN)


@register.simple_tag
def form_badge(content, status: str = "") -> SafeString:
    """What was answered in place of a value: nothing of the kind, or that it does not apply and is not decided yet."""
    if content.form == AnswerKind.NONE:
        return _drawn(NONE_AT_ALL)
    if content.form == AnswerKind.NOT_APPLICABLE:
        return _drawn(UNDECIDED_EXCEPTION if status in UNDECIDED else NOT_APPLICABLE)
    return SafeString("")


@register.inclusion_tag("components/_cloth.html")
def cloth(answers: Sequence[Answer], in_a_row: int = 3, reader: str = "agency") -> dict:
    """The cloth of these answers: a petal for each, four to a flower, so many flowers in a row."""
    flowers = -(-len(answers) // len(FLOWER))
    petals = (_petal(_state(answer, reader), place, in_a_row) for place, answer in enumerate(answers))
    paths = SafeString("".join(petals))
    rows = -(-flowers // in_a_row)
    return {"paths": paths, "width": SIDE * min(flowers, in_a_row), "height": SIDE * rows}


@register.inclusion_tag("components/_cloth_legend.html")
def cloth_legend(answers: Sequence[Answer], reader: str = "agency") -> dict:
    """How many petals there are of each state, from done to empty."""
    counts = Counter(_state(answer, reader) for answer in answers)
    over = reader == "sent" or any(answer.never_handed_over for answer in answers)
    words = {NO_PETAL: NOT_SUBMITTED if over else EMPTY, **_words_for(reader)}
    lines = [
        LegendLine(state, FLOWER[0], counts[state], words[state].word[:1].lower() + words[state].word[1:])
        for state in FROM_DONE_TO_EMPTY
        if counts[state]
    ]
    return {"lines": lines}


@register.simple_tag
def cycle_badge(cycle: Cycle) -> SafeString:
    """The status of a cycle."""
    return _drawn(OF_CYCLE[cycle.status])


@register.simple_tag
def problem_badge(problem: Problem, at: dt.datetime) -> SafeString:
    """The status of a problem; overdue and due soon are facts of dates."""
    if problem.overdue(at):
        return _drawn(Badge("Tanggapan ditunggu, lewat tenggat", "octagon-alert", "stop"))
    if problem.due_soon(at):
        return _drawn(Badge("Segera ditanggapi", "alarm-clock", "ready"))
    if problem.answered_late and problem.status in ANSWERED_LATE:
        return _drawn(ANSWERED_LATE[problem.status])
    return _drawn(OF_PROBLEM[problem.status])


@register.inclusion_tag("assessment/problems/_open_problems.html")
def open_problems(user: User, cycle: Cycle) -> dict[str, QuerySet[Problem]]:
    """What the regency of a cycle left unanswered, for whoever decides on its result or award."""
    rows = Problem.objects.visible_to(user).unanswered().filter(region=cycle.region_id)
    return {"problems": rows.select_related("region")}


@register.inclusion_tag("assessment/awards/_award_state.html")
def award_of(cycle: Cycle) -> dict[str, AwardState | None]:
    """What became of the award of a year; every page of its cycle says so."""
    return {"state": award_state(cycle)}


@register.inclusion_tag("assessment/offices/_office_meter.html")
def office_meter(row: OfficeRow) -> dict[str, OfficeRow]:
    """How far a regency is, as three bars."""
    return {"row": row}


@register.inclusion_tag("assessment/board/_chart.html")
def rights_chart(dossier: Dossier) -> dict[str, Chart]:
    """The chart of a dossier's rights: verified scores where they may be seen, else the self scores."""
    totals = dossier.totals
    return {"chart": chart_of(dossier.rights, totals.threshold, verified=totals.verified_score is not None)}


@register.simple_tag
def dossier_offered(user, cycle: Cycle) -> bool:
    """Whether this person can have a dossier made of the cycle now."""
    return offered(user, cycle)


@register.filter
def code_of(issued: IssuedDocument) -> str:
    """The code that an issued document bears on each page and sheet."""
    return document_code(issued.cycle.region.code, issued.cycle.assessment_year, issued.snapshot.sha256)


@register.filter
def unlocalized(value: Decimal) -> str:
    """Write a number for a picture's coordinates: with a dot, whatever the page's language."""
    return format(value.normalize(), "f")


@register.filter
def sixteens(digest: str) -> str:
    """Write a hash in groups of sixteen characters, as it is compared by eye."""
    return " ".join(digest[place : place + DIGITS] for place in range(0, len(digest), DIGITS))


@register.filter
def right_name(code: str, rights) -> str:
    """The short name of the right that has this code."""
    return next((right.short_name for right in rights if right.code == code), code)


def _drawn(state: Badge) -> SafeString:
    return badge(state.word, state.icon, state.pair)


def _words_for(reader: str) -> dict[str, Badge]:
    return {"agency": FOR_AGENCY, "sent": FOR_SENT}.get(reader, FOR_READER)


def _state(answer: Answer, reader: str = "agency") -> str:
    """The status, or that nothing was filled in: a fact and not a status.

    In a package that has left, what the board calls closed stands as its last submission does, or as empty.
    """
    if reader == "sent" and answer.closed:
        return AnswerStatus.SUBMITTED if answer.last_submission_id else NO_PETAL
    if answer.never_handed_over:
        return NO_PETAL
    if answer.decided_for_good:
        return AnswerStatus.VERIFIED
    return NO_PETAL if answer.form == "" and answer.status == AnswerStatus.DRAFT else answer.status


@cache
def _petal(state: str, place: int, in_a_row: int) -> SafeString:
    """One indicator on the cloth: its state, its shape, and where its flower stands; drawn once for each of these."""
    flower, leaf = divmod(place, len(FLOWER))
    return format_html(PETAL, state, FLOWER[leaf], SIDE * (flower % in_a_row), SIDE * (flower // in_a_row))
