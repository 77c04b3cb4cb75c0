"""Regions and agencies: places that give a role its reach."""

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.held import held
from accounts.roles import AGENCY_ROLES, Role

if TYPE_CHECKING:
    from accounts.models.offices import Jurisdiction

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def region_kind_choices() -> list[tuple[str, str]]:
    """Kinds of region with their names on the screen."""
    return [("province", "Provinsi"), ("regency", "Kabupaten"), ("city", "Kota")]


def zone_choices() -> list[tuple[str, str]]:
    """The zones of Indonesia with their short names."""
    return [(zone, f"{label} ({zone.partition('/')[2]})") for zone, label in ZONES.items()]


def agency_kind_choices() -> list[tuple[str, str]]:
    """Kinds of agency with their names on the screen."""
    return [
        ("office", "Dinas, badan, atau inspektorat"),
        ("division", "Bagian pada sekretariat daerah"),
        ("hospital", "Rumah sakit umum daerah"),
        ("district", "Kecamatan"),
        ("vertical", "Instansi vertikal"),
    ]


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions, asked in the words of the office."""

    def visible_to(self, user) -> "RegionQuerySet":
        """Regions where the person has a role: one's own, those under one's office, those of one's province."""
        if not user.is_authenticated:
            return self.none()
        if user.holds(Role.ADMINISTRATOR):
            return self
        return self.filter(pk__in=user.region_ids())

    def managed_by(self, user) -> "RegionQuerySet":
        """Regions whose agencies and people the person manages as coordinator."""
        return self.filter(pk__in=user.region_ids(Role.COORDINATOR)) if user.is_authenticated else self.none()

    def assessed(self) -> "RegionQuerySet":
        """Regencies and cities, not provinces."""
        return self.exclude(kind="province")

    def mentioning(self, text: str) -> "RegionQuerySet":
        """Regions whose name contains `text` or whose code begins with it; all where it is empty."""
        return self.filter(Q(name__icontains=text) | Q(code__startswith=text)) if text else self

    def with_offices(self) -> "RegionQuerySet":
        """Fetch along who looks after the region today or later, in the order of time: `offices_from_today`."""
        offices: Any = self.model.jurisdictions.rel.related_model  # they are defined above the regions
        held = offices.objects.not_ended().select_related("office").order_by("started_on")
        return self.prefetch_related(models.Prefetch("jurisdictions", held, to_attr="offices_from_today"))


class Region(models.Model):
    """A province, regency or city (wilayah) with its Kemendagri code, such as 36.04."""

    offices_from_today: list["Jurisdiction"]  # where `with_offices` was asked

    kind = models.CharField("jenis", max_length=10, choices=region_kind_choices)
    code = models.CharField(
        "kode wilayah",
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^\d\d(\.\d\d)?$", "Contoh: 36 atau 36.04.")],
    )
    name = models.CharField("nama", max_length=100)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="provinsi"
    )
    zone = models.CharField("zona waktu", max_length=40, choices=zone_choices, default="Asia/Jakarta")
    is_demo = models.BooleanField("data contoh", default=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="region_province_has_no_parent",
                condition=Q(kind="province", parent__isnull=True) | Q(~Q(kind="province"), parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The region's name as letters write it: Kabupaten Serang."""
        return f"{self.get_kind_display()} {self.name}"

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone in which the region's deadlines are entered and shown."""
        return ZoneInfo(self.zone)

    def today(self) -> dt.date:
        """Return the day that it is in the region, which may be another one than at the server."""
        return timezone.localdate(timezone=self.tzinfo)

    @property
    def zone_label(self) -> str:
        """WIB, WITA or WIT."""
        return ZONES[self.zone]

    def in_use(self) -> bool:
        """Whether anything hangs on the region: other regions, agencies, people, an office; up to four queries."""
        return any(rows.exists() for rows in (self.children, self.agencies, self.memberships, self.jurisdictions))


def _members(*roles: Role) -> models.Count:
    now = timezone.now()
    there = Q(memberships__role__in=roles) & held(now, now, through="memberships__")
    return models.Count("memberships", filter=there, distinct=True)


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies, asked in the words of the office."""

    def visible_to(self, user) -> "AgencyQuerySet":
        """Agencies of the regions where the person has a role; agency people see the names of their own region's."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(region_id__in=user.region_ids())

    def managed_by(self, user) -> "AgencyQuerySet":
        """Agencies of the regions that the person coordinates."""
        return self.filter(region__in=Region.objects.managed_by(user))

    def active(self, on=None) -> "AgencyQuerySet":
        """Agencies that exist on a day, by default today."""
        on = on or timezone.localdate()
        return self.not_ended(on).filter(Q(valid_from=None) | Q(valid_from__lte=on))

    def not_ended(self, on=None) -> "AgencyQuerySet":
        """Agencies that exist on a day or will, by default today."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on or timezone.localdate()))

    def ended(self, on=None) -> "AgencyQuerySet":
        """Agencies that are no more on a day, with those that took over, the latest end first."""
        gone = self.filter(valid_until__lt=on or timezone.localdate()).order_by("-valid_until", "name")
        return gone.prefetch_related("successions_out__new")

    def with_people_counts(self) -> "AgencyQuerySet":
        """Add `operators` and `heads`: how many active memberships each agency has."""
        return self.annotate(operators=_members(Role.OPERATOR), heads=_members(Role.HEAD))

    def without_people(self) -> "AgencyQuerySet":
        """Agencies in which nobody can fill anything."""
        return self.alias(people=_members(*AGENCY_ROLES)).filter(people=0)

    def without_head(self) -> "AgencyQuerySet":
        """Agencies in which nobody can endorse."""
        return self.alias(head_count=_members(Role.HEAD)).filter(head_count=0)


class Agency(models.Model):
    """A regency's agency (perangkat daerah), also kecamatan, bagian Setda, RSUD and instansi vertikal."""

    operators: int  # this and the next where `with_people_counts` was asked
    heads: int
    invited: bool  # while a year is prepared: somebody was invited for what is lacking, and has not come yet

    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies", verbose_name="wilayah")
    name = models.CharField("nama", max_length=150)
    short_name = models.CharField("nama singkat", max_length=40)
    kind = models.CharField("jenis", max_length=10, choices=agency_kind_choices, default="office")
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "perangkat daerah"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="agency_name_once_per_region", fields=["region", "name"], condition=Q(valid_until=None)
            ),
            models.CheckConstraint(
                name="agency_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def vertical(self) -> bool:
        """Whether the agency belongs to the central government (instansi vertikal): its head never endorses here."""
        return self.kind == "vertical"

    def people_after_its_end(self) -> int:
        """Return how many people still have access although the agency is no more; 0 while it exists."""
        if self.valid_until is None or self.valid_until >= timezone.localdate():
            return 0
        return self.memberships.active().values("user").distinct().count()


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Successions, followed back in time."""

    def with_predecessors(self, agencies) -> set[int]:
        """Return the ids of these agencies and of all that came before them, however often the office was renamed."""
        found = newest = set(agencies)
        while newest:
            newest = set(self.filter(new__in=newest).values_list("old", flat=True)) - found
            found = found | newest
        return found


class Succession(models.Model):
    """One agency took over from another (merger, split or renaming) on a day."""

    old = models.ForeignKey(Agency, models.PROTECT, related_name="successions_out")
    new = models.ForeignKey(Agency, models.PROTECT, related_name="successions_in")
    on = models.DateField("sejak")

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "peralihan perangkat daerah"
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["old", "new"]),
            models.CheckConstraint(name="succession_of_another", condition=~Q(old=models.F("new"))),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
