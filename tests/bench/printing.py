"""Runs in a process of its own: one way of making a dossier, its seconds and its peak of memory."""

import json
import resource
import sys
import time
from pathlib import Path


def ours(kind: str, snapshot_sha: str, target: str) -> None:
    """The product's printer, from the stored snapshot to the file."""
    from django.utils import timezone

    from assessment.exports.printed import printed
    from assessment.jobs import WRITERS
    from assessment.models import Cycle, Snapshot

    snapshot = Snapshot.objects.get(sha256=snapshot_sha)
    cycle = Cycle.objects.select_related("region").get(results__snapshot=snapshot)
    WRITERS[kind](printed(snapshot, cycle, None, made_at=timezone.now(), version="bench", final=False), Path(target))


def weasyprint_alone(html: str, target: str) -> None:
    """WeasyPrint on the same HTML and sheet."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, static = FontConfiguration(), Path("static").resolve()
    sheet = CSS(filename=static / "css" / "print.css", font_config=fonts)
    document = HTML(filename=html, base_url=static.as_uri()).render(stylesheets=[sheet], font_config=fonts)
    document.write_pdf(target)


def openpyxl_alone(source: str, target: str) -> None:
    """Openpyxl's write-only way with the same cells, without looks."""
    from openpyxl import Workbook, load_workbook

    sheets = {sheet.title: list(sheet.values) for sheet in load_workbook(source).worksheets}
    begun = time.perf_counter()
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(target)
    _tell(time.perf_counter() - begun)


def _tell(seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mb": round(peak)}) + "\n")


if __name__ == "__main__":
    way, *arguments = sys.argv[1:]
    if way == "ours":
        import django

        django.setup()
    start = time.perf_counter()
    {"ours": ours, "weasyprint": weasyprint_alone, "openpyxl": openpyxl_alone}[way](*arguments)
    if way != "openpyxl":
        _tell(time.perf_counter() - start)
