"""A session that ends while somebody types: nothing is lost, and nobody else sees it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.kept_forms import owner_mark
from tests.factories.accounts import PASSWORD

NAME = "Dinas yang sedang diketik"


@pytest.fixture
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

    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/masuk/")
