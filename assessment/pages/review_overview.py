"""What the overview of a verification says: how far it is, right by right, and what may be done with it as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.parts import Button, Fact, Said
from accounts.words import day, score, weekday_moment
from assessment.enums import CycleStatus
from assessment.models import Bonus, Cycle, Package, Result
from assessment.pages.next_steps import NONE, NextStep
from assessment.pages.results import Proposing, Recorded, proposing_of, recorded_of
from assessment.pages.review_list import Room
from assessment.pages.rounds import RoundRow, Running, rounds_of, running_of
from assessment.scoring import Scorecard

FIXED = "Nilai yang ditetapkan, tanpa bonus."
PROPOSED = "Nilai yang diusulkan, tanpa bonus."
ALL_DECIDED = "Nilai sementara, tanpa bonus: semua sudah diputuskan, belum diusulkan."
UNDECIDED = "Nilai sementara: yang belum diputuskan dihitung 0."


@dataclass(frozen=True)
class Sum:
    """A sum that somebody can act on: so many, of so many, of what, and where."""

    count: int
    words: str
    of: int | None = None
    button: Button | None = None
    alarm: bool = False


@dataclass(frozen=True)
class RightLine:
    """One right: where one begins with it, how many are decided and count, and its score."""

    name: str
    url: str
    decided: str
    counted: int
    score: str


@dataclass(frozen=True)
class ReviewOverview:
    """A verification as its reviewer sees it."""

    room: Room
    steps: Mapping[str, str]
    returned: Sequence[Result]
    following: NextStep | None
    entered: Bonus | None
    scorecard: Scorecard

    @property
    def cycle(self) -> Cycle:
        """The year."""
        return self.room.cycle

    @property
    def up(self) -> tuple[str, str]:
        """The page above."""
        return reverse("board", args=[self.cycle.pk]), str(self.cycle)

    @property
    def next(self) -> NextStep:
        """What to do next."""
        return self.following or NONE

    @property
    def given_back(self) -> Result | None:
        """The proposal that was given back last, while it can be answered."""
        return self.returned[0] if self.returned and self._verifying else None

    @property
    def sums(self) -> list[Sum]:
        """How far it is."""
        return list(self._sums())

    @property
    def running(self) -> Running | None:
        """The round that runs."""
        return running_of(self.room)

    @property
    def rounds(self) -> list[RoundRow]:
        """Every round."""
        return rounds_of(self.room)

    @property
    def about_scores(self) -> str:
        """What the scores are worth."""
        if self.cycle.fixed:
            return FIXED
        if self.cycle.status == CycleStatus.PROPOSED:
            return PROPOSED
        return ALL_DECIDED if self.room.decided == len(self.room.items) else UNDECIDED

    @property
    def rights(self) -> list[RightLine]:
        """Each right."""
        of = {row.right: row for row in self.scorecard.rights}
        return [
            RightLine(
                name=right.name,
                url=self._at("review-detail", entry.answer.pk),
                decided=f"{decided} dari {total}",
                counted=of[right.code].counted,
                score=score(of[right.code].score) if decided else "–",
            )
            for right, decided, total, entry in self.room.entries
        ]

    @property
    def decided(self) -> str:
        """How many of all are decided."""
        return f"{self.room.decided} dari {len(self.room.items)}"

    @property
    def bonus(self) -> Recorded:
        """The bonus."""
        return recorded_of(self.entered, self.cycle)

    @property
    def proposing(self) -> Proposing:
        """What became of the proposal."""
        return proposing_of(self.cycle, self.steps)

    @property
    def _verifying(self) -> bool:
        return self.cycle.status == CycleStatus.VERIFICATION

    def _sums(self) -> Iterable[Sum]:
        room, first = self.room, self._at("review-detail", self.room.items[0].answer.pk)
        opening = Button("Buka daftar indikator", first, "line btn-sm")
        yield Sum(room.decided, "indikator sudah diputuskan", len(room.items), opening)
        if self._verifying and room.missing:
            at_once = Button("Putuskan sekaligus", self._at("review-not-filled", self.cycle.pk), "line btn-sm")
            yield Sum(len(room.missing), "tidak pernah diajukan", button=at_once, alarm=True)
        if self._verifying and room.pending:
            asking = Button("Buka putaran", self._at("round-open", self.cycle.pk), "line btn-sm")
            yield Sum(len(room.pending), "dicatat untuk putaran perbaikan", button=asking)
        if room.awaited:
            yield Sum(len(room.awaited), "ditunggu dari perangkat daerah")

    @staticmethod
    def _at(name: str, pk: int) -> str:
        return reverse(name, args=[pk])


def review_above(cycle: Cycle) -> tuple[str, str]:
    """The overview of a verification, as the page above."""
    return reverse("review-list", args=[cycle.pk]), "Verifikasi"


def contents_of(room: Room, package: Package | None) -> list[Fact]:
    """Return what a package holds, before it is opened."""
    return list(_contents(room, package))


def _contents(room: Room, package: Package | None) -> Iterable[Fact]:
    if package:
        late = (Said("terlambat", "no"),) if package.late else ()
        yield Fact("Diserahkan", weekday_moment(package.sent_at, room.cycle.region.zone), late)
        if package.endorsed_by:
            on = f", {day(package.endorsed_on)}" if package.endorsed_on else ""
            yield Fact("Disahkan oleh", f"{package.endorsed_by}{on}")
    yield Fact("Diajukan", f"{room.submitted} dari {len(room.items)} indikator")
    if room.missing:
        yield Fact("Tidak diajukan", f"{len(room.missing)} indikator, dapat diputuskan sekaligus")
