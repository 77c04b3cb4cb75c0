"""The answers of a cycle as a list, by agency and right: where the board's cells lead."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, User
from accounts.text import whole_number
from accounts.words import number
from assessment.enums import AnswerStatus
from assessment.facts.assignments import responsible_agencies
from assessment.facts.clocks import Clocks
from assessment.facts.value_words import value_words
from assessment.facts.verdicts import settle, verdicts_of
from assessment.models import Answer, Cycle, Review
from indicators.models import Right
from indicators.remembered import remembered_parts

EMPTY, UNSENT = "empty", "unsent"  # facts and not statuses
STATES = {
    EMPTY: "Belum diisi",
    UNSENT: "Tidak diajukan",
    **{status.value: status.label for status in AnswerStatus},
    AnswerStatus.READY.value: "Menunggu Kepala OPD",  # as the badges say it to whoever reads
    AnswerStatus.RETURNED.value: "Dikembalikan",
}


class Score(NamedTuple):
    """Points that are known, or known to be none."""

    points: Decimal | None


@dataclass(frozen=True)
class ListedAnswer:
    """One answer of the list: whose it is, the decision that stands, and the state that it is counted under."""

    answer: Answer
    owner: str
    review: Review | None
    state: str
    url: str

    @property
    def points(self) -> Score | None:
        """What it is worth: as decided, else as submitted; None where it was never submitted."""
        said = self.review or self.answer.last_submission
        return Score(said.points) if said else None

    @property
    def facts(self) -> list[str]:
        """Whose it is, what was submitted, and its self score where the decision is another."""
        said = self.answer.last_submission
        if said is None:
            return [self.owner]
        changed = self.review is not None and self.review.points != said.points
        own = [f"nilai mandiri {number(said.points)}"] if changed else []
        return [self.owner, value_words(said, self.answer.indicator), *own]


@dataclass(frozen=True)
class AnswerList:
    """The answers that fit what was asked for, with what else can be asked for."""

    cycle: Cycle
    found: list[ListedAnswer]
    agencies: list[Agency]
    rights: list[Right]
    agency: Agency | None = None
    right: Right | None = None
    state: str = ""
    counts: Counter = field(default_factory=Counter)

    @property
    def rows(self) -> list[ListedAnswer]:
        """The answers in the state that was asked for, or all."""
        return [row for row in self.found if not self.state or row.state == self.state]

    @property
    def heading(self) -> str:
        """Whose answers are listed, and of which right."""
        whose = self.agency.name if self.agency else "Semua perangkat daerah"
        return f"{whose} · {self.right.short_name.lower()}" if self.right else whose

    @property
    def agency_choices(self) -> list[tuple[str, str, bool]]:
        """Value and words of each agency, and whether it was asked for."""
        return [(str(row.pk), row.short_name, row == self.agency) for row in self.agencies]

    @property
    def right_choices(self) -> list[tuple[str, str, bool]]:
        """Value and words of each right, and whether it was asked for."""
        return [(row.code, row.short_name, row == self.right) for row in self.rights]

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """Key, words and number of each state that some answer is in, or that was asked for."""
        return [
            (key, words, self.counts[key]) for key, words in STATES.items() if self.counts[key] or key == self.state
        ]

    @property
    def every(self) -> int:
        """How many answers there are in all states."""
        return len(self.found)

    @property
    def reader(self) -> str:
        """In whose words the states are told: while it is filled, or once the package has left."""
        return "sent" if self.cycle.sent else "reader"


def answer_list_of(cycle: Cycle, user: User, asked: Mapping[str, str]) -> AnswerList:
    """Return what a person may see of a cycle's answers; `asked` are opd (an id), hak (a code), keadaan (a state)."""
    agencies = list(responsible_agencies(cycle).order_by("short_name"))
    rights = list(remembered_parts(cycle.revision_id).rights)
    agency = next((row for row in agencies if row.pk == whole_number(asked.get("opd"))), None)
    right = next((row for row in rights if row.code == asked.get("hak")), None)
    state = asked.get("keadaan", "")
    state = state if state in STATES else ""
    found = _found(cycle, user, agency, right, {row.pk: row.short_name for row in agencies})
    counts = Counter(row.state for row in found)
    return AnswerList(cycle, found, agencies, rights, agency, right, state, counts)


def _found(
    cycle: Cycle, user: User, agency: Agency | None, right: Right | None, names: Mapping[int | None, str]
) -> list[ListedAnswer]:
    rows = Answer.objects.visible_to(user).filter(cycle=cycle).with_owner().with_indicator()
    if agency:
        rows = rows.of_agencies([agency.pk])
    if right:
        rows = rows.filter(indicator__right=right)
    answers = list(rows.select_related("last_submission"))
    checks = bool(answers) and user.has_perm("assessment.manage_cycle", cycle)
    standing = verdicts_of(cycle).standing if cycle.fixed else {}
    settle(answers, standing)
    clocks, at = Clocks.of(cycle), timezone.now()
    for answer in answers:
        answer.closed = clocks.closed(answer, at)
    return [
        ListedAnswer(
            answer,
            names.get(answer.owner_id, "tanpa pengampu"),
            standing.get(answer.pk),
            _state(answer),
            _url(answer, checks=checks),
        )
        for answer in answers
    ]


def _url(answer: Answer, *, checks: bool) -> str:
    name = "check-detail" if checks and answer.status == AnswerStatus.SUBMITTED else "answer-detail"
    return reverse(name, args=[answer.pk])


def _state(answer: Answer) -> str:
    if answer.never_handed_over:
        return UNSENT
    if answer.decided_for_good:
        return AnswerStatus.VERIFIED
    if answer.closed:
        return AnswerStatus.SUBMITTED if answer.last_submission_id else UNSENT
    return EMPTY if answer.status == AnswerStatus.DRAFT and not answer.form else answer.status
