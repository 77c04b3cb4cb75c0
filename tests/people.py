"""The people of every test, always the same, and their browsers."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import Region
from accounts.roles import Role
from tests.factories.accounts import AgencyFactory, JurisdictionFactory, MembershipFactory, OfficeFactory, RegionFactory
from tests.factories.worlds import make_world
from tests.kept import kept


@kept
def places(db):
    """Two provinces: in the first a regency with three agencies and a neighbour; in the second one regency."""
    banten = RegionFactory(kind="province", code="36", name="Banten", parent=None)
    aceh = RegionFactory(kind="province", code="11", name="Aceh", parent=None)
    serang = RegionFactory(code="36.04", name="Serang", parent=banten)
    lebak = RegionFactory(code="36.02", name="Lebak", parent=banten)
    pidie = RegionFactory(code="11.07", name="Pidie", parent=aceh)
    office, other_office = OfficeFactory(name="Kanwil Banten"), OfficeFactory(name="Kanwil Aceh")
    for region in (serang, lebak):
        JurisdictionFactory(office=office, region=region)
    JurisdictionFactory(office=other_office, region=pidie)
    return SimpleNamespace(
        banten=banten,
        aceh=aceh,
        serang=serang,
        lebak=lebak,
        pidie=pidie,
        office=office,
        other_office=other_office,
        health=AgencyFactory(region=serang, name="Dinas Kesehatan", short_name="Dinkes"),
        education=AgencyFactory(region=serang, name="Dinas Pendidikan dan Kebudayaan", short_name="Dindikbud"),
        legal=AgencyFactory(region=serang, name="Bagian Hukum", short_name="Bagian Hukum", kind="division"),
        vertical=AgencyFactory(region=serang, name="Kantor Pertanahan", short_name="BPN", kind="vertical"),
        other_health=AgencyFactory(region=lebak, name="Dinas Kesehatan", short_name="Dinkes"),
    )


@kept
def people(places):
    """One person for each role, those of elsewhere who must see nothing, and one whose access has ended."""
    roles = {
        "operator": (Role.OPERATOR, places.health),
        "head": (Role.HEAD, places.health),
        "supporter": (Role.OPERATOR, places.education),
        "coordinator": (Role.COORDINATOR, places.serang),
        "leader": (Role.LEADER, places.serang),
        "reviewer": (Role.REVIEWER, places.office),
        "second_reviewer": (Role.REVIEWER, places.office),
        "observer": (Role.OBSERVER, places.banten),
        "administrator": (Role.ADMINISTRATOR, None),
        "other_operator": (Role.OPERATOR, places.other_health),
        "other_coordinator": (Role.COORDINATOR, places.lebak),
        "far_coordinator": (Role.COORDINATOR, places.pidie),
        "far_reviewer": (Role.REVIEWER, places.other_office),
    }
    return SimpleNamespace(
        **{
            name: MembershipFactory(role=role, place=place, user__username=name.replace("_", "-")).user
            for name, (role, place) in roles.items()
        },
        former=MembershipFactory(
            role=Role.COORDINATOR, place=places.serang, user__username="former", ended_at=timezone.now()
        ).user,
    )


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, "accounts.backends.PersonBackend")
    return client


@pytest.fixture
def client_of(db):
    """A browser in which a person is signed in."""
    return signed_in


@kept
def world(people, places):
    """Two regencies with the same year on the same revision, and a third elsewhere."""
    return make_world(people, places)


@kept
def cookies(people):
    """The session of each person, signed in once for many tests."""
    return {
        name: signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value for name, person in vars(people).items()
    }


@pytest.fixture
def browsers(cookies):
    """The browser of each person, by name."""
    found = {name: Client() for name in cookies}
    for name, client in found.items():
        client.cookies[settings.SESSION_COOKIE_NAME] = cookies[name]
    return SimpleNamespace(**found)


@pytest.fixture
def region(places) -> Region:
    """The regency that most tests are about."""
    return places.serang
