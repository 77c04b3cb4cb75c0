"""The app of the catalogue."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Instruments, their revisions and indicators."""

    name = "indicators"
    verbose_name = "Katalog"
