"""The trail (jejak audit): what was changed, chained by hashes; and the log of what was read or refused."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models.append_only import AppendOnly
from accounts.models.places import Region
from accounts.models.user import User


class TrailHead(models.Model):
    """The end of one chain: of a region, or the one chain of whatever belongs to no region."""

    region = models.OneToOneField(Region, models.PROTECT, null=True, related_name="trail_head")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    at = models.DateTimeField("pada", null=True)  # of the last row; the chain itself does not rest on it

    class Meta:
        verbose_name = "ujung jejak"
        constraints = [
            models.UniqueConstraint(Coalesce("region", 0), name="trail_head_one_per_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.region or 'Umum'} #{self.number}"


class AuditEvent(AppendOnly):
    """One change: who, as what, when, did what to which object; its text lies in AuditPayload."""

    end_number: int | None  # this and the next while a chain is verified: where it ends in the same moment
    end_hash: str | None

    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField("pada")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    role = models.CharField("sebagai", max_length=200)
    verb = models.CharField("perbuatan", max_length=60)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    target_label = models.CharField(max_length=200)
    payload_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "jejak audit"
        ordering = ["pk"]
        indexes = [models.Index(fields=["target_type", "target_id", "-id"], name="audit_of_target")]
        constraints = [
            models.UniqueConstraint(Coalesce("region", 0), "number", name="audit_number_once_per_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.verb} {self.target_label}"


class AuditPayload(AppendOnly):
    """What an event changed, before and after; apart, so that a lawful erasure leaves the chain whole."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="payload")
    data = models.JSONField()

    class Meta:
        verbose_name = "isi jejak audit"

    def __str__(self) -> str:
        return f"#{self.event_id}"


def access_kind_choices() -> list[tuple[str, str]]:
    """What the access log records."""
    return [
        ("signed_in", "masuk"),
        ("signed_out", "keluar"),
        ("sign_in_failed", "gagal masuk"),
        ("refused", "ditolak"),
        ("downloaded", "mengunduh"),
        ("exported", "mengekspor"),
        ("opened", "membuka"),
    ]


class AccessEntry(AppendOnly):
    """Something was read, exported or refused, or somebody signed in (catatan akses); not chained."""

    kind = models.CharField("jenis", max_length=15, choices=access_kind_choices)
    at = models.DateTimeField("pada", default=timezone.now)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField("alamat", null=True)
    target_type = models.CharField(max_length=40, blank=True)
    target_id = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "catatan akses"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "-at"], name="access_of_user"),
            models.Index(fields=["kind", "detail", "-at"], name="access_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target_type} {self.target_id}".strip()
