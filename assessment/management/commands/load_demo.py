"""Fill an empty installation with sample data."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Region, User
from assessment.demo import build_demo

ACCOUNTS = "demo-accounts.json"
FIRST_CLICKS = {
    "operator": "Tugas saya, lalu indikator 65",
    "head": "Tugas saya, lalu yang menunggu pengesahan",
    "coordinator": "Periode, lalu papan kelengkapan tahun ini; tahun lalu ada hasil dan dokumennya",
    "leader": "Periode, lalu hasil tahun lalu",
    "reviewer": "Lanjutkan verifikasi Kabupaten Lebak",
    "second_reviewer": "Kabupaten/kota, lalu paket Kota Cilegon",
    "observer": "Kabupaten/kota",
    "administrator": "Wilayah, lalu Katalog",
    "other_operator": "Tugas saya di Kabupaten Lebak",
    "other_coordinator": "Periode Kabupaten Lebak yang sedang diverifikasi",
}


class Command(BaseCommand):
    """Refuses a database that holds other data; prints the accounts that it made."""

    help = "Mengisi basis data kosong dengan data contoh."

    def add_arguments(self, parser):
        """What to do where data are there already."""
        parser.add_argument("--if-empty", action="store_true", help="lewati bila data contoh sudah ada")
        parser.add_argument("--accounts", action="store_true", help="hanya tampilkan akun contoh")

    def handle(self, *args, **options):
        """Build, or print the accounts of an earlier building."""
        path = Path(settings.DATA_DIR) / ACCOUNTS
        if options["accounts"]:
            return self._show(json.loads(path.read_text()))
        if Region.objects.filter(is_demo=True).exists() and options["if_empty"]:
            return None
        if User.objects.exists() or Region.objects.exists():
            raise CommandError("Basis data ini sudah berisi data lain; data contoh hanya dimuat ke basis data kosong.")
        accounts = build_demo()
        path.write_text(json.dumps(accounts, indent=2))
        path.chmod(0o600)
        return self._show(accounts)

    def _show(self, accounts: dict[str, list[str]]) -> None:
        self.stdout.write(f"\nPeduli HAM, data contoh: {settings.SITE_URL}\n")
        for role, (username, password) in accounts.items():
            click = f"  → {FIRST_CLICKS[role]}" if role in FIRST_CLICKS else ""
            self.stdout.write(f"  {role:<20} {username:<26} {password}{click}")
        self.stdout.write("")
