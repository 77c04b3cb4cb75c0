"""Remove what is only kept for a while."""

from django.core.management.base import BaseCommand

from accounts.jobs import clear_expired


class Command(BaseCommand):
    """The daily job, by hand."""

    help = "Menghapus tanda formulir, sesi, dan hitungan gagal masuk yang sudah lewat masanya."

    def handle(self, *args, **options):
        """Remove."""
        clear_expired()
