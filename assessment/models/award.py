"""The award of a cycle, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import AppendOnly, User
from assessment.enums import award_end_choices
from assessment.models.cycle import Cycle


class Award(AppendOnly):
    """What the minister's decree gave a regency for one year (penghargaan); one that fell before has no decree."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="award")
    predicate = models.CharField("predikat", max_length=100)
    decree_number = models.CharField("nomor keputusan", max_length=100, blank=True)
    decree_on = models.DateField("tanggal keputusan", null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("dicatat", default=timezone.now)

    class Meta:
        verbose_name = "penghargaan"
        ordering = ["-cycle__assessment_year"]

    def __str__(self) -> str:
        return f"Penghargaan {self.cycle}"


class AwardEnding(AppendOnly):
    """An award was revoked by a decree, or fell before it was given (dicabut, gugur), because of a problem."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="ending")
    end = models.CharField("akhir", max_length=10, choices=award_end_choices)
    problem = models.ForeignKey("assessment.Problem", models.PROTECT, related_name="endings")
    decree_number = models.CharField("nomor keputusan", max_length=100, blank=True)
    decree_on = models.DateField("tanggal keputusan", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("dicatat", default=timezone.now)

    class Meta:
        verbose_name = "berakhirnya penghargaan"
        constraints = [
            models.CheckConstraint(
                name="award_revoked_by_a_decree",
                condition=Q(end="revoked", decree_on__isnull=False) & ~Q(decree_number="") | Q(end="lapsed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} · {self.get_end_display()}"
