"""What belongs to one regency is found by an index, not by reading the rows of all others too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, User
from accounts.roles import Role
from assessment.models import Citation, Evidence, Review, Submission
from assessment.pages.home import waiting_for
from assessment.pages.offices import office_of
from tests.factories.accounts import MembershipFactory
from tests.factories.assessment import open_cycle
from tests.factories.verification import start

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def plan_of(sql: str) -> list[str]:
    """The lines of a plan."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[-1] for row in cursor.fetchall()]


def read_whole(rows) -> list[str]:
    """The lines of a plan that read a table, or one of its indexes, from the beginning to the end."""
    return [line for line in rows.explain().splitlines() if "SCAN" in line]


@pytest.mark.parametrize("role", ["operator", "head", "coordinator", "leader", "reviewer", "supporter"])
@pytest.mark.parametrize(
    ("model", "asked"),
    [
        (Review, {"pk": 1}),
        (Submission, {"pk": 1}),
        (Submission, {"answer": 1}),
        (Citation, {"evidence": 1}),
        (Evidence, {"supersedes": 1}),
        (Evidence, {"public_id": "0" * 32}),
    ],
)
def test_one_row_is_judged_by_itself(people, role, model, asked):
    assert read_whole(model.objects.visible_to(getattr(people, role)).filter(**asked)) == []


def test_people_of_a_regency_are_found_by_their_places(people):
    seen = Membership.objects.visible_to(people.coordinator)

    assert read_whole(seen.active()) == []
    assert read_whole(seen.ended()) == []
    assert read_whole(User.objects.visible_to(people.coordinator).filter(pk=people.operator.pk)) == []


def test_whoever_coordinates_two_regencies_sees_the_people_of_both(people, places):
    MembershipFactory(user=people.coordinator, role=Role.COORDINATOR, place=places.lebak)
    vars(people.coordinator).pop("_memberships_now", None)

    seen = Membership.objects.visible_to(people.coordinator)

    assert set(seen.filter(role=Role.OPERATOR).values_list("agency", flat=True)) >= {
        places.health.pk, places.other_health.pk,
    }  # fmt: skip


@pytest.mark.parametrize("page_of", [waiting_for, office_of])
def test_pages_of_a_reviewer_read_what_belongs_to_the_office_only(people, places, page_of):
    cycle = open_cycle(places.serang, agency=places.health)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    with CaptureQueriesContext(connection) as captured:
        page_of(people.reviewer)

    assert [line for query in captured for line in plan_of(query["sql"]) if "SCAN" in line] == []
