"""One-time links for people who are here already, and what hangs on the role of whoever made them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions.invitations import Invitee, NameTakenError, accept_as_new, invite
from accounts.actions.memberships import end_membership
from accounts.models import AuditEvent, Invitation, Membership, User
from accounts.roles import Role
from tests.factories.accounts import PASSWORD, MembershipFactory

GOOD = "kalimat panjang dan mudah diingat"
SHORT = "tiga belas ok"
LINK = re.compile(r"/undangan/[\w-]+/")
NIP = "198611262014122002"


def link_to(token):
    return reverse("invitation-open", args=[token])


def join_form(username="operator.baru", password=GOOD):
    return {"username": username, "password1": password, "password2": password}


def test_first_page_suggests_a_free_user_name(people, places):
    User.objects.create_user("operator.dinas.kesehatan", name="Operator")
    _row, token = invite(
        invitee=Invitee("Operator Dinas Kesehatan"), role=Role.OPERATOR, place=places.health, by=people.coordinator
    )

    page = Client().get(link_to(token))

    assert 'value="operator.dinas.kesehatan2"' in page.text


@pytest.mark.parametrize(
    ("name", "suggestion"), [("Él", "anggota"), ("198611262014122002", "anggota"), ("…", "anggota")]
)
def test_name_that_makes_no_user_name_is_replaced(people, places, name, suggestion):
    _row, token = invite(invitee=Invitee(name), role=Role.OPERATOR, place=places.health, by=people.coordinator)

    assert f'value="{suggestion}"' in Client().get(link_to(token)).text


def test_second_invitation_of_the_same_nip_belongs_to_the_account_of_the_first(people, places):
    tokens = [
        invite(invitee=Invitee("Orang Baru", nip=NIP), role=role, place=places.health, by=people.coordinator)[1]
        for role in (Role.OPERATOR, Role.HEAD)
    ]
    joined = Client()
    joined.post(link_to(tokens[0]), join_form())

    stranger = Client().post(link_to(tokens[1]), join_form("lain"))
    joined.post(link_to(tokens[1]))

    assert "Masuklah dengan akun Anda sendiri" in stranger.text
    assert list(Membership.objects.filter(user__nip=NIP).order_by("role").values_list("role", flat=True)) == [
        "head",
        "operator",
    ]


def test_name_taken_in_the_same_moment_leaves_the_link_open(people, places):
    invitation, _token = invite(
        invitee=Invitee("Orang Baru"), role=Role.OPERATOR, place=places.health, by=people.coordinator
    )

    with pytest.raises(NameTakenError):
        accept_as_new(invitation=invitation, username="head", password=GOOD)

    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_whoever_is_to_decide_shows_a_long_password(people, places, client_of):
    people.operator.nip = NIP
    people.operator.set_password(SHORT)
    people.operator.save()
    _row, token = invite(
        invitee=Invitee("Operator", nip=NIP), role=Role.COORDINATOR, place=places.serang, by=people.administrator
    )
    client = client_of(people.operator)

    wrong = client.post(link_to(token), {"password": "bukan ini"})
    short = client.post(link_to(token), {"password": SHORT})

    assert "belum cocok" in wrong.text
    assert "paling sedikit 15 karakter" in short.text
    assert not people.operator.memberships.filter(role="coordinator").exists()


def test_long_password_takes_on_the_role(people, places, client_of):
    people.operator.nip = NIP
    people.operator.save()
    _row, token = invite(
        invitee=Invitee("Operator", nip=NIP), role=Role.COORDINATOR, place=places.serang, by=people.administrator
    )

    response = client_of(people.operator).post(link_to(token), {"password": PASSWORD})

    assert response.status_code == 302
    assert people.operator.memberships.filter(role="coordinator").exists()


def test_another_person_at_the_same_computer_signs_out_first(people, places, client_of):
    people.operator.nip = NIP
    people.operator.save()
    _row, token = invite(
        invitee=Invitee("Operator", nip=NIP), role=Role.HEAD, place=places.health, by=people.coordinator
    )
    client = client_of(people.head)

    page = client.get(link_to(token))
    away = client.post(reverse("account_logout"), {"next": link_to(token)})

    assert "Keluar dan buka undangan" in page.text
    assert away["Location"] == link_to(token)


def test_new_password_of_a_coordinator_who_also_fills_in_is_long(people, places):
    MembershipFactory(user=people.coordinator, role="operator", place=places.legal)
    client = Client()
    client.force_login(people.administrator, "accounts.backends.PersonBackend")
    page = client.post(reverse("person-reset", args=[people.coordinator.pk]))
    link = LINK.search(page.text)[0]

    response = Client().post(link, {"password1": SHORT, "password2": SHORT})

    assert "paling sedikit 15 karakter" in response.text


def test_double_click_on_reset_shows_the_same_link(people, client_of):
    client, path = client_of(people.coordinator), reverse("person-reset", args=[people.operator.pk])

    shown = [LINK.search(client.post(path, {"form_token": "sekali"}).text)[0] for _ in range(2)]

    assert shown[0] == shown[1]
    assert Invitation.objects.filter(purpose="reset").count() == 1


def test_newer_reset_link_ends_the_older_one(people, client_of):
    client, path = client_of(people.coordinator), reverse("person-reset", args=[people.operator.pk])
    older = LINK.search(client.post(path).text)[0]

    newer = LINK.search(client.post(path).text)[0]

    assert (Client().get(older).status_code, Client().get(newer).status_code) == (410, 200)


def test_new_password_ends_the_lock_of_the_old_one(people, client_of):
    for _ in range(6):
        Client().post("/masuk/", {"login": "operator", "password": "salah"})
    page = client_of(people.coordinator).post(reverse("person-reset", args=[people.operator.pk]))

    Client().post(LINK.search(page.text)[0], {"password1": GOOD, "password2": GOOD})

    assert Client().post("/masuk/", {"login": "operator", "password": GOOD}).status_code == 302


def test_links_of_whoever_lost_the_role_open_nothing(people, places):
    _row, token = invite(invitee=Invitee("Teman"), role=Role.OPERATOR, place=places.health, by=people.coordinator)

    end_membership(membership=people.coordinator.memberships.get(), by=people.administrator, reason="Pindah.")

    assert Client().get(link_to(token)).status_code == 410
    assert AuditEvent.objects.filter(verb="invitation.withdrawn", region=places.serang).count() == 1


def test_links_of_whoever_keeps_the_right_stay_open(people, places):
    MembershipFactory(user=people.coordinator, role="operator", place=places.legal)
    _row, token = invite(invitee=Invitee("Operator"), role=Role.OPERATOR, place=places.health, by=people.coordinator)

    end_membership(
        membership=people.coordinator.memberships.get(role="operator"), by=people.coordinator, reason="Selesai."
    )

    assert Client().get(link_to(token)).status_code == 200


def test_password_link_of_whoever_left_opens_nothing(people, client_of):
    page = client_of(people.coordinator).post(reverse("person-reset", args=[people.operator.pk]))

    end_membership(membership=people.operator.memberships.get(), by=people.coordinator, reason="Pensiun.")

    assert Client().get(LINK.search(page.text)[0]).status_code == 410


def test_end_of_access_ends_the_sessions(people):
    signed_in = Client()
    signed_in.post("/masuk/", {"login": "operator", "password": PASSWORD})

    end_membership(membership=people.operator.memberships.get(), by=people.coordinator, reason="Pensiun.")

    assert signed_in.get("/").status_code == 302


def test_link_page_is_never_kept_nor_told_to_other_sites(people, places):
    _row, token = invite(invitee=Invitee("Orang"), role=Role.OPERATOR, place=places.health, by=people.coordinator)

    response = Client().get(link_to(token))

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"
