"""What is printed: the frozen dossier, and beside it what may change later, as of a day."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.sure import sure
from accounts.words import day, short_moment
from assessment.dossier import Dossier, dossier_of
from assessment.facts.awards import AwardState, award_state
from assessment.models import Cycle, IssuedDocument, Problem, Result, Snapshot


@dataclass(frozen=True)
class PublicProblem:
    """A problem as the public may read it: without what happened in detail, without names."""

    code: str
    words: str
    state: str
    due_at: dt.datetime


@dataclass(frozen=True)
class Print:
    """A dossier with its hash, whether it is final, and when and by which version it was made."""

    dossier: Dossier
    sha256: str
    final: bool
    made_at: dt.datetime
    version: str
    fate: tuple[tuple[str, str], ...] = ()
    fallen: str = ""  # that the award of this year is no more, or may soon be none
    trail_head: str = ""
    problems: tuple[PublicProblem, ...] = ()

    @property
    def code(self) -> str:
        """The document's code."""
        return self.dossier.code(self.sha256)

    @property
    def mark(self) -> str:
        """What stands above every page and sheet: that it is not final, or what became of the award since."""
        return self.nature if not self.final else self.fallen.upper()

    @property
    def nature(self) -> str:
        """FINAL, or SEMENTARA before the result is fixed."""
        return "FINAL" if self.final else "SEMENTARA"

    def local(self, at: dt.datetime) -> dt.datetime:
        """Return a moment in the region's zone."""
        return at.astimezone(ZoneInfo(self.dossier.zone))


def print_of(issued: IssuedDocument) -> Print:
    """Return what an issued document prints."""
    return printed(issued.snapshot, issued.cycle, issued.result, made_at=issued.requested_at,
                   version=issued.version, final=issued.final)  # fmt: skip


def printed(
    snapshot: Snapshot, cycle: Cycle, result: Result | None, *, made_at: dt.datetime, version: str, final: bool
) -> Print:
    """Return what is printed of a snapshot; what stands outside its hash is read now and named as of a day."""
    fixed = result if final else None
    state = award_state(cycle)
    fate = (*(_decision(fixed) if fixed else ()), *_award(state))
    return Print(
        dossier_of(snapshot), snapshot.sha256, final, made_at, version, fate=fate,
        fallen=state.title if state and state.fallen else "",
        trail_head=fixed.trail_head if fixed else "", problems=_problems(cycle),
    )  # fmt: skip


def _decision(result: Result) -> tuple[tuple[str, str], ...]:
    zone, decision = result.cycle.region.zone, result.decision
    alone = " (tanpa orang kedua)" if decision.alone else ""
    return (
        ("Diusulkan oleh", f"{result.proposed_by.name}, {short_moment(result.proposed_at, zone)}"),
        ("Ditetapkan oleh", f"{decision.decided_by.name}, {short_moment(decision.decided_at, zone)}{alone}"),
        ("Berita acara", f"{decision.minutes_number}, {day(sure(decision.minutes_on))}"),
        ("Revisi hasil", str(result.number)),
    )


def _award(state: AwardState | None) -> tuple[tuple[str, str], ...]:
    return (("Penghargaan", f"{state.title}. {state.text}"),) if state else ()


def _problems(cycle: Cycle) -> tuple[PublicProblem, ...]:
    """The problems of the year and of its data, and whatever threatens its award."""
    years = Q(received_on__year__in=(cycle.data_year, cycle.assessment_year))
    threatens = Q(grounds__cycle=cycle, grounds__lifted_at=None)
    rows = Problem.objects.filter(years | threatens, region=cycle.region_id).distinct().order_by("year", "serial")
    problems = rows.with_lateness()
    return tuple(PublicProblem(row.code, row.public_summary, _state(row), row.due_at) for row in problems)


def _state(problem: Problem) -> str:
    if problem.overdue():
        return "Tidak ditanggapi, lewat tenggat"
    return f"{problem.get_status_display()}{', terlambat' if problem.answered_late else ''}"
