"""The app of people, places and the trail."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Connects the triggers, the log of sign-ins and the words of the trail."""

    name = "accounts"
    verbose_name = "Orang dan tempat"

    def ready(self) -> None:
        """Connect once the models are there."""
        from accounts import append_only, notice_kinds, periodic, sessions, trail_words

        # Sent once for each app, after all of them were migrated: one time is enough.
        post_migrate.connect(append_only.install, sender=self, dispatch_uid="append_only")
        post_migrate.connect(periodic.install, sender=self, dispatch_uid="periodic")
        periodic.daily("accounts.jobs.clear_expired")
        sessions.connect()
        notice_kinds.register(invitation="Undangan", account="Akun")
        trail_words.teach()
