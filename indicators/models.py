"""The tables of the catalogue: an instrument, its revisions, and what each revision asks."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone


def text_status_choices() -> list[tuple[str, str]]:
    """Whether a revision's wording is the official one."""
    return [("draft", "Rancangan"), ("official", "Resmi"), ("bare", "Tanpa naskah indikator")]


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of indicator."""
    return [("structure", "Struktur"), ("process", "Proses"), ("outcome", "Hasil")]


def answer_type_choices() -> list[tuple[str, str]]:
    """Forms of answer."""
    return [("choice", "Pilihan"), ("ratio", "Rasio"), ("number", "Angka")]


def direction_choices() -> list[tuple[str, str]]:
    """Which end of the scale is the better one."""
    return [("higher", "Makin besar makin baik"), ("lower", "Makin kecil makin baik")]


class SignedInQuerySet(models.QuerySet):
    """Rows of the catalogue: everyone who is signed in may read them."""

    def visible_to(self, user) -> "SignedInQuerySet":
        """Everything for everyone who is signed in, nothing for anyone else."""
        return self.all() if user.is_authenticated else self.none()


class Instrument(models.Model):
    """One rule by which regencies are assessed (instrumen), such as Permenkumham 22/2021."""

    code = models.SlugField("kode", max_length=60, unique=True)
    title = models.CharField("judul", max_length=200)
    regulation_number = models.PositiveIntegerField("nomor peraturan")
    regulation_year = models.PositiveSmallIntegerField("tahun peraturan")
    regulation_about = models.CharField("tentang", max_length=300)
    regulation_issuer = models.CharField("penerbit", max_length=200)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = "instrumen"
        ordering = ["-regulation_year", "-regulation_number"]

    def __str__(self) -> str:
        return self.title

    @property
    def regulation(self) -> str:
        """The rule as people call it: Permenkumham 22/2021."""
        return f"Permenkumham {self.regulation_number}/{self.regulation_year}"


class Revision(models.Model):
    """One state of an instrument's text (revisi), known by its content's hash; only its status ever changes."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField("revisi")
    content_hash = models.CharField(max_length=64)
    declared_total = models.PositiveSmallIntegerField("jumlah indikator")
    scale_max = models.DecimalField("nilai tertinggi", max_digits=5, decimal_places=2, default=Decimal(100))
    conventions = models.JSONField(default=dict)
    text_status = models.CharField("status naskah", max_length=8, choices=text_status_choices, default="draft")
    text_note = models.TextField("keterangan naskah", blank=True)
    loaded_at = models.DateTimeField("dimuat", default=timezone.now)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = "revisi instrumen"
        ordering = ["instrument", "-number"]
        constraints = [
            models.UniqueConstraint(name="revision_number_once", fields=["instrument", "number"]),
            models.UniqueConstraint(name="revision_content_once", fields=["instrument", "content_hash"]),
        ]

    def __str__(self) -> str:
        return f"{self.instrument.regulation} revisi {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether the wording still waits for the official annex."""
        return self.text_status == "draft"


class Right(models.Model):
    """One of the criteria of a revision (hak)."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="rights")
    code = models.CharField("kode", max_length=10)
    group = models.CharField("kelompok", max_length=20, blank=True)
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("nama singkat", max_length=60)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = "hak"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(name="right_once", fields=["revision", "code"])]

    def __str__(self) -> str:
        return self.name


class AgencyType(models.Model):
    """A kind of agency that answers by default (jenis perangkat daerah); each region maps it to its own."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="agency_types")
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=150)
    short_name = models.CharField("nama singkat", max_length=40)

    class Meta:
        verbose_name = "jenis perangkat daerah"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="agency_type_once", fields=["revision", "code"])]

    def __str__(self) -> str:
        return self.name


class IndicatorQuerySet(SignedInQuerySet):
    """Indicators, asked in the words of the office."""

    def with_rules(self) -> "IndicatorQuerySet":
        """Fetch everything that an indicator's page and its scoring need, in a fixed number of queries."""
        related = ("options", "bands", "documents", "supporting")
        return self.select_related("right", "agency", "revision__instrument").prefetch_related(*related)

    def matching(self, *, right: str = "", kind: str = "", agency: str = "", text: str = "") -> "IndicatorQuerySet":
        """Keep the indicators of a right, a kind, an agency type, and with all the words of a text."""
        found = self
        if right:
            found = found.filter(right__code=right)
        if kind:
            found = found.filter(kind=kind)
        if agency:
            found = found.filter(Q(agency__code=agency) | Q(supporting__code=agency)).distinct()
        for word in text.split()[:10]:
            fits = (
                Q(text__icontains=word) | Q(guidance__icontains=word) | Q(number=int(word) if _is_number(word) else 0)
            )
            found = found.filter(fits)
        return found


