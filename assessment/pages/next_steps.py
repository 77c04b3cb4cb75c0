"""The next step of a cycle, in one sentence for whoever looks at it, at every status."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.words import weekday_moment
from assessment.enums import AnswerStatus, CycleStatus
from assessment.facts.clocks import Clocks, running_round
from assessment.models import Cycle
from assessment.pages.board import Board, board_of
from assessment.pages.preparation import Preparation, preparation_of


@dataclass(frozen=True)
class NextStep:
    """What to do next, or what is waited for; with an address where the person can do it."""

    text: str
    url: str = ""
    label: str = ""


NONE = NextStep("")
WAITED_FOR: dict[str, str] = {
    CycleStatus.SUBMITTED: "Paket sudah diserahkan dan jawaban terkunci. Menunggu kantor verifikasi membuka paketnya.",
    CycleStatus.PROPOSED: "Hasil sudah diusulkan. Menunggu ditetapkan oleh verifikator lain.",
}


def next_step_of_cycle(
    cycle: Cycle,
    user: User,
    steps: Mapping[str, str],
    *,
    preparation: Preparation | None = None,
    board: Board | None = None,
) -> NextStep:
    """Return the next step for a person who may take these `steps`, each with the sentence that blocks it, or none.

    It is without words where nothing follows.
    """
    if cycle.recorded:
        return NONE
    if cycle.status == CycleStatus.PREPARATION:
        return _prepare(cycle, preparation or preparation_of(cycle), blocked=steps.get("start_filling"))
    if cycle.status == CycleStatus.FILLING:
        return _fill(cycle, board or board_of(cycle), may="send" in steps)
    return _verify(cycle, user, steps) or _wait(cycle, user, steps)


def _prepare(cycle: Cycle, found: Preparation, *, blocked: str | None) -> NextStep:
    if blocked is None:
        return NextStep("Koordinator sedang menyiapkan periode ini.")
    if blocked:
        return _at(cycle, "cycle-change", blocked, "Ubah tanggal")
    left = len(found.without_owner)
    if left and not found.assigned:
        return _at(
            cycle, "assignment-mapping", "Petakan perangkat daerah, lalu tugaskan semua indikator.", "Buka pemetaan"
        )
    if left:
        step = _at(cycle, "assignment-list", f"Tugaskan {left} indikator yang belum punya pengampu.", "Buka penugasan")
        return NextStep(step.text, f"{step.url}?agency=none", step.label)
    if uninvited := sum(not agency.invited for agency in found.without_people):
        words = f"Undang orang di {uninvited} perangkat daerah, atau mulai pengisian dan isi atas namanya."
        return NextStep(words, reverse("person-invite-many"), "Undang orang")
    return _start(cycle, awaited=found.awaited)


def _start(cycle: Cycle, *, awaited: int) -> NextStep:
    if awaited:
        words = f"Undangan {awaited} perangkat daerah belum dibuka. Tunggu, atau mulai pengisian."
        return _at(cycle, "cycle-start", words, "Mulai pengisian")
    return _at(cycle, "cycle-start", "Semua siap. Periksa sekali lagi, lalu mulai pengisian.", "Mulai pengisian")


def _fill(cycle: Cycle, board: Board, *, may: bool) -> NextStep:
    left = board.sum.total - board.sum.submitted
    if not may:
        past = f"Batas pengisian sudah lewat; {left} indikator belum diajukan dan paket belum diserahkan."
        return NextStep(past if _over(cycle) else f"Perangkat daerah masih mengisi; {left} indikator belum diajukan.")
    waiting = sum(row.status == AnswerStatus.SUBMITTED for row in board.answers)
    if waiting:
        return _at(cycle, "check-list", f"Periksa {waiting} jawaban yang diajukan.", "Mulai memeriksa")
    if not left:
        return _at(cycle, "package-send", "Semua jawaban lolos pra-verifikasi. Serahkan paketnya.", "Serahkan paket")
    if _over(cycle):
        words = (
            f"Batas pengisian sudah lewat; {left} indikator belum diajukan. Serahkan paketnya, atau perpanjang batas."
        )
        return _at(cycle, "package-send", words, "Serahkan paket")
    return NextStep(f"{left} indikator belum diajukan. Ikuti perangkat daerahnya di papan.", "#papan", "Lihat papan")


def _over(cycle: Cycle) -> bool:
    until = Clocks.of(cycle).filling_until(None)
    return until is not None and until <= timezone.now()


def _verify(cycle: Cycle, user: User, steps: Mapping[str, str]) -> NextStep | None:
    """The reviewer's next step, where the person is one."""
    if "start_verification" in steps:
        words = "Paket sudah diterima. Mulai verifikasi, atau kembalikan sebelum dibuka."
        return _at(cycle, "review-start", words, "Mulai verifikasi")
    if cycle.status == CycleStatus.VERIFICATION and user.has_perm("assessment.review_cycle", cycle):
        return _at(
            cycle, "review-list", "Putuskan indikator satu demi satu, lalu usulkan hasilnya.", "Lanjutkan verifikasi"
        )
    if "fix" in steps and not steps["fix"]:
        return _at(cycle, "result-detail", "Hasil diusulkan. Tetapkan, atau kembalikan.", "Lihat hasil")
    return None


def _wait(cycle: Cycle, user: User, steps: Mapping[str, str]) -> NextStep:
    if cycle.status in WAITED_FOR:
        return NextStep(WAITED_FOR[cycle.status])
    if cycle.status == CycleStatus.VERIFICATION:
        return _rounds(cycle)
    if "announce" in steps:
        return _at(
            cycle, "award-announce", "Hasil ditetapkan. Catat pengumuman dan penghargaannya.", "Catat pengumuman"
        )
    if cycle.fixed:
        announced = " dan diumumkan" if cycle.status == CycleStatus.ANNOUNCED else ""
        return _at(cycle, "result-detail", f"Hasil sudah ditetapkan{announced}.", "Lihat hasil")
    if cycle.status == CycleStatus.CANCELLED and user.has_perm("assessment.open_cycle", cycle.region):
        url = reverse("cycle-open", args=[cycle.region_id])
        return NextStep("Periode ini dibatalkan. Periode lain untuk tahun itu dapat dibuka.", url, "Buka periode")
    return NONE


def _rounds(cycle: Cycle, at: dt.datetime | None = None) -> NextStep:
    at = at or timezone.now()
    running = running_round(cycle, at)
    if running is None:
        return NextStep("Kantor verifikasi memeriksa jawaban. Sekarang tidak ada yang perlu dikerjakan.")
    until = weekday_moment(running.closes_at, cycle.region.zone)
    return NextStep(f"Putaran perbaikan berjalan sampai {until}. Perangkat daerahnya sudah diberi tahu.")


def _at(cycle: Cycle, page: str, text: str, label: str) -> NextStep:
    return NextStep(text, reverse(page, args=[cycle.pk]), label)
