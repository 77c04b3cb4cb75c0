"""A session that ends while somebody types: nothing is lost, and nobody else sees it."""

import datetime as dt
import io

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.kept_forms import owner_mark
from tests.factories.accounts import PASSWORD
from tests.factories.assessment import answer_of, open_cycle
from tests.kept import kept

NAME = "Dinas yang sedang diketik"


@kept
def page(region):
    return reverse("agency-add", args=[region.pk])


@pytest.fixture
def typed(people, page):
    return {"name": NAME, "short_name": "Baru", "kind": "office", "form_owner": owner_mark(people.coordinator),
            "form_page": page, "password": "tidak boleh ikut"}  # fmt: skip


def sign_in(client, name):
    return client.post("/masuk/", {"login": name, "password": PASSWORD, "next": "/"})


def test_what_was_typed_comes_back_unsaved_after_signing_in_again(people, page, typed):
    client = Client()

    away = client.post(page, typed)
    sign_in(client, "coordinator")
    shown = client.get(page)

    assert away["Location"].startswith("/masuk/?next=%2Fperangkat-daerah%2Ftambah%2F")
    assert "Belum tersimpan" in shown.text
    assert NAME in shown.text
    assert "tidak boleh ikut" not in shown.text


def test_it_is_saved_and_forgotten_when_sent_again(people, region, page, typed):
    client = Client()
    client.post(page, typed)
    sign_in(client, "coordinator")

    client.post(page, typed)

    client.get("/")  # shows the message that it was saved

    assert region.agencies.filter(name=NAME).count() == 1
    assert NAME not in client.get(page).text


def test_another_persons_sign_in_deletes_it(people, page, typed):
    client = Client()
    client.post(page, typed)
    sign_in(client, "other-coordinator")
    client.post("/keluar/")
    sign_in(client, "coordinator")

    assert NAME not in client.get(page).text


def test_it_is_gone_after_half_an_hour(people, page, typed):
    client = Client()
    with time_machine.travel(dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC), tick=False) as clock:
        client.post(page, typed)
        clock.shift(dt.timedelta(minutes=31))
        sign_in(client, "coordinator")

        assert NAME not in client.get(page).text


def test_more_than_a_megabyte_is_not_kept(people, page, typed, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
    client = Client()

    away = client.post(page, {**typed, "name": "x" * 1_100_000})

    assert away["Location"].endswith("kept=0")


@pytest.mark.parametrize("mark", ["", "7", "7:palsu"])
def test_form_without_a_signed_owner_is_not_kept(people, page, typed, mark):
    away = Client().post(page, {**typed, "form_owner": mark})

    assert away["Location"].endswith("kept=0")


def test_foreign_page_is_never_led_to(people, page, typed):
    away = Client().post(page, {**typed, "form_page": "//jahat.example/"})

    assert "jahat" not in away["Location"]


def test_expired_session_keeps_the_form_too(people, page, typed, client_of):
    with time_machine.travel(dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC), tick=False) as clock:
        client = Client()
        sign_in(client, "coordinator")
        clock.shift(dt.timedelta(minutes=31))
        client.post(page, typed)
        sign_in(client, "coordinator")

        assert NAME in client.get(page).text


def test_partial_page_is_led_to_the_door_as_a_whole(people, page, typed):
    response = Client().post(page, typed, headers={"HX-Request": "true"})

    assert response.content == b""
    assert response["HX-Redirect"].startswith("/masuk/")


def test_what_a_part_of_a_page_sent_along_comes_back_on_that_page(people, places):
    answer = answer_of(open_cycle(places.serang, agency=places.health), 2)
    page = reverse("answer-detail", args=[answer.pk])
    typed = {"numerator": "24", "denominator": "31", "note": "Sedang diketik", "form": "value", "seen_revision": "0",
             "form_owner": owner_mark(people.operator), "form_page": page}  # fmt: skip
    client = Client()

    client.post(reverse("answer-preview", args=[answer.pk]), typed, headers={"HX-Request": "true"})
    sign_in(client, "operator")

    shown = client.get(page).text
    assert "Sedang diketik" in shown
    assert 'value="24"' in shown


def test_button_without_any_text_is_not_kept(people, page):
    away = Client().post(page, {"form_owner": owner_mark(people.coordinator), "form_page": page, "form_token": "x"})

    assert away["Location"].endswith("kept=0")


