"""Rows that are written once: refused here by the model, and in the database by triggers."""

from typing import NoReturn

from django.db import models


class AppendOnly(models.Model):
    """A row that nobody changes or removes after it was written.

    `accounts.append_only.install` puts a trigger on the table of every model that inherits from this one.
    """

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Insert the row; raises TypeError where it would be changed."""
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> NoReturn:
        """Raise TypeError: the row stays."""
        raise TypeError(f"{type(self).__name__} rows are never removed.")
