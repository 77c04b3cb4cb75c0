"""Runs in a process of its own: one way of making a dossier, its seconds and its peak of memory."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

Work = Callable[[], object]


def ours(kind: str, snapshot_sha: str, target: str) -> Work:
    """The product's printer, from the stored snapshot to the file."""
    import django

    django.setup()
    from django.utils import timezone

    from assessment.exports.printed import printed
    from assessment.exports.printers import print_to
    from assessment.models import Cycle, Snapshot

    snapshot = Snapshot.objects.get(sha256=snapshot_sha)
    cycle = Cycle.objects.select_related("region").get(results__snapshot=snapshot)
    made = {"made_at": timezone.now(), "version": "bench", "final": False}
    return lambda: print_to(Path(target), kind, printed(snapshot, cycle, None, **made))


def weasyprint_alone(html: str, target: str) -> Work:
    """WeasyPrint on the same HTML and sheet."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    def work() -> None:
        fonts, static = FontConfiguration(), Path("static").resolve()
        sheet = CSS(filename=static / "css" / "print.css", font_config=fonts)
        document = HTML(filename=html, base_url=static.as_uri()).render(stylesheets=[sheet], font_config=fonts)
        document.write_pdf(target)

    return work


def openpyxl_alone(source: str, target: str) -> Work:
    """Openpyxl's write-only way with the same cells, without looks."""
    from openpyxl import Workbook, load_workbook

    sheets = {sheet.title: list(sheet.values) for sheet in load_workbook(source).worksheets}

    def work() -> None:
        book = Workbook(write_only=True)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(target)

    return work


def peak_mb() -> int:
    """Return this process's own peak of memory; what it inherited from its parent does not count."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


if __name__ == "__main__":
    way, *arguments = sys.argv[1:]
    work = {"ours": ours, "weasyprint": weasyprint_alone, "openpyxl": openpyxl_alone}[way](*arguments)
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mb": peak_mb()}) + "\n")
