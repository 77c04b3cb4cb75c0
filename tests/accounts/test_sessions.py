"""One's own sessions: where the account is signed in, and what ends them."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts.actions.invitations import Invitee, invite
from accounts.models import AccessEntry, AuditEvent
from accounts.roles import Role
from tests.factories.accounts import PASSWORD

LIST = "/sesi/"
NEW = "kalimat lain yang juga panjang"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36"


def signed_in(name="operator", **browser):
    client = Client(**browser)
    client.post("/masuk/", {"login": name, "password": PASSWORD})
    return client


def change_password(client):
    return client.post("/kata-sandi/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})


def test_list_names_device_address_and_this_session(people):
    signed_in(headers={"user-agent": CHROME}, REMOTE_ADDR="10.1.1.1")
    here = signed_in(headers={"user-agent": FIREFOX})

    page = here.get(LIST).text

    assert "Firefox di Windows" in page
    assert "Chrome di Android" in page
    assert "10.1.1.1" in page
    assert page.count("Sesi ini") == 1


def test_session_that_was_left_idle_is_not_listed(people):
    with time_machine.travel(dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC), tick=False) as clock:
        signed_in(headers={"user-agent": CHROME})
        clock.shift(dt.timedelta(minutes=40))
        here = signed_in(headers={"user-agent": FIREFOX})

        assert "Chrome di Android" not in here.get(LIST).text


def test_sessions_of_others_are_not_listed(people):
    signed_in("head", headers={"user-agent": CHROME})

    assert "Chrome di Android" not in signed_in(headers={"user-agent": FIREFOX}).get(LIST).text


def test_one_session_is_ended(people):
    there, here = signed_in(), signed_in()
    other = UserSession.objects.get(session_key=there.session.session_key)

    here.post(reverse("session-end", args=[other.pk]))

    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_whoever_came_in_by_a_link_has_a_session_that_can_be_ended(people, places):
    _row, token = invite(invitee=Invitee("Baru"), role=Role.OPERATOR, place=places.legal, by=people.coordinator)
    joined = Client()
    joined.post(reverse("invitation-open", args=[token]), {"username": "baru", "password1": NEW, "password2": NEW})

    assert UserSession.objects.get(user__username="baru").session_key == joined.session.session_key


def test_new_password_ends_the_other_sessions_and_keeps_this_one(people):
    there, here = signed_in(), signed_in()

    change_password(here)

    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert UserSession.objects.filter(user=people.operator).count() == 1


def test_new_password_is_written_to_the_trail_but_not_itself(people):
    change_password(signed_in())

    event = AuditEvent.objects.get(verb="password.changed")
    assert (event.actor, event.role) == (people.operator, "pemilik akun")
    assert NEW not in str(event.payload.data)


def test_wrong_old_password_is_refused(people):
    response = signed_in().post("/kata-sandi/", {"oldpassword": "bukan ini", "password1": NEW, "password2": NEW})

    assert response.status_code == 200
    people.operator.refresh_from_db()
    assert people.operator.check_password(PASSWORD)


def test_short_password_of_a_coordinator_is_refused_at_the_change_too(people):
    client = signed_in("coordinator")

    response = client.post(
        "/kata-sandi/", {"oldpassword": PASSWORD, "password1": "tiga belas ok", "password2": "tiga belas ok"}
    )

    assert "paling sedikit 15 karakter" in response.text


def test_session_gets_a_new_key_at_sign_in(people):
    client = Client()
    client.get("/masuk/")
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key

    client.cookies["sesi"] = before
    client.post("/masuk/", {"login": "operator", "password": PASSWORD})

    assert client.session.session_key != before


def test_cookie_of_the_session_is_out_of_reach_of_scripts(people):
    cookie = signed_in().cookies["sesi"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_signing_in_and_out_are_noted(people):
    client = signed_in()
    client.post("/keluar/")

    assert list(AccessEntry.objects.order_by("pk").values_list("kind", "user__username")) == [
        ("signed_in", "operator"),
        ("signed_out", "operator"),
    ]


def test_locked_name_is_told_until_when(people):
    with time_machine.travel(dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC), tick=False):
        for _ in range(5):
            response = Client().post("/masuk/", {"login": "operator", "password": "salah"})

    assert response.status_code == 429
    assert "Coba lagi 1 Maret 2026 pukul 15.05 WIB (5 menit lagi)" in response.text


def test_long_email_address_is_a_name_too(people):
    people.operator.email = f"{'operator' * 6}@{'dinas-kesehatan.' * 3}contoh.go.id"
    people.operator.save()

    response = Client().post("/masuk/", {"login": people.operator.email, "password": PASSWORD})

    assert response.status_code == 302


def test_person_without_any_role_reads_that_nothing_is_there(people):
    page = signed_in("former").get("/")

    assert page.status_code == 200
    assert "Belum punya peran" in page.text


def test_sign_in_leads_to_the_page_that_was_asked_for_but_never_away(people):
    asked = Client().get("/pemberitahuan/")["Location"]
    there = Client().post("/masuk/", {"login": "operator", "password": PASSWORD, "next": "/pemberitahuan/"})
    away = Client().post("/masuk/", {"login": "operator", "password": PASSWORD, "next": "https://jahat.example/"})

    assert asked == "/masuk/?next=/pemberitahuan/"
    assert there["Location"] == "/pemberitahuan/"
    assert away["Location"] == "/"


def test_page_after_signing_in_says_nothing_but_itself(people):
    assert "notice-good" not in signed_in().get("/").text
    assert "Anda telah keluar" in signed_in().post("/keluar/", follow=True).text


def test_page_of_the_password_speaks_in_our_words(people):
    client = signed_in()

    page = client.post("/kata-sandi/", {"oldpassword": "bukan ini", "password1": "a", "password2": "b"}).text

    assert "Kata sandi saat ini belum cocok" in page
    assert "Ulangi kata sandi baru" in page
    assert "anda tidak dapat" not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_has_no_password_yet_reads_where_it_comes_from(client_of, people, method):
    people.operator.set_password(None)
    people.operator.save()

    response = getattr(client_of(people.operator), method)("/kata-sandi/")

    assert response.status_code == 403
    assert "Akun ini belum punya kata sandi" in response.text
    assert "Minta tautan sekali pakai" in response.text


def test_part_of_a_page_without_a_session_leads_the_whole_page_to_the_door(db):
    page = "http://testserver/katalog/?right=R01"
    asked = {"HX-Request": "true", "HX-Current-URL": page}

    response = Client().get("/katalog/", {"right": "R02"}, headers=asked)

    assert response.status_code == 200
    assert response["HX-Redirect"] == "/masuk/?next=/katalog/%3Fright%3DR01"
    assert response.content == b""


def test_part_of_a_page_asked_from_elsewhere_does_not_lead_there(db):
    asked = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/katalog/"}

    response = Client().get("/katalog/", headers=asked)

    assert response["HX-Redirect"] == "/masuk/?next=/katalog/"