def test_file_is_not_kept(people, page, typed):
    client = Client()

    client.post(page, {**typed, "scan": io.BytesIO(b"isi berkas")})

    assert "scan" not in client.session["kept_form"]["fields"]


def test_unfinished_form_comes_back_with_its_faults(people, page, typed):
    client = Client()
    client.post(page, {**typed, "short_name": ""})
    sign_in(client, "coordinator")

    shown = client.get(page)

    assert shown.status_code == 200
    assert NAME in shown.text
    assert shown.text.count("Belum tersimpan") == 1
    assert "Nama singkat tidak boleh kosong." in shown.text


def test_refused_form_stays_kept_until_it_is_saved(people, page, typed):
    client = Client()
    client.post(page, typed)
    sign_in(client, "coordinator")

    refused = client.post(page, {**typed, "short_name": ""})

    assert refused.status_code == 422
    assert NAME in client.get(page).text


def test_person_throws_away_what_was_kept(people, page, typed):
    client = Client()
    client.post(page, typed)
    sign_in(client, "coordinator")

    away = client.post(reverse("kept-form-drop"))

    assert away["Location"] == page
    assert NAME not in client.get(page).text


def test_form_that_answers_with_a_page_is_forgotten_too(people, places):
    page = reverse("person-invite")
    typed = {"name": "Orang yang diundang", "role": "operator", "place": f"agency-{places.health.pk}",
             "form_owner": owner_mark(people.coordinator), "form_page": page}  # fmt: skip
    client = Client()
    client.post(page, typed)
    sign_in(client, "coordinator")

    sent = client.post(page, typed)

    assert "sekali pakai" in sent.text
    assert "Orang yang diundang" not in client.get(page).text.split('id="menunggu"')[0]


def test_reason_for_ending_access_comes_back(people):
    page = reverse("membership-end", args=[people.operator.memberships.get().pk])
    client = Client()
    client.post(page, {"reason": "Pindah tugas", "form_owner": owner_mark(people.coordinator), "form_page": page})
    sign_in(client, "coordinator")

    assert "Pindah tugas" in client.get(page).text
    assert people.operator.memberships.get().ended_at is None


def test_older_tab_keeps_its_text_after_signing_in_anew_in_another(people, page):
    client = Client(enforce_csrf_checks=True)
    client.get("/masuk/")
    token = client.cookies["csrf"].value
    client.post("/masuk/", {"login": "coordinator", "password": PASSWORD, "csrfmiddlewaretoken": token})
    older = {"name": NAME, "short_name": "Baru", "kind": "office", "csrfmiddlewaretoken": token,
             "form_owner": owner_mark(people.coordinator), "form_page": page}  # fmt: skip

    away = client.post(page, older)

    assert away["Location"] == page
    assert NAME in client.get(page).text


def test_foreign_site_plants_nothing(people, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.coordinator, "accounts.backends.PersonBackend")

    response = client.post(page, {"name": NAME, "form_owner": owner_mark(people.other_coordinator), "form_page": page})

    assert response.status_code == 403
    assert NAME not in client.get(page).text


def test_stale_sign_in_page_leads_to_a_fresh_one(people):
    client = Client(enforce_csrf_checks=True)
    client.get("/masuk/")

    assert client.post("/masuk/", {"login": "coordinator", "password": PASSWORD})["Location"] == "/"


def test_browser_without_cookies_is_told_so(people):
    response = Client(enforce_csrf_checks=True).post("/masuk/", {"login": "coordinator", "password": PASSWORD})

    assert response.status_code == 403


def test_double_click_saves_once_and_leads_to_the_same_page(people, region, page, client_of):
    client = client_of(people.coordinator)
    form = {"name": NAME, "short_name": "Baru", "kind": "office", "form_token": "satu-klik"}

    answers = [client.post(page, form) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [reverse("agency-list")] * 2
    assert region.agencies.filter(name=NAME).count() == 1


def test_every_write_form_carries_its_guards(people, page, client_of):
    shown = client_of(people.coordinator).get(page).text

    assert all(f'name="{name}"' in shown for name in ("csrfmiddlewaretoken", "form_token", "form_owner", "form_page"))
