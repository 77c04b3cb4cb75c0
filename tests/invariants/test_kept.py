"""What is made once for many tests is as new for each of them."""

import pytest
from django.db import connection

from accounts.models import Region, User
from assessment.models import Answer, Cycle
from tests.factories.assessment import open_cycle
from tests.kept import kept

MADE, COUNTED = [], set()


@kept
def year(region, places):
    MADE.append(region.pk)
    return open_cycle(region, agency=places.health)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_nobody_sees_what_another_test_did(turn, year, people):
    assert (year.status, Cycle.objects.get().status, people.operator.name) == ("filling", "filling", "Operator")
    assert not hasattr(people.operator, "_memberships_now")
    COUNTED.add(len(MADE))
    assert len(COUNTED) == 1

    year.status = "cancelled"
    people.operator.name = "Lain"
    people.operator.memberships_now()
    Answer.objects.filter(cycle=year).delete()
    Cycle.objects.update(status="cancelled")


def test_copies_point_at_each_other(year, people, places, region):
    assert year.region is region is places.serang


def test_kept_things_are_not_there_for_whoever_does_not_ask(db):
    assert not Region.objects.exists()
    assert not User.objects.exists()


def test_named_while_the_test_runs_it_is_made_for_the_test(db, request):
    assert not Cycle.objects.exists()
    assert request.getfixturevalue("year").pk == Cycle.objects.get().pk


@pytest.mark.django_db(transaction=True)
def test_with_real_transactions_it_is_made_for_the_test(year):
    assert not connection.in_atomic_block
    assert Cycle.objects.get().pk == year.pk
