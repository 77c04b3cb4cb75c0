"""The columns of the Excel sheets: label, width, number format, and where the value comes from.

Sheets and headings are an interface: others' tools read them by these very words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assessment.dossier.shapes import Sheet
from assessment.enums import AnswerKind

SCORE, WHOLE, PLAIN, DAY, TEXT = "0.00", "#,##0", "General", "d mmm yyyy", "@"
FORMS = {"choice": "Pilihan", "ratio": "Rasio", "number": "Angka"}


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in characters, its number format, and its value of a row."""

    label: str
    width: int
    format: str
    value: Callable[[Any], Any]

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers, which stand at the right under a heading at the right."""
        return self.format in (SCORE, WHOLE, PLAIN)


def _answer(part: str) -> Callable[[Sheet], Any]:
    """Return a getter of a part of what was submitted."""
    return lambda sheet: getattr(sheet.submitted.value, part) if sheet.submitted else None


def _verdict(part: str) -> Callable[[Sheet], Any]:
    """Return a getter of a part of what the reviewer confirmed or set."""
    return lambda sheet: getattr(sheet.decided.value, part) if sheet.decided else None


def _label(sheet: Sheet, value) -> str:
    """The option's label, "Tidak ada" or "Tidak berlaku"; a ratio or a number speaks for itself."""
    if value is None or (value.form == AnswerKind.VALUE and sheet.answer_type != "choice"):
        return ""
    return value.label


def _reason(sheet: Sheet) -> str:
    return _joined(sheet.submitted.reason if sheet.submitted else "", sheet.decided.reason if sheet.decided else "")


def _note(sheet: Sheet) -> str:
    return _joined(sheet.submitted.note if sheet.submitted else "", sheet.decided.note if sheet.decided else "")


def _joined(agency: str, reviewer: str) -> str:
    """The agency's words, and after them the reviewer's, named as such."""
    return "\n".join(part for part in (agency, f"Verifikator: {reviewer}" if reviewer else "") if part)


RECAP: tuple[Column, ...] = (
    Column("Kode hak", 18, TEXT, lambda row: row.code),
    Column("Hak", 52, TEXT, lambda row: row.name),
    Column("Jumlah indikator", 12, WHOLE, lambda row: row.indicators),
    Column("Dihitung", 12, WHOLE, lambda row: row.counted),
    Column("Nilai mandiri", 14, SCORE, lambda row: row.self_score),
    Column("Nilai verifikasi", 20, SCORE, lambda row: row.verified_score),
)

INDICATORS: tuple[Column, ...] = (
    Column("No", 7, WHOLE, lambda sheet: sheet.number),
    Column("Kode hak", 10, TEXT, lambda sheet: sheet.right),
    Column("Hak", 26, TEXT, lambda sheet: sheet.right_name),
    Column("Jenis", 10, TEXT, lambda sheet: sheet.kind),
    Column("Indikator", 50, TEXT, lambda sheet: sheet.text),
    Column("Perangkat daerah", 28, TEXT, lambda sheet: sheet.agency),
    Column("Status", 17, TEXT, lambda sheet: sheet.status),
    Column("Jenis jawaban", 12, TEXT, lambda sheet: FORMS[sheet.answer_type]),
    Column("Jawaban", 30, TEXT, lambda sheet: _label(sheet, sheet.submitted.value if sheet.submitted else None)),
    Column("Pembilang", 12, PLAIN, _answer("numerator")),
    Column("Penyebut", 12, PLAIN, _answer("denominator")),
    Column("Capaian", 11, PLAIN, _answer("achievement")),
    Column("Satuan", 16, TEXT, lambda sheet: sheet.unit),
    Column("Nilai mandiri", 10, PLAIN, lambda sheet: sheet.submitted.points if sheet.submitted else None),
    Column("Nilai pra-verifikasi", 12, PLAIN, lambda sheet: sheet.checked.points if sheet.checked else None),
    Column("Nilai verifikasi", 11, PLAIN, lambda sheet: sheet.decided.points if sheet.decided else None),
    Column("Alasan", 36, TEXT, _reason),
    Column("Catatan", 36, TEXT, _note),
    Column("Jumlah data dukung", 11, WHOLE, lambda sheet: len(sheet.documents)),
    Column("Jawaban verifikasi", 30, TEXT, lambda sheet: _label(sheet, sheet.decided.value if sheet.decided else None)),
    Column("Pembilang verifikasi", 12, PLAIN, _verdict("numerator")),
    Column("Penyebut verifikasi", 12, PLAIN, _verdict("denominator")),
    Column("Capaian verifikasi", 11, PLAIN, _verdict("achievement")),
)

EVIDENCE: tuple[Column, ...] = (
    Column("No indikator", 10, WHOLE, lambda row: row[0]),
    Column("Judul", 50, TEXT, lambda row: row[1].title),
    Column("Jenis", 22, TEXT, lambda row: row[1].kind),
    Column("Nomor", 26, TEXT, lambda row: row[1].number),
    Column("Tanggal", 14, DAY, lambda row: row[1].dated_on),
    Column("Halaman", 12, TEXT, lambda row: row[1].pages),
    Column("Nama berkas", 36, TEXT, lambda row: row[1].file_name),
    Column("Ukuran", 12, WHOLE, lambda row: row[1].size),
    Column("SHA-256", 74, TEXT, lambda row: row[1].sha256),
)

FACT = Column("", 80, TEXT, lambda value: value)
