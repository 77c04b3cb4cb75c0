"""Before the filling starts, whoever was invited is waited for: operators, and heads who endorse."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions.invitations import Invitee, invite
from accounts.models import Agency, Membership
from accounts.roles import Role
from assessment.models import Assignment, Cycle
from tests.factories.assessment import prepared, small_revision

READY = "Semua siap."


@pytest.fixture
def revision(db):
    return small_revision()


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
