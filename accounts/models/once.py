"""Tokens of write forms, so that a double click does a thing once."""

from django.db import models
from django.utils import timezone

from accounts.models.user import User


class FormToken(models.Model):
    """A write form that was carried out, and the page that its sender saw afterwards."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token = models.CharField(max_length=43)
    result_url = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "tanda formulir"
        constraints = [models.UniqueConstraint(name="form_token_once", fields=["user", "token"])]

    def __str__(self) -> str:
        return self.token
