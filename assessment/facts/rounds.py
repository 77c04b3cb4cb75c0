"""What a correction round may be, and what waits for one."""

import datetime as dt
from typing import Any

from accounts.models import Jurisdiction
from assessment.enums import NotePart
from assessment.facts.clocks import running_round
from assessment.facts.returns import Note
from assessment.models import Answer, Cycle, PendingReturn

ROUNDS_BY_DEFAULT = 3


def refused_round(cycle: Cycle, at: dt.datetime) -> str:
    """Return why no round may be opened now; empty where one may."""
    if running_round(cycle, at):
        return "Masih ada putaran perbaikan yang berjalan. Tunggu sampai ditutup, atau geser jamnya."
    allowed = rounds_allowed(cycle)
    if cycle.rounds.count() >= allowed:
        return f"Kantor verifikasi membatasi putaran perbaikan sampai {allowed} kali, dan semuanya sudah dipakai."
    return ""


def rounds_allowed(cycle: Cycle) -> int:
    """Return how many rounds the office that looks after the region allows in one cycle."""
    given = Jurisdiction.objects.active().filter(region=cycle.region_id)
    allowed = given.values_list("office__rounds_allowed", flat=True).first()
    return ROUNDS_BY_DEFAULT if allowed is None else allowed


def noted_for(answer: Answer) -> list[dict[str, Any]]:
    """Return what waits for a round as it is stored; nothing where nothing was noted."""
    pending = PendingReturn.objects.filter(answer=answer).first()
    return pending.notes if pending else []


def notes_of(pending: PendingReturn) -> list[Note]:
    """Return the notes that wait for a round."""
    return [
        Note(NotePart(row["part"]), row["text"], row["document_id"], row.get("evidence_id")) for row in pending.notes
    ]
