"""Nobody decides on a year in whose regency he or she had a part between its opening and its proposing."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from assessment.models import Cycle
from assessment.rules import uninvolved
from tests.factories.assessment import open_cycle

NOW = timezone.now()
OPENED, PROPOSED = -10, -5  # days from now
BEFORE, UNTIL_OPENING, OVERLAPPING, WITHIN, AFTER = (-20, -11), (-20, -10), (-20, -7), (-7, -6), (-4, -3)


@pytest.fixture
def cycle(region, places):
    """A year that was opened ten days ago."""
    cycle = open_cycle(region, agency=places.health)
    Cycle.objects.filter(pk=cycle.pk).update(opened_at=days(OPENED))
    cycle.refresh_from_db()
    return cycle


def days(count):
    return NOW + dt.timedelta(days=count)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.COORDINATOR])
@pytest.mark.parametrize(
    "case",  # when it was proposed, from when to when the person had a role there, and whether that is a part
    [
        (None, BEFORE, False),
        (None, UNTIL_OPENING, False),
        (None, OVERLAPPING, True),
        (None, AFTER, True),
        (None, (-20, None), True),
        (PROPOSED, BEFORE, False),
        (PROPOSED, OVERLAPPING, True),
        (PROPOSED, WITHIN, True),
        (PROPOSED, AFTER, False),
        (PROPOSED, (-4, None), False),
        (PROPOSED, (-20, None), True),
    ],
)
def test_part_in_a_year_is_the_same_for_one_year_and_for_many(people, places, cycle, role, case):
    proposed, (began, ended), part = case
    if proposed:
        Cycle.objects.filter(pk=cycle.pk).update(proposed_at=days(proposed))
        cycle.refresh_from_db()
    place = {"agency": places.health} if role == Role.OPERATOR else {"region": cycle.region}
    Membership.objects.create(
        user=people.reviewer, role=role, started_at=days(began), ended_at=ended and days(ended), **place
    )

    assert uninvolved.test(people.reviewer, cycle) is not part
    assert Cycle.objects.involving(people.reviewer).filter(pk=cycle.pk).exists() is part


def test_part_in_another_regency_is_none(people, places, cycle):
    Membership.objects.create(user=people.reviewer, role=Role.OPERATOR, agency=places.other_health)

    assert uninvolved.test(people.reviewer, cycle)
    assert not Cycle.objects.involving(people.reviewer).filter(pk=cycle.pk).exists()
