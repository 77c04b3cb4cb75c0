"""The dossier as an Excel file: sheets, headings, values and their kinds, and how it prints."""

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from accounts.text import normalised
from assessment.actions import documents
from assessment.enums import DocumentKind
from assessment.exports.printed import print_of
from assessment.exports.xlsx import write_xlsx
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.dossiers import FACTS, HEADINGS, book_of, finish, made, rows_of, year_in_verification
from tests.factories.verification import submitted

D = Decimal


@pytest.fixture
def cycle(people, places, region):
    """A year in verification: a choice with evidence, a ratio, an exception."""
    return year_in_verification(people, places, region)


@pytest.fixture
def finished(people, cycle):
    """The same year with its result fixed: the ratio changed, the exception accepted."""
    return finish(cycle, people)


def test_excel_has_the_sheets_and_headings_that_others_read(people, finished):
    book = book_of(made(finished, "xlsx", people.coordinator))

    assert book.sheetnames == [*HEADINGS, "Keterangan"]
    for name, headings in HEADINGS.items():
        assert [cell.value for cell in book[name][1]] == headings
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref.startswith("A1:")
    assert [row[0] for row in book["Keterangan"].iter_rows(values_only=True)] == FACTS


def test_excel_says_what_the_database_says(people, finished):
    rows = rows_of(book_of(made(finished, "xlsx", people.coordinator))["Indikator"])
    answer = answer_of(finished, 2)

    assert rows[0]["Jawaban"] == answer_of(finished, 1).last_submission.option.label
    assert (rows[0]["Nilai mandiri"], rows[0]["Nilai verifikasi"], rows[0]["Jawaban verifikasi"]) == (
        10, 7.5, rows[0]["Jawaban"],
    )  # fmt: skip
    assert (rows[0]["Alasan"], rows[0]["Catatan"]) == ("Verifikator: Salinan.", "Verifikator: Lengkapi stempel.")
    assert (rows[1]["Pembilang"], rows[1]["Penyebut"], rows[1]["Satuan"]) == (24, 31, "%")
    assert D(str(rows[1]["Capaian"])) == answer.last_submission.achievement
    assert (rows[1]["Pembilang verifikasi"], rows[1]["Penyebut verifikasi"], rows[1]["Capaian verifikasi"]) == (
        18, 28, 64.29,
    )  # fmt: skip
    assert (rows[2]["Jawaban"], rows[2]["Jawaban verifikasi"], rows[2]["Nilai verifikasi"]) == (
        "Tidak berlaku", "Tidak berlaku", None,
    )  # fmt: skip
    assert [row["Nilai pra-verifikasi"] for row in rows] == [None, None, None]
    assert [row["Jumlah data dukung"] for row in rows] == [1, 0, 0]


def test_recap_ends_with_the_named_rows(people, finished):
    rows = rows_of(book_of(made(finished, "xlsx", people.coordinator))["Rekap"])
    named = {row["Kode hak"]: row for row in rows}
    result = finished.results.get()

    assert [row["Kode hak"] for row in rows][-4:] == ["Total", "Bonus Aksi HAM", "Nilai akhir", "Predikat"]
    assert tuple(named["Total"].values())[2:] == (3, 2, 75, 62.5)
    assert named["Bonus Aksi HAM"]["Nilai verifikasi"] == 1.25
    assert named["Nilai akhir"]["Nilai verifikasi"] == float(result.final) == 63.75
    assert named["Predikat"]["Nilai verifikasi"] == result.predicate
    assert (named["R02"]["Dihitung"], named["R02"]["Nilai verifikasi"]) == (0, None)


def test_text_that_looks_like_a_formula_stays_text(people, finished):
    book = book_of(made(finished, "xlsx", people.coordinator))
    title, number = book["Data dukung"]["B2"], book["Data dukung"]["D2"]
    reason = book["Indikator"]["Q4"]

    assert (title.data_type, title.value) == ("s", "=1+1 Laporan <b>tebal</b>")
    assert (number.data_type, number.value) == ("s", "@SUM(A1)")
    assert (reason.data_type, reason.value) == ("s", "-Tidak ada pesisir.")
    assert title.quotePrefix


def test_dates_are_dates_and_numbers_are_numbers(people, finished):
    book = book_of(made(finished, "xlsx", people.coordinator))
    facts = dict(book["Keterangan"].iter_rows(values_only=True))

    assert book["Data dukung"]["E2"].is_date
    assert book["Data dukung"]["E2"].value.date().isoformat() == "2025-12-20"
    assert isinstance(book["Data dukung"]["H2"].value, int)
    assert isinstance(facts["Tahun penilaian"], int)
    assert book["Keterangan"]["B11"].is_date


def test_characters_that_no_sheet_can_hold_break_nothing(people, places, region):
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 3, people.operator, form="none", reason="Rusak \uffff\ufffe di sini.")

    assert made(cycle, "xlsx", people.coordinator).state == "ready"
    assert normalised("a\uffff\ufffe\u061cb") == "ab"


def test_excel_prints_legibly_with_its_heading_on_every_page(people, finished):
    book = book_of(made(finished, "xlsx", people.coordinator))
    setup = {sheet.title: sheet.page_setup for sheet in book}
    indicators = book["Indikator"]

    assert [setup[name].orientation for name in book.sheetnames] == ["portrait", "landscape", "landscape", "portrait"]
    assert {(page.paperSize, page.fitToHeight) for page in setup.values()} == {(9, 0)}
    assert [setup[name].fitToWidth for name in book.sheetnames] == [1, 2, 1, 1]
    assert (indicators.print_title_rows, indicators.print_title_cols) == ("$1:$1", "$A:$A")
    assert [indicators[cell].alignment.horizontal for cell in ("A1", "A2", "E1", "E2")] == ["right"] * 2 + ["left"] * 2
    assert all(indicators[cell].alignment.wrap_text for cell in ("E2", "M2", "Q2"))
    assert {row.ht for row in list(book["Data dukung"].row_dimensions.values())[1:]} == {15}
    assert finished.region.full_name in book.properties.title


def test_excel_of_sample_data_says_so_on_every_sheet(people, finished, tmp_path):
    printed = print_of(documents.issue(cycle=finished, kind=DocumentKind.EXCEL, by=people.coordinator))
    region = replace(printed.dossier, demo=True, region="Kabupaten Pangkajene & Kepulauan")
    target = tmp_path / "sample.xlsx"

    write_xlsx(replace(printed, dossier=region), target)

    heads = [sheet.oddHeader for sheet in load_workbook(target)]
    assert {head.right.text for head in heads} == {"DATA CONTOH"}
    assert {head.left.text for head in heads} == {f"Kabupaten Pangkajene && Kepulauan {finished.assessment_year}"}
