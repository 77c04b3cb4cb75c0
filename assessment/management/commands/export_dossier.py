"""Makes the same dossier as the browser does, from the console."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.audit import Actor, record
from assessment.actions.documents import ISSUED, freeze
from assessment.enums import Audience, CycleStatus, DocumentKind
from assessment.exports.printed import printed
from assessment.exports.printers import print_to
from assessment.models import Cycle
from assessment.refusals import TransitionRefusedError

AUDIENCES = {"coordinator": Audience.REGENCY, "reviewer": Audience.REVIEWER}


class Command(BaseCommand):
    """Exit status 1 with a sentence where there is no such cycle, or nothing to print of it."""

    help = "Mengekspor dokumen penilaian satu kabupaten/kota dan tahun penilaian."

    def add_arguments(self, parser) -> None:
        """Region, assessment year, format, file, and whose view."""
        parser.add_argument("--region", required=True, help="kode Kemendagri, misalnya 36.04")
        parser.add_argument("--year", required=True, type=int, help="tahun penilaian")
        parser.add_argument("--format", required=True, choices=DocumentKind.values)
        parser.add_argument("--out", required=True, type=Path, help="berkas tujuan")
        parser.add_argument("--as", dest="reader", choices=AUDIENCES, default="coordinator", help="menurut siapa")

    def handle(self, *args, **options) -> None:
        """Freeze, then print to the file."""
        rows = Cycle.objects.filter(region__code=options["region"], assessment_year=options["year"])
        rows = rows.exclude(status=CycleStatus.CANCELLED).select_related("region__parent", "revision__instrument")
        cycle = rows.first()
        if cycle is None:
            raise CommandError(f"Tidak ada periode {options['region']} tahun penilaian {options['year']}.")
        target, now = options["out"], timezone.now()
        if not target.parent.is_dir():
            raise CommandError(f"Folder {target.parent} tidak ada.")
        try:
            with transaction.atomic():
                audience = AUDIENCES[options["reader"]]
                snapshot, result = freeze(cycle, audience, now)
                after = {
                    "kind": options["format"],
                    "snapshot": snapshot.sha256,
                    "final": cycle.fixed,
                    "reading": audience,
                }
                actor = Actor.system("export_dossier")
                record(actor=actor, verb=ISSUED, target=cycle, region=cycle.region, after=after, at=now)
        except TransitionRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        made = printed(snapshot, cycle, result, made_at=now, version=settings.VERSION, final=cycle.fixed)
        print_to(target, options["format"], made)
        self.stdout.write(f"{made.nature} {made.code} → {target}")
