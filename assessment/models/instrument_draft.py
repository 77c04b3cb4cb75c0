"""An instrument's file between its preview and its confirmation."""

from django.db import models
from django.utils import timezone

from accounts.models import User


class InstrumentDraftQuerySet(models.QuerySet["InstrumentDraft"]):
    """Previews, each for the person who asked for it."""

    def visible_to(self, user: User) -> "InstrumentDraftQuerySet":
        """What this person uploaded."""
        return self.filter(uploaded_by=user) if user.is_authenticated else self.none()


class InstrumentDraft(models.Model):
    """A checked file that an administrator looked at and has not confirmed yet (pratinjau instrumen)."""

    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    file_name = models.CharField("nama berkas", max_length=150)
    content = models.TextField("isi")
    created_at = models.DateTimeField("diunggah", default=timezone.now)

    objects = InstrumentDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "pratinjau instrumen"

    def __str__(self) -> str:
        return self.file_name
