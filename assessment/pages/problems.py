"""What the register of human-rights problems shows: its list, and one problem with what may be done about it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page
from django.urls import reverse

from accounts.models import Region, User
from accounts.parts import Button, Fact
from accounts.words import day, short_moment, weekday_moment
from assessment.enums import CycleStatus
from assessment.forms.problems import GroundForm
from assessment.models import Problem, ProblemGround
from assessment.pages.next_steps import NONE, NextStep

EVERYTHING = "semua"
RESPOND = NextStep("Tanggapan ditunggu.", "#tanggapi", "Tanggapi")
JUDGE = NextStep("Sudah ditanggapi: cukup, atau dibuka lagi?", "#nilai", "Nilai tanggapan")
NONE_CHOSEN = Fact("Tidak ada dalam saringan ini", "Pilih keadaan atau kabupaten/kota lain.")
NONE_YET = Fact(
    "Tidak ada permasalahan",
    "Peristiwa yang memerlukan tanggapan pemerintah daerah dicatat di sini, dengan tenggat dan bukti tanggapannya.",
)


def list_above() -> tuple[str, str]:
    """The register, as the page above."""
    return reverse("problem-list"), "Permasalahan HAM"


def problem_above(problem: Problem) -> tuple[str, str]:
    """A problem, as the page above."""
    return reverse("problem-detail", args=[problem.pk]), str(problem)


@dataclass(frozen=True)
class Filter:
    """One filter of the list: its key, its words, how many it shows, and whether it is chosen."""

    key: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class ProblemList:
    """The register as one person sees it."""

    page: Page
    now: dt.datetime
    state: str
    filters: Sequence[Filter]
    region: Region | None
    regions: Sequence[Region]
    places: Sequence[Region]  # in which the person registers problems

    @property
    def narrowed(self) -> bool:
        """Whether a filter was chosen."""
        return bool(self.region) or self.state != EVERYTHING

    @property
    def filtering(self) -> bool:
        """Whether there is anything to filter."""
        return self.narrowed or any(row.count for row in self.filters if row.key == EVERYTHING)

    @property
    def of_many(self) -> bool:
        """Whether there are several regencies to choose from."""
        return len(self.regions) > 1

    @property
    def choices(self) -> list[tuple[Region, bool]]:
        """Each regency, and whether it is the chosen one."""
        return [(row, row == self.region) for row in self.regions]

    @property
    def entry(self) -> Button:
        """Where a problem is entered: at once where there is one regency."""
        one = self.places[0].pk if len(self.places) == 1 else None
        url = reverse("problem-add", args=[one]) if one else reverse("problem-new")
        return Button("Catat permasalahan", url, icon="plus")

    @property
    def nothing(self) -> Fact:
        """What stands where there is none, or none in what was chosen."""
        return NONE_CHOSEN if self.narrowed else NONE_YET

    @property
    def all_url(self) -> str:
        """Where all are shown, if not here."""
        return reverse("problem-list") if self.narrowed else ""


@dataclass(frozen=True)
class MarkedYear:
    """A year whose award the problem may bring down: what was said of it, and what may be done."""

    title: str
    reason: str
    about: str
    heading: str
    ended: str  # the year, where its award fell over this problem
    url: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class ProblemPage:
    """A problem as one person sees it."""

    problem: Problem
    user: User
    steps: dict[str, str]
    responses: Iterable
    grounds: Sequence[ProblemGround]
    awarded: set[int]
    ended: set[int]
    no_grounds: str
    grounding: GroundForm
    now: dt.datetime

    @property
    def up(self) -> tuple[str, str]:
        """The page above."""
        return list_above()

    @property
    def zone(self) -> str:
        """The zone of the regency."""
        return self.problem.region.zone

    @property
    def next(self) -> NextStep:
        """What to do next."""
        if self.responds:
            return RESPOND
        return JUDGE if "resolve" in self.steps else NONE

    @property
    def responds(self) -> bool:
        """Whether the person answers now."""
        return "respond" in self.steps

    @property
    def late(self) -> bool:
        """Whether the hour for an answer is over."""
        return self.problem.due_at < self.now

    @cached_property
    def judges(self) -> bool:
        """Whether the person is the one who judges answers."""
        return self.user.has_perm("assessment.judge_problem", self.problem)

    @property
    def judging(self) -> list[Button]:
        """What the reviewer says to the last answer."""
        if "resolve" not in self.steps:
            return []
        pk = self.problem.pk
        return [
            Button("Nyatakan selesai", reverse("problem-step", args=[pk, "resolve"]), "next btn-block", "circle-check"),
            Button("Buka lagi", reverse("problem-reopen", args=[pk]), "line btn-block", "undo-2"),
        ]

    @property
    def facts(self) -> list[Fact]:
        """What was registered."""
        problem = self.problem
        by = f"{problem.registered_by.name}, {short_moment(problem.registered_at, self.zone)}"
        return [
            Fact("Sumber", problem.source),
            Fact("Terjadi", day(problem.happened_on)),
            Fact("Diterima", day(problem.received_on)),
            Fact("Ditangani oleh", problem.agency.name),
            Fact("Tenggat tanggapan", weekday_moment(problem.due_at, self.zone)),
            Fact("Bentuk umum", problem.public_summary),
            Fact("Dicatat", by),
        ]

    @cached_property
    def marked(self) -> list[MarkedYear]:
        """The years whose award the problem may bring down."""
        return [self._marked(ground) for ground in self.grounds]

    @property
    def told_no_grounds(self) -> str:
        """Why it cannot bring an award down, unless somebody has just tried."""
        return "" if self.grounding.is_bound else self.no_grounds

    @property
    def markable(self) -> bool:
        """Whether there is a year left that could be marked."""
        return bool(self.grounding.fields["cycle"].queryset)

    @property
    def unmarkable(self) -> str:
        """That there is no year left that could be marked."""
        return f"{'Tidak ada penghargaan lain' if self.grounds else 'Belum ada penghargaan'} yang dapat gugur"

    def _marked(self, ground: ProblemGround) -> MarkedYear:
        year, ended = ground.cycle.assessment_year, ground.cycle_id in self.ended
        told = f"Penghargaan {year} berakhir karena permasalahan ini"
        return MarkedYear(
            title=told if ended else f"Dasar pencabutan penghargaan {year}",
            reason=ground.reason,
            about=f"({ground.marked_by.name}, {short_moment(ground.marked_at, self.zone)})",
            heading=f"Penghargaan {year}",
            ended=str(ground.cycle) if ended else "",
            url=reverse("board", args=[ground.cycle_id]),
            buttons=tuple(self._acts_on(ground)),
        )

    def _acts_on(self, ground: ProblemGround) -> Iterable[Button]:
        if ground.cycle_id in self.awarded:
            yield Button("Catat pencabutan", reverse("award-revoke", args=[ground.pk]), "line btn-block")
        if ground.cycle.status == CycleStatus.FINALISED:
            yield Button("Catat gugur sebelum ditetapkan", reverse("award-lapse", args=[ground.pk]), "line btn-block")
        yield Button("Hapus tanda", reverse("problem-ground-lift", args=[ground.pk]), "plain btn-block")
