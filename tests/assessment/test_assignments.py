"""Who answers what: the mapping, many at once, and those who support."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.audit import history
from accounts.models import Agency
from assessment.actions import assignments
from assessment.enums import CycleStatus
from assessment.models import AgencyMapping, Assignment, Cycle
from tests.factories.assessment import open_cycle, prepared

YEAR = timezone.localdate().year


def test_mapping_assigns_everything_in_one_step(client_of, people, region, places, revision):
    cycle = Cycle.objects.create(
        region=region, revision=revision, assessment_year=YEAR, data_year=YEAR - 1, filling_deadline=timezone.now()
    )
    client = client_of(people.coordinator)
    client.post(
        reverse("assignment-mapping", args=[cycle.pk]),
        {"type-dinkes": places.health.pk, "type-dindikbud": places.education.pk},
    )

    response = client.post(reverse("assignment-by-mapping", args=[cycle.pk]), follow=True)

    assert "3 indikator ditugaskan" in response.text
    assert set(cycle.assignments.responsible().values_list("agency", flat=True)) == {places.health.pk}
    supporting = cycle.assignments.get(responsible=False)
    assert (supporting.agency, supporting.indicator.number) == (places.education, 2)


def test_mapping_suggests_agencies_of_the_same_name(client_of, people, region, places, revision):
    cycle = Cycle.objects.create(
        region=region, revision=revision, assessment_year=YEAR, data_year=YEAR - 1, filling_deadline=timezone.now()
    )

    page = client_of(people.coordinator).get(reverse("assignment-mapping", args=[cycle.pk])).text

    assert f'<option value="{places.health.pk}" selected>' in page


def test_mapping_finds_an_agency_of_the_name_that_begins_later(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.health)
    soon = timezone.localdate() + dt.timedelta(days=30)
    later = Agency.objects.create(region=region, name="Dinas Baru", short_name="Baru", valid_from=soon)
    agency = Agency(region=region, name="Dinas Baru", short_name="Baru")

    assignments.save_mapping(region=cycle.region, agencies={"dinkes": agency}, by=people.coordinator)

    assert AgencyMapping.objects.get(type_code="dinkes").agency == later


def test_mapping_to_another_regencys_agency_is_refused(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.health)

    client_of(people.coordinator).post(
        reverse("assignment-mapping", args=[cycle.pk]), {"type-dinkes": places.other_health.pk}
    )

    assert AgencyMapping.objects.count() == 0


def test_many_indicators_are_given_to_another_agency_at_once(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    chosen = list(revision.indicators.filter(number__in=[1, 2]).values_list("pk", flat=True))
    supporting = Assignment.objects.create(cycle=cycle, indicator_id=chosen[0], agency=places.education)

    client_of(people.coordinator).post(
        reverse("assignment-list", args=[cycle.pk]), {"indicators": chosen, "agency": places.education.pk}
    )

    owners = dict(cycle.assignments.responsible().values_list("indicator__number", "agency__short_name"))
    assert owners == {1: "Dindikbud", 2: "Dindikbud", 3: "Dinkes"}
    assert not Assignment.objects.filter(pk=supporting.pk).exists()


def test_assigning_nothing_says_so_and_keeps_the_choice(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)

    response = client_of(people.coordinator).post(
        reverse("assignment-list", args=[cycle.pk]), {"agency": places.education.pk}
    )

    assert "Pilih paling sedikit satu indikator." in response.text
    assert f'<option value="{places.education.pk}" selected>' in response.text


def test_foreign_agency_cannot_be_assigned(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    indicator = revision.indicators.get(number=1)

    response = client_of(people.coordinator).post(
        reverse("assignment-list", args=[cycle.pk]), {"indicators": [indicator.pk], "agency": places.other_health.pk}
    )

    assert response.status_code == 422


def test_assignments_stand_by_right_and_open_where_an_owner_is_missing(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    Assignment.objects.filter(indicator__number=3).delete()

    page = client_of(people.coordinator).get(reverse("assignment-list", args=[cycle.pk]))

    assert [(group.right.code, group.free, group.opened) for group in page.context["groups"]] == [
        ("R01", 0, False), ("R02", 1, True),
    ]  # fmt: skip
    assert "1 tanpa pengampu" in page.text


def test_all_of_one_right_are_ticked_without_a_script(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)

    page = client_of(people.coordinator).get(reverse("assignment-list", args=[cycle.pk]) + "?pilih=R01")

    assert page.context["picked"] == {str(row.pk) for row in revision.indicators.filter(right__code="R01")}
    assert "2 dipilih" in page.text


@pytest.mark.parametrize("address", ["assignment-list", "board"])
def test_page_asks_no_more_for_more_agencies_that_answer(address, client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    client, path = client_of(people.coordinator), reverse(address, args=[cycle.pk])
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for row, agency in zip(cycle.assignments.responsible(), Agency.objects.filter(region=region), strict=False):
        Assignment.objects.filter(pk=row.pk).update(agency=agency)
    with CaptureQueriesContext(connection) as three:
        client.get(path)

    assert len(three) == len(one)


def test_mapping_takes_over_the_catalogues_agencies_that_are_not_there(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision, status=CycleStatus.PREPARATION)
    Agency.objects.filter(pk=places.education.pk).update(name="Dinas Pemuda")
    client, path = client_of(people.coordinator), reverse("assignment-mapping", args=[cycle.pk])

    before = client.get(path).text
    proposal = client.get(f"{path}?baru=semua")
    proposed = proposal.context["form"]
    client.post(path, {field.html_name: field.value() for field in proposed})

    mapped = dict(AgencyMapping.objects.values_list("type_code", "agency__name"))
    assert "1 jenis belum punya organisasi" in before
    assert "1 jenis diisi dengan nama menurut katalog" in proposal.text
    assert "Belum tersimpan." in proposal.text
    assert "3 indikator; disarankan karena namanya sama; belum disimpan." in before
    assert mapped == {"dinkes": "Dinas Kesehatan", "dindikbud": "Dinas Pendidikan dan Kebudayaan"}
    assert Agency.objects.filter(region=region, name="Dinas Kesehatan").count() == 1
    assert history(Agency.objects.get(name="Dinas Pendidikan dan Kebudayaan")).get().verb == "agency.saved"


def test_supporters_are_chosen_among_the_others_and_the_owner_is_named(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    indicator = cycle.revision.indicators.get(number=1)
    client, path = client_of(people.coordinator), reverse("assignment-supporters", args=[cycle.pk, indicator.pk])

    page = client.get(path)
    saved = client.post(path, {"agencies": [places.education.pk]})
    refused = client.post(path, {"agencies": [places.health.pk]})

    supporting = Assignment.objects.filter(cycle=cycle, indicator=indicator, responsible=False)
    assert f"Pengampunya {places.health.name}." in page.text
    assert places.health not in page.context["form"].fields["agencies"].queryset
    assert [row.agency for row in supporting] == [places.education]
    assert saved["Location"].endswith("/penugasan/#indikator-1")
    assert refused.status_code == 422
