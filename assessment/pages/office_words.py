"""What the board of an office says of each regency: where it stands, what waits there, and how its years ended."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Region
from accounts.parts import Button, Said
from accounts.words import elapsed, score
from assessment.facts.awards import AwardState
from assessment.models import Cycle
from assessment.pages.offices import Office, OfficeRow, YearResult

NO_PREDICATE = "predikat belum ditetapkan"


@dataclass(frozen=True)
class OfficeLine:
    """One regency: its present year, how far it is, what waits there, and what it came to; empty where not known."""

    row: OfficeRow
    region: Region
    cycle: Cycle | None
    url: str
    code: str
    fallen: str
    progress: str
    waits: bool
    since: str
    next_step: Button | None
    score: str
    predicate: str
    problems: Said
    active: str

    @property
    def none_yet(self) -> str:
        """That there is no year, and what waits all the same."""
        open_ones = f"; {self.row.problems} permasalahan terbuka" if self.row.problems else ""
        return f"Belum ada periode{open_ones}"


@dataclass(frozen=True)
class YearCell:
    """One year of one regency: how it ended, or that nothing was recorded."""

    year: int
    words: str = ""
    url: str = ""
    score: str = ""
    fallen: str = ""
    recorded: bool = False


def lines_of(office: Office) -> list[OfficeLine]:
    """Return the regencies in the order of their urgency."""
    return [_line(row) for row in office.rows]


def years_table(office: Office) -> list[tuple[Region, list[YearCell]]]:
    """Return each regency with its results in the order of the years."""
    return [(region, [_cell(year, ended) for year, ended in cells]) for region, cells in office.matrix]


def about_waiting(office: Office, *, verifies: bool) -> str:
    """Say what the order of the regencies means."""
    if not verifies:
        return "Kemajuan setiap kabupaten dan kota"
    return "Yang menunggu kantor ini di atas" if office.waiting else "Tidak ada yang menunggu kantor ini"


def fallen(award: AwardState | None) -> str:
    """Say that an award fell or may fall; empty where none does."""
    return award.title if award and award.fallen else ""


def ended_words(ended: YearResult) -> str:
    """Say how a year ended, for a list that has its status beside it; a dash where it has not."""
    return (ended.words or "–") if ended.cycle.recorded or ended.final is not None else "–"


def ended_score(ended: YearResult) -> str:
    """Write the final score of a year; empty where it has none."""
    return "" if ended.final is None else score(ended.final)


def _line(row: OfficeRow) -> OfficeLine:
    year = f" · {row.cycle.assessment_year}" if row.cycle else ""
    return OfficeLine(
        row=row, region=row.region, cycle=row.cycle, fallen=fallen(row.award), waits=row.waits,
        url=reverse("board", args=[row.cycle.pk]) if row.cycle else "", code=f"{row.region.code}{year}",
        progress=f"{row.submitted} · {row.accepted} · {row.verified} dari {row.total}" if row.total else "",
        since=elapsed(row.sent_at) if row.sent_at else "", next_step=_button(row),
        score="" if row.final is None else score(row.final), predicate=row.predicate or NO_PREDICATE,
        problems=Said(row.problem_words, "no" if row.overdue else ""),
        active=f"{elapsed(row.active_at)} lalu" if row.active_at else "–",
    )  # fmt: skip


def _button(row: OfficeRow) -> Button | None:
    step = row.next_step
    return Button(step.label, step.url, "line btn-sm under", hidden=f" {row.region}") if step else None


def _cell(year: int, ended: YearResult | None) -> YearCell:
    if ended is None:
        return YearCell(year)
    url = reverse("board", args=[ended.cycle.pk])
    return YearCell(year, ended.words, url, ended_score(ended), fallen(ended.award), recorded=True)
