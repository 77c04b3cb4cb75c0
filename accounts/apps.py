"""The app of people, places and the trail."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Connects the triggers, the log of sign-ins and the words of the trail."""

    name = "accounts"
    verbose_name = "Orang dan tempat"

    def ready(self) -> None:
        """Connect once the models are there."""
        from accounts import append_only, sessions, trail_words

        post_migrate.connect(append_only.install, dispatch_uid="append_only")
        sessions.connect()
        trail_words.teach()
