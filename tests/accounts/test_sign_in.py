"""The door: three names for one person, failures counted, sessions that end."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import AccessEntry
from tests.factories.accounts import PASSWORD

LOGIN = "/masuk/"


@pytest.fixture
def person(people):
    people.operator.nip = "198611262014122002"
    people.operator.email = "Operator.Dinkes@contoh.go.id"
    people.operator.save()
    return people.operator


def sign_in(client, name, password=PASSWORD):
    return client.post(LOGIN, {"login": name, "password": password})


@pytest.mark.parametrize(
    "name", ["operator", "OPERATOR", "operator.dinkes@contoh.go.id", "198611262014122002", "19861126 201412 2 002"]
)
def test_person_signs_in_by_any_of_three_names(person, name):
    response = sign_in(Client(), name)

    assert response.status_code == 302
    assert AccessEntry.objects.get(kind="signed_in").user == person


def test_wrong_password_says_what_to_do_and_keeps_the_name(person):
    response = sign_in(Client(), "operator", "bukan kata sandinya")

    assert response.status_code == 200
    assert "belum cocok. Periksa huruf besar, lalu coba lagi." in response.text
    assert 'value="operator"' in response.text


def test_ended_account_cannot_sign_in(person):
    person.is_active = False
    person.save()

    assert sign_in(Client(), "operator").status_code == 200


def test_fifth_failure_locks_all_three_names_at_that_address(person):
    for name in ("operator", "198611262014122002", "operator.dinkes@contoh.go.id", "operator", "operator"):
        sign_in(Client(), name, "salah")

    assert sign_in(Client(), "19861126 201412 2 002").status_code == 429


def test_lock_does_not_reach_another_address(person):
    for _ in range(6):
        sign_in(Client(REMOTE_ADDR="10.0.0.1"), "operator", "salah")

    assert sign_in(Client(REMOTE_ADDR="10.0.0.2"), "operator").status_code == 302


def test_lock_does_not_reach_another_person_of_the_office(person, people):
    for _ in range(6):
        sign_in(Client(), "operator", "salah")

    assert sign_in(Client(), "head").status_code == 302


def test_lock_ends_after_its_time_and_grows(person):
    start = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(5):
            sign_in(Client(), "operator", "salah")
        clock.shift(dt.timedelta(minutes=6))
        assert sign_in(Client(), "operator", "salah").status_code == 200
        for _ in range(5):
            sign_in(Client(), "operator", "salah")
        clock.shift(dt.timedelta(minutes=6))

        assert sign_in(Client(), "operator").status_code == 429


def test_longer_lock_is_not_ended_by_others_who_sign_in(person, people):
    start = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(2):
            for _ in range(5):
                sign_in(Client(), "operator", "salah")
            clock.shift(dt.timedelta(minutes=6))
        sign_in(Client(), "head", "salah")
        sign_in(Client(), "head")

        assert sign_in(Client(), "operator").status_code == 429


def test_signing_up_is_closed(db):
    assert Client().get("/masuk/daftar/").status_code in (302, 404)


def test_session_ends_after_half_an_hour_without_a_request(person):
    start = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    client = Client()
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, "operator")
        clock.shift(dt.timedelta(minutes=29))
        assert client.get("/").status_code == 200
        clock.shift(dt.timedelta(minutes=31))

        assert client.get("/")["Location"].startswith(LOGIN)


def test_session_ends_after_ten_hours_in_any_case(person):
    start = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    client = Client()
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, "operator")
        for _ in range(30):
            clock.shift(dt.timedelta(minutes=20))
            client.get("/")
        clock.shift(dt.timedelta(minutes=20))

        assert client.get("/")["Location"].startswith(LOGIN)


def test_pages_are_not_kept_by_any_cache(client_of, people):
    for path in ("/", "/tidak-ada/", LOGIN):
        assert client_of(people.operator).get(path)["Cache-Control"] in (
            "no-store",
            "max-age=0, no-cache, no-store, must-revalidate, private",
        )


def test_signing_out_clears_the_browser(client_of, people):
    response = client_of(people.operator).post(reverse("account_logout"))

    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_content_policy_allows_only_our_own(client_of, people):
    policy = client_of(people.operator).get("/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_person_ends_the_other_sessions(person):
    here, there = Client(), Client()
    sign_in(here, "operator")
    sign_in(there, "operator")

    here.post(reverse("session-end-others"))

    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_nobody_ends_another_persons_session(person, people):
    mine, theirs = Client(), Client()
    sign_in(mine, "operator")
    sign_in(theirs, "head")
    from allauth.usersessions.models import UserSession

    foreign = UserSession.objects.get(user=people.head)

    assert mine.post(reverse("session-end", args=[foreign.pk])).status_code == 404
    assert theirs.get("/").status_code == 200


def test_password_is_changed_and_written_to_the_trail(person):
    client = Client()
    sign_in(client, "operator")
    new = "kalimat lain yang juga panjang"

    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert response.status_code == 302
    assert sign_in(Client(), "operator", new).status_code == 302


@pytest.mark.parametrize(
    "new",
    [
        "serangserang2026",
        "serangkesehatan2026",
        "Ratnawati Kusumaningrum",
        "ratnawati.kusumaningrum2026",
        "nip198611262014122002",
        "operator.dinkes@contoh",
    ],
)
def test_password_of_ones_own_names_and_places_is_refused(person, client_of, new):
    person.name = "Ratnawati Kusumaningrum, S.H., M.H."
    person.save()
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    response = client_of(person).post(reverse("account_change_password"), fields)

    assert "Kata sandi ini mudah ditebak: selain nama Anda" in response.text
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_access_ends_at_once_when_the_membership_ends(client_of, people):
    client = client_of(people.coordinator)
    assert client.get(reverse("person-list")).status_code == 200
    people.coordinator.memberships.update(ended_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))

    assert client.get(reverse("person-list")).status_code == 403


def test_pages_travel_compressed_and_files_as_they_are(client_of, people):
    client = client_of(people.operator)

    page = client.get("/katalog/", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/healthz", headers={"Accept-Encoding": "gzip"})

    assert page["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
