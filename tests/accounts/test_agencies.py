"""A region's agencies, as its coordinator manages them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.forms.places import SuccessionForm
from accounts.models import Agency, AuditEvent, Succession
from tests.factories.accounts import AgencyFactory, MembershipFactory

LIST = "/perangkat-daerah/"


@pytest.fixture
def coordinator(people, client_of):
    return client_of(people.coordinator)


def fields_of(agency, **changes):
    return {"name": agency.name, "short_name": agency.short_name, "kind": agency.kind, **changes}


def test_coordinator_enters_an_agency(coordinator, region):
    page = reverse("agency-add", args=[region.pk])

    coordinator.post(page, {"name": "  Dinas   Sosial ", "short_name": "Dinsos", "kind": "office"})

    agency = region.agencies.get(name="Dinas Sosial")
    assert (
        AuditEvent.objects.get(target_type="agency", target_id=str(agency.pk)).role == "Koordinator · Kabupaten Serang"
    )


@pytest.mark.parametrize("name", ["Dinas Kesehatan", "DINAS KESEHATAN"])
def test_name_that_is_there_already_is_refused(coordinator, region, name):
    page = reverse("agency-add", args=[region.pk])

    response = coordinator.post(page, {"name": name, "short_name": "Dinkes", "kind": "office"})

    assert response.status_code == 422
    assert "sudah ada" in response.text


def test_short_name_of_another_agency_is_refused_and_the_page_stays_that_of_a_new_one(coordinator, region, places):
    fields = {"name": "Dinas Kesenian", "short_name": places.health.short_name.upper(), "kind": "office"}

    response = coordinator.post(reverse("agency-add", args=[region.pk]), fields)

    assert response.status_code == 422
    assert f"Nama singkat ini sudah dipakai {places.health.name}." in response.text
    assert ">Perangkat daerah baru<" in response.text
    assert 'value="Dinas Kesenian"' in response.text


def test_end_before_the_beginning_is_refused(coordinator, places):
    changes = {"valid_from": "2026-03-01", "valid_until": "2026-02-01"}

    response = coordinator.post(reverse("agency-change", args=[places.health.pk]), fields_of(places.health, **changes))

    assert "Tanggal akhir harus setelah tanggal awal." in response.text


def test_status_and_region_are_not_fields_of_the_form(coordinator, places):
    coordinator.post(
        reverse("agency-change", args=[places.health.pk]), fields_of(places.health, region=places.lebak.pk)
    )

    places.health.refresh_from_db()
    assert places.health.region == places.serang


def test_ended_agency_says_who_still_has_access(coordinator, people, places):
    response = coordinator.post(
        reverse("agency-change", args=[places.health.pk]),
        fields_of(places.health, valid_until="2026-01-31"),
        follow=True,
    )

    assert "2 orang masih punya akses di Dinas Kesehatan" in response.text
    assert "Tidak berlaku lagi (1)" in response.text


def test_agency_that_was_taken_over_ends_the_day_before(coordinator, places):
    page = reverse("agency-succeed", args=[places.health.pk])

    coordinator.post(page, {"new": places.education.pk, "on": "2026-07-01"})

    places.health.refresh_from_db()
    assert places.health.valid_until == dt.date(2026, 6, 30)
    assert Succession.objects.get().new == places.education


def test_succession_that_somebody_records_meanwhile_is_told(coordinator, places, monkeypatch):
    monkeypatch.setattr(SuccessionForm, "clean", lambda form: form.cleaned_data)  # both were found possible
    page = reverse("agency-succeed", args=[places.health.pk])
    coordinator.post(page, {"new": places.education.pk, "on": "2026-07-01"})

    late = coordinator.post(page, {"new": places.education.pk, "on": "2026-08-01"})

    assert late.status_code == 409
    assert "Peralihan Dinas Kesehatan baru saja dicatat atau diubah orang lain." in late.text
    assert Succession.objects.get().on == dt.date(2026, 7, 1)


def test_agency_of_another_region_cannot_take_over(coordinator, places):
    page = reverse("agency-succeed", args=[places.health.pk])

    response = coordinator.post(page, {"new": places.other_health.pk, "on": "2026-07-01"})

    assert response.status_code == 422
    assert Succession.objects.count() == 0


def test_list_marks_agencies_without_people_and_leads_to_inviting(coordinator, people, places):
    page = coordinator.get(LIST).text

    assert page.count("Belum ada orang") == Agency.objects.managed_by(people.coordinator).without_people().count() == 2
    invite_page = coordinator.get(reverse("person-invite"), {"tempat": f"agency-{places.legal.pk}"}).text
    assert f'value="agency-{places.legal.pk}" selected' in invite_page


def test_list_shows_only_the_own_regency(coordinator, places):
    places.other_health.name = "Dinas Kesehatan Lebak"
    places.other_health.save()

    assert "Dinas Kesehatan Lebak" not in coordinator.get(LIST).text


def test_list_asks_no_more_for_more_agencies(coordinator, region):
    coordinator.get(LIST)
    with CaptureQueriesContext(connection) as few:
        coordinator.get(LIST)
    for _ in range(3):
        MembershipFactory(place=AgencyFactory(region=region))
        AgencyFactory(region=region, valid_until=dt.date(2025, 1, 1))
    with CaptureQueriesContext(connection) as many:
        coordinator.get(LIST)

    assert len(many) <= len(few) + 1  # the successors of those that ended are fetched once there is one
