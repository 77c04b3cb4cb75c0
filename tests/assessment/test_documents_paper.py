"""The dossier on paper: what a reader of the PDF finds, and where."""

import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal
from unittest.mock import Mock

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.actions import documents, problems
from assessment.dossier import read
from assessment.dossier.shapes import CODES
from assessment.enums import AnswerKind, DocumentKind
from assessment.exports.history import history_of
from assessment.exports.paper import paper_of
from assessment.exports.pdf import html_of, write_pdf
from assessment.exports.printed import print_of
from assessment.exports.rungs import printed_ladder_of
from assessment.exports.sheets import page_of
from tests.factories.assessment import choice_row, number_row, open_cycle, ratio_row, small_revision
from tests.factories.dossiers import beyond_margins, bookmarks_of, finish, made, pages_of, year_in_verification
from tests.factories.problems import problem_of
from tests.factories.verification import submitted
from tests.kept import kept

D = Decimal
LONG = "Persentase orang yang membaca rumusan panjang sampai kata terakhir walaupun rumusan itu memerlukan dua baris."


@kept
def cycle(people, places, region):
    return year_in_verification(people, places, region)


@kept
def finished(people, cycle):
    """The ratio was submitted for 5 points and set to 90,32 %, which gives 10."""
    return finish(cycle, people, numerator=28, denominator=31)


def frozen(cycle, by):
    """What would be printed now, without printing it."""
    return print_of(documents.issue(cycle=cycle, kind=DocumentKind.PDF, by=by))


@pytest.mark.once  # paper is laid out from the frozen object, whichever engine holds it
def test_final_paper_from_cover_to_last_page(people, places, finished):
    problem_of(places.health, people.coordinator, title="Judul yang peka", public_summary="Penolakan layanan.")

    document = made(finished, "pdf", people.coordinator)
    cover, contents, recap, _right, choice, ratio, *rest = pages_of(document)
    register, about = rest[-2:]

    assert "Lambang" not in cover
    assert re.search(r"Permasalahan HAM 9\nTentang dokumen ini 10\n", contents)
    assert "Indikator Dihitung Nilai mandiri Nilai verifikasi" in recap
    assert recap.count("Rancangan.") == about.count("Rancangan.") == 1
    assert "Masih rancangan 4\nAda dan berlaku\nmandiri dan verifikasi\n10" in choice
    assert "0\nmandiri\n5\nverifikasi\n10\n< 50 % 50 % 80 %" in ratio
    assert "Pembilang 24\nJumlah puskesmas terjangkau\nPenyebut 31\nJumlah seluruh puskesmas" in ratio
    assert "Jawaban yang ditetapkan\n90,32 %\nPembilang 28" in ratio
    assert "Nilai verifikasi\n7,5\nmenurut aturan 10\n" in choice
    assert "menurut aturan" not in ratio
    assert re.search(r"2-3 ([0-9a-f]{16}\n){4}", choice)
    assert re.search(r"\n20 Desember 2025\n", choice)
    assert "Penolakan layanan." in register
    assert "peka" not in "".join([cover, contents, recap, choice, ratio, *rest])
    assert re.search(r"Hash snapshot \(SHA-256\)( [0-9a-f]{16}){4}\n", about)
    assert bookmarks_of(document) == [
        (0, "Sampul"), (0, "Isi"), (0, "Rekapitulasi nilai per hak"), (0, "Hak pertama"),
        (1, "1. Rumusan indikator 1."), (1, "2. Rumusan indikator 2."), (0, "Hak kedua"),
        (1, "3. Rumusan indikator 3."), (0, "Permasalahan HAM"), (0, "Tentang dokumen ini"),
    ]  # fmt: skip


@pytest.mark.once  # paper is laid out from the frozen object, whichever engine holds it
def test_provisional_paper_marks_the_own_step_and_says_that_there_is_no_problem(people, places, region):
    revision = small_revision(indicators=[choice_row(text=LONG), ratio_row(), number_row()])
    cycle = open_cycle(region, agency=places.health, revision=revision)
    submitted(cycle, 1, people.operator)

    _cover, contents, recap, _right, choice, *_rest, register, _about = pages_of(
        made(cycle, "pdf", people.coordinator)
    )  # fmt: skip

    assert LONG in contents.replace("\n", " ")
    assert "Nilai mandiri per hak" in recap
    assert "Ada dan berlaku\nmandiri\n10" in choice
    assert "Permasalahan HAM" in register
    assert "Tidak ada permasalahan tercatat." in register


