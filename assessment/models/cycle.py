"""The yearly assessment of one region: its cycle, exceptions, extensions and packages."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Agency, AppendOnly, Region, User
from accounts.models.held import held
from accounts.roles import Role
from assessment.enums import CycleStatus, cycle_status_choices

SENT = (
    CycleStatus.SUBMITTED,
    CycleStatus.VERIFICATION,
    CycleStatus.PROPOSED,
    CycleStatus.FINALISED,
    CycleStatus.ANNOUNCED,
)
FIXED = (CycleStatus.FINALISED, CycleStatus.ANNOUNCED)
OVER = (CycleStatus.ANNOUNCED, CycleStatus.CANCELLED)
FIRST_YEAR, LAST_YEAR = 2000, 2100
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # when what was not proposed yet was proposed


def part_in(region, opened_at, proposed_at) -> Q:
    """Return the condition for memberships in a regency between a cycle's opening and proposing, values or columns."""
    return (Q(region=region) | Q(agency__region=region)) & held(opened_at, proposed_at)


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Cycles, asked in the words of the office."""

    def visible_to(self, user) -> "CycleQuerySet":
        """Cycles of the regions that the person's memberships reach; the administrator has no part in them.

        Whoever looks from outside the regency (office, province) sees a cycle from its filling on, for its progress.
        """
        if not user.is_authenticated:
            return self.none()
        inside = Q(region__in=user.region_ids(Role.OPERATOR, Role.HEAD, Role.COORDINATOR, Role.LEADER))
        outside = user.region_ids(Role.REVIEWER, Role.OBSERVER)
        if not outside:
            return self.filter(inside)
        return self.filter(inside | Q(region__in=outside) & ~Q(status=CycleStatus.PREPARATION))

    def current(self) -> "CycleQuerySet":
        """Cycles in which somebody still has something to do."""
        return self.exclude(status__in=OVER).exclude(recorded=True)

    def involving(self, user: User) -> "CycleQuerySet":
        """Cycles in whose regency the person had a membership between the opening and the proposing."""
        proposed = Coalesce(OuterRef("proposed_at"), Value(NEVER))
        part = part_in(OuterRef("region"), OuterRef("opened_at"), proposed)
        return self.filter(Exists(user.memberships.filter(part)))

    def taking_year(self, region: Region, year: int) -> "CycleQuerySet":
        """The cycle that bars another one for the region and the year: any that is not cancelled."""
        return self.filter(region=region, assessment_year=year).exclude(status=CycleStatus.CANCELLED)

    def open_first(self) -> "CycleQuerySet":
        """Newest year first; of one year the cycle that is not cancelled first."""
        cancelled = models.Case(models.When(status=CycleStatus.CANCELLED, then=1), default=0)
        return self.order_by("-assessment_year", cancelled, "-pk")


class Cycle(models.Model):
    """One region is assessed in one year under one revision of an instrument (periode penilaian)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="cycles", verbose_name="wilayah")
    revision = models.ForeignKey("indicators.Revision", models.PROTECT, related_name="+", verbose_name="instrumen")
    assessment_year = models.PositiveSmallIntegerField("tahun penilaian")
    data_year = models.PositiveSmallIntegerField("tahun data")
    status = models.CharField(
        "status", max_length=12, choices=cycle_status_choices, default=CycleStatus.PREPARATION, editable=False
    )
    filling_starts_on = models.DateField("pengisian dimulai", null=True, blank=True)
    filling_deadline = models.DateTimeField("pengisian ditutup", null=True, blank=True)
    verification_ends_on = models.DateField("verifikasi direncanakan selesai", null=True, blank=True)
    heads_endorse = models.BooleanField("Kepala OPD mengesahkan", default=True)
    recorded = models.BooleanField("dicatat sebagai tahun lalu", default=False, editable=False)
    source = models.CharField("sumber", max_length=300, blank=True)
    recorded_predicate = models.CharField("predikat yang dicatat", max_length=100, blank=True, editable=False)
    opened_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)
    proposed_at = models.DateTimeField("hasil diusulkan", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = "periode penilaian"
        ordering = ["-assessment_year", "pk"]
        indexes = [models.Index(fields=["region", "-assessment_year"], name="cycle_of_region")]
        constraints = [
            models.UniqueConstraint(
                name="cycle_once_per_year", fields=["region", "assessment_year"], condition=~Q(status="cancelled")
            ),
            models.CheckConstraint(
                name="cycle_years_possible",
                condition=Q(assessment_year__range=(FIRST_YEAR, LAST_YEAR), data_year__lte=models.F("assessment_year")),
            ),
            models.CheckConstraint(
                name="cycle_filling_has_a_deadline",
                condition=Q(recorded=True) | Q(filling_deadline__isnull=False),
            ),
            models.CheckConstraint(name="cycle_past_year_has_a_source", condition=Q(recorded=False) | ~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.assessment_year}"

    @property
    def sent(self) -> bool:
        """Whether the package has left the regency."""
        return self.status in SENT

    @property
    def fixed(self) -> bool:
        """Whether the result is final, so that the regency sees decisions and points."""
        return self.status in FIXED

    @property
    def current(self) -> bool:
        """Whether somebody still has something to do in it."""
        return not self.recorded and self.status not in OVER

    def local(self, at: dt.datetime) -> dt.datetime:
        """Return a moment in the region's zone."""
        return at.astimezone(self.region.tzinfo)


class EndorsementException(models.Model):
    """In this cycle this agency's head does not endorse, although others do (pengecualian pengesahan)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="endorsement_exceptions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="perangkat daerah")
    reason = models.CharField("alasan", max_length=300)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "pengecualian pengesahan"
        constraints = [models.UniqueConstraint(name="endorsement_exception_once", fields=["cycle", "agency"])]

    def __str__(self) -> str:
        return f"{self.cycle} · {self.agency}"


class Extension(AppendOnly):
    """More time for filling, for everyone or for one agency (perpanjangan); the latest that fits holds."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="extensions")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="perangkat daerah")
    deadline = models.DateTimeField("sampai")
    reason = models.CharField("alasan", max_length=300)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "perpanjangan"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.cycle} · {self.agency or 'semua perangkat daerah'}"


class Package(AppendOnly):
    """What the regency handed over (paket): the last submissions, when, by whom, and the trail's head before."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="packages")
    number = models.PositiveSmallIntegerField("nomor")
    sent_at = models.DateTimeField("diserahkan")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    late = models.BooleanField("terlambat")
    endorsed_by = models.CharField("disahkan oleh", max_length=150, blank=True)
    endorsed_on = models.DateField("tanggal pengesahan", null=True)
    trail_head = models.CharField(max_length=64)

    class Meta:
        verbose_name = "paket"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="package_number_once", fields=["cycle", "number"])]

    def __str__(self) -> str:
        return f"{self.cycle} · paket {self.number}"


class PackageItem(AppendOnly):
    """One submission that left with a package."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="items")
    submission = models.ForeignKey("assessment.Submission", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "isi paket"
        constraints = [models.UniqueConstraint(name="package_item_once", fields=["package", "submission"])]

    def __str__(self) -> str:
        return f"{self.package} · {self.submission}"
