"""Regions, offices and jurisdictions, as the administrator enters them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.forms.places import JurisdictionForm
from accounts.models import AuditEvent, Jurisdiction, Region, ReviewOffice, TrailHead
from accounts.roles import Role
from tests.factories.accounts import JurisdictionFactory, MembershipFactory, OfficeFactory, RegionFactory

LIST = "/wilayah/"


@pytest.fixture
def administrator(people, client_of):
    return client_of(people.administrator)


def enter(client, **fields):
    return client.post(
        reverse("region-add"), {"kind": "regency", "zone": "Asia/Jakarta", "name": "Tangerang", **fields}
    )


def test_administrator_enters_a_province_and_a_regency(administrator):
    enter(administrator, kind="province", code="81", name="Maluku", zone="Asia/Jayapura")
    maluku = Region.objects.get(code="81")
    response = enter(administrator, code="81.02", name="Maluku Tenggara", parent=maluku.pk, zone="Asia/Jayapura")

    region = Region.objects.get(code="81.02")
    assert response["Location"] == LIST
    assert (region.full_name, region.zone_label) == ("Kabupaten Maluku Tenggara", "WIT")
    assert TrailHead.objects.filter(region=region).exists()
    assert AuditEvent.objects.get(region=region).verb == "region.saved"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"code": "36"}, "dimulai dengan 36."),
        ({"code": "32.05"}, "dimulai dengan 36."),
        ({"code": "36.71"}, "01–70 untuk kabupaten"),
        ({"code": "36.05", "kind": "city"}, "71–99 untuk kota"),
        ({"code": "36.00"}, "01–70 untuk kabupaten"),
        ({"code": "3604"}, "Tulis kode Kemendagri"),
        ({"code": "ab.cd"}, "Tulis kode Kemendagri"),
        ({"code": "٣٦.٠٤"}, "Tulis kode Kemendagri"),
        ({"code": "36.04"}, "Kode ini sudah dipakai"),
        ({"code": "36.05", "parent": ""}, "Pilih provinsinya."),
        ({"code": "10", "kind": "province", "parent": ""}, "antara 11 dan 99"),
        ({"code": "12", "kind": "province"}, "Kosongkan."),
        ({"code": "12.01", "kind": "province", "parent": ""}, "dua angka"),
    ],
)
def test_impossible_region_is_refused_beside_its_field(administrator, places, fields, message):
    response = enter(administrator, **{"parent": places.banten.pk, **fields})

    assert response.status_code == 422
    assert message in response.text
    assert 'value="Tangerang"' in response.text


def test_region_in_use_stays_what_it_is(administrator, places):
    path = reverse("region-change", args=[places.serang.pk])

    response = administrator.post(
        path, {"kind": "city", "code": "36.73", "name": "Serang", "parent": places.banten.pk, "zone": "Asia/Jakarta"}
    )

    assert "jenisnya tidak dapat diganti" in response.text


def test_province_with_regencies_keeps_its_code(administrator, places):
    path = reverse("region-change", args=[places.banten.pk])

    response = administrator.post(path, {"kind": "province", "code": "37", "name": "Banten", "zone": "Asia/Jakarta"})

    assert "tidak dapat diganti" in response.text


def test_change_is_written_to_the_trail_with_before_and_after(administrator, places):
    path = reverse("region-change", args=[places.serang.pk])
    fields = {"kind": "regency", "code": "36.04", "parent": places.banten.pk, "zone": "Asia/Jakarta"}

    administrator.post(path, {**fields, "name": "Serang Baru"})

    payload = AuditEvent.objects.get(region=places.serang).payload.data
    assert (payload["before"], payload["after"]) == ({"name": "Serang"}, {"name": "Serang Baru"})


def test_administrator_enters_an_office(administrator):
    fields = {"name": "Kanwil Maluku", "short_name": "Kanwil", "second_person": "on", "rounds_allowed": "2"}

    administrator.post(reverse("office-add"), fields)

    office = ReviewOffice.objects.get(name="Kanwil Maluku")
    assert (office.second_person, office.rounds_allowed) == (True, 2)


def test_office_takes_over_and_the_one_before_ends_the_day_before(administrator, places):
    fields = {"office": places.other_office.pk, "regions": [places.serang.pk], "started_on": "2026-03-01"}

    administrator.post(reverse("jurisdiction-add"), fields)

    held = list(Jurisdiction.objects.filter(region=places.serang).order_by("started_on").values_list("ended_on"))
    assert held == [(dt.date(2026, 2, 28),), (None,)]


@pytest.mark.parametrize("day", ["2020-01-01", "2019-05-01"])
def test_office_cannot_take_over_before_the_other_began(administrator, places, day):
    fields = {"office": places.other_office.pk, "regions": [places.serang.pk], "started_on": day}

    response = administrator.post(reverse("jurisdiction-add"), fields)

    assert "Harus setelah 1 Januari 2020" in response.text
    assert Jurisdiction.objects.filter(region=places.serang).count() == 1


@pytest.mark.parametrize(("day", "message"), [("1492-01-01", "tidak mungkin"), ("31-02-2026", "hari-bulan-tahun")])
def test_impossible_day_is_refused(administrator, places, day, message):
    fields = {"office": places.other_office.pk, "regions": [places.serang.pk], "started_on": day}

    assert message in administrator.post(reverse("jurisdiction-add"), fields).text


def test_region_that_somebody_puts_under_an_office_meanwhile_is_told(administrator, places, monkeypatch):
    monkeypatch.setattr(JurisdictionForm, "clean", lambda form: form.cleaned_data)  # both were found possible
    fields = {"regions": [places.lebak.pk, places.serang.pk], "started_on": "2026-03-01"}
    administrator.post(
        reverse("jurisdiction-add"), {"office": places.other_office.pk, **fields, "regions": [places.serang.pk]}
    )

    late = administrator.post(reverse("jurisdiction-add"), {"office": OfficeFactory().pk, **fields})

    assert late.status_code == 409
    assert "Wilayah kerja Kabupaten Serang baru saja ditetapkan orang lain." in late.text
    assert Jurisdiction.objects.get(region=places.serang, ended_on=None).office == places.other_office
    assert Jurisdiction.objects.get(region=places.lebak).office == places.office


def test_office_that_has_the_region_already_is_refused(administrator, places):
    fields = {"office": places.office.pk, "regions": [places.serang.pk], "started_on": "2026-03-01"}

    assert "sudah berada di bawah" in administrator.post(reverse("jurisdiction-add"), fields).text


def test_list_says_who_looks_after_whom_and_who_will(administrator, places):
    RegionFactory(code="36.03", name="Tangerang", parent=places.banten)
    office = OfficeFactory(name="Kanwil Nanti")
    places.lebak.jurisdictions.update(ended_on=dt.date(2090, 12, 31))
    JurisdictionFactory(office=office, region=places.lebak, started_on=dt.date(2091, 1, 1))

    page = administrator.get(LIST).text

    assert "Kanwil Nanti mulai 1 Januari 2091" in page
    assert "Belum ada" in page


def test_list_finds_by_name_and_by_code(administrator):
    by_name, by_code = administrator.get(LIST, {"cari": "sera"}).text, administrator.get(LIST, {"cari": "11."}).text

    assert ("Kabupaten Serang" in by_name, "Kabupaten Lebak" in by_name) == (True, False)
    assert ("Kabupaten Pidie" in by_code, "Kabupaten Serang" in by_code) == (True, False)
    assert "Tidak ada wilayah" in administrator.get(LIST, {"cari": "atlantis"}).text


def test_list_asks_no_more_for_more_regions(administrator, places):
    administrator.get(LIST)
    with CaptureQueriesContext(connection) as few:
        administrator.get(LIST)
    for number in range(10, 13):
        JurisdictionFactory(office=OfficeFactory(), region=RegionFactory(code=f"36.{number}", parent=places.banten))
    with CaptureQueriesContext(connection) as many:
        administrator.get(LIST)

    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["Kabupaten Serang", "Kab. Serang", "kota Serang", "Provinsi Banten"])
def test_name_with_its_kind_is_refused(administrator, places, name):
    fields = {"kind": "regency", "code": "36.05", "name": name, "parent": places.banten.pk, "zone": "Asia/Jakarta"}

    response = administrator.post(reverse("region-add"), fields)

    assert "Tulis namanya saja, tanpa kata" in response.text
    assert not Region.objects.filter(code="36.05").exists()


@pytest.mark.parametrize("name", ["Kotabaru", "Kotawaringin Barat", "Lima Puluh Kota"])
def test_name_that_only_sounds_like_its_kind_passes(administrator, places, name):
    fields = {"kind": "regency", "code": "36.05", "name": name, "parent": places.banten.pk, "zone": "Asia/Jakarta"}

    administrator.post(reverse("region-add"), fields)

    assert Region.objects.get(code="36.05").name == name


def test_many_regions_come_under_an_office_at_once_and_those_without_one_stand_ticked(administrator, places):
    new = [RegionFactory(code=f"36.1{number}", parent=places.banten) for number in range(3)]
    office = OfficeFactory(name="Kanwil Baru")

    form = administrator.get(reverse("jurisdiction-add")).context["form"]
    fields = {"office": office.pk, "regions": form["regions"].value(), "started_on": "2026-01-01"}
    page = administrator.post(reverse("jurisdiction-add"), fields, follow=True).text

    assert set(form["regions"].value()) == {region.pk for region in new}
    assert office.jurisdictions.count() == 3
    assert "3 wilayah sekarang di bawah Kanwil Baru" in page


def test_form_of_jurisdictions_asks_no_more_for_more_regions(administrator, places):
    path = reverse("jurisdiction-add")
    administrator.get(path)
    with CaptureQueriesContext(connection) as few:
        administrator.get(path)
    for number in range(10, 13):
        JurisdictionFactory(office=OfficeFactory(), region=RegionFactory(code=f"36.{number}", parent=places.banten))
    with CaptureQueriesContext(connection) as many:
        administrator.get(path)

    assert len(many) == len(few)


def test_next_regency_is_entered_right_after_the_one_before(administrator, places):
    fields = {"kind": "regency", "code": "36.05", "name": "Baru", "parent": places.banten.pk, "zone": "Asia/Jakarta"}

    response = administrator.post(reverse("region-add"), {**fields, "again": "1"})

    assert response["Location"] == reverse("region-add")
    assert "Kabupaten Baru tersimpan." in administrator.get(response["Location"]).text


def test_jurisdiction_without_any_office_leads_to_entering_one(client_of, db):
    client = client_of(MembershipFactory(role=Role.ADMINISTRATOR, place=None).user)

    response = client.get(reverse("jurisdiction-add"), follow=True)

    assert response.redirect_chain == [(reverse("office-add"), 302)]
    assert "Tambahkan dahulu kantor yang memverifikasi" in response.text


def test_first_region_is_likely_a_province_and_the_next_a_regency_in_it(client_of, db):
    admin = MembershipFactory(role=Role.ADMINISTRATOR, place=None).user
    client, path = client_of(admin), reverse("region-add")

    first = client.get(path).context["form"]["kind"].value()
    province = RegionFactory(kind="province", code="36", parent=None)
    form = client.get(path).context["form"]

    assert first == "province"
    assert (form["kind"].value(), form["parent"].value()) == ("regency", province.pk)


def test_second_province_is_not_refused_for_the_parent_that_the_form_proposed(client_of, db):
    admin = MembershipFactory(role=Role.ADMINISTRATOR, place=None).user
    only = RegionFactory(kind="province", code="36", parent=None)

    enter(client_of(admin), kind="province", code="11", name="Aceh", parent=only.pk)

    assert Region.objects.get(code="11").parent is None


@pytest.mark.parametrize("kind", ["region", "office", "agency"])
def test_second_saver_of_a_row_sees_what_the_first_one_wrote(administrator, people, client_of, places, kind):
    office = OfficeFactory(name="Kantor Wilayah Contoh", short_name="Kanwil Contoh")
    row = {"region": places.lebak, "office": office, "agency": places.health}[kind]
    client = client_of(people.coordinator) if kind == "agency" else administrator
    path = reverse(f"{kind}-change", args=[row.pk])
    form = client.get(path).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    type(row).objects.filter(pk=row.pk).update(name="Ditulis yang pertama")

    second = client.post(path, {**typed, "name": "Ditulis yang kedua"})
    kept = type(row).objects.get(pk=row.pk).name
    seen = second.context["form"]["seen"].value()
    client.post(path, {**typed, "name": "Ditulis yang kedua", "seen": seen})

    assert second.status_code == 409
    assert "Ditulis yang pertama" in second.text
    assert "Ditulis yang kedua" in second.text
    assert kept == "Ditulis yang pertama"
    assert type(row).objects.get(pk=row.pk).name == "Ditulis yang kedua"
