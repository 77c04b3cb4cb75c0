"""What the pages of correction rounds say: the one that runs, those of before, and what the next one would ask for."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.parts import Button
from accounts.words import remaining, short_moment, weekday_moment
from assessment.models import CorrectionRound, PendingReturn
from assessment.pages.review_list import Room


@dataclass(frozen=True)
class Noted:
    """One indicator that was noted for the next round: what should be corrected, and who says so."""

    label: str
    url: str
    notes: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class Running:
    """The round that runs: until when, whom it waits for, and where its hour is moved."""

    title: str
    text: str
    button: Button


@dataclass(frozen=True)
class RoundRow:
    """One round: when it was opened and closed, and its status in word, icon and pair of colours."""

    title: str
    dates: tuple[str, ...]
    word: str
    icon: str
    pair: str


@dataclass(frozen=True)
class RoundPage:
    """What the next round of a cycle would ask for."""

    room: Room

    @property
    def up(self) -> tuple[str, str]:
        """The page above."""
        return reverse("review-list", args=[self.room.cycle.pk]), "Verifikasi"

    @property
    def noted(self) -> list[Noted]:
        """What was noted for it."""
        return [_noted(row, self.room.cycle.region.zone) for row in self.room.pending]

    @property
    def refused(self) -> str:
        """Why no round can be opened now."""
        return self.room.round_refused

    @property
    def about(self) -> str:
        """Which round it is, and what it means."""
        nth = f"Putaran {len(self.room.rounds) + 1} dari {self.room.rounds_allowed}."
        return f"{nth} Selama putaran berjalan, jawaban ini milik perangkat daerahnya."

    @property
    def label(self) -> str:
        """What the button says."""
        return f"Buka putaran untuk {len(self.room.pending)} indikator"


def running_of(room: Room) -> Running | None:
    """Return what is said of the round that runs; None where none does."""
    row = room.round
    if row is None:
        return None
    until = f"{weekday_moment(row.closes_at, room.cycle.region.zone)} ({remaining(row.closes_at)})"
    awaited = ", ".join(str(item.answer.indicator.number) for item in room.awaited)
    url = reverse("round-move", args=[room.cycle.pk, row.number])
    return Running(
        title=f"Putaran perbaikan {row.number} berjalan",
        text=f"Ditutup {until}. Masih ditunggu: indikator {awaited}.",
        button=Button("Geser jam penutupan", url, "line btn-sm"),
    )


def rounds_of(room: Room) -> list[RoundRow]:
    """Return every round of the cycle, newest first, and how it ended."""
    return [_row(room, row) for row in room.rounds]


def _row(room: Room, row: CorrectionRound) -> RoundRow:
    running, zone = room.round is not None and room.round.pk == row.pk, room.cycle.region.zone
    until = f"{'ditutup' if running else 'batas'} {short_moment(row.closes_at, zone)}"
    dates = f"Dibuka {short_moment(row.opened_at, zone)}", until
    return RoundRow(f"Putaran {row.number}", dates, *_state(row, running=running))


def _state(row: CorrectionRound, *, running: bool) -> tuple[str, str, str]:
    if running:
        return f"Berjalan: {row.back} dari {row.asked} kembali", "alarm-clock", "ready"
    if row.back == row.asked:
        return f"Selesai: semua {row.asked} kembali", "circle-check", "good"
    return f"Sudah ditutup: {row.back} dari {row.asked} kembali", "calendar-x", "returned"


def _noted(row: PendingReturn, zone: str) -> Noted:
    indicator = row.answer.indicator
    return Noted(
        label=f"{indicator.number}. {indicator.text}",
        url=reverse("review-detail", args=[row.answer_id]),
        notes=tuple(note["text"] for note in row.notes),
        by=f"{row.noted_by.name}, {short_moment(row.noted_at, zone)}",
    )
