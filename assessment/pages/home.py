"""What waits for a person, in one sentence with one address each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts import set_up
from accounts.models import Region, User
from accounts.roles import Role
from accounts.words import remaining
from assessment.enums import AnswerStatus, CycleStatus, ProblemStatus
from assessment.facts.verdicts import decided
from assessment.models import Answer, Assignment, CorrectionRound, Cycle, PendingReturn, Problem
from assessment.pages.tasks import TaskList, tasks_of
from indicators.models import Revision

IN_REVIEW = (CycleStatus.PROPOSED, CycleStatus.SUBMITTED, CycleStatus.VERIFICATION)  # as the office's board orders them


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, how many, where to do it, and what the button says."""

    text: str
    url: str
    label: str
    count: int = 1
    others_wait: bool = False  # before what one does for oneself: whole agencies wait for the bureau's checks


def waiting_for(user: User) -> list[Waiting]:
    """Return what waits for a person, most urgent first; an empty list means nothing does."""
    found = [
        *_of_agencies(user),
        *_of_coordinator(user),
        *_of_reviewer(user),
        *_of_problems(user),
        *_of_administrator(user),
    ]
    return sorted(found, key=lambda row: not row.others_wait)


def _of_agencies(user: User) -> list[Waiting]:
    assigned = Assignment.objects.filter(agency__in=user.agency_ids()).values("cycle")
    cycles = Cycle.objects.filter(pk__in=assigned, status__in=(CycleStatus.FILLING, CycleStatus.VERIFICATION))
    lists = [tasks_of(user, cycle, timezone.now()) for cycle in cycles.select_related("region")]
    return [found for row in lists if row.left for found in _to_do(row)]


def _to_do(row: TaskList) -> list[Waiting]:
    """The very next thing to do, and the whole list."""
    every = Waiting(
        f"{row.left} indikator {row.cycle} belum selesai.", reverse("task-list"), "Buka tugas saya", row.left
    )
    if not row.next_words:
        return [every]
    return [Waiting(f"{row.next_words.rstrip('.')}, {row.cycle}.", row.next_url, "Buka"), every]


def _of_coordinator(user: User) -> list[Waiting]:
    """Of each region every year that is not over, the oldest first: the last one may still wait to be announced."""
    regions = list(Region.objects.managed_by(user))
    cycles = Cycle.objects.filter(region__in=regions).current().select_related("region").order_by("assessment_year")
    years = {region: [cycle for cycle in cycles if cycle.region_id == region.pk] for region in regions}
    return [
        found for region, running in years.items() for found in (_to_lead(running) if running else [_to_open(region)])
    ]


def _to_open(region: Region) -> Waiting:
    url = reverse("cycle-open", args=[region.pk])
    return Waiting(f"Belum ada periode penilaian yang berjalan untuk {region}.", url, "Buka periode")


def _to_lead(cycles: list[Cycle]) -> list[Waiting]:
    """What the years of a region ask of its coordinator; nothing while they are with the office."""
    found = []
    for cycle in cycles:
        if cycle.status == CycleStatus.PREPARATION:
            url = reverse("board", args=[cycle.pk])
            found.append(Waiting(f"{cycle} masih disiapkan.", url, "Lanjutkan persiapan"))
        elif cycle.status == CycleStatus.FILLING:
            found += _to_check(cycle) or [_to_follow(cycle)]
        elif cycle.status == CycleStatus.FINALISED:
            url = reverse("award-announce", args=[cycle.pk])
            found.append(Waiting(f"Hasil {cycle} ditetapkan; pengumumannya belum dicatat.", url, "Catat pengumuman"))
    return found


def _of_reviewer(user: User) -> list[Waiting]:
    """Results that another reviewer proposed, packages to open, and verifications to go on with."""
    regions = user.region_ids(Role.REVIEWER)
    cycles = Cycle.objects.filter(region__in=regions, status__in=IN_REVIEW, recorded=False).select_related("region")
    involving = Cycle.objects.involving(user).filter(pk=OuterRef("pk"))
    cycles = cycles.exclude(Exists(involving)).annotate(correcting=_correcting())
    ordered = sorted(cycles, key=lambda cycle: (IN_REVIEW.index(cycle.status), cycle.pk))
    left = _undecided(ordered)
    asked = (_to_review(user, row, left.get(row.pk, 0), correcting=row.correcting) for row in ordered)
    return list(chain.from_iterable(asked))


