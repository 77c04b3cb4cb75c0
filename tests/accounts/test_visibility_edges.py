"""What each `visible_to` of the accounts shows, name by name, and on which day a place counts."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.actions.invitations import Invitee, invite
from accounts.models import (
    Agency,
    Invitation,
    Jurisdiction,
    Membership,
    Notice,
    Region,
    ReviewOffice,
    Succession,
    User,
)
from accounts.roles import Role
from tests.factories.accounts import AgencyFactory, MembershipFactory

OF_SERANG = {"operator", "head", "supporter", "coordinator", "leader"}
OF_LEBAK = {"other_operator", "other_coordinator"}
OFFICE = {"reviewer", "second_reviewer"}


def seen_by(people, rows, row) -> set[str]:
    """The names of all who see a row."""
    for person in vars(people).values():
        vars(person).pop("_memberships_now", None)
    return {name for name, person in vars(people).items() if rows.visible_to(person).filter(pk=row.pk).exists()}


def test_region_is_seen_by_everyone_with_a_role_that_reaches_it(people, places):
    assert seen_by(people, Region.objects, places.serang) == {*OF_SERANG, *OFFICE, "observer", "administrator"}
    assert seen_by(people, Region.objects, places.lebak) == {*OF_LEBAK, *OFFICE, "observer", "administrator"}
    assert seen_by(people, Region.objects, places.banten) == {"observer", "administrator"}


def test_agency_is_seen_in_its_region(people, places):
    assert seen_by(people, Agency.objects, places.legal) == {*OF_SERANG, *OFFICE, "observer"}


def test_office_is_seen_by_its_own_people_and_the_administrator(people, places):
    assert seen_by(people, ReviewOffice.objects, places.office) == {*OFFICE, "administrator"}


@pytest.mark.parametrize(
    ("person", "seers"),
    [
        ("operator", {"coordinator"}), ("leader", {"coordinator"}), ("other_operator", {"other_coordinator"}),
        ("coordinator", {"administrator"}), ("reviewer", {"administrator"}), ("observer", {"administrator"}),
        ("administrator", set()),
    ],
)  # fmt: skip
def test_person_and_role_are_seen_by_whoever_hands_the_role_out(person, seers, people):
    shown = getattr(people, person)

    assert seen_by(people, Membership.objects, shown.memberships.get()) == seers
    assert seen_by(people, User.objects, shown) == seers


def test_person_with_two_roles_is_listed_once(people, places):
    MembershipFactory(user=people.operator, role=Role.HEAD, place=places.education)

    assert list(User.objects.visible_to(people.coordinator)).count(people.operator) == 1


def test_invitation_is_seen_by_whoever_hands_the_role_out(people, places):
    invite(invitee=Invitee("Baru"), role=Role.OPERATOR, place=places.health, by=people.coordinator)
    invite(invitee=Invitee("Kantor"), role=Role.REVIEWER, place=places.office, by=people.administrator)
    operator, reviewer = Invitation.objects.get(name="Baru"), Invitation.objects.get(name="Kantor")

    assert seen_by(people, Invitation.objects, operator) == {"coordinator"}
    assert seen_by(people, Invitation.objects, reviewer) == {"administrator"}


def test_link_opens_until_it_is_used_withdrawn_or_has_run_out(people, places):
    invite(invitee=Invitee("Baru"), role=Role.OPERATOR, place=places.health, by=people.coordinator)
    row = Invitation.objects.get()
    now, short = timezone.now(), dt.timedelta(microseconds=1)

    def opens(at=now, **fields):
        blank = {"used_at": None, "withdrawn_at": None, "expires_at": now + short}
        Invitation.objects.update(**{**blank, **fields})
        return Invitation.objects.open(at).filter(pk=row.pk).exists()

    assert [opens(), opens(now + short), opens(used_at=now), opens(withdrawn_at=now)] == [True, False, False, False]


def test_notice_is_ones_own(people):
    notice = Notice.objects.create(recipient=people.operator, kind="account", text="Halo", url="/")

    assert seen_by(people, Notice.objects, notice) == {"operator"}


def test_nobody_sees_anything_without_signing_in(people, places):
    invite(invitee=Invitee("Baru"), role=Role.OPERATOR, place=places.health, by=people.coordinator)
    rows = (Region, Agency, ReviewOffice, Membership, User, Invitation, Notice)

    assert [model.__name__ for model in rows if model.objects.visible_to(AnonymousUser()).exists()] == []


@pytest.mark.parametrize(
    ("began", "ended", "active", "not_ended"),
    [(-1, None, True, True), (0, None, True, True), (1, None, False, True), (-2, -1, False, False),
     (-2, 0, True, True), (-2, 1, True, True)],
)  # fmt: skip
def test_office_looks_after_a_region_from_its_first_day_to_its_last(began, ended, active, not_ended, people, places):
    today = timezone.localdate()
    Jurisdiction.objects.filter(region=places.serang).update(
        started_on=today + dt.timedelta(days=began),
        ended_on=None if ended is None else today + dt.timedelta(days=ended),
    )

    assert Jurisdiction.objects.active().filter(region=places.serang).exists() is active
    assert Jurisdiction.objects.not_ended().filter(region=places.serang).exists() is not_ended
    assert ("reviewer" in seen_by(people, Region.objects, places.serang)) is active


def test_day_that_is_asked_for_counts_and_not_today(places):
    Jurisdiction.objects.filter(region=places.serang).update(ended_on=dt.date(2022, 1, 1))

    assert Jurisdiction.objects.active(dt.date(2021, 6, 1)).filter(region=places.serang).exists()
    assert not Jurisdiction.objects.active(dt.date(2019, 6, 1)).filter(region=places.serang).exists()
    assert not Jurisdiction.objects.not_ended(dt.date(2023, 6, 1)).filter(region=places.serang).exists()


def test_agency_has_people_while_an_operator_or_a_head_is_there(places):
    MembershipFactory(role=Role.HEAD, place=places.health)
    MembershipFactory(role=Role.OPERATOR, place=places.education)
    MembershipFactory(role=Role.OPERATOR, place=places.legal, ended_at=timezone.now())

    without = set(Agency.objects.without_people().filter(region=places.serang))

    assert without == {places.legal, places.vertical}


def test_people_of_an_agency_are_counted_by_role(places):
    MembershipFactory(role=Role.HEAD, place=places.health)
    for _again in range(2):
        MembershipFactory(role=Role.OPERATOR, place=places.education)
    counted = Agency.objects.with_people_counts().filter(region=places.serang)

    found = {row.short_name: (row.operators, row.heads) for row in counted}

    assert found == {"Dinkes": (0, 1), "Dindikbud": (2, 0), "Bagian Hukum": (0, 0), "BPN": (0, 0)}
    assert places.education in Agency.objects.without_head()


def test_predecessors_are_followed_as_far_as_they_go(places):
    oldest, old = AgencyFactory(region=places.serang), AgencyFactory(region=places.serang)
    Succession.objects.create(old=oldest, new=old, on=dt.date(2018, 1, 1))
    Succession.objects.create(old=old, new=places.health, on=dt.date(2020, 1, 1))

    assert Succession.objects.with_predecessors({places.health.pk}) == {places.health.pk, old.pk, oldest.pk}
    assert Succession.objects.with_predecessors({oldest.pk}) == {oldest.pk}


def test_two_agencies_that_took_over_from_each_other_end_the_search(places):
    Succession.objects.create(old=places.legal, new=places.health, on=dt.date(2018, 1, 1))
    Succession.objects.create(old=places.health, new=places.legal, on=dt.date(2020, 1, 1))

    assert Succession.objects.with_predecessors({places.health.pk}) == {places.health.pk, places.legal.pk}


def test_role_that_was_held_within_a_span_counts_for_it(people, places):
    now, day = timezone.now(), dt.timedelta(days=1)
    row = MembershipFactory(role=Role.OPERATOR, place=places.health, started_at=now - 3 * day, ended_at=now - day)

    def within(start, end):
        return Membership.objects.between(now + start * day, now + end * day).filter(pk=row.pk).exists()

    assert [within(-9, -4), within(-9, -3), within(-2, -2), within(-1, 5), within(-2, 5)] == [
        False, True, True, False, True,
    ]  # fmt: skip
