"""Documents on an answer: found in the library by words, chosen again after a refusal, confirmed in a line."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.actions.citations import Reference, add_and_cite, cite
from assessment.enums import CycleStatus
from assessment.forms.evidence import NOT_CHOSEN
from assessment.models import Citation, Cycle, Evidence
from tests.factories import hostile
from tests.factories.assessment import answer_of, checked_file, evidence_of, open_cycle


@pytest.fixture
def answer(region, places):
    return answer_of(open_cycle(region, agency=places.health), 1)


@pytest.fixture
def library(people, places):
    """Two documents of the agency and one of another agency."""
    named = {"title": "Perda kesehatan", "number": "7/2024", "kind": "perda"}
    return [
        evidence_of(people.operator, places.health, hostile.pdf(2), **named),
        evidence_of(people.operator, places.health, hostile.pdf(3), title="Laporan puskesmas"),
        evidence_of(people.supporter, places.education, hostile.pdf(4), title="Punya dinas lain"),
    ]


def library_page(answer, **query) -> str:
    return reverse("citation-add", args=[answer.pk], query=query)


def upload(client, answer, **fields):
    data = {"title": "Perda", "kind": "perda", "document": "", "pages": "", **fields}
    return client.post(reverse("citation-upload", args=[answer.pk]), data)


def pdf(pages: int = 2, name: str = "perda.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.pdf(pages), "application/pdf")


def test_library_shows_what_each_document_is_and_only_ones_own(client_of, people, answer, library):
    shown = client_of(people.operator).get(library_page(answer)).text

    assert "Perda kesehatan" in shown
    assert "Nomor 7/2024" in shown
    assert "3 halaman" in shown
    assert "Punya dinas lain" not in shown


@pytest.mark.parametrize("words", ["kesehatan perda", "7/2024"])
def test_library_is_searched_by_words_of_title_and_number(client_of, people, answer, library, words):
    shown = client_of(people.operator).get(library_page(answer, cari=words, dokumen=5)).text

    assert "Perda kesehatan" in shown
    assert "Laporan puskesmas" not in shown
    assert '<input type="hidden" name="dokumen" value="5">' in shown


def test_chosen_document_is_cited_with_its_pages(client_of, people, answer, library):
    client, document = client_of(people.operator), answer.indicator.documents.all()[0]
    listed = client.get(library_page(answer, dokumen=document.pk, cari="Perda")).text
    path = library_page(answer, dokumen=document.pk, cari="Perda", berkas=library[0].public_id)
    assert f"berkas={library[0].public_id}" in listed

    chosen = client.get(path).text
    fields = {"evidence": library[0].public_id, "document": document.pk, "pages": "2", "note": ""}
    confirmed = client.post(path, fields, follow=True).text

    assert "Perda kesehatan" in chosen
    assert f'<option value="{document.pk}" selected>' in chosen
    assert f"Pilih dokumen untuk “{document}”." in listed
    assert f"“Perda kesehatan” tertaut pada indikator {answer.indicator.number} untuk “{document}”." in confirmed
    assert (Citation.objects.get().evidence, Citation.objects.get().pages) == (library[0], "2")
    assert "Sudah tertaut" in client.get(library_page(answer)).text


def test_refused_citation_keeps_the_document_and_what_was_typed(client_of, people, answer, library):
    fields = {"evidence": library[0].public_id, "document": "", "pages": "9", "note": "Pasal tiga"}

    response = client_of(people.operator).post(library_page(answer), fields)

    assert response.status_code == 422
    assert "Berkas ini mempunyai 2 halaman" in response.text
    assert str(library[0].public_id) in response.text
    assert "Pasal tiga" in response.text


@pytest.mark.parametrize("key", ["bukan-kunci", "0f0e0d0c-0b0a-4908-8706-050403020100", ""])
def test_document_that_is_not_there_is_not_chosen(client_of, people, answer, library, key):
    client = client_of(people.operator)

    shown = client.get(library_page(answer, berkas=key))
    refused = client.post(library_page(answer), {"evidence": key, "document": "", "pages": "", "note": "Ketikan"})

    assert "Pilih satu." in shown.text
    assert refused.status_code == 422
    assert NOT_CHOSEN in refused.text
    assert "Ketikan" in refused.text


def test_document_of_another_agency_is_not_cited(client_of, people, answer, library):
    refused = client_of(people.operator).post(library_page(answer), {"evidence": library[2].public_id})

    assert refused.status_code == 422
    assert Citation.objects.count() == 0


def test_own_library_says_where_a_document_is_used_and_asks_no_more_for_more(
    client_of, people, places, answer, library
):
    client = client_of(people.operator)
    for number in (1, 2):
        given = {"agency": places.health, "reference": Reference(), "by": people.operator}
        cite(answer=answer_of(answer.cycle, number), evidence=library[0], **given)
    client.get(reverse("evidence-list"))
    with CaptureQueriesContext(connection) as two:
        shown = client.get(reverse("evidence-list")).text
    for pages in range(5, 9):
        evidence_of(people.operator, places.health, hostile.pdf(pages))
    with CaptureQueriesContext(connection) as six:
        client.get(reverse("evidence-list"))

    assert shown.count("dipakai 2 indikator") == shown.count("belum dipakai") == 1
    assert len(six) == len(two)


def test_library_asks_no_more_for_more_documents(client_of, people, places, answer, library):
    client = client_of(people.operator)
    client.get(library_page(answer))
    with CaptureQueriesContext(connection) as two:
        client.get(library_page(answer))
    for pages in range(5, 9):
        evidence_of(people.operator, places.health, hostile.pdf(pages))
    with CaptureQueriesContext(connection) as six:
        client.get(library_page(answer))

    assert len(six) == len(two)


@pytest.mark.parametrize("view", ["citation-upload", "citation-add"])
def test_no_form_is_offered_once_the_package_is_sent(client_of, people, answer, view):
    client = client_of(people.operator)
    Cycle.objects.filter(pk=answer.cycle_id).update(status=CycleStatus.SUBMITTED)

    response = client.get(reverse(view, args=[answer.pk]), follow=True)

    assert response.redirect_chain[0][0] == reverse("answer-detail", args=[answer.pk])
    assert "Paket sudah diserahkan" in response.text


def test_file_must_be_chosen_again_after_a_refusal_and_the_page_says_so(client_of, people, answer):
    response = upload(client_of(people.operator), answer, file=pdf(), title="", number="7")

    assert response.status_code == 422
    assert "Judul dokumen tidak boleh kosong." in response.text
    assert "Pilih “perda.pdf” sekali lagi; isian lain tetap ada di bawah." in response.text
    assert 'value="7"' in response.text


def test_file_must_be_chosen_again_after_the_package_went(client_of, people, answer):
    Cycle.objects.filter(pk=answer.cycle_id).update(status=CycleStatus.SUBMITTED)

    response = upload(client_of(people.operator), answer, file=pdf())

    assert response.status_code == 422
    assert "Paket sudah diserahkan" in response.text
    assert "sekali lagi" in response.text
    assert Evidence.objects.count() == 0


def test_kind_of_document_is_chosen_not_guessed(client_of, people, answer):
    refused = upload(client_of(people.operator), answer, file=pdf(), kind="")

    assert "Pilih jenis dokumennya." in refused.text


def test_statement_that_is_missing_leads_to_its_kind(client_of, people, answer):
    shown = client_of(people.operator).get(reverse("citation-upload", args=[answer.pk], query={"jenis": "keterangan"}))

    assert '<option value="keterangan" selected>' in shown.text


def test_receipt_is_read_at_a_glance(client_of, people, answer):
    client, content = client_of(people.operator), hostile.pdf(2)

    shown = client.get(upload(client, answer, file=pdf(2))["Location"]).text
    again = client.get(upload(client, answer, file=pdf(2), document="")["Location"]).text

    digest = hashlib.sha256(content).hexdigest()
    mark = f"sidik {digest[:4]} {digest[4:8]} {digest[8:12]}."
    assert "Tersimpan dan ditautkan: “Perda”. 2 halaman, " in shown
    assert mark in shown
    assert digest not in shown
    assert "Ditautkan, tidak disimpan dua kali." in again


def test_upload_takes_the_row_of_the_cycle_before_the_head_of_the_trail(people, places, answer):
    """Every writer takes them in this order; the other way round, two of them would wait for each other for ever."""
    details = {"title": "Laporan", "kind": "laporan"}
    checked = checked_file(hostile.pdf())
    with CaptureQueriesContext(connection) as asked:
        add_and_cite(
            answer=answer,
            checked=checked,
            agency=places.health,
            details=details,
            reference=Reference(),
            by=people.operator,
        )

    read = [row["sql"] for row in asked if row["sql"].startswith("SELECT")]
    cycle = next(place for place, sql in enumerate(read) if 'FROM "assessment_cycle"' in sql)
    head = next(place for place, sql in enumerate(read) if 'FROM "accounts_trailhead"' in sql)
    assert cycle < head
