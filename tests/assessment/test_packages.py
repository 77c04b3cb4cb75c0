"""The package on its way: handed over, given back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import head_of
from accounts.models import Region
from assessment.actions import answers, cycles, packages
from assessment.actions.cycles import record_past_year
from assessment.enums import CycleStatus
from assessment.models import Cycle
from assessment.refusals import TransitionRefusedError
from tests.factories.assessment import answer_of, open_cycle, small_revision
from tests.factories.filling import submitted_none
from tests.factories.verification import send_back

D = Decimal


def test_recorded_year_has_no_package_to_give_back(client_of, people, places):
    fields = {"revision": small_revision(), "assessment_year": 2020, "data_year": 2019, "outcome": "announced"}
    fields |= {"source": "Arsip", "predicate": "Peduli HAM"}
    cycle = record_past_year(region=places.serang, fields=fields, by=people.coordinator)

    response = client_of(people.reviewer).get(reverse("package-give-back", args=[cycle.pk]), follow=True)

    assert response.redirect_chain == [(reverse("board", args=[cycle.pk]), 302)]
    assert "tidak mempunyai batas pengisian" in response.text


def test_package_names_what_is_incomplete_before_it_goes(client_of, people, places, cycle):
    submitted_none(cycle, 1, people.operator)
    send_back(submitted_none(cycle, 2, people.operator), people.coordinator)
    later = timezone.now() + dt.timedelta(days=20)
    cycles.extend(cycle=cycle, agency=places.health, deadline=later, reason="Banjir.", by=people.coordinator)

    client, path = client_of(people.coordinator), reverse("package-send", args=[cycle.pk])
    page = client.get(path).text
    third = answer_of(cycle, 3)
    answers.save_draft(answer=third, content={"form": "value", "number": 12}, seen_revision=0, by=people.operator)
    written = client.get(path).text

    assert "<b>1 indikator</b> belum diisi; bernilai 0: 3" in page
    assert "<b>1 indikator</b> sudah ditulis tetapi belum diajukan; bernilai 0 bila tidak diajukan: 3" in written
    assert "belum diisi" not in written
    assert "<b>1 indikator</b> belum diperiksa; berangkat apa adanya: 1" in page
    assert "belum diajukan lagi; yang berangkat pengajuan terakhirnya: 2" in page
    assert "Perpanjangan Dinkes masih berjalan" in page


def test_sent_package_freezes_the_last_submissions_and_tells_the_reviewers(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    before = head_of(Region.objects.get(pk=cycle.region_id))

    client_of(people.coordinator).post(
        reverse("package-send", args=[cycle.pk]),
        {"endorsed_by": "Sekretaris Daerah", "endorsed_on": timezone.localdate().isoformat()},
    )

    cycle.refresh_from_db()
    package = cycle.packages.get()
    answer.refresh_from_db()
    assert cycle.status == CycleStatus.SUBMITTED
    assert [item.submission for item in package.items.all()] == [answer.last_submission]
    assert (package.late, package.endorsed_by, package.trail_head) == (False, "Sekretaris Daerah", before)
    assert people.reviewer.notices.filter(kind="package").count() == 1
    assert people.far_reviewer.notices.count() == 0


def test_late_package_goes_and_is_marked(people, cycle):
    Cycle.objects.filter(pk=cycle.pk).update(filling_deadline=timezone.now() - dt.timedelta(hours=1))

    package = packages.send(cycle=cycle, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator)

    assert package.late


def test_sending_ends_extensions_and_hours_alike(people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    send_back(answer, people.coordinator)
    packages.send(cycle=cycle, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator)

    with pytest.raises(TransitionRefusedError, match="Paket sudah diserahkan"):
        answers.submit(answer=answer_of(cycle, 1), by=people.operator)


def test_endorsement_in_the_future_is_refused(client_of, people, cycle):
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()

    response = client_of(people.coordinator).post(
        reverse("package-send", args=[cycle.pk]), {"endorsed_by": "Sekda", "endorsed_on": tomorrow}
    )

    assert "tidak boleh di masa depan" in response.text


def test_day_of_endorsement_is_that_of_the_region_and_not_of_the_server(
    client_of, people, region, places, time_machine
):
    region.zone = "Asia/Jayapura"
    region.save()
    year = timezone.now().year + 1
    time_machine.move_to(dt.datetime(year, 11, 30, 15, 30, tzinfo=dt.UTC), tick=False)  # 00.30 WIT, 22.30 WIB
    cycle = open_cycle(region, agency=places.health, opened_at=timezone.now())
    client, path = client_of(people.coordinator), reverse("package-send", args=[cycle.pk])

    early = client.post(path, {"endorsed_by": "Sekda", "endorsed_on": f"{year}-12-02"})
    client.post(path, {"endorsed_by": "Sekda", "endorsed_on": f"{year}-12-01"})

    assert "tidak boleh di masa depan" in early.text
    assert cycle.packages.get().endorsed_on == dt.date(year, 12, 1)


def test_reviewer_gives_a_package_back_with_a_reason_and_the_filling_goes_on(client_of, people, cycle):
    packages.send(cycle=cycle, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator)
    path = reverse("package-give-back", args=[cycle.pk])

    refused = client_of(people.reviewer).post(path, {"reason": ""})
    client_of(people.reviewer).post(path, {"reason": "Lampiran pengesahan belum ada."})

    cycle.refresh_from_db()
    assert refused.status_code == 422
    assert cycle.status == CycleStatus.FILLING
    assert people.coordinator.notices.filter(text__endswith="Lampiran pengesahan belum ada.").count() == 1


def test_second_package_gets_the_next_number(people, cycle):
    for _ in range(2):
        packages.send(cycle=cycle, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator)
        packages.give_back(cycle=cycle, reason="x", by=people.reviewer)

    assert list(cycle.packages.values_list("number", flat=True)) == [2, 1]


def test_board_and_legend_tell_the_same_once_the_package_has_left(client_of, people, cycle):
    submitted_none(cycle, 1, people.operator)
    send_back(submitted_none(cycle, 2, people.operator), people.coordinator)
    answers.save_draft(
        answer=answer_of(cycle, 3), content={"form": "value", "number": D(3)}, seen_revision=0, by=people.operator
    )
    packages.send(cycle=cycle, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator)

    page = client_of(people.coordinator).get(reverse("board", args=[cycle.pk])).text

    assert '2<span class="muted small"> dari 3</span>' in page
    assert "indikator diajukan kepada verifikator" in page
    assert "<b>2</b> diajukan" in page
    assert "<b>1</b> tidak diajukan" in page
    assert "perlu diperiksa" not in page
    assert "draf</span>" not in page
    assert "lagi</b>" not in page


def test_nothing_is_offered_that_would_be_refused_after_the_package_has_left(client_of, people, cycle):
    submitted_none(cycle, 1, people.operator)
    client = client_of(people.coordinator)
    packages.send(cycle=cycle, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator)

    checks = client.get(reverse("check-list", args=[cycle.pk])).text
    given = client.get(reverse("assignment-list", args=[cycle.pk])).text

    assert "Rumusan indikator 1." in checks
    assert "Loloskan yang dipilih" not in checks
    assert "Penugasan tidak dapat diubah lagi" in given
    assert ">Tugaskan<" not in given
    assert "Ubah pendukung" not in given
