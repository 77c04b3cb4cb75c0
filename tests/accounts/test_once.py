"""A write form is carried out once, also when both clicks arrive in the same moment."""

import threading

import pytest
from django.db import connections, transaction
from django.urls import reverse

from accounts.actions.invitations import Invitee, LinkSpentError, accept_as_new, invite
from accounts.actions.places import save_agency
from accounts.models import Agency, AuditEvent, FormToken, Membership, User
from accounts.once import AlreadyDone, Once
from accounts.roles import Role
from tests.factories.accounts import AgencyFactory, MembershipFactory, RegionFactory


def at_once(*works):
    """Run functions in threads that start together; return what each returned or raised."""
    start, answers = threading.Barrier(len(works)), []

    def run(work):
        start.wait()
        try:
            answers.append(work())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_token_is_claimed_inside_a_transaction_only(django_user_model):
    user = django_user_model.objects.create_user("orang", "x", name="Orang")

    with pytest.raises(RuntimeError):
        Once(user, "satu", "/").claim()


def test_refused_form_claims_nothing(people, region, client_of):
    client, page = client_of(people.coordinator), reverse("agency-add", args=[region.pk])

    client.post(page, {"name": "", "form_token": "satu"})
    client.post(page, {"name": "Dinas Sosial", "short_name": "Dinsos", "kind": "office", "form_token": "satu"})

    assert region.agencies.filter(name="Dinas Sosial").count() == 1


def test_token_of_one_person_is_not_that_of_another(people):
    with transaction.atomic():
        Once(people.operator, "satu", "/").claim()
        Once(people.head, "satu", "/").claim()

    assert FormToken.objects.count() == 2


def test_second_claim_tells_where_the_first_led(people):
    with transaction.atomic():
        first = Once(people.operator, "satu", "/daftar/")
        first.claim()
        first.lead_to("/yang-dibuat/")

    with pytest.raises(AlreadyDone) as found, transaction.atomic():
        Once(people.operator, "satu", "/daftar/").claim()

    assert found.value.url == "/yang-dibuat/"


def test_second_click_that_is_refused_for_what_the_first_did_leads_to_the_same_page(people, client_of):
    client, membership = client_of(people.coordinator), people.operator.memberships.get()
    path = reverse("membership-end", args=[membership.pk])
    first = client.post(path, {"reason": "Pindah", "form_token": "satu"})
    people.coordinator.memberships.update(role="leader")

    second = client.post(path, {"reason": "Pindah", "form_token": "satu"})

    assert second["Location"] == first["Location"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_enter_one_agency():
    banten = RegionFactory(kind="province", code="36", name="Banten")
    region = RegionFactory(code="36.04", name="Serang", parent=banten)
    coordinator = MembershipFactory(role="coordinator", place=region).user

    def click():
        agency = Agency(region=region, name="Dinas Sosial", short_name="Dinsos")
        save_agency(agency=agency, by=coordinator, once=Once(coordinator, "satu", "/perangkat-daerah/"))

    answers = at_once(click, click)

    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyDone", "NoneType"]
    assert Agency.objects.count() == 1
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_link_opened_twice_at_once_makes_one_account():
    banten = RegionFactory(kind="province", code="36", name="Banten")
    region = RegionFactory(code="36.04", name="Serang", parent=banten)
    coordinator = MembershipFactory(role="coordinator", place=region).user
    invitation, _token = invite(
        invitee=Invitee("Operator"), role=Role.OPERATOR, place=AgencyFactory(region=region), by=coordinator
    )

    def join(name):
        return lambda: accept_as_new(invitation=invitation, username=name, password="kalimat yang panjang sekali")

    answers = at_once(join("satu"), join("dua"))

    assert sum(isinstance(answer, LinkSpentError) for answer in answers) == 1
    assert User.objects.exclude(pk=coordinator.pk).count() == 1
    assert Membership.objects.filter(role="operator").count() == 1


def test_double_click_over_the_wire_is_one_effect(people, places, client_of):
    client = client_of(people.administrator)
    fields = {"name": "Kanwil Baru", "short_name": "Kanwil", "rounds_allowed": "3", "form_token": "satu"}

    answers = [client.post(reverse("office-add"), fields)["Location"] for _ in range(2)]

    assert answers == ["/wilayah/", "/wilayah/"]
