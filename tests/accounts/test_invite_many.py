"""Many people are invited in one form."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import FormToken, Invitation
from tests.factories.accounts import AgencyFactory

PATH = reverse("person-list") + "undang-banyak/"
FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def test_each_named_person_gets_a_link_and_the_empty_lines_none(client_of, people, places):
    names = {
        f"name-operator-{places.legal.pk}": "Operator Hukum",
        f"email-operator-{places.legal.pk}": "hukum@contoh.go.id",
        f"name-head-{places.education.pk}": "Kepala Pendidikan",
        f"name-head-{places.legal.pk}": "",
    }

    response = client_of(people.coordinator).post(PATH, names)

    made = set(Invitation.objects.values_list("name", "role", "agency__name", "email"))
    assert made == {
        ("Operator Hukum", "operator", "Bagian Hukum", "hukum@contoh.go.id"),
        ("Kepala Pendidikan", "head", "Dinas Pendidikan dan Kebudayaan", None),
    }
    assert len({link.url for link in response.context["links"]}) == 2
    assert [line.split("; ")[0] for line in response.context["lines"].splitlines()] == [
        "Operator Hukum", "Kepala Pendidikan",
    ]  # fmt: skip
    assert all(link.url in response.text for link in response.context["links"])


def test_only_what_is_missing_is_asked_for(client_of, people, places):
    form = client_of(people.coordinator).get(PATH).context["form"]

    asked = {(seat.agency.short_name, seat.role.value) for seat in form.seats}
    assert asked == {
        ("Dindikbud", "head"), ("Bagian Hukum", "operator"), ("Bagian Hukum", "head"), ("BPN", "operator"),
    }  # fmt: skip


def test_whoever_was_invited_is_not_asked_for_again(client_of, people, places):
    client = client_of(people.coordinator)
    client.post(PATH, {f"name-operator-{places.legal.pk}": "Operator Hukum"})

    page = client.get(PATH)

    assert ("Bagian Hukum", "operator") not in {
        (seat.agency.short_name, seat.role.value) for seat in page.context["form"].seats
    }
    assert "1 orang sudah diundang dan belum masuk" in page.text


def test_second_click_shows_the_same_links(client_of, people, places):
    client = client_of(people.coordinator)
    names = {f"name-{role}-{places.legal.pk}": f"{role} Hukum" for role in ("operator", "head")}
    fields = {**names, "form_token": FORM_TOKEN.search(client.get(PATH).text)[1]}

    first, second = client.post(PATH, fields), client.post(PATH, fields)

    assert Invitation.objects.count() == 2
    # SQLite stores what is too long; PostgreSQL refuses it.
    longest = FormToken._meta.get_field("token").max_length
    assert [len(row.token) <= longest for row in FormToken.objects.all()] == [True, True]
    assert [link.url for link in first.context["links"]] == [link.url for link in second.context["links"]]


def test_faults_are_named_and_nobody_is_invited(client_of, people, places):
    client, legal = client_of(people.coordinator), places.legal.pk

    empty = client.post(PATH, {})
    nameless = client.post(PATH, {f"email-operator-{legal}": "hukum@contoh.go.id"})
    wrong = client.post(PATH, {f"name-operator-{legal}": "Operator", f"email-operator-{legal}": "hukum"})
    twice = client.post(PATH, {
        f"name-operator-{legal}": "Satu", f"email-operator-{legal}": "a@contoh.go.id",
        f"name-head-{legal}": "Dua", f"email-head-{legal}": "A@contoh.go.id",
    })  # fmt: skip

    assert "Tulis paling sedikit satu nama." in empty.text
    assert "Tulis juga namanya." in nameless.text
    assert "Tulis alamat e-mail lengkap" in wrong.text
    assert "sudah dipakai di baris lain" in twice.text
    assert Invitation.objects.count() == 0


def test_agencies_of_elsewhere_are_not_invited_to(client_of, people, places):
    client_of(people.coordinator).post(PATH, {f"name-head-{places.other_health.pk}": "Orang"})

    assert Invitation.objects.count() == 0


def test_page_asks_no_more_for_more_agencies(client_of, people, places):
    client = client_of(people.coordinator)
    client.get(PATH)
    with CaptureQueriesContext(connection) as few:
        client.get(PATH)
    for number in range(3):
        AgencyFactory(region=places.serang, name=f"Dinas {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(PATH)

    assert len(many) == len(few)