def test_notice_says_the_revisions_own_words_once(people, finished):
    printed = frozen(finished, people.coordinator)
    rule = replace(printed.dossier.rule, text_note="Rekonstruksi kerja.")

    html = html_of(replace(printed, dossier=replace(printed.dossier, rule=rule)))

    assert "<b>Rancangan.</b> Rekonstruksi kerja.</p>" in html
    assert "belum dicocokkan" not in html


def test_snapshot_from_before_the_codes_prints_the_same(people, finished):
    printed = frozen(finished, people.coordinator)
    body = json.loads(finished.results.get().snapshot.body)
    del body["rule"]["text_code"]
    for sheet in body["sheets"]:
        del sheet["decided"]["code"]

    old = read(json.dumps(body))

    assert html_of(replace(printed, dossier=old)) == html_of(printed)
    assert [sheet.decided.changed for sheet in old.sheets] == [False, True, False]
    assert not old.rule.official
    assert replace(old.rule, text_status=next(words for words, code in CODES.items() if code == "official")).official


def test_value_of_another_form_stands_on_no_step(people, finished):
    sheets = frozen(finished, people.coordinator).dossier.sheets
    nothing = replace(sheets[1], decided=None, submitted=replace(
        sheets[1].submitted, value=replace(sheets[1].submitted.value, form=AnswerKind.NONE.value), points=D(0)
    ))  # fmt: skip

    assert [[step.marks for step in printed_ladder_of(sheet).rows] for sheet in (sheets[2], nothing)] == [
        [(), (), ()]
    ] * 2
    assert not any(step.here or step.passed for step in printed_ladder_of(nothing).rows)


def test_steps_with_long_bounds_are_written_one_below_another(people, finished):
    ratio = frozen(finished, people.coordinator).dossier.sheets[1]
    wide = replace(ratio, rungs=tuple(replace(rung, words="≤ 1.234.567.890,25") for rung in ratio.rungs * 2))

    assert (printed_ladder_of(ratio).drawn, printed_ladder_of(wide).drawn) == (True, False)


def test_steps_say_how_they_look_among_stairs_and_in_a_row(people, finished):
    choice, ratio, _exception = frozen(finished, people.coordinator).dossier.sheets
    both = replace(ratio, decided=replace(ratio.decided, rule_points=ratio.submitted.points))

    assert [step.look for step in printed_ladder_of(ratio).rows] == ["b0 passed", "b5 passed", "b10 here"]
    assert [step.row_look for step in printed_ladder_of(ratio).rows] == ["", "marked", "here"]
    assert [step.look for step in printed_ladder_of(both).rows] == ["b0 passed", "b5 here", "b10"]
    assert printed_ladder_of(both).rows[1].reached_by == "mandiri dan verifikasi"
    assert (printed_ladder_of(choice).heading, printed_ladder_of(ratio).heading) == ("Pilihan", "Batas")


def test_sheet_says_what_was_answered_in_the_words_of_its_kind(people, finished):
    ratio = frozen(finished, people.coordinator).dossier.sheets[1]
    value = replace(ratio.submitted.value, achievement=D("12.50"))
    count = replace(ratio, answer_type="number", unit="orang", submitted=replace(ratio.submitted, value=value))
    empty = replace(ratio, submitted=None, decided=None, agency="", basis="")

    answer, nothing = page_of(count, "Hak", verified=True).answer, page_of(empty, "Hak", verified=True)

    assert (answer.text, answer.look, answer.unit, answer.parts) == ("12,5", "big num", "orang", ())
    assert nothing.answer.text == "Tidak diajukan"
    assert nothing.meta == f"Pengampu: – · {ratio.status}"
    assert [figure.value for figure in nothing.figures[2:]] == ["–", "Belum diputuskan"]
    assert nothing.words == ()


def test_cited_document_without_number_or_day_has_a_dash(people, finished):
    choice = frozen(finished, people.coordinator).dossier.sheets[0]
    cited = replace(choice.documents[0], number="", pages="", document="Perda", note="Bab II")
    sheet = replace(choice, documents=(cited, replace(cited, dated_on=None, document=cited.title, note="")))

    dated, bare = page_of(sheet, "Hak", verified=True).evidence

    assert (dated.number, dated.day, dated.pages) == ("", "20 Desember 2025", "–")
    assert (bare.number, bare.day) == ("–", "")
    assert dated.about.startswith(f"{cited.kind} · Perda · {cited.file_name}, ")
    assert dated.about.endswith(" · Bab II")
    assert bare.about.startswith(f"{cited.kind} · {cited.file_name}, ")


