"""Around every request: addresses, headers on every status, the log, and what watches the server."""

import json
import logging

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django_structlog.signals import bind_extra_request_metadata
from structlog.contextvars import get_contextvars

from accounts.actions.invitations import Invitee, invite
from accounts.middleware import ClientAddress
from accounts.models import AccessEntry
from accounts.redaction import hide_links
from accounts.roles import Role

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def address_of(forwarded, trusted):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.1")
    settings.TRUSTED_PROXIES, before = trusted, settings.TRUSTED_PROXIES
    try:
        return ClientAddress(lambda asked: asked.META["REMOTE_ADDR"])(request)
    finally:
        settings.TRUSTED_PROXIES = before


@pytest.mark.parametrize(
    ("forwarded", "trusted", "address"),
    [
        ("1.2.3.4", 0, "10.0.0.1"),
        ("1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4, 9.9.9.9", 2, "1.2.3.4"),
        ("1.2.3.4", 2, "10.0.0.1"),
        ("bukan alamat", 1, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
        ("6.6.6.6, 2001:db8::1", 1, "2001:db8::1"),
    ],
)
def test_address_comes_from_our_own_front_server_only(forwarded, trusted, address):
    assert address_of(forwarded, trusted) == address


def test_log_names_the_address_that_was_settled_and_not_what_the_caller_says(db):
    told = []

    def hear(**_sent):
        told.append(get_contextvars()["ip"])

    bind_extra_request_metadata.connect(hear)
    try:
        Client().get("/masuk/", headers={"X-Forwarded-For": "6.6.6.6"}, REMOTE_ADDR="10.0.0.1")
    finally:
        bind_extra_request_metadata.disconnect(hear)

    assert told == ["10.0.0.1"]


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/tidak-ada/", 404), ("/wilayah/", 403)])
def test_headers_are_on_every_status(people, client_of, path, status):
    response = client_of(people.operator).get(path)

    assert response.status_code == status
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "camera=()" in response["Permissions-Policy"]


def test_headers_are_on_a_page_of_trouble_too(people, client_of, monkeypatch):
    client = client_of(people.operator)
    client.raise_request_exception = False

    def broken(*_args, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("accounts.views.notices.render", broken)
    response = client.get("/pemberitahuan/")

    assert response.status_code == 500
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "Ada gangguan di server" in response.text


def test_wrong_host_is_refused_with_a_page(db):
    response = Client(headers={"host": "jahat.example"}).get("/")

    assert response.status_code == 400
    assert "Permintaan tidak terbaca" in response.text


def test_refusal_is_noted_with_the_person_and_the_address(people, client_of):
    client_of(people.operator).get("/wilayah/")

    entry = AccessEntry.objects.get(kind="refused")
    assert (entry.user, entry.target_id, entry.detail, entry.address) == (
        people.operator,
        "/wilayah/",
        "403",
        "127.0.0.1",
    )


def test_foreign_object_is_noted_too(people, places, client_of):
    client_of(people.coordinator).get(f"/perangkat-daerah/{places.other_health.pk}/")

    assert AccessEntry.objects.get(kind="refused").detail == "404"


def test_refusal_says_why(people, client_of):
    assert "dikelola oleh administrator" in client_of(people.operator).get("/wilayah/").text


def test_refusal_without_a_reason_has_a_sentence_too(people, client_of, monkeypatch):
    def refuse(*_args, **_options):
        raise PermissionDenied

    monkeypatch.setattr("accounts.views.notices.render", refuse)

    assert "Anda tidak berwenang melakukan ini." in client_of(people.operator).get("/pemberitahuan/").text


def test_failed_sign_in_keeps_no_word_that_was_typed(people):
    Client().post("/masuk/", {"login": "kata sandi yang salah tempat", "password": "x"})

    entry = AccessEntry.objects.get(kind="sign_in_failed")
    assert "salah tempat" not in entry.detail
    assert entry.detail.startswith("tidak dikenal ")
    attempt = AccessAttempt.objects.get()
    assert "salah tempat" not in f"{attempt.username} {attempt.post_data} {attempt.get_data}"


@pytest.mark.parametrize(
    "line",
    [
        "Unprocessable Entity: /undangan/RAHASIA-1_x/",
        "GET /undangan/RAHASIA-1_x/?a=1",
        "GET /masuk/?next=/undangan/RAHASIA-1_x/",
        "GET /masuk/?next=%2Fundangan%2FRAHASIA-1_x%2F",
    ],
)
def test_link_is_left_out_of_the_log(line):
    assert "RAHASIA" not in hide_links(None, "warning", {"event": line})["event"]


def test_refused_link_form_leaves_no_token_in_the_log(people, places, capsys):
    _row, token = invite(invitee=Invitee("Orang"), role=Role.OPERATOR, place=places.legal, by=people.coordinator)
    formatter = next(
        handler.formatter for handler in logging.getLogger().handlers if "structlog" in repr(handler.formatter)
    )
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Gone: /undangan/%s/", (token,), None)

    written = json.loads(formatter.format(record))

    assert token not in str(written)
    assert written["level"] == "warning"


def test_watchers_learn_nothing_but_that_it_works(db):
    assert [Client().get(path).text for path in ("/healthz", "/readyz")] == ["ok", "ok"]


def test_watchers_learn_that_the_database_is_away(db, monkeypatch):
    def away():
        raise DatabaseError("password of the database")

    with monkeypatch.context() as outage:
        outage.setattr(connection, "cursor", away)
        response = Client().get("/readyz")

    assert response.status_code == 503
    assert "password" not in response.text


def test_too_many_requests_are_told_in_our_words(people, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = Client()
    client.get("/masuk/")

    response = client.post("/masuk/", {"login": "operator", "password": "x"})
    response = client.post("/masuk/", {"login": "operator", "password": "x"})

    assert response.status_code == 429
    assert "Terlalu banyak permintaan" in response.text
