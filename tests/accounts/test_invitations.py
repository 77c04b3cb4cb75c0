"""How people come in: one-time links, never for equals or superiors."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.actions.invitations import Invitee, invite
from accounts.models import Invitation, Membership, User
from accounts.roles import Role

GOOD = "kalimat panjang dan mudah diingat"
LINK = re.compile(r"/undangan/[\w-]+/")


@pytest.fixture
def invited(people, places):
    """The path of an open link for an operator of the health agency."""
    _invitation, token = invite(
        invitee=Invitee("Operator Baru"), role=Role.OPERATOR, place=places.health, by=people.coordinator
    )
    return reverse("invitation-open", args=[token])


def invite_through_page(client, **fields):
    return client.post(reverse("person-invite"), {"name": "Orang Baru", "role": "operator", **fields})


def test_coordinator_invites_an_operator_who_joins(client_of, people, places):
    page = invite_through_page(client_of(people.coordinator), place=f"agency-{places.health.pk}")
    link = LINK.search(page.text)[0]

    joined = Client()
    response = joined.post(link, {"username": "operator.baru", "password1": GOOD, "password2": GOOD})

    assert response.status_code == 302
    assert joined.get("/").status_code == 200
    membership = Membership.objects.get(user__username="operator.baru")
    assert (membership.role, membership.agency) == ("operator", places.health)


def test_link_is_kept_only_as_a_hash(invited):
    token = invited.split("/")[2]

    assert not Invitation.objects.filter(token_hash=token).exists()
    assert Invitation.objects.count() == 1


def test_link_opens_once(invited):
    form = {"username": "operator.baru", "password1": GOOD, "password2": GOOD}
    Client().post(invited, form)

    response = Client().post(invited, {**form, "username": "orang.lain"})

    assert response.status_code == 410
    assert "tidak berlaku lagi" in response.text
    assert User.objects.filter(username="orang.lain").count() == 0


def test_link_runs_out_after_seven_days(people, places):
    with time_machine.travel(dt.datetime(2026, 3, 1, tzinfo=dt.UTC), tick=False) as clock:
        _row, token = invite(
            invitee=Invitee("Operator"), role=Role.OPERATOR, place=places.health, by=people.coordinator
        )
        clock.shift(dt.timedelta(days=7, minutes=1))

        assert Client().get(reverse("invitation-open", args=[token])).status_code == 410


def test_withdrawn_link_opens_nothing(client_of, people, invited):
    client_of(people.coordinator).post(reverse("invitation-withdraw", args=[Invitation.objects.get().pk]))

    assert Client().get(invited).status_code == 410


def test_refused_form_keeps_the_user_name_and_says_why(invited):
    response = Client().post(invited, {"username": "Operator.Baru", "password1": "pendek", "password2": "pendek"})

    assert response.status_code == 422
    assert "paling sedikit 12 karakter; yang ditulis 6" in response.text
    assert 'value="Operator.Baru"' in response.text


@pytest.mark.parametrize("password", ["dinaskesehatan2026", "peduliham2026!!", "kabupaten serang 36"])
def test_password_of_context_words_is_refused(invited, password):
    response = Client().post(invited, {"username": "operator.baru", "password1": password, "password2": password})

    assert "mudah ditebak" in response.text


@pytest.mark.parametrize("password", ["wahyu.ningsih2026", "nip198611262014122002", "ningsih@contoh.go"])
def test_password_of_what_the_invitation_says_of_the_person_is_refused(people, places, password):
    invitee = Invitee("Wahyu Ningsih, S.Sos.", "198611262014122002", "wahyu.ningsih@contoh.go.id")
    _row, token = invite(invitee=invitee, role=Role.OPERATOR, place=places.health, by=people.coordinator)
    form = {"username": "operator.baru", "password1": password, "password2": password}

    response = Client().post(reverse("invitation-open", args=[token]), form)

    assert "mudah ditebak" in response.text


@pytest.mark.parametrize(
    "password", ["123456789012", "1234 5678 9012 3456".replace(" ", ""), "aaaaaaaaaaaaaaa", "abababababababab"]
)
def test_password_of_digits_or_of_one_thing_repeated_is_refused(invited, password):
    response = Client().post(invited, {"username": "operator.baru", "password1": password, "password2": password})

    assert response.status_code == 422
    assert "Pakai beberapa kata." in response.text


def test_coordinator_needs_a_longer_password(people, places):
    _row, token = invite(
        invitee=Invitee("Koordinator"), role=Role.COORDINATOR, place=places.serang, by=people.administrator
    )
    form = {"username": "koordinator.baru", "password1": "tiga belas ok", "password2": "tiga belas ok"}

    response = Client().post(reverse("invitation-open", args=[token]), form)

    assert "paling sedikit 15 karakter; yang ditulis 13" in response.text


def test_taken_user_name_is_refused(invited, people):
    response = Client().post(invited, {"username": "head", "password1": GOOD, "password2": GOOD})

    assert "sudah dipakai" in response.text


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "administrator", "observer"])
def test_coordinator_cannot_invite_equals_or_superiors(client_of, people, places, role):
    response = invite_through_page(client_of(people.coordinator), role=role, place=f"region-{places.serang.pk}")

    assert response.status_code == 422
    assert Invitation.objects.count() == 0


def test_coordinator_cannot_invite_into_another_regency(client_of, people, places):
    response = invite_through_page(client_of(people.coordinator), place=f"agency-{places.other_health.pk}")

    assert response.status_code == 422
    assert Invitation.objects.count() == 0


def test_role_and_place_must_fit(client_of, people, places):
    response = invite_through_page(client_of(people.coordinator), role="leader", place=f"agency-{places.health.pk}")

    assert "tidak berada di tempat ini" in response.text


def test_double_click_makes_one_invitation(client_of, people, places):
    client = client_of(people.coordinator)
    fields = {"place": f"agency-{places.health.pk}", "form_token": "satu-klik"}
    first = LINK.search(invite_through_page(client, **fields).text)[0]

    second = LINK.search(invite_through_page(client, **fields).text)[0]

    assert first == second
    assert Invitation.objects.count() == 1


def test_same_token_of_another_person_makes_another_link(client_of, people, places):
    own = {"place": f"agency-{places.health.pk}", "form_token": "satu-klik"}
    theirs = {"place": f"agency-{places.other_health.pk}", "form_token": "satu-klik"}

    first = LINK.search(invite_through_page(client_of(people.coordinator), **own).text)[0]
    second = LINK.search(invite_through_page(client_of(people.other_coordinator), **theirs).text)[0]

    assert first != second


def test_second_click_on_a_link_that_was_withdrawn_shows_the_list(client_of, people, places):
    client = client_of(people.coordinator)
    fields = {"place": f"agency-{places.health.pk}", "form_token": "satu-klik"}
    invite_through_page(client, **fields)
    client.post(reverse("invitation-withdraw", args=[Invitation.objects.get().pk]))

    response = invite_through_page(client, **fields)

    assert response["Location"] == reverse("person-list")


def test_known_person_accepts_as_oneself(client_of, people, places):
    people.operator.nip = "198611262014122002"
    people.operator.save()
    _row, token = invite(
        invitee=Invitee("Operator", nip="198611262014122002"),
        role=Role.OPERATOR,
        place=places.education,
        by=people.coordinator,
    )
    path = reverse("invitation-open", args=[token])

    assert client_of(people.head).post(path).status_code == 200
    client_of(people.operator).post(path)

    assert Membership.objects.filter(user=people.operator, agency=places.education).count() == 1
    assert Membership.objects.filter(user=people.head, agency=places.education).count() == 0


def test_coordinator_resets_an_operators_password(client_of, people):
    signed_in = client_of(people.operator)
    page = client_of(people.coordinator).post(reverse("person-reset", args=[people.operator.pk]))
    link = LINK.search(page.text)[0]

    response = Client().post(link, {"password1": GOOD, "password2": GOOD})

    people.operator.refresh_from_db()
    assert response["Location"] == reverse("account_login")
    assert people.operator.check_password(GOOD)
    assert people.operator.notices.filter(text__contains="diatur ulang").count() >= 1
    assert people.coordinator.notices.count() == 1
    assert signed_in.get("/").status_code == 302


def test_reset_is_refused_for_equals_and_superiors(client_of, people):
    assert client_of(people.coordinator).post(reverse("person-reset", args=[people.reviewer.pk])).status_code == 404
    assert client_of(people.operator).post(reverse("person-reset", args=[people.head.pk])).status_code == 404


def test_reset_is_refused_for_whoever_also_holds_a_higher_role(client_of, people, places):
    Membership.objects.create(user=people.operator, role=Role.REVIEWER, office=places.office)

    response = client_of(people.coordinator).post(reverse("person-reset", args=[people.operator.pk]))

    assert response.status_code == 403


def test_ending_access_needs_a_reason_and_ends_it_at_once(client_of, people):
    membership = people.operator.memberships.get()
    client, path = client_of(people.coordinator), reverse("membership-end", args=[membership.pk])

    refused = client.post(path, {"reason": ""})
    client.post(path, {"reason": "Pindah tugas ke kecamatan."})

    membership.refresh_from_db()
    assert refused.status_code == 422
    assert membership.ended_at is not None
    assert people.operator.notices.filter(text__contains="telah berakhir").count() == 1


def test_first_administrator_comes_by_the_console(db, capsys):
    call_command("create_administrator", name="Administrator")
    link = LINK.search(capsys.readouterr().out)[0]

    Client().post(link, {"username": "administrator", "password1": GOOD, "password2": GOOD})

    assert Membership.objects.get().role == "administrator"
    with pytest.raises(CommandError, match="Administrator sudah ada"):
        call_command("create_administrator")


def test_person_list_asks_no_more_for_more_people(client_of, people, places, django_assert_max_num_queries):
    client = client_of(people.coordinator)
    client.get(reverse("person-list"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(reverse("person-list"))
    for number in range(3):
        _row, token = invite(
            invitee=Invitee(f"Orang {number}"), role=Role.OPERATOR, place=places.education, by=people.coordinator
        )
        Client().post(
            reverse("invitation-open", args=[token]),
            {"username": f"baru{number}", "password1": GOOD, "password2": GOOD},
        )
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("person-list"))

    assert len(many) == len(few)


@pytest.mark.parametrize(("role", "least", "other"), [(Role.COORDINATOR, 15, 12), (Role.LEADER, 12, 15)])
def test_hint_of_the_password_is_that_of_the_role(client, people, places, role, least, other):
    inviter = people.administrator if role == Role.COORDINATOR else people.coordinator
    _invitation, token = invite(invitee=Invitee("Baru"), role=role, place=places.serang, by=inviter)

    page = client.get(reverse("invitation-open", args=[token]), follow=True).text

    assert f"Paling sedikit {least} karakter." in page
    assert f"{other} karakter" not in page