def test_paper_says_nothing_of_a_draft_and_of_a_threshold_where_there_is_none(people, finished):
    printed = frozen(finished, people.coordinator)
    rule = replace(printed.dossier.rule, text_code="official")
    totals = replace(printed.dossier.totals, threshold=None, predicate="", predicate_working=True)

    paper = paper_of(replace(printed, dossier=replace(printed.dossier, rule=rule, totals=totals)))

    assert paper.draft is None
    assert "Ambang" not in [figure.label for figure in paper.recap.figures]
    assert paper.recap.figures[0].value == "Belum ditetapkan"
    assert paper.recap.caption == "Batang: nilai verifikasi. Garis tegak hitam: nilai mandiri."
    assert paper.recap.remarks == ("Batas predikat ini adalah batas kerja yang belum pasti.",)


def test_history_is_told_in_the_order_of_time(people, finished):
    sheet = frozen(finished, people.coordinator).dossier.sheets[0]
    late = replace(sheet, submitted=replace(sheet.submitted, at=sheet.decided.at.replace(year=2099), on_behalf=True))

    assert [event.words.split()[1] for event in history_of(sheet)] == ["(Operator", "memutuskan:"]
    assert history_of(late)[-1].words.startswith("Operator (Operator OPD · Dinas Kesehatan) mengajukan (pengajuan 1)")


@pytest.mark.once
def test_document_that_cannot_be_written_leaves_an_earlier_file_as_it_is(people, finished, monkeypatch, tmp_path):
    target, printed = tmp_path / "nilai.pdf", frozen(finished, people.coordinator)
    target.write_bytes(b"yang lama")
    monkeypatch.setattr("assessment.exports.pdf.render_to_string", Mock(side_effect=ValueError("rusak")))

    with pytest.raises(ValueError, match="rusak"):
        write_pdf(printed, target)

    assert target.read_bytes() == b"yang lama"


@pytest.mark.once  # paper is laid out from the frozen object, whichever engine holds it
def test_long_words_and_large_numbers_stay_inside_the_margins(people, finished, tmp_path):
    printed = frozen(finished, people.coordinator)
    choice, ratio, exception = printed.dossier.sheets
    large = replace(ratio.submitted.value, numerator=D("1234567890123.45"), denominator=D("2234567890123.99"))
    wide = replace(choice.documents[0], title="Judul" * 40, file_name="berkas_" * 30, number="400.7/" * 30)
    sheets = (
        replace(choice, number=118, text="Rumusan" * 30, documents=(wide,) * 3),
        replace(ratio, number=119, submitted=replace(ratio.submitted, value=large, reason="kata" * 80)),
        replace(exception, number=120, agency="Dinas" * 20),
    )
    totals = replace(printed.dossier.totals, predicate="Belum Peduli Hak Asasi Manusia")
    dossier = replace(
        printed.dossier, sheets=sheets, totals=totals, region="Kabupaten Kepulauan Siau Tagulandang Biaro"
    )

    write_pdf(replace(printed, dossier=dossier, final=False), tmp_path / "wide.pdf")

    assert beyond_margins(tmp_path / "wide.pdf") == []
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "wide.pdf"))
    assert re.search(r"\n119 Rumusan indikator 2\. Dinas Kesehatan", text)


def test_paper_tells_which_problems_were_answered_late_in_one_query(people, places, finished):
    for days in (-1, 5):
        problem = problem_of(places.health, people.coordinator, days=days)
        problems.respond(problem=problem, text="Sudah.", by=people.coordinator)
    document = documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.coordinator)

    with CaptureQueriesContext(connection) as queries:
        printed = print_of(document)

    assert [row.state for row in printed.problems] == ["Ditanggapi, terlambat", "Ditanggapi"]
    assert len([row for row in queries if "problemresponse" in row["sql"]]) == 1


def test_paper_leaves_out_a_problem_whose_mark_was_taken_away(people, places, finished):
    before = dt.date(finished.data_year - 1, 6, 1)
    problem = problem_of(places.health, people.coordinator, days=-1, happened_on=before, received_on=before)
    ground = problems.mark_grounds(problem=problem, cycle=finished, reason="x", by=people.reviewer)
    document = documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.coordinator)
    marked = print_of(document)
    problems.lift_grounds(ground=ground, reason="Keliru.", by=people.reviewer)

    lifted = print_of(document)

    assert [row.code for row in marked.problems] == [problem.code]
    assert lifted.problems == ()
