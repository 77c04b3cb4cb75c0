"""People, as those manage them who invite them."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import people as people_actions
from accounts.actions.invitations import Invitee, invite
from accounts.actions.people import names_of, version_of_names
from accounts.models import AuditEvent, Invitation, Membership, Notice, User
from accounts.roles import Role
from tests.factories.accounts import PASSWORD, MembershipFactory

LIST = "/orang/"
NIP = "198611262014122002"


@pytest.fixture
def coordinator(people, client_of):
    return client_of(people.coordinator)


def send(client, place, **fields):
    return client.post(reverse("person-invite"), {"name": "Orang Baru", "role": "operator", "place": place, **fields})


def test_list_groups_people_by_place_with_role_and_last_sign_in(coordinator, people):
    Client().force_login(people.operator, "accounts.backends.PersonBackend")

    page = coordinator.get(LIST).text

    assert page.index("Dinas Kesehatan") < page.index("Dinas Pendidikan dan Kebudayaan")
    assert "Terakhir masuk" in page
    assert page.count("belum pernah") == 3  # of operator, head, supporter and leader
    assert "Other Operator" not in page


def test_agencies_of_one_name_in_two_regencies_stay_two(coordinator, people, places):
    MembershipFactory(user=people.coordinator, role=Role.COORDINATOR, place=places.lebak)

    page = coordinator.get(LIST)

    headings = {group.heading: [row.user for row in group.memberships] for group in page.context["page"]}
    assert headings["Dinas Kesehatan · Kabupaten Lebak"] == [people.other_operator]
    assert headings["Dinas Kesehatan · Kabupaten Serang"] == [people.head, people.operator]
    assert headings["Dinas Pendidikan dan Kebudayaan"] == [people.supporter]
    assert "Dinas Kesehatan · Kabupaten Lebak" in page.text


def test_list_finds_people_and_places(coordinator, people):
    page = coordinator.get(LIST, {"cari": "pendidikan"}).text

    assert ("Supporter" in page, "Kepala OPD" in page) == (True, False)
    assert "Tidak ada orang" in coordinator.get(LIST, {"cari": "tidak ada"}).text


def test_list_shows_open_links_with_the_time_left(coordinator, people, places):
    invite(invitee=Invitee("Operator Nanti"), role=Role.OPERATOR, place=places.legal, by=people.coordinator)

    page = coordinator.get(LIST).text

    assert "Operator Nanti" in page
    assert "berlaku 6 hari 23 jam lagi" in page


def test_list_keeps_those_whose_access_ended(coordinator, people, places):
    MembershipFactory(place=places.legal, user__username="mantan", ended_at=timezone.now() - dt.timedelta(days=1))

    assert "Mantan" in coordinator.get(LIST).text.split("Akses yang sudah berakhir")[1]


def test_page_of_a_person_says_what_happened(coordinator, people):
    coordinator.post(
        reverse("membership-end", args=[people.operator.memberships.get().pk]), {"reason": "Pindah ke kecamatan"}
    )

    page = coordinator.get(reverse("person-detail", args=[people.operator.pk])).text

    assert "mengakhiri akses" in page
    assert "Pindah ke kecamatan" in page
    assert "Berakhir" in page


def test_roles_elsewhere_are_not_shown(coordinator, people, places):
    MembershipFactory(user=people.operator, role="reviewer", place=places.other_office)

    page = coordinator.get(reverse("person-detail", args=[people.operator.pk])).text

    assert "Kanwil Aceh" not in page
    assert "Buat tautan atur ulang" not in page


def test_administrator_invites_first_coordinators_reviewers_and_observers(people, places, client_of):
    client = client_of(people.administrator)

    for role, place in (
        ("coordinator", f"region-{places.lebak.pk}"),
        ("reviewer", f"office-{places.office.pk}"),
        ("observer", f"region-{places.aceh.pk}"),
    ):
        assert "sekali pakai" in send(client, place, role=role).text

    assert set(Invitation.objects.values_list("role", flat=True)) == {"coordinator", "reviewer", "observer"}


@pytest.mark.parametrize(("role", "place"), [("observer", "serang"), ("coordinator", "banten")])
def test_observer_is_of_a_province_and_coordinator_of_a_regency(people, places, client_of, role, place):
    response = send(client_of(people.administrator), f"region-{getattr(places, place).pk}", role=role)

    assert "tidak berada di tempat ini" in response.text


def test_administrator_who_also_coordinates_invites_leaders_at_home_only(people, places, client_of):
    MembershipFactory(user=people.administrator, role="coordinator", place=places.serang)
    client = client_of(people.administrator)

    abroad = send(client, f"region-{places.lebak.pk}", role="leader")
    at_home = send(client, f"region-{places.serang.pk}", role="leader")

    assert "Anda tidak mengundang Pimpinan daerah di tempat ini" in abroad.text
    assert "sekali pakai" in at_home.text


@pytest.mark.parametrize("nip", ["19861126 201412 2 002", "19861126.201412.2.002", NIP])
def test_nip_is_stored_bare_however_it_was_typed(coordinator, places, nip):
    send(coordinator, f"agency-{places.legal.pk}", nip=nip)

    assert Invitation.objects.get().nip == NIP


@pytest.mark.parametrize("nip", ["1986", "19861126201412200X", "١٩٨٦١١٢٦٢٠١٤١٢٢٠٠٢"])
def test_wrong_nip_is_refused_and_stays_in_the_field(coordinator, places, nip):
    response = send(coordinator, f"agency-{places.legal.pk}", nip=nip)

    assert "NIP terdiri dari 18 angka." in response.text
    assert f'value="{nip}"' in response.text


def test_email_of_somebody_else_is_refused(coordinator, people, places):
    people.head.nip, people.head.email = "197001012000011001", "kantor@contoh.go.id"
    people.head.save()

    response = send(coordinator, f"agency-{places.legal.pk}", nip=NIP, email="Kantor@contoh.go.id")

    assert "dipakai akun orang lain" in response.text


def test_role_that_the_person_holds_already_is_refused(coordinator, people, places):
    people.operator.nip = NIP
    people.operator.save()

    response = send(coordinator, f"agency-{places.health.pk}", nip=NIP)

    assert "sudah memegang peran ini" in response.text


def test_known_person_is_told_without_the_link(coordinator, people, places):
    people.operator.nip = NIP
    people.operator.save()

    send(coordinator, f"agency-{places.legal.pk}", nip=NIP)

    notice = Notice.objects.get(recipient=people.operator)
    assert "Anda diundang sebagai Operator OPD · Bagian Hukum" in notice.text
    assert "/undangan/" not in notice.url


@pytest.mark.parametrize("name", ["", "x" * 121, "\u202e\u200b"])
def test_impossible_name_is_refused(coordinator, places, name):
    assert send(coordinator, f"agency-{places.legal.pk}", name=name).status_code == 422


def test_name_is_normalised_once(coordinator, places):
    send(coordinator, f"agency-{places.legal.pk}", name="  Ope\u0301rator\u0000\u202e   Baru ".replace("\u0000", ""))

    assert Invitation.objects.get().name == "Opérator Baru"


def test_link_can_be_copied_and_mailed(coordinator, places):
    page = send(coordinator, f"agency-{places.legal.pk}", email="baru@contoh.go.id").text

    assert 'href="mailto:baru@contoh.go.id?subject=' in page
    assert "http%3A//testserver/undangan/" in page
    assert "readonly" in page


def test_end_of_access_twice_is_told(coordinator, people):
    path = reverse("membership-end", args=[people.operator.memberships.get().pk])
    coordinator.post(path, {"reason": "Pindah"})

    response = coordinator.post(path, {"reason": "Pindah"}, follow=True)

    assert "sudah berakhir sebelumnya" in response.text
    assert Membership.objects.filter(user=people.operator).count() == 1


def test_used_link_cannot_be_withdrawn(coordinator, people, places):
    invitation, _token = invite(invitee=Invitee("Orang"), role=Role.OPERATOR, place=places.legal, by=people.coordinator)
    Invitation.objects.update(used_at=timezone.now())

    response = coordinator.post(reverse("invitation-withdraw", args=[invitation.pk]), follow=True)

    assert "sudah dipakai atau ditarik" in response.text


def correct(client, person, **names):
    page = reverse("person-correct", args=[person.pk])
    shown = client.get(page)
    read = {field.html_name: field.value() for field in shown.context["form"]} if shown.status_code == 200 else {}
    return client.post(page, {**read, **names}, follow=True)


def test_coordinator_adds_a_nip_and_the_person_signs_in_by_it(coordinator, people):
    page = correct(coordinator, people.operator, nip="19861126 201412 2 002", name="Operator Puskesmas").text

    people.operator.refresh_from_db()
    assert (people.operator.nip, people.operator.name) == (NIP, "Operator Puskesmas")
    assert "Keterangan akun tersimpan." in page
    assert "memperbaiki keterangan akun" in page
    assert Client().post("/masuk/", {"login": NIP, "password": PASSWORD})["Location"] == "/"
    told = Notice.objects.get(recipient=people.operator).text
    assert told == "Keterangan akun Anda diperbaiki oleh Koordinator · Kabupaten Serang: nama, NIP."
    event = AuditEvent.objects.get(verb="person.corrected")
    assert event.payload.data["before"] == {"name": "Operator", "nip": None}


def test_correction_with_anothers_names_is_refused_and_keeps_what_was_typed(coordinator, people):
    User.objects.filter(pk=people.head.pk).update(nip=NIP, email="kepala@contoh.go.id")

    page = correct(coordinator, people.operator, nip=NIP, email="Kepala@contoh.go.id", name="Nama baru")

    assert page.status_code == 422
    assert "NIP ini dipakai akun orang lain." in page.text
    assert "E-mail ini dipakai akun orang lain." in page.text
    assert 'value="Nama baru"' in page.text
    assert AuditEvent.objects.filter(verb="person.corrected").count() == 0


def test_correction_without_a_change_tells_nobody(coordinator, people):
    page = correct(coordinator, people.operator)

    assert "Tidak ada yang diubah." in page.text
    assert Notice.objects.count() == 0


def test_coordinator_corrects_no_equal(client_of, coordinator, people, places):
    MembershipFactory(user=people.coordinator, role=Role.OPERATOR, place=places.legal)
    page = coordinator.get(reverse("person-detail", args=[people.coordinator.pk])).text

    assert correct(coordinator, people.coordinator, name="Nama lain").status_code == 403
    assert "Perbaiki keterangan" not in page


def test_second_corrector_sees_what_the_first_saved(coordinator, people):
    page = reverse("person-correct", args=[people.operator.pk])
    read = {field.html_name: field.value() for field in coordinator.get(page).context["form"]}
    correct(coordinator, people.operator, nip=NIP)

    late = coordinator.post(page, {**read, "email": "baru@contoh.go.id"})
    again = {field.html_name: field.value() for field in late.context["form"]}
    coordinator.post(page, {**again, "nip": NIP})

    people.operator.refresh_from_db()
    assert late.status_code == 409
    assert f"NIP {NIP}" in late.text
    assert 'value="baru@contoh.go.id"' in late.text
    assert (people.operator.nip, people.operator.email) == (NIP, "baru@contoh.go.id")


def test_address_that_is_given_up_is_told_too(coordinator, people, django_capture_on_commit_callbacks):
    User.objects.filter(pk=people.operator.pk).update(email="asli@contoh.go.id")

    with django_capture_on_commit_callbacks(execute=True):
        correct(coordinator, people.operator, email="lain@contoh.go.id")

    assert {message.to[0] for message in mail.outbox} == {"asli@contoh.go.id", "lain@contoh.go.id"}
    given_up = next(message for message in mail.outbox if message.to == ["asli@contoh.go.id"])
    assert "tidak dapat lagi dipakai untuk masuk" in given_up.body


def test_right_that_is_gone_meanwhile_corrects_nothing(people):
    seen = version_of_names(people.operator)
    names = {**names_of(people.operator), "name": "Nama lain"}
    people.operator.memberships.update(ended_at=timezone.now())

    with pytest.raises(PermissionDenied):
        people_actions.correct(person=people.operator, names=names, seen=seen, by=people.coordinator)
    assert User.objects.get(pk=people.operator.pk).name == "Operator"
