"""The coordinator's year: opened, going on, extended, cancelled; and the years of before."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.audit import history
from accounts.models import User
from assessment.actions import cycles
from assessment.enums import CycleStatus
from assessment.models import Cycle
from assessment.refusals import TransitionRefusedError
from tests.factories.assessment import open_cycle, small_manuscript, small_revision

YEAR = timezone.localdate().year


def local(moment: dt.datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def opening(revision, **fields) -> dict:
    return {
        "assessment_year": YEAR,
        "data_year": YEAR - 1,
        "revision": revision.pk,
        "filling_deadline": local(timezone.now() + dt.timedelta(days=30)),
        "heads_endorse": "on",
        **fields,
    }


def test_coordinator_opens_a_cycle_in_the_regencys_zone(client_of, people, region, revision):
    region.zone = "Asia/Makassar"
    region.save()

    client_of(people.coordinator).post(
        reverse("cycle-open", args=[region.pk]), opening(revision, filling_deadline=f"{YEAR + 1}-03-13T15:00")
    )

    cycle = Cycle.objects.get()
    assert cycle.filling_deadline == dt.datetime(YEAR + 1, 3, 13, 7, tzinfo=dt.UTC)
    assert history(cycle).first().verb == "cycle.opened"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"assessment_year": YEAR + 5}, "Tahun penilaian harus"),
        ({"data_year": YEAR + 1}, "Tahun data harus sama"),
        ({"data_year": YEAR - 9}, "Tahun data harus sama"),
        ({"filling_deadline": "2020-01-01T08:00"}, "sudah lewat"),
        ({"filling_deadline": "9999-01-01T08:00"}, "tidak mungkin"),
        ({"filling_deadline": f"{YEAR + 2}-01-01T08:00"}, "ditutup paling lambat akhir"),
        ({"assessment_year": "1e3"}, "empat angka"),
        ({"filling_deadline": "besok"}, "Tulis hari dan jam"),
        ({"filling_starts_on": f"{YEAR + 1}-12-31"}, "ditutup setelah dimulai"),
        ({"verification_ends_on": "2016-01-01"}, "Verifikasi selesai setelah"),
    ],
)
def test_impossible_dates_are_refused_with_a_sentence(client_of, people, region, revision, fields, sentence):
    response = client_of(people.coordinator).post(reverse("cycle-open", args=[region.pk]), opening(revision, **fields))

    assert response.status_code == 422
    assert sentence in response.text
    assert Cycle.objects.count() == 0


def test_one_year_has_one_cycle_that_is_not_cancelled(client_of, people, region, places, revision):
    old = open_cycle(region, agency=places.health, revision=revision)
    client, path = client_of(people.coordinator), reverse("cycle-open", args=[region.pk])
    refused = client.post(path, opening(revision))
    cycles.cancel(cycle=old, reason="Surat edaran.", by=people.coordinator)

    client.post(path, opening(revision))

    assert "sudah ada" in refused.text
    assert sorted(Cycle.objects.values_list("status", flat=True)) == ["cancelled", "preparation"]
    with pytest.raises(IntegrityError):
        open_cycle(region, agency=places.health, revision=revision)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_the_same_year_at_once_the_second_is_told(people, region, revision):
    """The form of the second coordinator was checked before the first one saved."""
    plan = {"region": region, "revision": revision, "assessment_year": YEAR, "data_year": YEAR - 1}
    both_checked, refused = threading.Barrier(2), []

    def open_year() -> None:
        both_checked.wait(timeout=20)
        try:
            cycles.save_cycle(cycle=Cycle(**plan, filling_deadline=timezone.now()), by=people.coordinator)
        except TransitionRefusedError as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=open_year) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert refused == [f"Tahun {YEAR} sudah ada. Buka periode itu, atau batalkan lebih dulu."]
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize(
    "row",
    [
        ("preparation", "coordinator", "Semua siap. Periksa sekali lagi"),
        ("preparation", "leader", "Koordinator sedang menyiapkan"),
        ("filling", "coordinator", "3 indikator belum diajukan. Ikuti"),
        ("filling", "reviewer", "Perangkat daerah masih mengisi; 3"),
        ("submitted", "coordinator", "Paket sudah diserahkan dan jawaban terkunci"),
        ("submitted", "reviewer", "Mulai verifikasi, atau kembalikan"),
        ("verification", "coordinator", "Sekarang tidak ada yang perlu dikerjakan"),
        ("verification", "reviewer", "Putuskan indikator satu demi satu"),
        ("proposed", "coordinator", "Hasil sudah diusulkan. Menunggu ditetapkan"),
        ("proposed", "second_reviewer", "Tetapkan, atau kembalikan"),
        ("finalised", "coordinator", "Catat pengumuman dan penghargaannya"),
        ("finalised", "observer", "Hasil sudah ditetapkan."),
        ("announced", "coordinator", "Hasil sudah ditetapkan dan diumumkan."),
        ("cancelled", "coordinator", "Periode ini dibatalkan."),
    ],
)
def test_cycle_names_the_next_step_at_every_status(client_of, people, region, places, revision, row):
    status, person, words = row
    cycle = open_cycle(region, agency=places.health, revision=revision, status=status)

    page = client_of(getattr(people, person)).get(reverse("board", args=[cycle.pk])).text

    assert "Langkah berikut" in page
    assert words in page


def test_next_step_after_the_deadline_says_that_nobody_fills(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    Cycle.objects.filter(pk=cycle.pk).update(filling_deadline=timezone.now() - dt.timedelta(hours=1))

    page = client_of(people.reviewer).get(reverse("board", args=[cycle.pk])).text

    assert "Batas pengisian sudah lewat; 3 indikator belum diajukan" in page
    assert "Perangkat daerah masih mengisi" not in page


def test_forms_of_years_begin_with_the_years_that_are_likely(client_of, people, region, places, revision):
    client = client_of(people.coordinator)
    open_cycle(region, agency=places.health, revision=revision, status="announced", assessment_year=YEAR - 1)

    opened = client.get(reverse("cycle-open", args=[region.pk])).context["form"]
    recorded = client.get(reverse("cycle-record", args=[region.pk])).context["form"]

    assert (opened["assessment_year"].value(), opened["data_year"].value()) == (YEAR, YEAR - 1)
    assert (recorded["assessment_year"].value(), recorded["data_year"].value()) == (YEAR - 2, YEAR - 3)
    assert recorded["outcome"].value() == "announced"


def test_coordinator_excepts_an_agency_that_lost_its_head(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.education, revision=revision, heads_endorse=True)
    client = client_of(people.coordinator)
    path = reverse("cycle-except", args=[cycle.pk, places.education.pk])

    named = client.get(reverse("board", args=[cycle.pk])).text
    refused = client.post(path, {"reason": ""})
    client.post(path, {"reason": "Jabatan kepala sedang kosong."})

    assert path in named
    assert refused.status_code == 422
    assert cycle.endorsement_exceptions.get().reason == "Jabatan kepala sedang kosong."
    assert path not in client.get(reverse("board", args=[cycle.pk])).text


def test_exception_is_refused_where_there_is_a_head(people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision, heads_endorse=True)

    with pytest.raises(TransitionRefusedError, match="sudah mempunyai Kepala OPD"):
        cycles.set_exception(cycle=cycle, agency=places.health, reason="x", by=people.coordinator)


@pytest.mark.parametrize("status", ["cancelled", "finalised", "announced"])
def test_nothing_is_excepted_where_nothing_is_endorsed_any_more(client_of, people, region, places, revision, status):
    cycle = open_cycle(region, agency=places.education, revision=revision, heads_endorse=True, status=status)
    path = reverse("cycle-except", args=[cycle.pk, places.education.pk])

    response = client_of(people.coordinator).post(path, {"reason": "Jabatannya kosong."})

    assert "Pengecualian tidak berlaku lagi" in response.text
    assert not cycle.endorsement_exceptions.exists()


def test_reason_of_an_exception_is_no_longer_than_can_be_kept(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.education, revision=revision, heads_endorse=True)
    path = reverse("cycle-except", args=[cycle.pk, places.education.pk])

    response = client_of(people.coordinator).post(path, {"reason": "a" * 301})

    assert response.status_code == 422
    assert not cycle.endorsement_exceptions.exists()


def test_cycle_in_filling_no_longer_changes_its_years(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)

    response = client_of(people.coordinator).post(
        reverse("cycle-change", args=[cycle.pk]), opening(revision, data_year=YEAR)
    )

    assert "hanya dapat diubah selama persiapan" in response.text


def test_extension_needs_a_reason_and_a_later_moment(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    path = reverse("cycle-extend", args=[cycle.pk])
    client = client_of(people.coordinator)

    early = client.post(path, {"deadline": local(timezone.now() + dt.timedelta(days=1)), "reason": "x"})
    silent = client.post(path, {"deadline": local(timezone.now() + dt.timedelta(days=20)), "reason": ""})
    client.post(path, {"deadline": local(timezone.now() + dt.timedelta(days=20)), "reason": "Banjir."})

    assert "setelah batas yang sekarang berlaku" in early.text
    assert silent.status_code == 422
    assert cycle.extensions.get().reason == "Banjir."
    assert people.operator.notices.get(kind="extension").text.endswith("Banjir.")


def test_extension_is_later_than_the_one_that_holds(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    client, path = client_of(people.coordinator), reverse("cycle-extend", args=[cycle.pk])

    def extend(days: int, agency="") -> int:
        moment = local(timezone.now() + dt.timedelta(days=days))
        return client.post(path, {"deadline": moment, "reason": "Banjir.", "agency": agency}).status_code

    assert extend(30) == 302
    assert extend(20) == extend(20, places.health.pk) == 422
    assert extend(40, places.health.pk) == 302
    assert extend(35) == 302
    assert cycle.extensions.count() == people.operator.notices.filter(kind="extension").count() + 1 == 3
    with pytest.raises(TransitionRefusedError, match="setelah batas yang sekarang berlaku"):
        cycles.extend(
            cycle=cycle, agency=None, deadline=timezone.now() + dt.timedelta(days=20), reason="Banjir.",
            by=people.coordinator,
        )  # fmt: skip


def test_cancelling_needs_a_reason_and_stands_in_the_trail(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    path = reverse("cycle-cancel", args=[cycle.pk])

    refused = client_of(people.coordinator).post(path, {"reason": ""})
    client_of(people.coordinator).post(path, {"reason": "Surat edaran menteri."})

    cycle.refresh_from_db()
    assert refused.status_code == 422
    assert cycle.status == CycleStatus.CANCELLED
    assert history(cycle).first().payload.data["note"] == "Surat edaran menteri."


def test_past_year_is_recorded_with_its_source(client_of, people, region, revision):
    path = reverse("cycle-record", args=[region.pk])
    fields = {"assessment_year": 2020, "data_year": 2019, "revision": revision.pk, "outcome": "announced",
              "predicate": "Peduli HAM", "source": "Keputusan menteri"}  # fmt: skip
    client = client_of(people.coordinator)

    without_source = client.post(path, {**fields, "source": ""})
    this_year = client.post(path, {**fields, "assessment_year": YEAR})
    client.post(path, fields)
    twice = client.post(path, fields)

    cycle = Cycle.objects.get()
    assert without_source.status_code == this_year.status_code == twice.status_code == 422
    assert (cycle.status, cycle.recorded, cycle.recorded_predicate) == ("announced", True, "Peduli HAM")


@pytest.mark.parametrize(
    ("decree_on", "sentence"), [("2099-01-01", "masih di masa depan"), ("2019-12-10", "sebelum tahun itu")]
)
def test_decree_of_a_past_year_has_a_possible_day(client_of, people, region, revision, decree_on, sentence):
    refused = client_of(people.coordinator).post(
        reverse("cycle-record", args=[region.pk]),
        {"assessment_year": 2020, "data_year": 2019, "revision": revision.pk, "outcome": "announced", "awarded": "on",
         "predicate": "Peduli HAM", "source": "Arsip", "decree_number": "M.HA-7", "decree_on": decree_on},
    )  # fmt: skip

    assert refused.status_code == 422
    assert sentence in refused.text
    assert "M.HA-7" in refused.text


def test_cancelled_past_year_does_not_need_a_predicate(client_of, people, region, revision):
    client_of(people.coordinator).post(
        reverse("cycle-record", args=[region.pk]),
        {"assessment_year": 2021, "data_year": 2020, "revision": revision.pk, "outcome": "cancelled", "source": "SE"},
    )

    assert Cycle.objects.get().status == CycleStatus.CANCELLED


def test_old_cycle_keeps_its_revision_when_the_instrument_changes(region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)

    newer = small_revision(title="Instrumen contoh, diubah")

    cycle.refresh_from_db()
    assert newer.number == 2
    assert cycle.revision == revision


def test_observer_and_reviewer_see_progress_and_no_board(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)

    for person in (people.observer, people.reviewer):
        page = client_of(person).get(reverse("board", args=[cycle.pk])).text
        assert "dari 3" in page
        assert "Papan kelengkapan" not in page
        assert "Perkiraan nilai" not in page


def test_document_of_the_small_instrument_is_what_tests_think_it_is():
    assert [row["answer"]["type"] for row in small_manuscript()["indicators"]] == ["choice", "ratio", "number"]


def test_coordinators_start_page_always_leads_on(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    client = client_of(people.coordinator)

    filling = client.get(reverse("home")).context["next"]
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.FINALISED)
    fixed = client.get(reverse("home")).context["next"]

    assert (filling.text, filling.url) == (
        f"3 indikator {cycle} belum diajukan.", reverse("board", args=[cycle.pk])
    )  # fmt: skip
    assert fixed.url == reverse("award-announce", args=[cycle.pk])


def test_start_page_asks_for_last_years_announcement_beside_the_year_in_preparation(
    client_of, people, region, places, revision
):
    last = open_cycle(
        region, agency=places.health, revision=revision, status="finalised", assessment_year=YEAR - 1,
        data_year=YEAR - 2,
    )  # fmt: skip
    client = client_of(people.coordinator)
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse("home"))
    new = open_cycle(region, agency=places.health, revision=revision, status="preparation")
    with CaptureQueriesContext(connection) as with_two:
        page = client.get(reverse("home")).text

    assert reverse("award-announce", args=[last.pk]) in page
    assert reverse("board", args=[new.pk]) in page
    assert len(with_two) == len(with_one)


def test_board_says_where_nobody_can_fill(client_of, people, region, places, revision):
    open_cycle(region, agency=places.vertical, revision=revision)

    page = client_of(people.coordinator).get(reverse("board", args=[Cycle.objects.get().pk])).text

    assert "belum ada orang" in page
    assert "dapat Anda isi atas namanya" in page


def test_acts_on_a_cycle_say_what_they_mean(client_of, people, region, places, revision):
    cycle = open_cycle(region, agency=places.education, revision=revision, heads_endorse=True)
    client = client_of(people.coordinator)

    assert "tidak dapat ditarik kembali" in client.get(reverse("cycle-cancel", args=[cycle.pk])).text
    assert "Batas untuk semua sekarang" in client.get(reverse("cycle-extend", args=[cycle.pk])).text
    excepting = client.get(reverse("cycle-except", args=[cycle.pk, places.education.pk])).text
    assert "tanpa menunggu Kepala OPD" in excepting


def test_right_that_ended_after_the_page_was_shown_is_asked_for_again(people, region, places, revision):
    cycle = open_cycle(region, agency=places.health, revision=revision)
    people.coordinator.memberships.update(ended_at=timezone.now())
    gone, later = User.objects.get(pk=people.coordinator.pk), timezone.now() + dt.timedelta(days=30)

    with pytest.raises(PermissionDenied):
        cycles.extend(cycle=cycle, agency=None, deadline=later, reason="Banjir.", by=gone)

    assert not cycle.extensions.exists()


def test_recorded_year_has_no_deadline_to_extend(client_of, people, region, places, revision):
    fields = {"filling_deadline": None, "recorded": True, "source": "Arsip", "assessment_year": YEAR - 2}
    cycle = open_cycle(
        region, agency=places.health, revision=revision, status="announced", **fields, data_year=YEAR - 3
    )

    response = client_of(people.coordinator).get(reverse("cycle-extend", args=[cycle.pk]), follow=True)

    assert "tidak mempunyai batas pengisian" in response.text
