"""The register of human-rights problems: events in a region that need the government's response."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Agency, AppendOnly, Region, User
from accounts.roles import Role
from assessment.enums import ProblemStatus, problem_status_choices
from assessment.models.cycle import Cycle
from assessment.models.evidence import Evidence

SOON = dt.timedelta(days=7)


class ProblemQuerySet(models.QuerySet["Problem"]):
    """Problems, asked in the words of the office."""

    def visible_to(self, user) -> "ProblemQuerySet":
        """Coordinator and leader of the region, the responsible agency, the reviewers of the office; nobody else."""
        if not user.is_authenticated:
            return self.none()
        regions = user.region_ids(Role.COORDINATOR, Role.LEADER, Role.REVIEWER)
        return self.filter(Q(region__in=regions) | Q(agency__in=user.agency_ids()))

    def unanswered(self) -> "ProblemQuerySet":
        """Problems that wait for a response."""
        return self.filter(status=ProblemStatus.OPEN)

    def with_lateness(self) -> "ProblemQuerySet":
        """Give each problem `answered_late`: whether an answer came after the hour, which is a fact of dates."""
        late = ProblemResponse.objects.filter(problem=models.OuterRef("pk"), late=True)
        return self.annotate(answered_late=models.Exists(late))


class Problem(models.Model):
    """One event that needs a response (permasalahan HAM); sensitive, so that exports carry a public form of it."""

    answered_late: bool  # where `with_lateness` was asked

    region = models.ForeignKey(Region, models.PROTECT, related_name="problems")
    year = models.PositiveSmallIntegerField("tahun")
    serial = models.PositiveSmallIntegerField("nomor")
    title = models.CharField("permasalahan", max_length=200)
    summary = models.TextField("uraian")
    public_summary = models.CharField("bentuk umum", max_length=300)
    right = models.CharField("hak", max_length=200, blank=True)
    source = models.CharField("sumber", max_length=150)
    happened_on = models.DateField("terjadi")
    received_on = models.DateField("diterima")
    due_at = models.DateTimeField("tenggat tanggapan")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="problems", verbose_name="ditangani oleh")
    status = models.CharField(
        "status", max_length=10, choices=problem_status_choices, default=ProblemStatus.OPEN, editable=False
    )
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("dicatat", default=timezone.now)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = "permasalahan HAM"
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["region", "status", "due_at"], name="problem_of_region")]
        constraints = [
            models.UniqueConstraint(name="problem_number_once", fields=["region", "year", "serial"]),
            models.CheckConstraint(
                name="problem_received_after_it_happened", condition=Q(received_on__gte=models.F("happened_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"Permasalahan {self.code}"

    @property
    def code(self) -> str:
        """The register's number: 2026-03."""
        return f"{self.year}-{self.serial:02d}"

    @property
    def waits(self) -> bool:
        """Whether it waits for a response."""
        return self.status == ProblemStatus.OPEN

    def overdue(self, at: dt.datetime | None = None) -> bool:
        """Whether nobody answered in time."""
        return self.status == ProblemStatus.OPEN and self.due_at < (at or timezone.now())

    def due_soon(self, at: dt.datetime | None = None) -> bool:
        """Whether an answer is due within a week."""
        at = at or timezone.now()
        return self.status == ProblemStatus.OPEN and at <= self.due_at < at + SOON


class ProblemResponse(AppendOnly):
    """What the government did about a problem (tanggapan), with its proof."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="responses")
    text = models.TextField("tanggapan")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="responses")
    late = models.BooleanField("terlambat", default=False)
    responded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    responded_as = models.CharField("sebagai", max_length=200)
    responded_at = models.DateTimeField("ditanggapi", default=timezone.now)

    class Meta:
        verbose_name = "tanggapan"
        ordering = ["-responded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.problem} · tanggapan"


class ProblemGround(models.Model):
    """A problem brings the award of a named year down (dasar pencabutan), until the reviewer lifts it."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="grounds")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="grounds")
    reason = models.TextField("alasan")
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField("ditandai", default=timezone.now)
    lifted_at = models.DateTimeField("dicabut kembali", null=True, editable=False)

    class Meta:
        verbose_name = "dasar pencabutan"
        ordering = ["-marked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="ground_once", fields=["problem", "cycle"], condition=Q(lifted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.problem} · dasar pencabutan {self.cycle}"
