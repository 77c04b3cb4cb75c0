"""Tells the reviewers of correction rounds that have closed; the worker does the same every hour."""

from django.core.management.base import BaseCommand

from assessment.jobs import close_due_rounds


class Command(BaseCommand):
    """Close due rounds."""

    help = "Memberi tahu verifikator tentang putaran perbaikan yang sudah ditutup."

    def handle(self, *args, **options) -> None:
        """Say how many there were."""
        self.stdout.write(f"{close_due_rounds()} putaran perbaikan ditutup.")
