"""How far a regency is: agencies by rights, filled, submitted, accepted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.utils import timezone

from accounts.models import Agency
from assessment.enums import AnswerStatus, CycleStatus
from assessment.facts.clocks import Clocks
from assessment.facts.completeness import citations_of, lacks
from assessment.facts.verdicts import decided
from assessment.models import Answer, Assignment, Cycle
from indicators.models import Right
from indicators.remembered import remembered_parts

SUBMITTED = (AnswerStatus.SUBMITTED, AnswerStatus.ACCEPTED, AnswerStatus.VERIFIED)
ACCEPTED = (AnswerStatus.ACCEPTED, AnswerStatus.VERIFIED)
SHADES = 4


@dataclass
class Tally:
    """How many indicators there are, and how many of them are filled, submitted, accepted, returned."""

    total: int = 0
    filled: int = 0
    submitted: int = 0
    accepted: int = 0
    returned: int = 0

    @classmethod
    def of(cls, answer: Answer, *, complete: bool, closed: bool = False) -> Self:
        """Count one answer (docs/aturan.md, "Lengkap dan terisi").

        One whose return has run out, or that was drafted anew when the package left (`closed`), counts by its last
        submission and no longer asks for action.
        """
        sent = answer.last_submission_id is not None and (answer.status in SUBMITTED or closed)
        accepted = sent and answer.status in ACCEPTED
        returned = answer.status == AnswerStatus.RETURNED and not closed
        return cls(1, int(sent or complete), int(sent), int(accepted), int(returned))

    def add(self, other: "Tally") -> None:
        """Count what another one has counted."""
        self.total += other.total
        self.filled += other.filled
        self.submitted += other.submitted
        self.accepted += other.accepted
        self.returned += other.returned

    @property
    def shade(self) -> int:
        """How dark the cell is: 0 nothing submitted, 4 everything, and what lies between in between."""
        if not self.submitted:
            return 0
        return SHADES if self.submitted == self.total else 1 + (SHADES - 1) * self.submitted // self.total

    @property
    def fraction(self) -> str:
        """Submitted of all, as it stands in a cell."""
        return f"{self.submitted}/{self.total}"

    @property
    def words(self) -> str:
        """Everything that the cell counts, in words."""
        return f"{self.filled} terisi, {self.submitted} diajukan, {self.accepted} lolos dari {self.total}"

    @property
    def left(self) -> int:
        """How many were not submitted yet."""
        return self.total - self.submitted


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """Return what several count together."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


@dataclass
class Row:
    """One agency: its tallies by right code, and its sum."""

    agency: Agency
    cells: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    sum: Tally = field(default_factory=Tally)
    empty: bool = False  # nobody there can fill anything, so that the coordinator answers on its behalf


@dataclass(frozen=True)
class Part:
    """One right of the year: its answers in the order of their numbers."""

    right: Right
    answers: list[Answer]
    submitted: int


@dataclass(frozen=True)
class Board:
    """The completeness board of one cycle."""

    cycle_id: int
    rights: list[Right]
    rows: list[Row]
    sum: Tally
    without_owner: list[Answer]
    answers: list[Answer]
    by_right: dict[str, Tally]
    decided: int  # how many have the reviewer's decision: also what was asked for again and never came back
    sent: bool = False

    @property
    def reader(self) -> str:
        """In whose words the states are told: while it is filled, or once the package has left."""
        return "sent" if self.sent else "reader"

    @property
    def handed_over(self) -> int:
        """How many were submitted, those included that came back for correction or came first in a round."""
        return sum(answer.last_submission_id is not None for answer in self.answers)

    @property
    def nobody(self) -> bool:
        """Whether some agency has nobody who could fill its answers."""
        return any(row.empty for row in self.rows)

    @property
    def parts(self) -> list[Part]:
        """The year right by right, each with its answers."""
        answers = defaultdict(list)
        for answer in self.answers:
            answers[answer.indicator.right_id].append(answer)
        return [Part(right, answers[right.pk], self.by_right[right.code].submitted) for right in self.rights]

    def cells_of(self, row: Row) -> list[tuple[Right, Tally | None]]:
        """The agency's cells in the order of the rights; None where it has no indicator."""
        return [(right, row.cells.get(right.code)) for right in self.rights]


def board_of(cycle: Cycle, clocks: Clocks | None = None, at: dt.datetime | None = None) -> Board:
    """Read the board of a cycle, in a fixed number of queries however many agencies and answers there are."""
    at, clocks = at or timezone.now(), clocks or Clocks.of(cycle)
    answers = list(Answer.objects.filter(cycle=cycle).with_indicator().annotate(is_decided=decided()))
    cited = citations_of(answers)
    owners = dict(Assignment.objects.responsible().filter(cycle=cycle).values_list("indicator_id", "agency_id"))
    there = Agency.objects.filter(region=cycle.region_id).order_by()
    agencies: dict[int | None, Agency] = {agency.pk: agency for agency in there}
    rows: dict[int, Row] = {}
    empty = _without_people(cycle)
    by_right = defaultdict[str, Tally](Tally)
    orphans: list[Answer] = []
    for answer in answers:
        answer.closed = clocks.closed(answer, at)
        counted = Tally.of(answer, complete=not lacks(answer, cited[answer.pk]), closed=answer.closed)
        code = answer.indicator.right.code
        by_right[code].add(counted)
        agency = agencies.get(owners.get(answer.indicator_id))
        if agency is None:
            orphans.append(answer)
            continue
        if agency.pk not in rows:
            rows[agency.pk] = Row(agency, empty=agency.pk in empty)
        rows[agency.pk].cells[code].add(counted)
    for row in rows.values():
        row.sum = sum_of(row.cells.values())
    ordered = sorted(rows.values(), key=lambda row: (-row.sum.left, row.agency.name))
    rights = list(remembered_parts(cycle.revision_id).rights)
    fixed = sum(answer.is_decided for answer in answers)
    return Board(
        cycle.pk, rights, ordered, sum_of(by_right.values()), orphans, [*answers], by_right, fixed, sent=cycle.sent
    )


def _without_people(cycle: Cycle) -> set[int]:
    if cycle.status != CycleStatus.FILLING:
        return set()
    return set(Agency.objects.filter(region=cycle.region_id).without_people().values_list("pk", flat=True))
