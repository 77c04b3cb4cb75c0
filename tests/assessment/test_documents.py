"""The dossier: one snapshot, printed as PDF and Excel that agree with each other and with the database."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import AccessEntry
from assessment.actions import awards, documents, problems, results
from assessment.actions.documents import freeze
from assessment.dossier import dossier_of, take_snapshot
from assessment.enums import Audience, DocumentKind, Outcome
from assessment.exports.child import OwnFiles
from assessment.exports.pdf import STATIC, PrintingError, html_of
from assessment.exports.printed import print_of
from assessment.jobs import print_document
from assessment.models import Cycle, IssuedDocument
from assessment.models.record import STALE
from assessment.refusals import TransitionRefusedError
from tests.factories.assessment import open_cycle
from tests.factories.dossiers import HEADINGS, book_of, finish, made, rows_of, year_in_verification
from tests.factories.problems import problem_of
from tests.factories.verification import decide, start, submitted
from tests.kept import kept

D = Decimal


@kept
def cycle(people, places, region):
    """A year in verification: a choice with evidence, a ratio, an exception."""
    return year_in_verification(people, places, region)


@kept
def finished(people, cycle):
    """The same year with its result fixed: the ratio changed, the exception accepted."""
    return finish(cycle, people)


def text_of(document) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(document.path).pages)


@pytest.mark.once  # paper is laid out from the frozen object, whichever engine holds it
def test_before_the_result_every_sheet_and_page_says_sementara(people, cycle):
    excel, pdf = made(cycle, "xlsx", people.coordinator), made(cycle, "pdf", people.coordinator)
    pages = [page.extract_text() for page in PdfReader(pdf.path).pages]

    assert {sheet.oddHeader.center.text for sheet in book_of(excel)} == {"SEMENTARA"}
    assert all("SEMENTARA" in page for page in pages)
    assert dict(book_of(excel)["Keterangan"].iter_rows(values_only=True))["Sifat"] == "SEMENTARA"


@pytest.mark.once  # paper is laid out from the frozen object, whichever engine holds it
def test_final_document_says_final_and_never_sementara(people, finished):
    excel, pdf = made(finished, "xlsx", people.coordinator), made(finished, "pdf", people.reviewer)

    assert {sheet.oddHeader.center.text for sheet in book_of(excel)} == {None}
    assert "SEMENTARA" not in text_of(pdf)
    assert dict(book_of(excel)["Keterangan"].iter_rows(values_only=True))["Sifat"] == "FINAL"


@pytest.mark.once  # paper is laid out from the frozen object, whichever engine holds it
def test_pdf_and_excel_agree_to_the_last_digit_and_share_code_and_hash(people, finished):
    text = text_of(made(finished, "pdf", people.coordinator))
    book = book_of(made(finished, "xlsx", people.coordinator))
    facts = dict(book["Keterangan"].iter_rows(values_only=True))
    recap = {row["Kode hak"]: row for row in rows_of(book["Rekap"])}

    joined = re.sub(r"\s", "", text)
    assert facts["Hash snapshot"] == finished.results.get().snapshot.sha256
    assert facts["Hash snapshot"] in joined
    assert facts["Kode dokumen"] in text
    assert "63,75" in text
    assert f"{recap['Total']['Nilai mandiri']:.2f}".replace(".", ",") in text
    assert "64,29" in text


@pytest.mark.once  # paper is laid out from the frozen object, whichever engine holds it
def test_pdf_has_page_numbers_bookmarks_and_embedded_fonts(people, finished):
    reader = PdfReader(made(finished, "pdf", people.coordinator).path)
    last = reader.pages[-1].extract_text()
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in (page["/Resources"].get("/Font") or {}).values()
    }
    titles = [row.title for row in reader.outline if not isinstance(row, list)]

    assert f"Halaman {len(reader.pages)} dari {len(reader.pages)}" in last
    assert "Isi" in titles
    assert "Rekapitulasi nilai per hak" in titles
    assert fonts
    assert all("Plus-Jakarta-Sans" in name.replace("PlusJakartaSans", "Plus-Jakarta-Sans") for name in fonts)


def test_pdf_writes_hostile_titles_as_words(people, finished):
    document = documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.coordinator)

    html = html_of(print_of(document))

    assert "=1+1 Laporan &lt;b&gt;tebal&lt;/b&gt;" in html
    assert "<b>tebal</b>" not in html


def test_printing_fetches_nothing_but_our_own_files():
    above = STATIC.as_uri() + "/../manage.py"
    hidden = above.replace("..", "%2e%2e")
    for url in ("https://example.org/a.png", "file:///etc/passwd", "data:text/plain,x", above, hidden):
        with pytest.raises(ValueError, match="our own"):
            OwnFiles(STATIC).fetch(url)


def test_later_changes_do_not_touch_the_final_document(people, finished):
    first = made(finished, "xlsx", people.coordinator)
    finished.region.name = "Serang Raya"
    finished.region.save()
    second = made(Cycle.objects.get(pk=finished.pk), "xlsx", people.coordinator)

    cells = [[list(sheet.iter_rows(values_only=True)) for sheet in book_of(row)][:3] for row in (first, second)]
    assert first.snapshot == second.snapshot
    assert cells[0] == cells[1]
    assert "Kabupaten Serang" in str(list(book_of(second)["Keterangan"].iter_rows(values_only=True)))


def test_coordinators_dossier_hides_decisions_until_the_result_is_fixed(people, cycle):
    decide(cycle, 1, people.reviewer, points=D("7.5"), reason="Rahasia.")

    regency = dossier_of(take_snapshot(cycle, Audience.REGENCY))
    office = dossier_of(take_snapshot(cycle, Audience.REVIEWER))
    rows = rows_of(book_of(made(cycle, "xlsx", people.coordinator))["Indikator"])

    assert [sheet.decided for sheet in regency.sheets] == [None, None, None]
    assert regency.totals.verified_score is None
    assert office.sheets[0].decided.points == D("7.5")
    assert "Rahasia." not in str(rows)
    assert {row["Nilai verifikasi"] for row in rows} == {None}


def test_accepted_exception_is_hidden_from_the_regencys_counts_too(people, cycle):
    decide(cycle, 3, people.reviewer, Outcome.NOT_APPLICABLE)

    assert dossier_of(take_snapshot(cycle, Audience.REGENCY)).totals.counted == 3
    assert dossier_of(take_snapshot(cycle, Audience.REVIEWER)).totals.counted == 2


def test_in_the_browser_it_is_made_in_the_background_and_fetched(client_of, people, finished):
    client = client_of(people.coordinator)

    client.post(reverse("document-issue", args=[finished.pk]), {"kind": "xlsx"})
    document = IssuedDocument.objects.get()
    waiting = client.get(reverse("document-list", args=[finished.pk])).text
    print_document(document.pk)
    ready = client.get(reverse("document-state", args=[document.public_id])).text
    file = client.get(reverse("document-file", args=[document.public_id]))

    assert "hx-get" in waiting or document.state == "ready"
    assert "Unduh" in ready
    assert 'filename="dokumen-penilaian-36.04-' in file["Content-Disposition"]
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert AccessEntry.objects.filter(kind="exported", user=people.coordinator).count() == 1
    assert people.coordinator.notices.filter(kind="document").count() == 1


def test_unknown_kind_of_document_does_not_exist(client_of, people, finished):
    response = client_of(people.coordinator).post(reverse("document-issue", args=[finished.pk]), {"kind": "exe"})

    assert response.status_code == 404


def test_document_is_reached_through_its_rule_only(client_of, people, cycle):
    mine = made(cycle, "xlsx", people.coordinator)
    theirs = made(cycle, "xlsx", people.reviewer)

    def status(person, document):
        return client_of(person).get(reverse("document-file", args=[document.public_id])).status_code

    assert [status(people.coordinator, mine), status(people.reviewer, mine)] == [200, 404]
    assert [status(people.coordinator, theirs), status(people.reviewer, theirs)] == [404, 200]
    assert {status(people.operator, mine), status(people.leader, mine), status(people.far_reviewer, theirs)} == {404}


def test_printing_again_after_a_kill_begins_anew(people, finished):
    document = documents.issue(cycle=finished, kind=DocumentKind.EXCEL, by=people.coordinator)
    IssuedDocument.objects.filter(pk=document.pk).update(state="working", progress=40)
    document.path.parent.mkdir(parents=True, exist_ok=True)
    Path(f"{document.path}.half").write_bytes(b"half a file")

    print_document(document.pk)

    document.refresh_from_db()
    assert (document.state, document.progress) == ("ready", 100)
    assert book_of(document).sheetnames


def test_job_that_killed_its_worker_three_times_is_given_up(people, finished):
    document = documents.issue(cycle=finished, kind=DocumentKind.EXCEL, by=people.coordinator)
    IssuedDocument.objects.filter(pk=document.pk).update(state="working", attempts=3)

    print_document(document.pk)

    document.refresh_from_db()
    assert document.state == "failed"
    assert not document.path.exists()


@pytest.mark.once  # paper is laid out from the frozen object, whichever engine holds it
def test_printing_beyond_its_limits_fails_and_leaves_no_file(people, finished, monkeypatch):
    monkeypatch.setattr("assessment.exports.pdf.CPU_SECONDS", 1)
    monkeypatch.setattr("assessment.exports.pdf.html_of", lambda _printed: "<p>Baris</p>" * 50_000)
    document = documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.coordinator)

    with pytest.raises(PrintingError):
        print_document(document.pk)

    document.refresh_from_db()
    assert (document.state, document.attempts) == ("failed", 1)
    assert not document.path.exists()


def test_one_person_has_one_document_made_at_a_time_and_a_region_two(people, finished):
    documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.coordinator)
    documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.reviewer)

    with pytest.raises(TransitionRefusedError, match="sebelumnya masih dibuat"):
        documents.issue(cycle=finished, kind=DocumentKind.EXCEL, by=people.coordinator)
    with pytest.raises(TransitionRefusedError, match="Sedang dibuat 2 dokumen"):
        documents.issue(cycle=finished, kind=DocumentKind.EXCEL, by=people.second_reviewer)


def test_failed_document_says_so_and_can_be_made_again(client_of, people, finished, monkeypatch):
    document = documents.issue(cycle=finished, kind=DocumentKind.EXCEL, by=people.coordinator)
    IssuedDocument.objects.filter(pk=document.pk).update(state="failed")
    client = client_of(people.coordinator)

    page = client.get(reverse("document-list", args=[finished.pk])).text
    client.post(reverse("document-again", args=[document.public_id]))
    print_document(document.pk)
    document.refresh_from_db()

    assert "Gagal dibuat" in page
    assert "Coba lagi" in page
    assert document.state == "ready"


def test_reviewer_gets_no_dossier_before_the_package_is_sent(people, places, region):
    cycle = open_cycle(region, agency=places.health)

    with pytest.raises(TransitionRefusedError, match="belum diserahkan"):
        documents.issue(cycle=cycle, kind=DocumentKind.PDF, by=people.reviewer)


def test_command_makes_the_same_file(people, finished, tmp_path):
    target = tmp_path / "dossier.xlsx"

    call_command("export_dossier", region="36.04", year=finished.assessment_year, format="xlsx", out=target)

    ours, theirs = load_workbook(target), book_of(made(finished, "xlsx", people.coordinator))
    for name in HEADINGS:
        assert list(ours[name].values) == list(theirs[name].values)


def test_command_knows_the_two_readings(people, cycle, tmp_path):
    decide(cycle, 1, people.reviewer)
    options = {"region": "36.04", "year": cycle.assessment_year, "format": "xlsx"}

    call_command("export_dossier", **options, out=tmp_path / "a.xlsx")
    call_command("export_dossier", **options, out=tmp_path / "b.xlsx", reader="reviewer")

    points = [
        rows_of(load_workbook(tmp_path / name)["Indikator"])[0]["Nilai verifikasi"] for name in ("a.xlsx", "b.xlsx")
    ]
    assert points == [None, 10]


@pytest.mark.parametrize("change", [{"region": "99.99"}, {"year": 1999}, {"out": Path("/nowhere/at/all.pdf")}])
def test_command_refuses_with_a_sentence(cycle, tmp_path, change):
    options = {"region": "36.04", "year": cycle.assessment_year, "format": "pdf", "out": tmp_path / "a.pdf", **change}

    with pytest.raises(CommandError):
        call_command("export_dossier", **options)


def test_cancelled_cycle_is_not_exported(people, cycle, tmp_path):
    Cycle.objects.filter(pk=cycle.pk).update(status="cancelled")

    with pytest.raises(CommandError, match="Tidak ada periode"):
        call_command("export_dossier", region="36.04", year=cycle.assessment_year, format="pdf", out=tmp_path / "a.pdf")


def test_given_back_proposal_is_never_printed(people, cycle):
    for number, outcome in ((1, Outcome.CONFIRMED), (2, Outcome.CONFIRMED), (3, Outcome.REFUSED)):
        decide(cycle, number, people.reviewer, outcome, reason="x")
    result = results.propose(cycle=cycle, by=people.reviewer)
    proposed, _ = freeze(cycle, Audience.REVIEWER)
    results.give_back(cycle=cycle, result=result, reason="Belum.", by=people.second_reviewer)
    cycle.refresh_from_db()
    after, shown = freeze(cycle, Audience.REVIEWER)

    assert proposed == result.snapshot
    assert (after != result.snapshot, shown) == (True, None)


def test_freezing_asks_no_more_for_more_answers(people, places, region, django_assert_max_num_queries):
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    with django_assert_max_num_queries(200) as one:
        take_snapshot(cycle, Audience.REVIEWER)
    submitted(cycle, 2, people.operator)
    submitted(cycle, 3, people.operator)
    fresh = Cycle.objects.select_related("region__parent", "revision__instrument").get(pk=cycle.pk)

    with django_assert_max_num_queries(len(one)):
        take_snapshot(fresh, Audience.REVIEWER)


def test_pdf_and_excel_of_an_unchanged_year_come_from_one_snapshot(people, cycle):
    first = made(cycle, "xlsx", people.coordinator)
    second = made(cycle, "pdf", people.coordinator)
    decide(cycle, 1, people.reviewer)
    third = made(cycle, "xlsx", people.reviewer)

    assert first.snapshot == second.snapshot
    assert third.snapshot != first.snapshot


def test_list_shows_each_documents_code_without_reading_what_is_frozen(client_of, people, finished):
    document = made(finished, "xlsx", people.coordinator)
    facts = dict(book_of(document)["Keterangan"].iter_rows(values_only=True))
    client = client_of(people.coordinator)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("document-list", args=[finished.pk])).text

    assert facts["Kode dokumen"] in page
    assert not [row["sql"] for row in queries if '"body"' in row["sql"]]


def test_document_whose_worker_was_killed_says_that_it_is_tried_again(client_of, people, finished):
    document = documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.coordinator)
    rows, client = IssuedDocument.objects.filter(pk=document.pk), client_of(people.coordinator)
    url = reverse("document-state", args=[document.public_id])

    rows.update(state="working", attempts=1, progress=40)
    first = client.get(url).text
    rows.update(attempts=2)
    second = client.get(url).text

    assert ("Sedang dibuat" in first, "sedang dicoba lagi" in first) == (True, False)
    assert "sedang dicoba lagi" in second


def test_document_that_nobody_heard_of_for_ten_minutes_can_be_queued_again(client_of, people, finished):
    document = documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.coordinator)
    client, again = client_of(people.coordinator), reverse("document-again", args=[document.public_id])
    page = reverse("document-list", args=[finished.pk])
    fresh = client.get(page).text
    IssuedDocument.objects.update(state="working", requested_at=timezone.now() - STALE)

    assert again not in fresh
    assert again in client.get(page).text
    client.post(again)
    document.refresh_from_db()
    assert document.state == "queued"
    assert again not in client.get(page).text


def test_pages_lead_to_the_documents_only_where_one_can_be_made(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    link, page = reverse("document-list", args=[cycle.pk]), reverse("board", args=[cycle.pk])

    before = [link in client_of(person).get(page).text for person in (people.coordinator, people.reviewer)]
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    after = [link in client_of(person).get(page).text for person in (people.coordinator, people.reviewer)]

    assert before == [True, False]
    assert after == [True, True]
    assert link not in client_of(people.leader).get(page).text


def test_reviewers_list_before_the_package_offers_nothing_to_make(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)

    page = client_of(people.reviewer).get(reverse("document-list", args=[cycle.pk])).text

    assert "belum diserahkan" in page
    assert "Buat PDF" not in page
    assert "Pilih PDF" not in page


def test_command_prints_both_formats_of_an_unchanged_year_from_one_snapshot(people, cycle, tmp_path):
    def code(name, **options):
        target = tmp_path / name
        call_command("export_dossier", region="36.04", year=cycle.assessment_year, format="xlsx", out=target, **options)
        return dict(load_workbook(target)["Keterangan"].iter_rows(values_only=True))["Kode dokumen"]

    first, theirs, second = code("a.xlsx"), code("b.xlsx", reader="reviewer"), code("c.xlsx")
    in_the_browser = dict(book_of(made(cycle, "xlsx", people.coordinator))["Keterangan"].iter_rows(values_only=True))
    decide(cycle, 1, people.reviewer)
    changed = code("d.xlsx", reader="reviewer")

    assert first == second == in_the_browser["Kode dokumen"]
    assert len({first, theirs, changed}) == 3


def test_revoked_award_stands_above_every_page_and_sheet_of_the_final_document(client_of, people, places, finished):
    awards.announce(cycle=finished, decree_number="M.HA-7", decree_on=timezone.localdate(), by=people.coordinator)
    before = made(finished, "xlsx", people.coordinator)
    problem = problem_of(places.health, people.coordinator, days=-1)
    problems.mark_grounds(problem=problem, cycle=finished, reason="Tidak ditanggapi.", by=people.reviewer)
    awards.revoke(
        cycle=finished, problem=problem, decree_number="M.HA-9", decree_on=timezone.localdate(), by=people.reviewer
    )

    excel = made(finished, "xlsx", people.reviewer)
    html = html_of(print_of(documents.issue(cycle=finished, kind=DocumentKind.PDF, by=people.reviewer)))

    page = client_of(people.coordinator).get(reverse("document-list", args=[finished.pk])).text
    assert page.count("Dibuat sebelum penghargaan tahun ini berakhir") == 1
    mark = f"PENGHARGAAN {finished.assessment_year} DICABUT"
    assert {sheet.oddHeader.center.text for sheet in book_of(before)} == {None}
    assert {sheet.oddHeader.center.text for sheet in book_of(excel)} == {mark}
    notes = [cell.comment.text for cell in book_of(excel)["Rekap"]["A"] if cell.value == "Predikat"]
    assert "M.HA-9" in notes[0]
    assert "Berita acara: " in notes[0]
    assert f'<p class="nature">{mark}</p>' in html
    assert f'<div class="run-nature">{mark}</div>' in html
