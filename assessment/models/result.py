"""What the verification came to: the bonus, the frozen dossier, the proposed result and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import AppendOnly, User
from accounts.roles import Role
from assessment.enums import ResultOutcome, result_outcome_choices
from assessment.models.cycle import FIXED, Cycle


class Bonus(AppendOnly):
    """Points for the report on human-rights actions (bonus Aksi HAM), with their source; the newest stands."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="bonuses")
    points = models.DecimalField("bonus", max_digits=5, decimal_places=2)
    source = models.CharField("sumber", max_length=300)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("dicatat", default=timezone.now)

    class Meta:
        verbose_name = "bonus Aksi HAM"
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="bonus_within_hundred", condition=Q(points__gte=0, points__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} · bonus {self.points}"


class Snapshot(AppendOnly):
    """A dossier as it was at one moment (potret): its canonical JSON and the SHA-256 of it."""

    sha256 = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    taken_at = models.DateTimeField("dibekukan", default=timezone.now)

    class Meta:
        verbose_name = "potret"

    def __str__(self) -> str:
        return self.sha256[:12]


class ResultQuerySet(models.QuerySet["Result"]):
    """Results, asked in the words of the office."""

    def visible_to(self, user) -> "ResultQuerySet":
        """Results of the office's regencies at once; for the regency and the province once they are fixed."""
        if not user.is_authenticated:
            return self.none()
        later = user.region_ids(Role.OPERATOR, Role.HEAD, Role.COORDINATOR, Role.LEADER, Role.OBSERVER)
        return self.filter(
            Q(cycle__region__in=user.region_ids(Role.REVIEWER))
            | Q(cycle__region__in=later, cycle__status__in=FIXED, decision__outcome=ResultOutcome.FIXED)
        )

    def standing(self) -> "ResultQuerySet":
        """Results that were not given back, newest first."""
        return self.exclude(decision__outcome=ResultOutcome.GIVEN_BACK).order_by("-number")


class Result(AppendOnly):
    """Frozen scores and predicate of a cycle (hasil penilaian), as proposed; `number` counts the proposals."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField("revisi")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="result")
    total = models.DecimalField("total", max_digits=5, decimal_places=2, null=True)
    bonus = models.DecimalField("bonus Aksi HAM", max_digits=5, decimal_places=2)
    final = models.DecimalField("nilai akhir", max_digits=5, decimal_places=2, null=True)
    predicate = models.CharField("predikat", max_length=100, blank=True)
    predicate_working = models.BooleanField("batas predikat belum pasti", default=False)
    trail_head = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("diusulkan", default=timezone.now)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = "hasil penilaian"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="result_number_once", fields=["cycle", "number"])]

    def __str__(self) -> str:
        return f"{self.cycle} · hasil revisi {self.number}"

    @property
    def fixed(self) -> bool:
        """Whether a reviewer fixed it."""
        return hasattr(self, "decision") and self.decision.outcome == ResultOutcome.FIXED


class ResultDecision(AppendOnly):
    """What became of a proposed result: fixed with the minutes (berita acara), or given back with a reason."""

    result = models.OneToOneField(Result, models.PROTECT, related_name="decision")
    outcome = models.CharField("keputusan", max_length=10, choices=result_outcome_choices)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("diputuskan", default=timezone.now)
    reason = models.TextField("alasan", blank=True)
    minutes_number = models.CharField("nomor berita acara", max_length=100, blank=True)
    minutes_on = models.DateField("tanggal berita acara", null=True)
    alone = models.BooleanField("tanpa orang kedua", default=False)

    class Meta:
        verbose_name = "penetapan hasil"
        constraints = [
            models.CheckConstraint(
                name="result_given_back_has_a_reason",
                condition=Q(outcome="given_back") & ~Q(reason="") | Q(outcome="fixed"),
            ),
            models.CheckConstraint(
                name="result_fixed_has_minutes",
                condition=Q(outcome="fixed", minutes_on__isnull=False) & ~Q(minutes_number="")
                | Q(outcome="given_back"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result} · {self.get_outcome_display()}"
