"""Load an instrument's file, or only check it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.audit import Actor
from assessment.actions.instruments import FaultyInstrumentError, checked, import_instrument
from indicators.catalogue import UnreadableError


class Command(BaseCommand):
    """Exit status 1 with every fault named, and nothing written, where the file has faults."""

    help = "Memuat berkas instrumen (YAML) setelah memeriksanya."

    def add_arguments(self, parser):
        """The file, and whether it is only checked."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="hanya memeriksa, tidak menyimpan")

    def handle(self, *args, **options):
        """Check, then load."""
        document = self._document(options["file"])
        if options["check"]:
            self.stdout.write(f"Tidak ada kesalahan: {len(document['indicators'])} indikator.")
            return
        loaded = import_instrument(document=document, actor=Actor.system("load_instrument"))
        done = "dimuat" if loaded.created else "sudah ada; tidak ada yang berubah"
        self.stdout.write(f"{loaded.revision}: {done}.")

    def _document(self, path: Path) -> dict:
        try:
            return checked(path.read_bytes())
        except OSError as error:
            raise CommandError(f"Berkas {path} tidak dapat dibaca: {error.strerror}.") from error
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        except FaultyInstrumentError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(error.faults)} kesalahan; tidak ada yang disimpan.") from error
