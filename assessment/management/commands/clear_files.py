"""Clear away what broken uploads left."""

from django.core.management.base import BaseCommand

from assessment.jobs import clear_files


class Command(BaseCommand):
    """The daily job, by hand."""

    help = "Menghapus berkas sementara dan berkas tanpa catatan yang sudah lebih dari 24 jam."

    def handle(self, *args, **options) -> None:
        """Clear."""
        self.stdout.write(f"{clear_files()} berkas dihapus.")
