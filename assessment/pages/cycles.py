"""What the pages of the years say: their list, and what begins with the filling."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Region
from accounts.parts import Button
from accounts.sure import sure
from accounts.words import weekday_moment
from assessment.models import Cycle
from assessment.pages.office_words import ended_score, ended_words, fallen
from assessment.pages.offices import YearResult
from assessment.pages.preparation import Preparation

ENDORSED, NOT_ENDORSED = "pengesahan oleh Kepala OPD", "pengajuan tanpa pengesahan Kepala OPD"


def board_above(cycle: Cycle) -> tuple[str, str]:
    """The board of a year, as the page above."""
    return reverse("board", args=[cycle.pk]), str(cycle)


def years_above() -> tuple[str, str]:
    """The list of the years, as the page above."""
    return reverse("cycle-list"), "Periode"


@dataclass(frozen=True)
class YearLine:
    """One year of one region: how it ended or stands."""

    cycle: Cycle
    words: str
    score: str
    fallen: str


@dataclass(frozen=True)
class CyclesPage:
    """The years of every region that the person looks after."""

    ended: Sequence[YearResult]
    regions: Sequence[Region]

    @property
    def rows(self) -> list[YearLine]:
        """The years, newest first."""
        return [YearLine(row.cycle, ended_words(row), ended_score(row), fallen(row.award)) for row in self.ended]

    @property
    def acts(self) -> list[tuple[Button, Button]]:
        """For each region where a year is opened, and where one of before is recorded."""
        look = "line" if self.ended else "next"
        return [
            (
                Button(f"Buka periode {region}", reverse("cycle-open", args=[region.pk]), look, "plus"),
                Button("Catat tahun lalu", reverse("cycle-record", args=[region.pk]), icon="history"),
            )
            for region in self.regions
        ]


@dataclass(frozen=True)
class StartPage:
    """A year before its filling begins."""

    cycle: Cycle
    preparation: Preparation

    @property
    def up(self) -> tuple[str, str]:
        """The page above."""
        return board_above(self.cycle)

    @property
    def heading(self) -> str:
        """Whether anything is left to prepare."""
        return "Semua sudah siap" if self.preparation.complete else "Yang belum ada"

    @property
    def buttons(self) -> list[Button]:
        """Where to prepare what is left."""
        return list(self._buttons())

    @property
    def unchangeable(self) -> str:
        """What cannot be changed any more."""
        cycle = self.cycle
        endorsing = ENDORSED if cycle.heads_endorse else NOT_ENDORSED
        return (
            f"tahun penilaian {cycle.assessment_year}, tahun data {cycle.data_year}, instrumen {cycle.revision}, "
            f"tanggal-tanggalnya, dan {endorsing}. Periode hanya dapat dibatalkan."
        )

    @property
    def changeable(self) -> str:
        """What can still be changed."""
        until = weekday_moment(sure(self.cycle.filling_deadline), self.cycle.region.zone)
        return (
            "penugasan, pendukung, perangkat daerah, dan orang, sampai paket diserahkan. "
            f"Batas {until} dapat diperpanjang dengan alasan."
        )

    @property
    def without_head(self) -> bool:
        """Whether agencies without a head are excepted by beginning now."""
        return bool(self.cycle.heads_endorse and self.preparation.without_head)

    def _buttons(self) -> Iterable[Button]:
        found = self.preparation
        if found.without_owner:
            url = f"{reverse('assignment-list', args=[self.cycle.pk])}?agency=none"
            yield Button("Tugaskan yang belum", url, "line btn-sm", "list-checks")
        if found.without_people or found.without_head:
            yield Button("Undang orang", reverse("person-invite-many"), "line btn-sm", "user-plus")
