"""When a step may be taken: each guard returns the sentence against it, or nothing."""

import datetime as dt

from assessment.enums import CycleStatus as C
from assessment.facts.clocks import Clocks, running_round
from assessment.facts.verdicts import verdicts_of
from assessment.models import Answer, PendingReturn
from assessment.workflow.steps import Situation

DEADLINE_PAST = "Batas pengisian sudah lewat sebelum pengisian dimulai. Ubah tanggalnya lebih dulu."
NOT_DECIDED_NOW: dict[str, str] = {
    C.PROPOSED: "Hasil sedang diusulkan. Keputusan terkunci sampai usulan itu ditetapkan atau dikembalikan.",
    C.FINALISED: "Hasil sudah ditetapkan. Keputusan ini tidak berubah lagi.",
    C.ANNOUNCED: "Hasil sudah ditetapkan dan diumumkan. Keputusan ini tidak berubah lagi.",
    C.CANCELLED: "Periode ini dibatalkan.",
}


def open_for_agency(situation: Situation) -> str:
    """The answer belongs to the agency's work now."""
    if situation.open_for_agency:
        return ""
    if situation.cycle.status in (C.SUBMITTED, C.VERIFICATION):
        return "Paket sudah diserahkan; jawaban ini tidak sedang dibuka untuk perbaikan."
    if situation.cycle.status != C.FILLING:
        return "Jawaban hanya dapat diubah selama pengisian."
    return "Pengisian sudah ditutup. Perlu waktu tambahan? Minta perpanjangan kepada koordinator."


def closed_for_agency(answer: Answer, at: dt.datetime) -> str:
    """Return why its agency may not work on an answer at a moment; empty where it may."""
    return open_for_agency(Situation(answer, Clocks.of(answer.cycle), at))


def time_to_fill(situation: Situation) -> str:
    """The deadline is still to come, or the agencies would be told of an hour that has passed."""
    deadline = situation.cycle.filling_deadline
    return DEADLINE_PAST if deadline is not None and deadline <= situation.at else ""


def in_filling(situation: Situation) -> str:
    """The regency still has the package in its hands."""
    return "" if situation.cycle.status == C.FILLING else "Hanya dapat dilakukan selama pengisian."


def reviewers_turn(situation: Situation) -> str:
    """The answer is the reviewer's: in verification and not awaited by an open round."""
    if situation.cycle.status != C.VERIFICATION:
        return NOT_DECIDED_NOW.get(situation.cycle.status, "Verifikasi belum dimulai.")
    if situation.hours.awaited(situation.answer, situation.at):
        return "Jawaban ini sedang ditunggu dari perangkat daerah dalam putaran perbaikan."
    return ""


def all_decided(situation: Situation) -> str:
    """Every indicator has its decision, no round runs, and nothing noted waits for one."""
    left = verdicts_of(situation.cycle).undecided
    if left:
        return f"Masih {len(left)} indikator belum diputuskan."
    if running_round(situation.cycle, situation.at):
        return "Masih ada putaran perbaikan yang berjalan."
    waiting = PendingReturn.objects.filter(answer__cycle=situation.cycle).count()
    return f"Masih {waiting} catatan menunggu putaran perbaikan; buka putarannya, atau hapus." if waiting else ""
