"""Who said what about an indicator and when, as sentences in the order of time."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.words import lowered, number
from assessment.dossier.shapes import Checked, Decided, Remark, Sheet, Submitted


@dataclass(frozen=True)
class Event:
    """One thing that happened, and what was replied to it."""

    at: dt.datetime
    words: str
    reply: str = ""


def history_of(sheet: Sheet) -> tuple[Event, ...]:
    """Return what happened to an indicator, the oldest first."""
    return tuple(sorted(_events(sheet), key=lambda event: event.at))


def _events(sheet: Sheet) -> Iterator[Event]:
    yield from map(_returned, sheet.remarks)
    if sheet.submitted:
        yield _submitted(sheet.submitted)
    if sheet.checked:
        yield _checked(sheet.checked)
    if sheet.decided:
        yield _decided(sheet.decided)


def _submitted(row: Submitted) -> Event:
    words = f"{row.by} mengajukan (pengajuan {row.serial})"
    if row.endorsed:
        words += ", disahkan kepala perangkat daerah"
    if row.on_behalf:
        words += f"; diisi koordinator untuk {row.agency}"
    if row.missing:
        words += f"; belum lengkap: {', '.join(row.missing)}"
    return Event(row.at, words)


def _returned(row: Remark) -> Event:
    within = f" dalam putaran {row.round}" if row.round else ""
    return Event(row.at, f"{row.reader} mengembalikan{within} ({lowered(row.part)}): {row.text}", row.reply)


def _checked(row: Checked) -> Event:
    own = " (diperiksa oleh pengisinya)" if row.own_work else ""
    return Event(row.at, f"{row.by} meloloskan pada pra-verifikasi{own}")


def _decided(row: Decided) -> Event:
    points = f", nilai {number(row.points)}" if row.points is not None else ""
    after = f" (setelah putaran {row.round})" if row.round else ""
    return Event(row.at, f"{row.by} memutuskan: {lowered(row.verdict)}{points}{after}")
