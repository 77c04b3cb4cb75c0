"""An instrument and its revisions, with the rights, agency types and predicates that a revision names."""

from decimal import Decimal
from typing import Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

# How people call a minister's regulation; one that is not here is called by its number and year alone.
SHORT_NAMES = {
    "Menteri Hukum dan Hak Asasi Manusia Republik Indonesia": "Permenkumham",
    "Menteri Hak Asasi Manusia Republik Indonesia": "Permenham",
}
OTHERWISE = "Peraturan"
M = TypeVar("M", bound=models.Model)


def text_status_choices() -> list[tuple[str, str]]:
    """Whether a revision's wording is the official one."""
    return [("draft", "Rancangan"), ("official", "Resmi"), ("bare", "Tanpa naskah indikator")]


class SignedInQuerySet(models.QuerySet[M]):
    """Rows of the catalogue: everyone who is signed in may read them."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Everything for everyone who is signed in, nothing for anyone else."""
        return self.all() if user.is_authenticated else self.none()


class Instrument(models.Model):
    """One rule by which regencies are assessed (instrumen), such as Permenkumham 22/2021; it never changes."""

    code = models.SlugField("kode", max_length=60, unique=True)
    regulation_number = models.PositiveIntegerField("nomor peraturan")
    regulation_year = models.PositiveSmallIntegerField("tahun peraturan")
    regulation_issuer = models.CharField("penerbit", max_length=200)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = "instrumen"
        ordering = ["-regulation_year", "-regulation_number"]

    def __str__(self) -> str:
        return self.regulation

    @property
    def regulation(self) -> str:
        """The rule as people call it: Permenkumham 22/2021."""
        return f"{SHORT_NAMES.get(self.regulation_issuer, OTHERWISE)} {self.regulation_number}/{self.regulation_year}"


class RevisionQuerySet(SignedInQuerySet["Revision"]):
    """Revisions, asked in the words of the office."""

    def newest(self) -> "RevisionQuerySet":
        """Keep the newest revision of each instrument."""
        later = Revision.objects.filter(instrument=models.OuterRef("instrument"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(later))

    def waiting(self) -> "RevisionQuerySet":
        """Keep those whose wording nobody has confirmed yet."""
        return self.filter(text_status="draft")


class Revision(models.Model):
    """One state of an instrument's text (revisi), known by its content's hash; only its status ever changes."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField("revisi")
    content_hash = models.CharField(max_length=64)
    title = models.CharField("judul", max_length=200)
    regulation_about = models.CharField("tentang", max_length=300)
    declared_total = models.PositiveSmallIntegerField("jumlah indikator")
    scale_max = models.DecimalField("nilai tertinggi", max_digits=5, decimal_places=2, default=Decimal(100))
    conventions = models.JSONField(default=dict)
    text_status = models.CharField("status naskah", max_length=8, choices=text_status_choices, default="draft")
    text_note = models.TextField("keterangan naskah", blank=True)
    loaded_at = models.DateTimeField("dimuat", default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "revisi instrumen"
        ordering = ["instrument", "-number"]
        constraints = [
            models.UniqueConstraint(name="revision_number_once", fields=["instrument", "number"]),
            models.UniqueConstraint(name="revision_content_once", fields=["instrument", "content_hash"]),
            models.CheckConstraint(
                name="revision_text_status_known", condition=Q(text_status__in=["draft", "official", "bare"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument.regulation} revisi {self.number}"

    @property
    def edition(self) -> str:
        """Which state of the text this is: Revisi 2."""
        return f"Revisi {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether the wording still waits for the official annex."""
        return self.text_status == "draft"

    @property
    def is_bare(self) -> bool:
        """Whether the revision names criteria only, to hang results of old years on."""
        return self.text_status == "bare"


class Right(models.Model):
    """One of the criteria of a revision (hak), in the order of the instrument."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="rights")
    position = models.PositiveSmallIntegerField("urutan")
    code = models.CharField("kode", max_length=10)
    group = models.CharField("kelompok", max_length=20, blank=True)
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("nama singkat", max_length=60)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = "hak"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="right_once", fields=["revision", "code"]),
            models.UniqueConstraint(name="right_position_once", fields=["revision", "position"]),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyType(models.Model):
    """A kind of agency that answers by default (jenis perangkat daerah); each region maps it to its own."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="agency_types")
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=150)
    short_name = models.CharField("nama singkat", max_length=40)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = "jenis perangkat daerah"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="agency_type_once", fields=["revision", "code"])]

    def __str__(self) -> str:
        return self.name


class Predicate(models.Model):
    """A class of the final score (predikat); a missing minimum is not fixed yet, a working one is not confirmed."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="predicates")
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=100)
    minimum = models.DecimalField("batas", max_digits=5, decimal_places=2, null=True)
    working = models.BooleanField("belum pasti", default=False)
    source = models.TextField("sumber", blank=True)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = "predikat"
        ordering = [models.F("minimum").desc(nulls_last=True), "code"]
        constraints = [
            models.UniqueConstraint(name="predicate_once", fields=["revision", "code"]),
            models.CheckConstraint(
                name="predicate_minimum_on_scale", condition=Q(minimum__isnull=True) | Q(minimum__range=(0, 100))
            ),
        ]

    def __str__(self) -> str:
        return self.name