def _correcting() -> Q:
    """Whether a cycle has an open round, or notes that wait for one; its own page says whether that holds it up."""
    rounds = CorrectionRound.objects.filter(cycle=OuterRef("pk"), closes_at__gt=timezone.now())
    notes = PendingReturn.objects.filter(answer__cycle=OuterRef("pk"))
    return Exists(rounds) | Exists(notes)


def _undecided(cycles: Sequence[Cycle]) -> dict[int, int]:
    """How many answers of each cycle are undecided, in one query; none where all are decided."""
    rows = Answer.objects.filter(~decided(), cycle__in=cycles, cycle__status=CycleStatus.VERIFICATION)
    return dict(rows.values_list("cycle").annotate(Count("pk")))


def _to_review(user: User, cycle: Cycle, left: int, *, correcting: bool) -> list[Waiting]:
    if cycle.status == CycleStatus.SUBMITTED:
        url = reverse("review-start", args=[cycle.pk])
        return [Waiting(f"Paket {cycle} menunggu dibuka.", url, "Mulai verifikasi")]
    if cycle.status == CycleStatus.VERIFICATION:
        return [_to_decide(cycle, left, correcting=correcting)]
    if not user.has_perm("assessment.fix_result", cycle):
        return []
    return [Waiting(f"Hasil {cycle} menunggu ditetapkan.", reverse("result-detail", args=[cycle.pk]), "Lihat hasil")]


def _to_decide(cycle: Cycle, left: int, *, correcting: bool) -> Waiting:
    """What is left of a verification: decisions, then what corrections still allow."""
    url = reverse("review-list", args=[cycle.pk])
    if left:
        return Waiting(f"{left} indikator {cycle} belum diputuskan.", url, "Lanjutkan verifikasi", left)
    if correcting:
        return Waiting(f"Semua indikator {cycle} sudah diputuskan; perbaikannya belum selesai.", url, "Buka verifikasi")
    return Waiting(f"Hasil {cycle} dapat diusulkan.", reverse("result-propose", args=[cycle.pk]), "Usulkan hasil")


def _to_check(cycle: Cycle) -> list[Waiting]:
    count = Answer.objects.filter(cycle=cycle, status=AnswerStatus.SUBMITTED).count()
    url = reverse("check-list", args=[cycle.pk])
    return (
        [Waiting(f"{count} jawaban {cycle} perlu diperiksa.", url, "Periksa jawaban", count, others_wait=True)]
        if count
        else []
    )


def _to_follow(cycle: Cycle) -> Waiting:
    """Nothing to check: whom to remind stands on the board."""
    left = Answer.objects.filter(cycle=cycle).exclude(status=AnswerStatus.ACCEPTED).count()
    url = reverse("board", args=[cycle.pk])
    if not left:
        return Waiting(f"Semua jawaban {cycle} lolos; paketnya dapat diserahkan.", url, "Buka periode")
    return Waiting(f"{left} indikator {cycle} belum diajukan.", url, "Buka papan kelengkapan", left)


def _of_problems(user: User) -> list[Waiting]:
    """Problems that wait for an answer, the nearest due first; for reviewers those that were answered."""
    rows = Problem.objects.visible_to(user).select_related("region").order_by("due_at")
    found = [
        Waiting(f"{row}: tanggapan ditunggu, {remaining(row.due_at)}.", _problem_url(row), "Tanggapi")
        for row in rows.unanswered()
        if user.has_perm("assessment.respond_problem", row)
    ]
    answered = rows.filter(status=ProblemStatus.RESPONDED) if user.holds(Role.REVIEWER) else rows.none()
    return [
        *found,
        *(Waiting(f"{row} {row.region} sudah ditanggapi.", _problem_url(row), "Nilai tanggapan") for row in answered),
    ]


def _problem_url(problem: Problem) -> str:
    return reverse("problem-detail", args=[problem.pk])


def _of_administrator(user: User) -> list[Waiting]:
    """What the installation still lacks: an instrument, places, and people for them."""
    if not user.has_perm("accounts.manage_places"):
        return []
    found = [Waiting(gap.text, gap.url, gap.label) for gap in set_up.gaps()]
    if not Revision.objects.exclude(text_status="bare").exists():
        url = reverse("instrument-import")
        found.append(Waiting("Belum ada instrumen yang dapat dipakai menilai.", url, "Impor instrumen"))
    return found
