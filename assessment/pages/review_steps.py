"""The one thing to do next in a verification, whatever its state, and where that is done."""

from django.urls import reverse

from accounts.sure import sure
from accounts.words import weekday_moment
from assessment.enums import CycleStatus
from assessment.pages.next_steps import NextStep
from assessment.pages.review_list import BACK, NOTED, OPEN, Room

ALL_DECIDED = "Semua indikator sudah diputuskan."


def next_step_of_review(room: Room, steps: dict[str, str], *, given_back: bool = False) -> NextStep | None:
    """Return the next step of a reviewer with these `steps`; None once nothing is left to do.

    `given_back` says that the last proposal was: its reason wants to be read before the next.
    """
    cycle = room.cycle
    if cycle.status == CycleStatus.SUBMITTED:
        url = reverse("review-start", args=[cycle.pk])
        return NextStep("Paket menunggu dibuka.", url, "Mulai verifikasi")
    if cycle.status == CycleStatus.VERIFICATION:
        return _in_verification(room, steps, given_back=given_back)
    url = reverse("result-detail", args=[cycle.pk])
    if cycle.status == CycleStatus.PROPOSED and "fix" in steps:
        return NextStep("Periksa usulan, lalu tetapkan atau kembalikan.", url, "Buka usulan hasil")
    if cycle.status == CycleStatus.PROPOSED:
        return NextStep("Usulan menunggu ditetapkan oleh verifikator lain.", url, "Lihat usulan hasil")
    return None


def _in_verification(room: Room, steps: dict[str, str], *, given_back: bool) -> NextStep:
    """First what has an answer to read, then the round for what was noted, then the empty ones, then the result."""
    pk, following, left, noted = room.cycle.pk, room.next_after(), room.count(BACK, OPEN), room.count(NOTED)
    if left:
        never = f" {len(room.missing)} lagi tidak pernah diajukan." if room.missing else ""
        words = f"Putuskan {left} indikator yang tersisa.{never}"
        return NextStep(words, room.url_of(following), f"Buka indikator {sure(following).answer.indicator.number}")
    if noted and not room.round_refused:
        text = f"{noted} indikator dicatat untuk diperbaiki."
        return NextStep(text, reverse("round-open", args=[pk]), "Buka putaran perbaikan")
    if room.missing:
        text = f"Putuskan {len(room.missing)} indikator yang tidak pernah diajukan."
        return NextStep(text, reverse("review-not-filled", args=[pk]), "Putuskan sekaligus")
    if room.round:
        until = weekday_moment(room.round.closes_at, room.cycle.region.zone)
        return NextStep(f"Menunggu perbaikan {len(room.awaited)} indikator sampai {until}.")
    return _propose(room, steps, given_back=given_back)


def _propose(room: Room, steps: dict[str, str], *, given_back: bool) -> NextStep:
    blocked = steps.get("propose", "Hasil diusulkan oleh verifikator lain.")
    if blocked:
        first = next((item for item in room.items if item.state == NOTED), None)
        return NextStep(blocked, room.url_of(first) if first else "", "Buka indikator")
    text = "Usulan dikembalikan. Tanggapi alasannya, lalu usulkan lagi." if given_back else ALL_DECIDED
    return NextStep(text, reverse("result-propose", args=[room.cycle.pk]), "Usulkan hasil")
