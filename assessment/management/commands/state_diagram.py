"""Draws the machines of the workflow, from their tables: docs/alur-kerja.md is what this prints."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.permissions import RIGHTS
from assessment.enums import EDITABLE
from assessment.workflow import MACHINES, Machine, Step
from assessment.workflow.guards import all_decided, in_filling, open_for_agency, reviewers_turn, time_to_fill
from assessment.workflow.steps import WHENCE_IT_CAME, unguarded

TARGET = Path(settings.BASE_DIR) / "docs" / "alur-kerja.md"
PREAMBLE = """\
# Alur kerja

Halaman ini dicetak dari tabel langkah di `assessment/workflow/`; jangan mengubahnya dengan tangan, tetapi cetak lagi:
`manage.py state_diagram --write`. Pengujian membandingkan keduanya, seperti `state_diagram --check`.

Tombol sebuah langkah hidup tepat ketika langkahnya akan berhasil. Kolom *Oleh* menyebut perannya; sejauh mana tempatnya
menjangkau ada di `assessment/rules.py`, dan arti syaratnya di [aturan.md](aturan.md).
"""
WHILE = {
    unguarded: "",
    open_for_agency: "terbuka bagi perangkat daerah",
    in_filling: "selama pengisian",
    time_to_fill: "batas pengisian belum lewat",
    reviewers_turn: "selama verifikasi, tidak ditunggu dalam putaran perbaikan",
    all_decided: "semua diputuskan, tanpa putaran atau catatan yang menunggu",
}


class Command(BaseCommand):
    """Print the page of the machines, keep it, or compare it with the one that is kept."""

    help = "Mencetak diagram status dari tabel langkah; dengan --write ke docs/alur-kerja.md."

    def add_arguments(self, parser) -> None:
        """One of two switches, or none."""
        either = parser.add_mutually_exclusive_group()
        either.add_argument("--write", action="store_true", help="menulis docs/alur-kerja.md")
        either.add_argument("--check", action="store_true", help="hanya membandingkan; gagal bila berbeda")

    def handle(self, *args, check: bool, write: bool, **options) -> None:
        """Print, keep or compare."""
        page = drawn()
        if write:
            TARGET.write_text(page)
        elif not check:
            self.stdout.write(page, ending="")
        elif not TARGET.is_file() or TARGET.read_text() != page:
            raise CommandError(
                "docs/alur-kerja.md tidak sama dengan tabelnya; jalankan manage.py state_diagram --write"
            )


def drawn() -> str:
    """Return the whole page."""
    return "\n".join([PREAMBLE, *(line for machine in MACHINES.values() for line in _section(machine))])


def _section(machine: Machine) -> Iterator[str]:
    name = str(machine.model._meta.verbose_name)
    yield from (f"## {name[0].upper()}{name[1:]}", "", "```mermaid", "stateDiagram-v2", *_diagram(machine), "```", "")
    yield from ("| Langkah | Dari | Menjadi | Oleh | Syarat |", "|---|---|---|---|---|")
    yield from (_row(machine, step) for step in machine.steps.values())
    yield ""


def _diagram(machine: Machine) -> Iterator[str]:
    field = _status(machine)
    yield from (f'  state "{word}" as {status}' for status, word in field.choices)
    yield f"  [*] --> {field.default}"
    for step in machine.steps.values():
        yield from (f"  {source} --> {target}: {step.label}" for source in step.sources for target in _targets(step))
    left = {source for step in machine.steps.values() for source in step.sources}
    yield from (f"  {status} --> [*]" for status, _word in field.choices if status not in left)


def _status(machine: Machine) -> Any:
    return machine.model._meta.get_field("status")


def _row(machine: Machine, step: Step) -> str:
    words = dict(_status(machine).choices)
    sources = "semua status" if len(step.sources) == len(words) else ", ".join(words[row] for row in step.sources)
    targets = " atau ".join(words[row] for row in _targets(step))
    roles = ", ".join(role.label for role in RIGHTS[step.permission].roles)
    conditions = "; ".join(filter(None, (WHILE[step.guard], "dengan alasan" if step.needs_note else ""))) or "–"
    return f"| {step.label} | {sources} | {targets} | {roles} | {conditions} |"


def _targets(step: Step) -> tuple[str, ...]:
    """Where a step may lead: an answer that goes back stands again where it was handed up from."""
    return EDITABLE if step.target == WHENCE_IT_CAME else (step.target,)
