"""Until the filling starts: what is missing, who was invited and is waited for, and the start."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions.invitations import Invitee, invite
from accounts.models import Agency, Membership
from accounts.roles import Role
from assessment.actions import cycles
from assessment.enums import CycleStatus
from assessment.models import Answer, Assignment, Cycle
from assessment.refusals import TransitionRefusedError
from tests.factories.assessment import open_cycle, prepared
from tests.html import flat

READY = "Semua siap."


def read(client_of, people, cycle):
    return client_of(people.coordinator).get(reverse("board", args=[cycle.pk])).text


def test_invited_head_is_somebody_who_was_invited(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.vertical)
    invite(invitee=Invitee("Kepala"), role=Role.HEAD, place=places.vertical, by=people.coordinator)

    assert "Undangan 1 perangkat daerah belum dibuka." in read(client_of, people, cycle)


def test_only_who_was_not_invited_is_still_to_be_invited(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.vertical)
    other = Agency.objects.create(region=region, name="Dinas Sosial", short_name="Dinsos")
    Assignment.objects.filter(cycle=cycle, indicator__number=2).update(agency=other)
    invite(invitee=Invitee("Operator"), role=Role.OPERATOR, place=places.vertical, by=people.coordinator)

    assert "Undang orang di 1 perangkat daerah" in read(client_of, people, cycle)


def test_year_is_not_called_ready_while_an_invited_head_has_not_come(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.health)
    Cycle.objects.filter(pk=cycle.pk).update(heads_endorse=True)
    with_head = read(client_of, people, cycle)
    Membership.objects.filter(role=Role.HEAD, agency=places.health).update(ended_at=timezone.now())
    invite(invitee=Invitee("Kepala"), role=Role.HEAD, place=places.health, by=people.coordinator)

    page = read(client_of, people, cycle)

    assert READY in with_head
    assert READY not in page
    assert "Undangan 1 perangkat daerah belum dibuka." in page


def test_leader_reads_the_preparation_without_the_steps_of_the_coordinator(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.health)
    steps = [
        reverse(name, args=[cycle.pk])
        for name in ("assignment-mapping", "assignment-list", "cycle-change", "cycle-start")
    ]

    led, managed = (
        client_of(person).get(reverse("board", args=[cycle.pk])).text for person in (people.leader, people.coordinator)
    )

    assert "Persiapan" in led
    assert [path in led for path in steps] == [False] * 4
    assert [path in managed for path in steps] == [True] * 4


def test_preparation_names_what_is_missing(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.vertical)
    Assignment.objects.filter(indicator__number=3).delete()

    page = client_of(people.coordinator).get(reverse("board", args=[cycle.pk])).text

    assert flat("<b>2 dari 3</b> indikator punya pengampu; belum: 3") in flat(page)
    assert "Belum ada orang di <b>BPN</b>" in page


def test_start_makes_all_answers_and_tells_the_agencies(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.health)

    client_of(people.coordinator).post(reverse("cycle-start", args=[cycle.pk]))

    cycle.refresh_from_db()
    assert cycle.status == CycleStatus.FILLING
    assert Answer.objects.filter(cycle=cycle).count() == 3
    assert people.operator.notices.filter(kind="assignment").count() == 1
    assert people.supporter.notices.count() == 0


def test_start_is_asked_once_more_and_says_what_is_missing_and_what_stays(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.education)
    Cycle.objects.filter(pk=cycle.pk).update(heads_endorse=True)
    Assignment.objects.filter(indicator__number=1).update(agency=places.legal)
    Assignment.objects.filter(indicator__number=3).delete()

    page = client_of(people.coordinator).get(reverse("cycle-start", args=[cycle.pk])).text

    cycle.refresh_from_db()
    assert cycle.status == CycleStatus.PREPARATION
    assert "punya pengampu; belum: 3" in page
    assert "Belum ada orang di <b>Bagian Hukum</b>" in page
    assert "Belum ada kepala di <b>Bagian Hukum</b>, <b>Dindikbud</b>" in page
    assert "Tidak dapat diubah lagi:" in page
    assert "Ya, mulai pengisian" in page


def test_preparation_tells_who_was_invited_and_has_not_come(client_of, people, region, revision, places):
    cycle = prepared(region, revision, places.vertical)
    client, path = client_of(people.coordinator), reverse("cycle-start", args=[cycle.pk])
    before = client.get(path).text
    invite(invitee=Invitee("Operator BPN"), role=Role.OPERATOR, place=places.vertical, by=people.coordinator)

    after = client.get(path).text

    assert "<b>BPN</b>. Undang" in before
    assert "<b>BPN</b> (sudah diundang, belum masuk). Undang" in after


def test_start_of_what_has_started_leads_back_to_the_cycle(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)

    response = client_of(people.coordinator).get(reverse("cycle-start", args=[cycle.pk]))

    assert response["Location"] == reverse("board", args=[cycle.pk])


def test_next_step_of_the_preparation_is_the_first_gap(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.vertical)
    client, path = client_of(people.coordinator), reverse("board", args=[cycle.pk])

    nobody = client.get(path).text
    invite(invitee=Invitee("Operator BPN"), role=Role.OPERATOR, place=places.vertical, by=people.coordinator)
    invited = client.get(path).text
    Assignment.objects.filter(indicator__number=3).delete()
    one = client.get(path).text
    Assignment.objects.all().delete()
    nothing = client.get(path).text

    assert "Undang orang di 1 perangkat daerah" in nobody
    assert "Undangan 1 perangkat daerah belum dibuka." in invited
    assert "Tugaskan 1 indikator yang belum punya pengampu." in one
    assert "Petakan perangkat daerah" in nothing


def test_agencies_without_a_head_are_excepted_when_filling_starts(people, region, places, revision):
    cycle = prepared(region, revision, places.education)
    Cycle.objects.filter(pk=cycle.pk).update(heads_endorse=True)
    cycle.refresh_from_db()

    cycles.start_filling(cycle=cycle, by=people.coordinator)

    assert list(cycle.endorsement_exceptions.values_list("agency", flat=True)) == [places.education.pk]


def test_cycle_starts_once(people, region, places, revision):
    cycle = prepared(region, revision, places.health)
    cycles.start_filling(cycle=cycle, by=people.coordinator)

    with pytest.raises(TransitionRefusedError):
        cycles.start_filling(cycle=cycle, by=people.coordinator)


def test_filling_does_not_begin_after_its_deadline(client_of, people, region, places, revision):
    cycle = prepared(region, revision, places.health)
    Cycle.objects.filter(pk=cycle.pk).update(filling_deadline=timezone.now() - dt.timedelta(hours=1))
    client, path = client_of(people.coordinator), reverse("cycle-start", args=[cycle.pk])

    page = client.get(reverse("board", args=[cycle.pk])).text
    asked, started = client.get(path, follow=True), client.post(path, follow=True)

    cycle.refresh_from_db()
    sentence = "Batas pengisian sudah lewat sebelum pengisian dimulai."
    assert [sentence in text for text in (page, asked.text, started.text)] == [True] * 3
    assert path not in page
    assert cycle.status == CycleStatus.PREPARATION
    assert not people.operator.notices.filter(kind="assignment").exists()
