"""Load an instrument's file, or only check it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.audit import Actor
from assessment.actions.instruments import import_instrument
from assessment.facts.instruments import FaultyInstrumentError, checked, newest_revision
from indicators.catalogue import MAX_BYTES, Loaded, UnreadableError, difference, known_revision


class Command(BaseCommand):
    """Exit status 1 with every fault named, and nothing written, where the file has faults."""

    help = "Memuat berkas instrumen (YAML) setelah memeriksanya."

    def add_arguments(self, parser):
        """The file, and whether it is only checked."""
        parser.add_argument("file", type=Path, help="berkas instrumen, misalnya fixtures/instrument_….yaml")
        parser.add_argument("--check", action="store_true", help="hanya memeriksa, tidak menyimpan")

    def handle(self, *args, **options):
        """Check, say what would change, then load."""
        manuscript = self._manuscript(options["file"])
        self.stdout.write(f"Tidak ada kesalahan: {_size(manuscript)}.")
        self._announce(manuscript)
        if not options["check"]:
            self._report(import_instrument(manuscript=manuscript, actor=Actor.system("load_instrument")), manuscript)

    def _manuscript(self, path: Path) -> dict:
        try:
            with path.open("rb") as file:
                return checked(file.read(MAX_BYTES + 1))
        except OSError as error:
            raise CommandError(f"Berkas {path} tidak dapat dibuka. Periksa letak dan izinnya.") from error
        except UnreadableError as error:
            raise CommandError(f"{error} Tidak ada yang disimpan.") from error
        except FaultyInstrumentError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(error.faults)} kesalahan; tidak ada yang disimpan.") from error

    def _announce(self, manuscript: dict) -> None:
        newest = newest_revision(manuscript)
        if newest is None or known_revision(manuscript):
            return
        self.stdout.write(f"Dibandingkan dengan {newest}:")
        changes = difference(newest, manuscript)
        for change in (*changes.general, *changes.indicators):
            names = ", ".join(field.name for field in change.fields)
            self.stdout.write(f"  {change.name}: {WORDS[change.what]}{f' ({names})' if names else ''}")

    def _report(self, loaded: Loaded, manuscript: dict) -> None:
        if not loaded.created:
            self.stdout.write(f"{loaded.revision} sudah berisi naskah yang sama; tidak ada yang berubah.")
            return
        self.stdout.write(f"{loaded.revision} dimuat: {_size(manuscript)}.")
        if manuscript["text_status"] == "resmi":
            self.stdout.write(
                "Naskahnya dimuat sebagai rancangan. Administrator menetapkannya sebagai naskah resmi di halaman "
                "“Impor instrumen”."
            )


def _size(manuscript: dict) -> str:
    return f"{len(manuscript['rights'])} hak, {len(manuscript['indicators'])} indikator"


WORDS = {"added": "baru", "removed": "dihapus", "changed": "berubah"}
