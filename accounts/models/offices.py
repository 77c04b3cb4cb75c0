"""Review offices and the regions that they look after: places that give a role its reach."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.places import Region
from accounts.roles import Role


def _begun(day, through: str = "") -> Q:
    return Q(**{f"{through}started_on__lte": day})


def _not_ended(day, through: str = "") -> Q:
    return Q(**{f"{through}ended_on": None}) | Q(**{f"{through}ended_on__gte": day})


class OfficeQuerySet(models.QuerySet["ReviewOffice"]):
    """Review offices."""

    def visible_to(self, user) -> "OfficeQuerySet":
        """All for the administrator, one's own for its people."""
        if not user.is_authenticated:
            return self.none()
        if user.holds(Role.ADMINISTRATOR):
            return self
        return self.filter(pk__in={row.office_id for row in user.memberships_now() if row.office_id})

    def with_region_counts(self) -> "OfficeQuerySet":
        """Add `region_count`: how many regions each office looks after today."""
        today = timezone.localdate()
        held = _begun(today, "jurisdictions__") & _not_ended(today, "jurisdictions__")
        return self.annotate(region_count=models.Count("jurisdictions", filter=held))


class ReviewOffice(models.Model):
    """An office that verifies (Kanwil), with the habits that it sets for its own work."""

    region_count: int  # where `with_region_counts` was asked

    name = models.CharField("nama", max_length=150, unique=True)
    short_name = models.CharField("nama singkat", max_length=40)
    second_person = models.BooleanField("hasil ditetapkan orang kedua", default=True)
    rounds_allowed = models.PositiveSmallIntegerField("putaran perbaikan paling banyak", default=3)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "kantor verifikasi"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    """Which office looks after which region, asked by day."""

    def active(self, on=None) -> "JurisdictionQuerySet":
        """Jurisdictions that hold on a day, by default today."""
        return self.not_ended(on).filter(_begun(on or timezone.localdate()))

    def not_ended(self, on=None) -> "JurisdictionQuerySet":
        """Jurisdictions that hold on a day or will, by default today."""
        return self.filter(_not_ended(on or timezone.localdate()))


class Jurisdiction(models.Model):
    """A review office looks after a region from a day to a day (wilayah kerja)."""

    office = models.ForeignKey(ReviewOffice, models.PROTECT, related_name="jurisdictions", verbose_name="kantor")
    region = models.ForeignKey(Region, models.PROTECT, related_name="jurisdictions", verbose_name="wilayah")
    started_on = models.DateField("sejak")
    ended_on = models.DateField("sampai", null=True, blank=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah kerja"
        constraints = [
            models.UniqueConstraint(
                name="jurisdiction_one_open_per_region", fields=["region"], condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="jurisdiction_ends_after_it_begins",
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} · {self.region}"
