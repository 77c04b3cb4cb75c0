"""Prove that the trail is whole, or name its first bad row."""

from django.core.management.base import BaseCommand, CommandError

from accounts.verification import chains, contains, verify


class Command(BaseCommand):
    """Exit status 0 when every chain is whole, 1 with the first bad row otherwise."""

    help = "Memeriksa keutuhan jejak audit."

    def add_arguments(self, parser):
        """A head that a dossier printed."""
        parser.add_argument("--head", help="hash ujung jejak yang tercetak pada paket atau dokumen penilaian")

    def handle(self, *args, **options):
        """Walk every chain."""
        heads = chains()
        fault = next((found for found in map(verify, heads) if found), None)
        if fault:
            raise CommandError(str(fault))
        if options["head"] and not contains(options["head"]):
            raise CommandError("Hash itu tidak ada dalam jejak: rantai telah dibangun ulang, atau hash salah ketik.")
        self.stdout.write(f"Jejak audit utuh: {sum(head.number for head in heads)} baris dalam {len(heads)} rantai.")