class Indicator(models.Model):
    """One question with its form of answer, scoring rule and required documents (indikator)."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="indicators")
    right = models.ForeignKey(Right, models.PROTECT, related_name="indicators", verbose_name="hak")
    number = models.PositiveSmallIntegerField("nomor")
    kind = models.CharField("jenis", max_length=10, choices=kind_choices)
    text = models.TextField("indikator")
    guidance = models.TextField("petunjuk", blank=True)
    answer_type = models.CharField("bentuk jawaban", max_length=6, choices=answer_type_choices)
    numerator = models.CharField("pembilang", max_length=300, blank=True)
    denominator = models.CharField("penyebut", max_length=300, blank=True)
    unit = models.CharField("satuan", max_length=100, blank=True)
    direction = models.CharField("arah", max_length=6, choices=direction_choices, default="higher")
    maximum = models.DecimalField("angka terbesar", max_digits=19, decimal_places=4, null=True)
    weight = models.DecimalField("bobot", max_digits=5, decimal_places=2, default=Decimal(1))
    basis = models.CharField("dasar hukum", max_length=300, blank=True)
    source = models.CharField("sumber", max_length=60, blank=True)
    agency = models.ForeignKey(AgencyType, models.PROTECT, related_name="+", verbose_name="pengampu")
    supporting = models.ManyToManyField(AgencyType, related_name="+", verbose_name="pendukung")

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indikator"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="indicator_number_once", fields=["revision", "number"])]

    def __str__(self) -> str:
        return f"Indikator {self.number}"

    @property
    def none_label(self) -> str:
        """What "tidak ada" is called: where less is better, that nothing happened is the number 0."""
        return "Tidak ada data" if self.direction == "lower" else "Tidak ada"

    @property
    def measured_unit(self) -> str:
        """The unit of the achievement: a percentage for ratios, else the indicator's own."""
        return "%" if self.answer_type == "ratio" else self.unit


class AnswerOption(models.Model):
    """One option of a choice, best first (pilihan)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    label = models.CharField("pilihan", max_length=500)
    points = models.DecimalField("nilai", max_digits=4, decimal_places=2)

    class Meta:
        verbose_name = "pilihan"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="option_position_once", fields=["indicator", "position"])]

    def __str__(self) -> str:
        return self.label


class Band(models.Model):
    """One band of a ratio or number, read from the top (pita); a bound belongs to its band, None has no limit."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="bands")
    position = models.PositiveSmallIntegerField()
    bound = models.DecimalField("batas", max_digits=19, decimal_places=4, null=True)
    points = models.DecimalField("nilai", max_digits=4, decimal_places=2)

    class Meta:
        verbose_name = "pita"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="band_position_once", fields=["indicator", "position"])]

    def __str__(self) -> str:
        return f"{self.bound}: {self.points}"


class RequiredDocument(models.Model):
    """A document that proves an answer, required or not (dokumen yang diminta)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="documents")
    position = models.PositiveSmallIntegerField()
    text = models.CharField("dokumen", max_length=500)
    required = models.BooleanField("wajib")

    class Meta:
        verbose_name = "dokumen yang diminta"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="document_position_once", fields=["indicator", "position"])]

    def __str__(self) -> str:
        return self.text


class Predicate(models.Model):
    """A class of the final score (predikat); a missing minimum is not fixed yet, a working one is not confirmed."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="predicates")
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=100)
    minimum = models.DecimalField("batas", max_digits=5, decimal_places=2, null=True)
    working = models.BooleanField("belum pasti", default=False)
    source = models.TextField("sumber", blank=True)

    class Meta:
        verbose_name = "predikat"
        ordering = ["-minimum"]
        constraints = [models.UniqueConstraint(name="predicate_once", fields=["revision", "code"])]

    def __str__(self) -> str:
        return self.name


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 4  # noqa: PLR2004 - no instrument has more digits
