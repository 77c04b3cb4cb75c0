"""The dossier as a PDF: one HTML document from the frozen object, laid out by a child process."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE

from django.conf import settings
from django.template.loader import render_to_string

from accounts.sure import sure
from assessment.exports.paper import paper_of
from assessment.exports.printed import Print

STATIC = Path(settings.BASE_DIR) / "static"
MEMORY_BYTES, CPU_SECONDS = 1024 * 1024 * 1024, 240
LAID_OUT_FROM, LAID_OUT_TO = 10, 90
Tell = Callable[[int, str], None]


class PrintingError(Exception):
    """The document could not be laid out within its limits; the message is what the child said, for the log."""


def html_of(printed: Print) -> str:
    """Return the document as HTML, from the frozen object alone."""
    context = {"printed": printed, "dossier": printed.dossier, "paper": paper_of(printed)}
    return render_to_string("documents/dossier.html", context)


def write_pdf(printed: Print, target: Path, tell: Tell = lambda _share, _stage: None) -> None:
    """Lay the document out and write it; `tell` hears the share done, 0 to 100, and the stage in words.

    Raises PrintingError where the child fails, or reaches its limit of 1 GiB or of 240 s of work.
    """
    tell(5, "Menyiapkan isi")
    pages = max(len(printed.dossier.sheets) + 2 * len(printed.dossier.rights), 1)
    limits = [str(MEMORY_BYTES), str(CPU_SECONDS)]
    command = [sys.executable, "-m", "assessment.exports.child", str(STATIC), str(target), *limits]
    with tempfile.TemporaryFile("w+") as complaints:
        with subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=PIPE, stdout=PIPE, stderr=complaints, cwd=settings.BASE_DIR
        ) as child:
            _hand_over(html_of(printed).encode(), child)  # written while the child loads what it prints with
            tell(LAID_OUT_FROM, "Menata halaman")
            for line in sure(child.stdout):
                share = LAID_OUT_FROM + (LAID_OUT_TO - LAID_OUT_FROM) * min(int(line), pages) // pages
                tell(share, f"Menata halaman {int(line)}")
        if child.returncode:
            complaints.seek(0)
            raise PrintingError(complaints.read()[-2000:] or f"status {child.returncode}")


def _hand_over(html: bytes, child: subprocess.Popen) -> None:
    """Give the child the whole document, its length first; one that has ended meanwhile says why by its status."""
    with suppress(BrokenPipeError), sure(child.stdin) as paper:
        paper.write(b"%d\n" % len(html) + html)
