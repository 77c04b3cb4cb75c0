"""What the check of a submission says and offers: rows of the list, facts and documents of one, the two decisions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.parts import Button, Fact, Said
from accounts.sure import sure
from accounts.words import number, short_moment
from assessment.enums import AnswerKind, AnswerStatus
from assessment.facts.value_words import value_words
from assessment.models import Answer, Submission
from assessment.pages.required_documents import Slot

MISSING = Said("Belum ada", "returned", "circle-alert")
THERE = Said("Ada", "good", "check")
NOT_ATTACHED = Said("Tidak dilampirkan", "empty", "circle-dashed")


@dataclass(frozen=True)
class CheckRow:
    """One submission in the list, with what is needed to let it pass from there."""

    answer: Answer
    url: str
    picked: bool
    value: str
    cited: str
    at: str
    marks: tuple[Said, ...]

    @property
    def submission(self) -> Submission:
        """What is let pass."""
        return sure(self.answer.last_submission)

    @property
    def agency(self) -> str:
        """Whose it is."""
        return self.submission.agency.short_name

    @property
    def reason(self) -> str:
        """Why the agency answered so."""
        return self.submission.reason

    @property
    def apart(self) -> str:
        """The word for the script: what lacks something is not ticked along with all."""
        return "apart" if self.submission.missing else ""


@dataclass(frozen=True)
class CheckRows:
    """The rows of one agency or right, and where the complete ones come ticked; nowhere for the only group."""

    key: str
    title: str
    rows: tuple[CheckRow, ...]
    pick_url: str


@dataclass(frozen=True)
class CheckChip:
    """One state of the list: words, how many, and its address."""

    words: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class CheckPager:
    """The submissions before and after one, and which of the list it is; 0 where it is not in it."""

    previous: Button | None
    following: Button | None
    place: int
    count: int


@dataclass(frozen=True)
class Passing:
    """The decision to let a submission pass: what blocks it, or where it is sent."""

    refusal: str
    action: str
    read: int
    own_work: bool
    incomplete: bool


@dataclass(frozen=True)
class SendingBack:
    """The decision to send an answer back: what blocks it, and where the notes are sent; typed ones stay in sight."""

    refusal: str
    action: str
    read: int
    waiting: bool
    typed: bool

    @property
    def blocked(self) -> bool:
        """Whether there is nothing but the reason why not."""
        return bool(self.refusal) and not self.typed


def chips_of(waiting) -> list[CheckChip]:
    """Return the states of a list."""
    url = reverse("check-list", args=[waiting.cycle.pk])
    return [
        CheckChip(words, count, _with(url, query), key == waiting.state) for key, words, count, query in waiting.states
    ]


def rows_of(waiting, picked: Collection[int]) -> list[CheckRows]:
    """Return the rows of a list, by agency or by right."""
    several = waiting.tickable and len(waiting.groups) > 1
    return [
        CheckRows(
            group.key,
            group.title,
            tuple(_row(waiting, answer, answer.pk in picked) for answer in group.rows),
            pick_url_of(waiting, group.key) if several else "",
        )
        for group in waiting.groups
    ]


def pick_url_of(waiting, which: str) -> str:
    """Return the address at which the complete ones of a group, or of all, come ticked."""
    return f"?{waiting.query}&pilih={which}" if waiting.query else f"?pilih={which}"


def facts_of(check) -> list[Fact]:
    """Return what stands in a submission, and how it passed."""
    return [fact for fact in _facts(check) if fact.value]


def state_of(slot: Slot) -> Said | None:
    """Return whether a document is there, with the pair of colours as its tone; None where none belongs."""
    if slot.missing:
        return MISSING
    if slot.citations:
        return THERE
    return NOT_ATTACHED if slot.needed else None


def passing_of(check, query: str) -> Passing | None:
    """Return the decision to let it pass; None where the answer is in no state for it."""
    if "accept" not in check.steps:
        return None
    action = _with(reverse("check-accept", args=[check.answer.pk]), query)
    submission = check.submission
    return Passing(check.steps["accept"], action, submission.pk, check.own_work, bool(submission.missing))


def sending_back_of(check, query: str, *, typed: bool) -> SendingBack | None:
    """Return the decision to send it back; None where the answer is in no state for it and nothing was typed."""
    if "return" not in check.steps and not typed:
        return None
    action = _with(reverse("check-return", args=[check.answer.pk]), query) + "#kembalikan"
    read = check.submission.pk if check.submission else 0
    waiting = check.answer.status == AnswerStatus.SUBMITTED
    return SendingBack(check.steps.get("return", ""), action, read, waiting, typed)


def undecidable(check) -> str:
    """Return that nothing can be decided; nothing where something can."""
    if "return" in check.steps:
        return ""
    return f"Tidak ada yang dapat diputuskan selama status {check.answer.get_status_display().lower()}."


def pager_of(waiting, answer: Answer) -> CheckPager:
    """Return what leads to the submissions beside this one."""
    before, after = waiting.around(answer)
    previous = Button("Sebelumnya", waiting.url_of(before), "line btn-sm", icon="arrow-left") if before else None
    following = Button("Berikutnya", waiting.url_of(after), "line btn-sm", icon_after="arrow-right") if after else None
    return CheckPager(previous, following, waiting.place_of(answer), len(waiting.rows))


def _row(waiting, answer: Any, picked: bool) -> CheckRow:
    said = sure(answer.last_submission)
    value, at = value_words(said, answer.indicator), short_moment(said.submitted_at, waiting.cycle.region.zone)
    cited, marks = f"{answer.cited} dokumen", tuple(_marks(waiting, answer))
    return CheckRow(answer, waiting.url_of(answer), picked, value, cited, at, marks)


def _marks(waiting, answer: Any) -> Iterable[Said]:
    said = sure(answer.last_submission)
    if said.missing:
        yield Said(f"Kurang: {'; '.join(said.missing)}", "warn", "circle-alert")
    if answer.came_back:
        yield Said("Sudah diperbaiki", "tag")
    if said.submitted_by_id == waiting.user.pk:
        yield Said("Anda yang mengisi", "tag")


def _facts(check) -> Iterable[Fact]:
    said, indicator, zone = check.submission, check.answer.indicator, check.answer.cycle.region.zone
    if said.form == AnswerKind.VALUE and indicator.answer_type == "ratio":
        yield Fact("Pembilang", number(said.numerator), (Said(indicator.numerator, "muted"),))
        yield Fact("Penyebut", number(said.denominator), (Said(indicator.denominator, "muted"),))
    at = short_moment(said.submitted_at, zone)
    yield Fact("Diajukan", f"{said.submitted_by.name} ({said.submitted_as}), {at}")
    yield Fact("Pengisi", f"Diisi koordinator untuk {said.agency}" if said.on_behalf else "")
    yield Fact("Alasan", said.reason)
    yield Fact("Catatan", said.note)
    if check.accepted:
        at = short_moment(check.accepted.decided_at, zone)
        own = (Said("diperiksa oleh pengisinya", "tag"),) if check.accepted.own_work else ()
        yield Fact("Pra-verifikasi", f"Lolos, {check.accepted.decided_by.name}, {at}", own)


def _with(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url
