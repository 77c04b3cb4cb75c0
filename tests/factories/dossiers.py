"""Years worth printing, their documents, and what a reader finds in them."""

import io
from decimal import Decimal
from pathlib import Path

import pypdfium2
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from accounts.models import User
from assessment.actions import documents, results
from assessment.actions.citations import Reference, cite
from assessment.enums import DocumentKind, Outcome
from assessment.jobs import print_document
from assessment.models import Cycle, IssuedDocument
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.verification import decide, start, submitted

MARGINS = (23.5 * 72 / 25.4, 17.5 * 72 / 25.4)  # left and right of the paper in points, less half a millimetre
HEADINGS = {
    "Rekap": ["Kode hak", "Hak", "Jumlah indikator", "Dihitung", "Nilai mandiri", "Nilai verifikasi"],
    "Indikator": [
        "No", "Kode hak", "Hak", "Jenis", "Indikator", "Perangkat daerah", "Status", "Jenis jawaban", "Jawaban",
        "Pembilang", "Penyebut", "Capaian", "Satuan", "Nilai mandiri", "Nilai pra-verifikasi", "Nilai verifikasi",
        "Alasan", "Catatan", "Jumlah data dukung", "Jawaban verifikasi", "Pembilang verifikasi",
        "Penyebut verifikasi", "Capaian verifikasi",
    ],
    "Data dukung": [
        "No indikator", "Judul", "Jenis", "Nomor", "Tanggal", "Halaman", "Nama berkas", "Ukuran", "SHA-256",
    ],
}  # fmt: skip
FACTS = [
    "Kabupaten/Kota", "Kode wilayah", "Tahun penilaian", "Tahun data", "Instrumen", "Revisi", "Status naskah", "Sifat",
    "Kode dokumen", "Hash snapshot", "Dibuat", "Versi perangkat lunak",
]  # fmt: skip


def year_in_verification(people, places, region) -> Cycle:
    """A choice with evidence, a ratio, an exception; the package is sent and its verification begun."""
    cycle = open_cycle(region, agency=places.health)
    evidence = evidence_of(
        people.operator, places.health, hostile.pdf(pages=3), title="=1+1 Laporan <b>tebal</b>", number="@SUM(A1)",
        dated_on="2025-12-20",
    )  # fmt: skip
    answer = answer_of(cycle, 1)
    cite(answer=answer, evidence=evidence, agency=places.health, by=people.operator, reference=Reference(pages="2-3"))
    submitted(cycle, 1, people.operator)
    submitted(cycle, 2, people.operator)
    submitted(cycle, 3, people.operator, form="not_applicable", reason="-Tidak ada pesisir.")
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return cycle


def finish(cycle: Cycle, people, *, numerator: int = 18, denominator: int = 28) -> Cycle:
    """The reviewer gives fewer points, sets another ratio, accepts the exception; the result is fixed."""
    results.enter_bonus(cycle=cycle, points=Decimal("1.25"), source="Surat pelaporan", by=people.reviewer)
    decide(cycle, 3, people.reviewer, Outcome.NOT_APPLICABLE)
    value = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    decide(cycle, 2, people.reviewer, Outcome.CHANGED, value=value, reason="Lampiran.")
    decide(cycle, 1, people.reviewer, points=Decimal("7.5"), reason="Salinan.", note="Lengkapi stempel.")
    result = results.propose(cycle=cycle, by=people.reviewer)
    results.fix(cycle=cycle, result=result, minutes_number="BA-7", minutes_on=timezone.localdate(),
                by=people.second_reviewer)  # fmt: skip
    cycle.refresh_from_db()
    return cycle


def made(cycle: Cycle, kind: str, by: User) -> IssuedDocument:
    """A document, asked for and printed."""
    document = documents.issue(cycle=cycle, kind=DocumentKind(kind), by=by)
    print_document(document.pk)
    document.refresh_from_db()
    return document


def book_of(document: IssuedDocument) -> Workbook:
    return load_workbook(io.BytesIO(document.path.read_bytes()))


def rows_of(sheet) -> list[dict]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def pages_of(document: IssuedDocument) -> list[str]:
    """The words of each page, line by line as they are read."""
    pages = pypdfium2.PdfDocument(document.path)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages]


def beyond_margins(path: Path) -> list[tuple[int, str]]:
    """Page and words of what stands further left or right than the paper's margins allow, after the cover."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(path)):
        words = page.get_textpage()
        boxes = [words.get_rect(place) for place in range(words.count_rects())] if number else []
        found += [
            (number + 1, words.get_text_bounded(*box))
            for box in boxes
            if box[0] < MARGINS[0] or box[2] > page.get_width() - MARGINS[1]
        ]
    return found


def bookmarks_of(document: IssuedDocument) -> list[tuple[int, str]]:
    """The level and the words of each bookmark."""
    return [(row.level, row.get_title()) for row in pypdfium2.PdfDocument(document.path).get_toc()]
