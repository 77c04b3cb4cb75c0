"""One question of a revision: its form of answer, its scoring rule and the documents that prove an answer."""

from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Q

from indicators.models.instrument import AgencyType, Revision, Right, SignedInQuerySet

MOST_POINTS = 10
MOST_WORDS = 10
LONGEST_NUMBER = 4


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of indicator."""
    return [("structure", "Struktur"), ("process", "Proses"), ("outcome", "Hasil")]


def answer_type_choices() -> list[tuple[str, str]]:
    """Forms of answer."""
    return [("choice", "Pilihan"), ("ratio", "Rasio"), ("number", "Angka")]


def direction_choices() -> list[tuple[str, str]]:
    """Which end of the scale is the better one."""
    return [("higher", "Makin besar makin baik"), ("lower", "Makin kecil makin baik")]


class IndicatorQuerySet(SignedInQuerySet["Indicator"]):
    """Indicators, asked in the words of the office."""

    def with_rules(self) -> "IndicatorQuerySet":
        """Fetch everything that an indicator's page and its scoring need, in a fixed number of queries."""
        related = ("options", "bands", "documents", "supporting")
        return self.select_related("right", "agency", "revision__instrument").prefetch_related(*related)

    def matching(self, *, right: str = "", kind: str = "", agency: str = "", text: str = "") -> "IndicatorQuerySet":
        """Keep the indicators of a right, a kind, an agency type, and with all the words of a text.

        A word is looked for in the question, the guidance, the legal basis and the documents; a number also among
        the indicators' numbers.
        """
        found = self
        if right:
            found = found.filter(right__code=right)
        if kind:
            found = found.filter(kind=kind)
        if agency:
            links = Indicator.supporting.through.objects.filter(indicator=OuterRef("pk"), agencytype__code=agency)
            found = found.filter(Q(agency__code=agency) | Exists(links))
        for word in text.split()[:MOST_WORDS]:
            found = found.filter(_mentions(word))
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
        constraints = [
            models.UniqueConstraint(name="indicator_number_once", fields=["revision", "number"]),
            models.CheckConstraint(
                name="indicator_words_known",
                condition=Q(
                    kind__in=["structure", "process", "outcome"],
                    answer_type__in=["choice", "ratio", "number"],
                    direction__in=["higher", "lower"],
                ),
            ),
            models.CheckConstraint(name="indicator_weight_positive", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return f"Indikator {self.number}"

    @property
    def eyebrow(self) -> str:
        """What stands above the question: Indikator 65 · proses · Hak atas kesehatan; needs the right fetched along."""
        return f"{self} · {self.get_kind_display().lower()} · {self.right.name}"

    @property
    def none_label(self) -> str:
        """What "tidak ada" is called: where less is better, that nothing happened is the number 0."""
        return "Tidak ada data" if self.direction == "lower" else "Tidak ada"

    @property
    def is_ratio(self) -> bool:
        """Whether the answer is a part of a whole."""
        return self.answer_type == "ratio"

    @property
    def less_is_better(self) -> bool:
        """Whether a smaller number is worth more."""
        return self.direction == "lower"

    @property
    def measured_unit(self) -> str:
        """The unit of the achievement: a percentage for ratios, else the indicator's own."""
        return "%" if self.answer_type == "ratio" else self.unit

    @property
    def is_reconstructed(self) -> bool:
        """Whether the wording is this project's reconstruction and not the annex's."""
        return self.source == "reconstruction"


class AnswerOption(models.Model):
    """One option of a choice, best first (pilihan)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    label = models.CharField("pilihan", max_length=500)
    points = models.DecimalField("nilai", max_digits=4, decimal_places=2)

    class Meta:
        verbose_name = "pilihan"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="option_position_once", fields=["indicator", "position"]),
            models.CheckConstraint(name="option_points_on_scale", condition=Q(points__range=(0, MOST_POINTS))),
        ]

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
        constraints = [
            models.UniqueConstraint(name="band_position_once", fields=["indicator", "position"]),
            models.CheckConstraint(name="band_points_on_scale", condition=Q(points__range=(0, MOST_POINTS))),
        ]

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


def _mentions(word: str) -> Q:
    papers = RequiredDocument.objects.filter(indicator=OuterRef("pk"), text__icontains=word)
    said = Q(text__icontains=word) | Q(guidance__icontains=word) | Q(basis__icontains=word) | Q(Exists(papers))
    is_number = word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER
    return said | Q(number=int(word)) if is_number else said
