"""Documents that prove answers: the stored file, the agency's record of it, and where it is cited."""

import re
import uuid
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Agency, AppendOnly, Succession, User
from assessment.enums import evidence_kind_choices
from assessment.models.answer import Answer, Submission

SHORT_HASH = 12


class StoredFile(AppendOnly):
    """Bytes kept once by their SHA-256 (berkas); without a name, a place or a reader of its own."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "berkas"

    def __str__(self) -> str:
        return self.sha256[:SHORT_HASH]

    @property
    def path(self) -> str:
        """Where the bytes lie, below the storage's root."""
        return f"sha256/{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"

    def has_pages(self, cited: str) -> bool:
        """Whether the file has every page of a citation such as "14-16, 20"; a file of unknown length has them all."""
        numbers = [int(number) for number in re.findall(r"\d+", cited)]
        return not self.pages or all(1 <= number <= self.pages for number in numbers)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, asked in the words of the office."""

    def visible_to(self, user) -> "EvidenceQuerySet":
        """Evidence of one's own agencies and their predecessors, and what a visible answer or response cites."""
        if not user.is_authenticated:
            return self.none()
        drafts = Citation.objects.visible_to(user).filter(evidence=OuterRef("pk"))
        seen = Submission.objects.visible_to(user).filter(pk=OuterRef("submission"))
        submitted = SubmittedCitation.objects.filter(Exists(seen), evidence=OuterRef("pk"))
        # The register of problems lies above this module; its responses cite evidence too.
        register: Any = self.model._meta.apps.get_app_config("assessment")
        problems = register.get_model("Problem").objects.visible_to(user)
        proofs = register.get_model("ProblemResponse").objects.filter(evidence=OuterRef("pk"), problem__in=problems)
        return self.filter(
            Q(pk__in=self.library_of(user).values("pk")) | Exists(drafts) | Exists(submitted) | Exists(proofs)
        )

    def library_of(self, user) -> "EvidenceQuerySet":
        """The libraries that the person may take evidence from.

        Of own agencies and of those they succeeded; for a coordinator also of agencies without people, whose answers
        the coordinator gives (docs/aturan.md, "Mengisi untuk perangkat daerah tanpa orang").
        """
        return Evidence.objects.of_agencies(user.agency_ids() | user.agencies_stood_in_for())

    def of_agencies(self, agencies) -> "EvidenceQuerySet":
        """Evidence of these agencies and of all that came before them."""
        return self.filter(agency__in=Succession.objects.with_predecessors(agencies))

    def titled(self, words: str) -> "EvidenceQuerySet":
        """Evidence whose title or number has all the words."""
        found = self
        for word in words.split():
            found = found.filter(Q(title__icontains=word) | Q(number__icontains=word))
        return found

    def newest(self) -> "EvidenceQuerySet":
        """Evidence that no newer version took the place of."""
        return self.filter(superseded_by=None)


class Evidence(models.Model):
    """An agency's record of a document (data dukung): one file with title, kind, number, date and validity."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField("nama berkas", max_length=150)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="evidence", verbose_name="pemilik")
    title = models.CharField("judul", max_length=200)
    kind = models.CharField("jenis", max_length=10, choices=evidence_kind_choices)
    number = models.CharField("nomor", max_length=100, blank=True)
    dated_on = models.DateField("tanggal", null=True, blank=True)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("diunggah", default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "data dukung"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["agency", "-created_at"], name="evidence_of_agency")]
        constraints = [
            models.UniqueConstraint(name="evidence_file_once_per_agency", fields=["agency", "file"]),
            models.CheckConstraint(
                name="evidence_valid_in_order",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def newer(self) -> "Evidence | None":
        """The version that took the place of this one."""
        return getattr(self, "superseded_by", None)

    @property
    def newest_version(self) -> "Evidence":
        """The last of the versions that followed; the evidence itself where none did."""
        version = self
        while version.newer:
            version = version.newer
        return version


class CitationContent(models.Model):
    """Evidence used for an answer, with the required document it proves, the pages and a note."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="%(class)ss")
    document = models.ForeignKey("indicators.RequiredDocument", models.PROTECT, null=True, blank=True, related_name="+")
    pages = models.CharField("halaman", max_length=60, blank=True)
    note = models.CharField("keterangan", max_length=300, blank=True)

    class Meta:
        abstract = True


class CitationQuerySet(models.QuerySet["Citation"]):
    """Citations of drafts."""

    def visible_to(self, user) -> "CitationQuerySet":
        """Citations of the answers whose drafts the person may see."""
        return self.filter(Answer.objects.drafts_visible_to(user).named_by("answer"))


class Citation(CitationContent):
    """Evidence cited by a draft (rujukan data dukung)."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="citations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="ditambahkan oleh")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = "rujukan data dukung"
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(name="citation_once", fields=["answer", "evidence", "document"])]

    def __str__(self) -> str:
        return f"{self.answer} · {self.evidence}"


class SubmittedCitation(CitationContent, AppendOnly):
    """Evidence as a submission cites it, for ever."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="citations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "rujukan pengajuan"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission} · {self.evidence}"
