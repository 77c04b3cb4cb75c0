"""Documents that were made of a cycle: each freezes a snapshot, the worker only prints it."""

import datetime as dt
import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from assessment.enums import document_kind_choices, document_state_choices
from assessment.models.award import AwardEnding
from assessment.models.cycle import Cycle
from assessment.models.result import Result, Snapshot

STALE = dt.timedelta(minutes=10)  # after which nobody waits for a document any more


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    """Documents, asked in the words of the office."""

    def visible_to(self, user) -> "IssuedDocumentQuerySet":
        """The regency's documents for its coordinator, the reviewer's for the office, final ones for both."""
        if not user.is_authenticated:
            return self.none()
        regency = Q(cycle__region__in=user.region_ids(Role.COORDINATOR))
        office = Q(cycle__region__in=user.region_ids(Role.REVIEWER))
        return self.filter(
            regency & Q(audience="regency") | office & Q(audience="reviewer") | (regency | office) & Q(final=True)
        )

    def with_outdated(self) -> "IssuedDocumentQuerySet":
        """Give each document `outdated`: whether the year's award ended after it was printed, so that it is silent."""
        later = AwardEnding.objects.filter(award__cycle=OuterRef("cycle"), ended_at__gt=OuterRef("finished_at"))
        return self.annotate(outdated=Exists(later))


class IssuedDocument(models.Model):
    """A dossier as PDF or Excel (dokumen terbit): what is frozen in it, for whom, and how far its printing is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="documents")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    result = models.ForeignKey(Result, models.PROTECT, null=True, related_name="+")
    kind = models.CharField("jenis", max_length=4, choices=document_kind_choices)
    audience = models.CharField("menurut", max_length=10)
    final = models.BooleanField("final", default=False)
    version = models.CharField("versi perangkat lunak", max_length=20)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("diminta", default=timezone.now)
    state = models.CharField("keadaan", max_length=8, choices=document_state_choices, default="queued")
    progress = models.PositiveSmallIntegerField("kemajuan", default=0)
    stage = models.CharField("tahap", max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    size = models.PositiveBigIntegerField("ukuran", null=True)
    finished_at = models.DateTimeField("selesai", null=True)

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumen terbit"
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["cycle", "-requested_at"], name="document_of_cycle")]

    def __str__(self) -> str:
        return f"{self.cycle} · {self.get_kind_display()}"

    @property
    def path(self) -> Path:
        """Where the file lies once it is ready."""
        return Path(settings.DATA_DIR) / "exports" / f"{self.public_id}.{self.kind}"

    @property
    def file_name(self) -> str:
        """The name that a person gets it under."""
        region = self.cycle.region
        nature = "" if self.final else "-sementara"
        return f"dokumen-penilaian-{region.code}-{self.cycle.assessment_year}{nature}.{self.kind}"

    @property
    def waiting(self) -> bool:
        """Whether it is still being made."""
        return self.state in ("queued", "working")

    @property
    def resumed(self) -> bool:
        """Whether an earlier attempt was broken off and it is being made anew."""
        return self.state == "working" and self.attempts > 1

    def stale(self, at: dt.datetime | None = None) -> bool:
        """Whether it was asked for so long ago that it may be queued again."""
        return self.waiting and self.requested_at <= (at or timezone.now()) - STALE
