"""Runs in a process of its own: one way of making a dossier, its seconds and its peak of memory."""

import json
import resource
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


def openpyxl_styled(source: str, target: str) -> Work:
    """Openpyxl's write-only way with the same cells and the same looks: all that makes the workbook what it is."""
    from openpyxl import Workbook, load_workbook

    sheets = [_looks_of(sheet) for sheet in load_workbook(source).worksheets]

    def work() -> None:
        book = Workbook(write_only=True)
        for sheet in sheets:
            _write_styled(book, *sheet)
        book.save(target)

    return work


def _looks_of(sheet) -> tuple:
    """The title of a sheet, its widths and heights, and its cells: value, note, looks, kept as shared objects."""
    from copy import copy

    shared: dict = {}

    def looks(cell) -> dict:
        key = cell.style_id
        if key not in shared:
            kept = {name: copy(getattr(cell, name)) for name in ("font", "fill", "border", "alignment")}
            shared[key] = kept | {"number_format": cell.number_format}
        return shared[key]

    widths = {letter: column.width for letter, column in sheet.column_dimensions.items()}
    heights = {number: row.height for number, row in sheet.row_dimensions.items()}
    rows = [[(cell.value, cell.comment and cell.comment.text, looks(cell)) for cell in row] for row in sheet.rows]
    return sheet.title, widths, heights, rows


def _write_styled(book, title: str, widths: dict, heights: dict, rows: list) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment

    sheet = book.create_sheet(title)
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    for number, height in heights.items():
        sheet.row_dimensions[number].height = height
    for row in rows:
        cells = []
        for value, note, looks in row:
            cell = WriteOnlyCell(sheet, value=value)
            for name, look in looks.items():
                setattr(cell, name, look)
            if note:
                cell.comment = Comment(note, "bench")
            cells.append(cell)
        sheet.append(cells)


def peak_mb() -> int:
    """Return the peak of memory of the largest process: this one's own, or that of the child which lays a PDF out.

    What this one inherited from its parent does not count.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


if __name__ == "__main__":
    way, *arguments = sys.argv[1:]
    ways = {
        "ours": ours,
        "weasyprint": weasyprint_alone,
        "openpyxl": openpyxl_alone,
        "openpyxl_styled": openpyxl_styled,
    }
    work = ways[way](*arguments)
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mb": peak_mb()}) + "\n")
