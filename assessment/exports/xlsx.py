"""The dossier as an Excel file, written row by row."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from assessment.exports.columns import EVIDENCE, FACT, INDICATORS, RECAP, TEXT, Column
from assessment.exports.printed import Print

USUAL, STRONG, HEAD = "usual", "strong", "head"
LOOKS: dict[str, dict[str, Any]] = {
    USUAL: {},
    STRONG: {"font": Font(name="Calibri", size=11, bold=True)},
    HEAD: {
        "font": Font(name="Calibri", size=11, bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor="07363C"),
    },
}
WORDS = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
NUMBERS = Alignment(wrap_text=True, vertical="top", horizontal="right")
HAIR = Border(bottom=Side("thin", color="D9D2C5"))
TALLEST = 409  # points; no row may be taller
LINE, SLACK = 15, 1.1  # points of one line; how much wider words run than a count of characters says
NOTE_WIDTH, NOTE_LINES = 420, 2  # points, and lines for each thing that a note tells
INDENT = 2  # characters that the edge of a cell takes
MOMENT = "d mmm yyyy hh:mm"
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LANDSCAPE, A4, NARROW = "landscape", 9, 0.4  # margins in inches
LEAVES = 2  # of paper, side by side, where one would make the words too small to read
SEMENTARA_FONT, SEMENTARA_COLOUR = "Calibri,Bold", "6E3F00"


def write_xlsx(printed: Print, target: Path, tell: Callable[[int, str], None] = lambda _share, _stage: None) -> None:
    """Write the four sheets; `tell` hears the share done, 0 to 100, and the stage in words."""
    book, dossier = Workbook(write_only=True), printed.dossier
    book.properties.title = f"Dokumen Penilaian Kabupaten/Kota Peduli HAM {dossier.assessment_year}, {dossier.region}"
    book.properties.creator, book.properties.keywords = dossier.region, printed.code
    names = {row.code: row.name for row in dossier.rights}
    tell(10, "Menulis rekapitulasi")
    _recap(_sheet(book, "Rekap", RECAP, len(dossier.rights) + 1, printed), printed)
    tell(30, "Menulis indikator")
    indicators = _sheet(book, "Indikator", INDICATORS, len(dossier.sheets) + 1, printed)
    _rows(indicators, INDICATORS, [_Named(sheet, names[sheet.right]) for sheet in dossier.sheets])
    tell(60, "Menulis data dukung")
    evidence = _sheet(book, "Data dukung", EVIDENCE, dossier.citations + 1, printed)
    _rows(evidence, EVIDENCE, [(sheet.number, row) for sheet in dossier.sheets for row in sheet.documents])
    _about(book, printed)
    tell(90, "Menyimpan berkas")
    book.save(target)


class _Named:
    """A sheet of the dossier with the name of its right."""

    def __init__(self, sheet, right_name: str) -> None:
        self._sheet, self.right_name = sheet, right_name

    def __getattr__(self, name: str):
        return getattr(self._sheet, name)


def _sheet(book: Workbook, title: str, columns: tuple[Column, ...], rows: int, printed: Print):
    """Begin a sheet: widths, frozen heading, filter, print set-up, and the heading row."""
    sheet = book.create_sheet(title)
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{rows}"
    sheet.print_title_rows = "1:1"
    _print_setup(sheet, printed, wide=len(columns) > len(RECAP), leaves=LEAVES if columns is INDICATORS else 1)
    heading = [_cell(sheet, column.label, column, HEAD) for column in columns]
    _append(sheet, heading, columns)
    return sheet


def _print_setup(sheet, printed: Print, *, wide: bool, leaves: int = 1) -> None:
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = LANDSCAPE if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = leaves, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = NARROW
    if leaves > 1:
        sheet.print_title_cols = "A:A"
    sheet.oddHeader.left.text = f"{printed.dossier.region} {printed.dossier.assessment_year}".replace("&", "&&")
    nature = sheet.oddHeader.center
    nature.text = printed.mark or None
    nature.font, nature.color = SEMENTARA_FONT, SEMENTARA_COLOUR
    sheet.oddHeader.right.text = "DATA CONTOH" if printed.dossier.demo else None
    sheet.oddFooter.left.text = printed.code
    sheet.oddFooter.right.text = "Halaman &P dari &N"


def _rows(sheet, columns: tuple[Column, ...], rows: Iterable[Any]) -> None:
    cells = [WriteOnlyCell(sheet) for _column in columns]  # written at once, so that the next row may use them again
    for row in rows:
        for cell, column in zip(cells, columns, strict=True):
            _fill(sheet, cell, column.value(row), column)
        _append(sheet, cells, columns)


def _append(sheet, cells: list, columns: tuple[Column, ...]) -> None:
    """Append a row that is as high as its longest wrapped words: not every program fits rows by itself."""
    values = ((cell.value, column.width - INDENT) for cell, column in zip(cells, columns, strict=True))
    lines = max((_lines(value, width) for value, width in values if isinstance(value, str)), default=1)
    sheet.row_dimensions[len(sheet.row_dimensions) + 1].height = min(LINE * lines, TALLEST)
    sheet.append(cells)


def _lines(words: str, width: int) -> int:
    """How many lines words take in a column of so many characters."""
    if len(words) * SLACK <= width and "\n" not in words:
        return 1
    return sum(math.ceil(len(part) * SLACK / width) or 1 for part in words.split("\n"))


def _recap(sheet, printed: Print) -> None:
    totals = printed.dossier.totals
    _rows(sheet, RECAP, printed.dossier.rights)
    strong = [
        ("Total", totals.indicators, totals.counted, totals.self_score, totals.verified_score),
        ("Bonus Aksi HAM", None, None, None, totals.bonus),
        ("Nilai akhir", None, None, None, totals.final),
        ("Predikat", None, None, None, totals.predicate or "Belum ditetapkan"),
    ]
    for name, *numbers in strong:
        values = zip((name, None, *numbers), RECAP, strict=True)
        cells = [_cell(sheet, value, column, STRONG) for value, column in values]
        if name == "Predikat" and printed.fate:
            cells[0].comment = _note(printed)
        _append(sheet, cells, RECAP)


def _note(printed: Print) -> Comment:
    """What became of the result and its award, as a note: other programs are promised these rows and columns."""
    told = [f"{name}: {words}" for name, words in printed.fate]
    return Comment("\n".join(told), "Peduli HAM", width=NOTE_WIDTH, height=LINE * NOTE_LINES * len(told))


def _about(book: Workbook, printed: Print) -> None:
    dossier = printed.dossier
    sheet = book.create_sheet("Keterangan")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, FACT.width
    _print_setup(sheet, printed, wide=False)
    made = printed.local(printed.made_at).replace(tzinfo=None, microsecond=0)
    facts = (
        ("Kabupaten/Kota", dossier.region), ("Kode wilayah", dossier.region_code),
        ("Tahun penilaian", dossier.assessment_year), ("Tahun data", dossier.data_year),
        ("Instrumen", dossier.rule.regulation), ("Revisi", dossier.rule.revision),
        ("Status naskah", dossier.rule.text_status), ("Sifat", printed.nature), ("Kode dokumen", printed.code),
        ("Hash snapshot", printed.sha256), ("Dibuat", made), ("Versi perangkat lunak", printed.version),
    )  # fmt: skip
    for name, value in facts:
        sheet.append([_cell(sheet, name, FACT, STRONG), _cell(sheet, value, FACT)])


def _cell(sheet, value: Any, column: Column, look: str = USUAL) -> Any:
    cell = WriteOnlyCell(sheet)
    _fill(sheet, cell, value, column, look)
    return cell


def _fill(sheet, cell: Any, value: Any, column: Column, look: str = USUAL) -> None:
    """Write into a cell in which text stays text, also where it begins like a formula, and numbers are numbers."""
    if isinstance(value, str):
        value = UNWRITABLE.sub("", value)
    quoted = isinstance(value, str) and value.startswith(LIKE_A_FORMULA)
    cell._style = _style(sheet, look, column.numeric, _format(value, column), quoted)  # noqa: SLF001 - openpyxl has no public way of sharing what was put together
    cell.value = _bare(value)  # after its look: a date would otherwise change the look that others share
    if quoted:
        cell.data_type = "s"


def _format(value: Any, column: Column) -> str:
    if isinstance(value, dt.datetime):
        return MOMENT
    return column.format if column.format != TEXT and not isinstance(value, str) else "General"


def _style(sheet, *look):
    """How a cell looks, put together once for a sheet, since openpyxl takes long over each."""
    known = sheet.__dict__.setdefault("looks", {})
    if look not in known:
        kind, numeric, number_format, quoted = look
        model: Any = WriteOnlyCell(sheet)
        model.alignment, model.border = NUMBERS if numeric else WORDS, HAIR
        model.number_format, model.quotePrefix = number_format, quoted
        for part, value in LOOKS[kind].items():
            setattr(model, part, value)
        known[look] = model._style  # noqa: SLF001 - see above
    return known[look]


def _bare(value: Any) -> Any:
    """A decimal without idle zeros, so that 10.00 is written as 10; an empty text as an empty cell."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return None if value == "" else value
