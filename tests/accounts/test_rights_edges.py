"""Who manages whom and where: each right of the accounts, name by name."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.backends import PersonBackend
from accounts.models import Agency, Membership, Region
from accounts.permissions import RIGHTS, membership_for, refusal
from accounts.roles import Role
from tests.factories.accounts import MembershipFactory, UserFactory

COORDINATORS = {"coordinator", "other_coordinator", "far_coordinator"}


def holders(people, permission, obj=None) -> set[str]:
    """The names of all who hold a right now."""
    for person in vars(people).values():
        vars(person).pop("_memberships_now", None)
    return {name for name, person in vars(people).items() if person.has_perm(f"accounts.{permission}", obj)}


def test_places_and_lists_are_managed_by_these_and_by_nobody_else(people, places, region):
    found = {
        "manage_places": holders(people, "manage_places"),
        "manage_agencies": holders(people, "manage_agencies", region),
        "manage_agencies of an agency": holders(people, "manage_agencies", places.health),
        "list_agencies": holders(people, "list_agencies"),
        "list_people": holders(people, "list_people"),
    }

    assert found == {
        "manage_places": {"administrator"},
        "manage_agencies": {"coordinator"},
        "manage_agencies of an agency": {"coordinator"},
        "list_agencies": COORDINATORS,
        "list_people": {*COORDINATORS, "administrator"},
    }


@pytest.mark.parametrize(
    ("person", "issuers"),
    [
        ("operator", {"coordinator"}), ("head", {"coordinator"}), ("leader", {"coordinator"}),
        ("coordinator", {"administrator"}), ("reviewer", {"administrator"}), ("observer", {"administrator"}),
        ("administrator", set()), ("other_operator", {"other_coordinator"}),
    ],
)  # fmt: skip
def test_role_is_handed_out_and_ended_by_the_one_that_invites_there(person, issuers, people):
    membership = getattr(people, person).memberships.get()

    assert holders(people, "issue_role", membership) == issuers


@pytest.mark.parametrize("right", ["correct_person", "reset_password"])
@pytest.mark.parametrize(
    ("person", "above"),
    [
        ("operator", {"coordinator", "administrator"}), ("leader", {"coordinator", "administrator"}),
        ("coordinator", {"administrator"}), ("reviewer", {"administrator"}), ("administrator", set()),
        ("other_operator", {"other_coordinator", "administrator"}), ("former", set()),
    ],
)  # fmt: skip
def test_person_is_put_right_by_whoever_stands_above_every_role(right, person, above, people):
    assert holders(people, right, getattr(people, person)) == above


def test_coordinator_who_also_fills_in_is_put_right_by_the_administrator_alone(people, places):
    MembershipFactory(user=people.coordinator, role=Role.OPERATOR, place=places.health)

    assert holders(people, "reset_password", people.coordinator) == {"administrator"}


def test_operator_of_two_regencies_is_put_right_by_neither_coordinator(people, places):
    MembershipFactory(user=people.operator, role=Role.OPERATOR, place=places.other_health)

    assert holders(people, "reset_password", people.operator) == {"administrator"}


def test_every_right_says_why_it_is_refused():
    mine = {name: refusal(name) for name in RIGHTS if name.startswith("accounts.")}

    assert all(words.endswith(".") for words in mine.values())
    assert membership_for(AnonymousUser(), "accounts.list_people") is None


def test_closed_account_holds_no_role_and_no_right(people):
    people.coordinator.is_active = False

    assert people.coordinator.memberships_now() == []
    assert not people.coordinator.has_perm("accounts.list_people")


def test_roles_are_looked_up_in_the_order_of_the_table_and_then_the_oldest_first(people, places):
    person = UserFactory()
    young = MembershipFactory(user=person, role=Role.OPERATOR, place=places.education, started_at=timezone.now())
    leader = MembershipFactory(user=person, role=Role.LEADER, place=places.lebak)
    old = MembershipFactory(user=person, role=Role.OPERATOR, place=places.health)

    assert person.memberships_now() == [old, young, leader]
    assert person.holds(Role.LEADER, Role.HEAD)
    assert not person.holds(Role.HEAD)
    assert person.agency_ids() == {places.health.pk, places.education.pk}
    assert person.region_ids() == {places.serang.pk, places.lebak.pk}
    assert person.region_ids(Role.LEADER) == {places.lebak.pk}


def test_roles_of_one_moment_are_looked_up_in_the_order_of_their_numbers(people, places):
    person, moment = UserFactory(), timezone.now()
    here, there = (
        MembershipFactory(user=person, role=Role.OPERATOR, place=place, started_at=moment)
        for place in (places.health, places.education)
    )

    person.remember([there, here])

    assert person.memberships_now() == [here, there]


def test_person_of_a_session_is_one_and_the_same_in_every_role(people, places):
    MembershipFactory(user=people.operator, role=Role.HEAD, place=places.health)

    person = PersonBackend().get_user(people.operator.pk)

    assert [row.user is person for row in person.memberships_now()] == [True, True]


def test_account_that_is_closed_passes_nothing_whatever_was_read_before(people, places):
    person = PersonBackend().get_user(people.coordinator.pk)
    before = person.has_perm("assessment.open_cycle", places.serang)
    person.is_active = False

    assert (before, person.has_perm("assessment.open_cycle", places.serang)) == (True, False)


def test_agencies_without_people_are_stood_in_for_in_the_own_regency_only(people, places):
    MembershipFactory(role=Role.OPERATOR, place=places.legal, ended_at=timezone.now())

    assert people.coordinator.agencies_stood_in_for() == {places.legal.pk, places.vertical.pk}
    assert people.other_coordinator.agencies_stood_in_for() == set()
    assert people.leader.agencies_stood_in_for() == set()


def test_managed_places_are_the_coordinators_own(people, places):
    def managed(person):
        return set(Region.objects.managed_by(person)), set(Agency.objects.managed_by(person))

    assert managed(people.other_coordinator) == ({places.lebak}, {places.other_health})
    assert managed(people.leader) == managed(people.administrator) == managed(AnonymousUser()) == (set(), set())


def test_membership_holds_from_its_first_moment_until_just_before_its_last(people, places):
    begin, end = timezone.now() - dt.timedelta(days=3), timezone.now() - dt.timedelta(days=2)
    short = dt.timedelta(microseconds=1)
    row = MembershipFactory(role=Role.OPERATOR, place=places.health, started_at=begin, ended_at=end)

    def holds(at):
        return Membership.objects.active(at).filter(pk=row.pk).exists()

    assert [holds(at) for at in (begin - short, begin, end - short, end)] == [False, True, True, False]
