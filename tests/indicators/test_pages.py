"""The catalogue to read: filters, one indicator, the older instrument, without JavaScript and in part."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.catalogue import load
from indicators.models import AgencyType, Indicator, Instrument, Predicate, Revision, Right
from tests.factories.assessment import choice_row, number_row, ratio_row, small_manuscript

CODE = "permenkumham-22-2021"
LIST = f"/katalog/{CODE}/revisi/1/"


@pytest.fixture
def client(client_of, people):
    return client_of(people.operator)


def listed(client, **filters) -> str:
    return client.get(LIST, filters).text


def numbers(page: str) -> list[int]:
    parts = page.split('<span class="sr">Indikator </span>')[1:]
    return [int(part.partition("<")[0]) for part in parts]


def questions(client, path, **filters) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path, filters)
    return len(queries)


@pytest.mark.parametrize("name", ["operator", "leader", "reviewer", "observer", "administrator", "far_coordinator"])
def test_everyone_who_is_signed_in_reads_the_catalogue(client_of, people, catalogue, name):
    client = client_of(getattr(people, name))

    assert "Permenkumham 22/2021" in client.get("/katalog/").text
    assert numbers(listed(client)) == list(range(1, 121))
    assert client.get(f"{LIST}indikator/120/").status_code == 200


@pytest.mark.parametrize("model", [Instrument, Revision, Right, AgencyType, Indicator, Predicate])
def test_nobody_reads_it_without_signing_in(catalogue, people, model):
    assert model.objects.visible_to(people.operator).exists()
    assert not model.objects.visible_to(AnonymousUser()).exists()


def test_list_shows_the_ten_rights_in_their_order(client, catalogue):
    page = listed(client)

    places = [page.index(f"<h2>{right.name}</h2>") for right in catalogue.rights.all()]
    assert len(places) == 10
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"right": "R06"}, range(61, 73)),
        ({"right": "R01", "kind": "structure"}, [1, 2, 3]),
        ({"text": "65"}, None),
        ({"text": "puskesmas disabilitas"}, None),
        ({"text": "UU 16/2011 Pasal 19"}, None),
        ({"text": "juru bahasa isyarat"}, None),
        ({"kind": "outcome", "agency": "dinkes"}, None),
        ({"right": "tidak-ada", "kind": "x", "agency": "y"}, range(1, 121)),
        ({"text": "  "}, range(1, 121)),
    ],
)
def test_catalogue_is_filtered(client, catalogue, filters, found):
    shown = numbers(listed(client, **filters))

    assert shown == (list(found) if found is not None else shown)
    assert 0 < len(shown) <= (len(found) if found is not None else 40)


@pytest.mark.parametrize(("kind", "count"), [("structure", 34), ("process", 40), ("outcome", 46)])
def test_kinds_have_their_counts(client, catalogue, kind, count):
    page = listed(client, kind=kind)

    assert len(numbers(page)) == count
    assert f"<b>{count}</b> dari 120 indikator" in page


def test_agency_is_found_as_owner_and_as_supporter_once(client, catalogue):
    page = listed(client, agency="bag-hukum")
    shown = numbers(page)

    owned = set(catalogue.indicators.filter(agency__code="bag-hukum").values_list("number", flat=True))
    supported = set(catalogue.indicators.filter(supporting__code="bag-hukum").values_list("number", flat=True))
    assert shown == sorted(owned | supported)
    assert supported - owned
    assert page.count("didukung Bagian Hukum") == len(supported - owned)


def test_number_is_found_beside_words(client, catalogue):
    assert 65 in numbers(listed(client, text="65"))
    assert numbers(listed(client, text="puskesmas", right="R06")) == [
        row.number for row in catalogue.indicators.matching(text="PUSKESMAS", right="R06")
    ]


@pytest.mark.parametrize("text", ["%", "_", "'", "\\", "' OR 1=1 --", "99999999999999999999", "<script>"])
def test_odd_words_are_only_words(client, catalogue, text):
    response = client.get(LIST, {"text": text})

    assert response.status_code == 200
    assert len(numbers(response.text)) < 120 or text == "%"
    assert "<script>" not in response.text.replace("<script src", "")


@pytest.mark.parametrize("text", ["a\x00b", "x" * 101])
def test_unusable_words_filter_nothing(client, catalogue, text):
    assert len(numbers(listed(client, text=text))) == 120


def test_nothing_found_leads_on(client, catalogue):
    page = listed(client, text="zzzzzz")

    assert "Tidak ada indikator yang cocok" in page
    assert f'href="{LIST}">Tampilkan semua indikator' in page


def test_filter_stays_as_it_was_chosen(client, catalogue):
    page = listed(client, right="R06", text="puskesmas")

    assert '<option value="R06" selected>' in page
    assert 'value="puskesmas"' in page


def test_part_of_the_list_is_what_the_whole_page_shows(client, catalogue):
    part = client.get(LIST, {"right": "R01"}, headers={"HX-Request": "true"})

    assert "<html" not in part.text
    assert part.text.strip() in listed(client, right="R01")
    assert "HX-Request" in part["Vary"]


def test_going_back_gets_the_whole_page(client, catalogue):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in client.get(LIST, headers=headers).text


def test_ratio_shows_guidance_bands_documents_and_basis(client, catalogue):
    page = client.get(f"{LIST}indikator/65/").text

    for words in (
        "Indikator 65 · proses · Hak atas kesehatan",
        "85 % atau lebih",
        "kurang dari 30 %",
        "jalur landai",
        "Daftar periksa sarana per puskesmas",
        "wajib",
        "UU 8/2016",
        "Pembilang",
        "rekonstruksi kerja",
    ):
        assert words in page


def test_choice_shows_its_options_with_points(client, catalogue):
    page = client.get(f"{LIST}indikator/1/").text

    option = catalogue.indicators.get(number=1).options.get(position=1)
    assert option.label in page
    assert "Sekretariat DPRD" in page


def test_less_is_better_is_said(client, catalogue):
    number = catalogue.indicators.filter(direction="lower", answer_type="number").first().number

    page = client.get(f"{LIST}indikator/{number}/").text

    assert "atau kurang" in page
    assert "lebih dari" in page
    assert "Tidak adanya kejadian diisi dengan angka 0" in page


def test_every_indicator_has_its_page_and_leads_to_its_neighbours(client, catalogue):
    for number in (1, 60, 120):
        page = client.get(f"{LIST}indikator/{number}/").text
        assert (f"indikator/{number - 1}/" in page) == (number > 1)
        assert (f"indikator/{number + 1}/" in page) == (number < 120)


def test_older_instrument_shows_its_criteria_and_its_total(client, db, older):
    load(older)

    page = client.get("/katalog/permenkumham-34-2016/revisi/1/").text

    assert "7 kriteria" in page
    assert "83 indikator menurut peraturannya" in page
    assert "Hak perempuan dan anak" in page
    assert "belum ditetapkan" in page


@pytest.mark.parametrize(
    "path",
    [
        "tidak-ada/revisi/1/",
        f"{CODE}/revisi/2/",
        f"{CODE}/revisi/99999999999999999999/",
        f"{CODE}/revisi/1/indikator/0/",
        f"{CODE}/revisi/1/indikator/121/",
        f"{CODE}/revisi/1/indikator/99999999999999999999/",
    ],
)
def test_what_is_not_there_is_not_found(client, catalogue, path):
    assert client.get(f"/katalog/{path}").status_code == 404


def test_pages_are_only_read(client, catalogue):
    for path in ("/katalog/", LIST, f"{LIST}indikator/1/"):
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405


@pytest.mark.parametrize(("status", "words"), [("draft", "Rancangan"), ("official", "Naskah resmi")])
def test_status_of_the_text_always_stands_there(client, catalogue, status, words):
    Revision.objects.update(text_status=status)

    for path in ("/katalog/", LIST, f"{LIST}indikator/1/"):
        page = client.get(path).text
        assert words in page
        assert ("belum dicocokkan" in page) == (status == "draft" and path != "/katalog/")


def test_working_values_of_predicates_are_marked(client, catalogue):
    page = listed(client)

    assert "75 atau lebih" in page
    assert page.count("Angka kerja, belum dipastikan") == 3


def test_empty_catalogue_says_what_comes_next(client, db):
    assert "Katalog masih kosong" in client.get("/katalog/").text


def test_only_who_may_import_is_led_there(client, client_of, people, catalogue):
    assert reverse("instrument-import") not in client.get("/katalog/").text
    assert reverse("instrument-import") in client_of(people.administrator).get("/katalog/").text


def test_list_asks_as_much_for_one_as_for_all(client, catalogue):
    client.get(LIST)

    assert questions(client, LIST, text="Yankomas") == questions(client, LIST, right="R06") == questions(client, LIST)


def test_instruments_ask_as_much_for_one_as_for_three(client, db, older):
    load(small_manuscript())
    client.get("/katalog/")
    one = questions(client, "/katalog/")
    load(older)
    load(small_manuscript(indicators=[choice_row(guidance="Lain."), ratio_row(), number_row()]))

    assert questions(client, "/katalog/") == one


def test_page_of_an_indicator_asks_the_same_whatever_it_holds(client, catalogue):
    client.get(LIST)

    assert len({questions(client, f"{LIST}indikator/{number}/") for number in (1, 4, 5, 65, 120)}) == 1
