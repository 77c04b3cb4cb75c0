"""What a person is told: on the start page, and by e-mail where an address is known."""

from django.db import models
from django.utils import timezone

from accounts.models.user import User
from accounts.notice_kinds import KINDS


def notice_kind_choices() -> list[tuple[str, str]]:
    """What a notice is about."""
    return list(KINDS.items())


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, always of one person."""

    def visible_to(self, user) -> "NoticeQuerySet":
        """One's own notices and no others."""
        return self.filter(recipient_id=user.pk)

    def unread(self) -> "NoticeQuerySet":
        """Notices that the person has not opened or put away."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing that happened, told to one person (pemberitahuan)."""

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name="penerima")
    kind = models.CharField("perihal", max_length=12, choices=notice_kind_choices)
    text = models.CharField("isi", max_length=300)
    url = models.CharField("tautan", max_length=200)
    created_at = models.DateTimeField("pada", default=timezone.now)
    read_at = models.DateTimeField("dibaca", null=True, blank=True)
    mailed_at = models.DateTimeField("dikirim", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "read_at", "-created_at"], name="notice_of_recipient")]

    def __str__(self) -> str:
        return self.text
