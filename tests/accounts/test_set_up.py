"""What the administrator's start page asks for, from the empty database on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.invitations import Invitee, invite
from accounts.models import ReviewOffice
from accounts.roles import Role
from tests.factories.accounts import JurisdictionFactory, MembershipFactory, OfficeFactory, RegionFactory
from tests.factories.assessment import small_revision
from tests.kept import kept


@kept
def administrator(db):
    return MembershipFactory(role=Role.ADMINISTRATOR, place=None, user__username="admin-pusat").user


@pytest.fixture
def home(client_of, administrator):
    return lambda: client_of(administrator).get(reverse("home"))


def test_start_page_leads_from_the_empty_database_to_the_last_invitation(home, administrator):
    assert "Belum ada wilayah. Mulailah dengan provinsinya." in home().text
    province = RegionFactory(kind="province", code="36", name="Banten", parent=None)
    assert "Provinsi Banten belum punya kabupaten/kota." in home().text
    regency = RegionFactory(code="36.04", name="Serang", parent=province)
    assert "Belum ada kantor verifikasi" in home().text
    office = OfficeFactory(name="Kanwil Banten")
    assert "Kabupaten Serang belum punya kantor verifikasi." in home().text
    JurisdictionFactory(office=office, region=regency)
    assert "Kanwil Banten belum punya verifikator." in home().text
    MembershipFactory(role=Role.REVIEWER, place=office)
    assert "Kanwil Banten baru punya satu verifikator" in home().text
    invite(invitee=Invitee("Verifikator"), role=Role.REVIEWER, place=office, by=administrator)
    assert home().context["next"].text == "Kabupaten Serang belum punya koordinator."
    invite(invitee=Invitee("Koordinator"), role=Role.COORDINATOR, place=regency, by=administrator)
    assert "Belum ada instrumen yang dapat dipakai menilai." in home().text
    small_revision()
    assert "Tidak ada yang menunggu Anda" in home().text


def test_invitation_begins_with_the_role_and_place_that_are_missing(client_of, administrator):
    regency = RegionFactory(code="36.04", parent=RegionFactory(kind="province", code="36", parent=None))
    JurisdictionFactory(office=OfficeFactory(second_person=False), region=regency)
    MembershipFactory(role=Role.REVIEWER, place=ReviewOffice.objects.get())
    client = client_of(administrator)

    url = client.get(reverse("home")).context["next"].url
    form = client.get(url).context["form"]

    assert (form["role"].value(), form["place"].value()) == ("coordinator", f"region-{regency.pk}")


def test_start_page_asks_no_more_for_more_regions(client_of, administrator):
    province = RegionFactory(kind="province", code="36", parent=None)
    RegionFactory(code="36.01", parent=province)
    client = client_of(administrator)
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("home"))
    for number in range(2, 12):
        RegionFactory(code=f"36.{number:02}", parent=province)
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("home")).text

    assert "dan 8 lainnya" in page
    assert len(many) == len(one)
