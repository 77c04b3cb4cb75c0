"""The coordinator's check: passing on, sending back with notes, replies, and the package."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import head_of
from accounts.models import Region
from accounts.words import weekday_moment
from assessment.actions import answers, checks, cycles, packages, returns
from assessment.actions.citations import Reference, cite, remove_citation
from assessment.enums import AnswerStatus, CycleStatus
from assessment.models import Answer, Assignment, Cycle, Return, Review
from assessment.refusals import TransitionRefusedError
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.verification import send, send_back, start
from tests.kept import kept

D = Decimal


@kept
def cycle(region, places):
    return open_cycle(region, agency=places.health)


def submitted(cycle, number, by):
    answer = answer_of(cycle, number)
    content = {"form": "none", "reason": "Belum dilaksanakan."}
    answers.save_draft(answer=answer, content=content, seen_revision=answer.revision, by=by)
    answers.submit(answer=answer, by=by)
    return answer


def in_two_days() -> str:
    return timezone.localtime(timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


def test_coordinator_lets_a_submission_pass_and_goes_on_to_the_next(client_of, people, cycle):
    first, second = submitted(cycle, 1, people.operator), submitted(cycle, 2, people.operator)

    response = client_of(people.coordinator).post(reverse("check-accept", args=[first.pk]))

    first.refresh_from_db()
    assert first.status == AnswerStatus.ACCEPTED
    assert response["Location"] == reverse("check-detail", args=[second.pk])
    assert not Review.objects.get().own_work


def test_accepting_ones_own_submission_is_marked(people, places, region):
    cycle = open_cycle(region, agency=places.vertical)
    answer = submitted(cycle, 1, people.coordinator)

    assert checks.accept(answer=answer, by=people.coordinator).own_work


def test_chosen_submissions_pass_together(client_of, people, cycle):
    rows = [submitted(cycle, number, people.operator) for number in (1, 2, 3)]

    client_of(people.coordinator).post(reverse("check-list", args=[cycle.pk]), {"answers": [rows[0].pk, rows[2].pk]})

    statuses = dict(Answer.objects.values_list("indicator__number", "status"))
    assert statuses == {1: "accepted", 2: "submitted", 3: "accepted"}


def test_letting_nothing_pass_asks_for_a_choice(client_of, people, cycle):
    submitted(cycle, 1, people.operator)

    response = client_of(people.coordinator).post(reverse("check-list", args=[cycle.pk]), follow=True)

    assert "Pilih paling sedikit satu jawaban" in response.text
    assert Review.objects.count() == 0


def test_return_carries_its_notes_to_the_parts_and_tells_the_agency(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)
    document = answer.indicator.documents.first()

    client_of(people.coordinator).post(
        reverse("check-return", args=[answer.pk]),
        {"reason": "Sebutkan rencananya.", f"document-{document.pk}": "Unggah laporannya.", "closes_at": in_two_days()},
    )

    answer.refresh_from_db()
    page = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text
    assert answer.status == AnswerStatus.RETURNED
    assert "Sebutkan rencananya." in page
    assert f"Dokumen yang diminta: {document.text}" in page
    assert people.operator.notices.filter(kind="return").count() == 1


def test_return_is_written_also_where_nobody_owns_the_indicator_any_more(people, cycle):
    answer = submitted(cycle, 2, people.operator)
    Assignment.objects.filter(cycle=cycle, indicator=answer.indicator).delete()

    send_back(answer, people.coordinator)

    assert answer_of(cycle, 2).status == AnswerStatus.RETURNED


def test_note_without_a_reply_is_named_before_it_goes_back(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)
    send_back(answer, people.coordinator)
    client, page = client_of(people.operator), reverse("answer-submit", args=[answer.pk])
    note = answer.returns.first().notes.get()

    before = client.get(page).text
    returns.reply(answer=answer, replies={note.pk: "Sudah dilengkapi."}, by=people.operator)

    assert "1 catatan belum dibalas" in before
    assert "belum dibalas" not in client.get(page).text


def test_return_names_a_citation_and_its_words_stand_beside_it(client_of, people, places, cycle):
    law = evidence_of(people.operator, places.health, hostile.pdf(), title="Perda bantuan hukum")
    cite(answer=answer_of(cycle, 1), evidence=law, agency=places.health, by=people.operator, reference=Reference())
    answer = submitted(cycle, 1, people.operator)
    fields = {f"citation-{law.pk}": "Halaman tanda tangannya tidak terbaca.", "closes_at": in_two_days()}

    client_of(people.coordinator).post(reverse("check-return", args=[answer.pk]), fields)

    response = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk]))
    assert "Data dukung: Perda bantuan hukum" in response.text
    assert "Halaman tanda tangannya tidak terbaca." in response.text.partition('id="data-dukung"')[2]


def test_return_cannot_name_evidence_that_the_submission_does_not_cite(client_of, people, places, cycle):
    other = evidence_of(people.operator, places.health, hostile.pdf())
    answer = submitted(cycle, 1, people.operator)

    response = client_of(people.coordinator).post(
        reverse("check-return", args=[answer.pk]), {f"citation-{other.pk}": "x", "closes_at": in_two_days()}
    )

    assert response.status_code == 422
    assert Return.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Tulis paling sedikit satu catatan"),
        ({"whole": "x", "closes_at": "2020-01-01T08:00"}, "Pilih waktu yang akan datang"),
        ({"whole": "x", "closes_at": "2099-01-01T08:00"}, "paling lama 60 hari"),
    ],
)
def test_return_without_a_note_or_with_an_impossible_hour_is_refused(client_of, people, cycle, fields, sentence):
    answer = submitted(cycle, 1, people.operator)

    response = client_of(people.coordinator).post(
        reverse("check-return", args=[answer.pk]), {"closes_at": in_two_days(), **fields}
    )

    assert response.status_code == 422
    assert sentence in response.text
    assert Return.objects.count() == 0


def test_returned_answer_is_open_until_its_own_hour_even_after_the_deadline(people, cycle):
    answer = submitted(cycle, 1, people.operator)
    send_back(answer, people.coordinator)
    Cycle.objects.filter(pk=cycle.pk).update(filling_deadline=timezone.now() - dt.timedelta(days=1))
    answer = answer_of(cycle, 1)
    content = {"form": "none", "reason": "Direncanakan tahun depan."}

    answers.save_draft(answer=answer, content=content, seen_revision=answer.revision, by=people.operator)
    Answer.objects.filter(pk=answer.pk).update(returned_until=timezone.now() - dt.timedelta(minutes=1))

    with pytest.raises(TransitionRefusedError, match="Pengisian sudah ditutup"):
        answers.submit(answer=answer, by=people.operator)


def test_answer_that_came_back_is_due_when_it_was_asked_back(client_of, people, region, cycle):
    answer = submitted(cycle, 1, people.operator)
    asked = weekday_moment(send_back(answer, people.coordinator).closes_at, region.zone)

    page = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text

    assert f"</b>, {asked}</span>" in page


def test_hour_of_a_return_ends_with_the_package_also_when_that_comes_back(client_of, people, region, cycle):
    answer = submitted(cycle, 1, people.operator)
    asked = weekday_moment(send_back(answer, people.coordinator).closes_at, region.zone)
    send(cycle, people.coordinator)
    packages.give_back(cycle=cycle, reason="Belum lengkap.", by=people.reviewer)

    page = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text

    assert asked not in page
    assert f"</b>, {weekday_moment(cycle.filling_deadline, region.zone)}</span>" in page


def test_agency_replies_to_each_note_and_the_coordinator_sees_what_changed(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)
    note = send_back(answer, people.coordinator).notes.get()
    operator = client_of(people.operator)

    fresh = answer_of(cycle, 1)
    option = fresh.indicator.options.first()
    fields = {"form": "value", "option": option.pk, "seen_revision": fresh.revision}
    operator.post(reverse("answer-detail", args=[answer.pk]), {**fields, f"note-{note.pk}": "Sudah ditambahkan."})
    answers.submit(answer=fresh, by=people.operator)
    page = client_of(people.coordinator).get(reverse("check-detail", args=[answer.pk])).text

    note.refresh_from_db()
    assert note.reply == "Sudah ditambahkan."
    assert "Balasan: Sudah ditambahkan." in page
    assert "Sejak dikembalikan" in page
    assert option.label in page


def test_reply_after_the_hour_is_refused_with_the_text_on_the_page(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)
    note = send_back(answer, people.coordinator).notes.get()
    past = timezone.now() - dt.timedelta(hours=1)
    Cycle.objects.filter(pk=cycle.pk).update(filling_deadline=past)
    Answer.objects.filter(pk=answer.pk).update(returned_until=past)

    fields = {"seen_revision": answer_of(cycle, 1).revision, "note": "Catatan yang terlambat"}
    response = client_of(people.operator).post(
        reverse("answer-detail", args=[answer.pk]), {**fields, f"note-{note.pk}": "Balasan yang terlambat"}
    )

    assert response.status_code == 422
    assert "Pengisian sudah ditutup" in response.text
    assert "Balasan yang terlambat" in response.text
    assert "Catatan yang terlambat" in response.text


def test_accepted_answer_may_still_be_returned(people, cycle):
    answer = submitted(cycle, 1, people.operator)
    checks.accept(answer=answer, by=people.coordinator)

    send_back(answer, people.coordinator)

    assert answer.status == AnswerStatus.RETURNED


def test_withdrawing_ends_with_the_coordinators_decision(people, cycle):
    answer = submitted(cycle, 1, people.operator)
    checks.accept(answer=answer, by=people.coordinator)

    with pytest.raises(TransitionRefusedError):
        answers.withdraw(answer=answer, by=people.operator)


def test_package_names_what_is_incomplete_before_it_goes(client_of, people, places, cycle):
    submitted(cycle, 1, people.operator)
    send_back(submitted(cycle, 2, people.operator), people.coordinator)
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
    answer = submitted(cycle, 1, people.operator)
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
    answer = submitted(cycle, 1, people.operator)
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


@pytest.mark.parametrize("read", ["9" * 5000, "²", "-1", ""])
def test_what_is_no_number_of_a_submission_was_never_read(client_of, people, cycle, read):
    answer = submitted(cycle, 1, people.operator)

    response = client_of(people.coordinator).post(reverse("check-accept", args=[answer.pk]), {"read": read})

    answer.refresh_from_db()
    assert response.status_code == 302
    assert answer.status == AnswerStatus.ACCEPTED


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


def test_check_list_asks_no_more_for_more_submissions(client_of, people, cycle):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, path = client_of(people.coordinator), reverse("check-list", args=[cycle.pk])
    submitted(cycle, 1, people.operator)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    submitted(cycle, 2, people.operator)
    submitted(cycle, 3, people.operator)
    with CaptureQueriesContext(connection) as three:
        client.get(path)

    assert len(three) == len(one)


def test_check_page_says_what_was_asked_and_whose_answer_it_is(client_of, people, places, cycle):
    answer = answer_of(cycle, 1)
    chosen, other = answer.indicator.options.all()
    required, optional = answer.indicator.documents.all()
    content = {"form": "value", "option_id": chosen.pk}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.operator)
    answers.submit(answer=answer, by=people.operator)

    page = client_of(people.coordinator).get(reverse("check-detail", args=[answer.pk])).text

    assert answer.indicator.guidance in page
    assert f"{chosen.label} <b>· jawaban Dinkes</b>" in page
    assert other.label in page
    assert "0 dari 1 dokumen wajib dilampirkan." in page
    assert f"Kurang: {required.text}" in page
    assert f"2. {optional.text} " in page
    assert "mengajukan" in page
    assert "Nilai mandiri Dinkes: 10 dari 10" in page


def test_ladder_is_the_agencys_for_its_reader_and_ones_own_for_the_agency(client_of, people, cycle):
    answer = answer_of(cycle, 2)
    content = {"form": "value", "numerator": D(24), "denominator": D(31)}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.operator)
    answers.submit(answer=answer, by=people.operator)

    reader = client_of(people.coordinator).get(reverse("check-detail", args=[answer.pk])).text
    agency = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text

    assert '<span class="you">OPD</span>' in reader
    assert '<span class="you">Anda</span>' in agency


def test_check_page_leads_through_the_list_and_keeps_its_filters(client_of, people, places, cycle):
    first, second, third = (submitted(cycle, number, people.operator) for number in (1, 2, 3))
    client, filters = client_of(people.coordinator), f"opd={places.health.pk}&keadaan=lengkap"

    page = client.get(f"{reverse('check-detail', args=[second.pk])}?{filters}").text
    accepted = client.post(f"{reverse('check-accept', args=[second.pk])}?{filters}")

    assert "<b>2 dari 3</b> dalam daftar" in page
    assert f'href="{reverse("check-detail", args=[first.pk])}?{filters.replace("&", "&amp;")}"' in page
    assert accepted["Location"] == f"{reverse('check-detail', args=[third.pk])}?{filters}"


def test_last_of_the_list_leads_back_to_what_was_passed_over_and_then_to_the_list(client_of, people, cycle):
    first, second = submitted(cycle, 1, people.operator), submitted(cycle, 2, people.operator)
    client = client_of(people.coordinator)

    assert client.post(reverse("check-accept", args=[second.pk]))["Location"] == reverse(
        "check-detail", args=[first.pk]
    )
    assert client.post(reverse("check-accept", args=[first.pk]))["Location"] == reverse("check-list", args=[cycle.pk])


def test_own_submission_that_passed_is_called_so_on_its_page(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.vertical)
    answer = submitted(cycle, 1, people.coordinator)
    client = client_of(people.coordinator)

    before = client.get(reverse("check-list", args=[cycle.pk])).text
    client.post(reverse("check-accept", args=[answer.pk]))
    after = client.get(reverse("check-detail", args=[answer.pk])).text

    assert "Anda yang mengisi" in before
    assert '<span class="tag">diperiksa oleh pengisinya</span>' in after


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ("", {1, 2}),
        ("hak=R01", {1, 2}),
        ("hak=R02", set()),
        ("keadaan=lengkap", {1}),
        ("keadaan=kurang", {2}),
        ("keadaan=lolos", {3}),
        ("keadaan=kembali", set()),
        ("kelompok=hak", {1, 2}),
        ("opd=99999999999999999999&keadaan=x", {1, 2}),
    ],
)
def test_list_is_filtered_by_right_and_state(client_of, people, cycle, filters, shown):
    submitted(cycle, 1, people.operator)
    answer = answer_of(cycle, 2)
    content = {"form": "value", "numerator": D(31), "denominator": D(31)}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.operator)
    answers.submit(answer=answer, by=people.operator)
    checks.accept(answer=submitted(cycle, 3, people.operator), by=people.coordinator)

    page = client_of(people.coordinator).get(f"{reverse('check-list', args=[cycle.pk])}?{filters}").text

    assert {number for number in (1, 2, 3) if f"Rumusan indikator {number}." in page} == shown


def test_what_came_back_after_a_return_has_its_own_state(client_of, people, cycle):
    send_back(submitted(cycle, 1, people.operator), people.coordinator)
    submitted(cycle, 1, people.operator)
    submitted(cycle, 2, people.operator)

    page = client_of(people.coordinator).get(f"{reverse('check-list', args=[cycle.pk])}?keadaan=kembali").text

    assert "Rumusan indikator 1." in page
    assert "Rumusan indikator 2." not in page


def test_ticking_all_leaves_the_incomplete_ones_alone(client_of, people, cycle):
    complete = submitted(cycle, 1, people.operator)
    answer = answer_of(cycle, 2)
    content = {"form": "value", "numerator": D(31), "denominator": D(31)}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.operator)
    answers.submit(answer=answer, by=people.operator)

    page = client_of(people.coordinator).get(f"{reverse('check-list', args=[cycle.pk])}?pilih=semua")

    assert page.context["picked"] == {complete.pk}
    assert "1 dipilih" in page.text


def test_what_is_wrong_with_a_return_is_said_once(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)

    page = (
        client_of(people.coordinator).post(reverse("check-return", args=[answer.pk]), {"closes_at": in_two_days()}).text
    )

    assert page.count("Tulis paling sedikit satu catatan") == 1


@pytest.mark.parametrize(
    "row",
    [
        ("Asia/Jakarta", "2026-03-09T01:00+00:00", "2026-03-11T16:00"),
        ("Asia/Jayapura", "2026-03-09T16:00+00:00", "2026-03-12T16:00"),
        ("Asia/Jakarta", "2026-03-12T03:00+00:00", "2026-03-16T16:00"),
    ],
)
def test_return_is_open_until_offices_close_two_working_days_on(client_of, people, cycle, time_machine, row):
    zone, now, until = row
    Region.objects.filter(pk=cycle.region_id).update(zone=zone)
    answer = submitted(cycle, 1, people.operator)
    time_machine.move_to(now, tick=False)

    page = client_of(people.coordinator).get(reverse("check-detail", args=[answer.pk])).text

    assert f'name="closes_at" value="{until}"' in page


def test_board_and_legend_tell_the_same_once_the_package_has_left(client_of, people, cycle):
    submitted(cycle, 1, people.operator)
    send_back(submitted(cycle, 2, people.operator), people.coordinator)
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
    submitted(cycle, 1, people.operator)
    client = client_of(people.coordinator)
    packages.send(cycle=cycle, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator)

    checks = client.get(reverse("check-list", args=[cycle.pk])).text
    given = client.get(reverse("assignment-list", args=[cycle.pk])).text

    assert "Rumusan indikator 1." in checks
    assert "Loloskan yang dipilih" not in checks
    assert "Penugasan tidak dapat diubah lagi" in given
    assert ">Tugaskan<" not in given
    assert "Ubah pendukung" not in given


def test_board_leads_to_the_check_of_what_waits(client_of, people, cycle):
    waiting, draft = submitted(cycle, 1, people.operator), answer_of(cycle, 2)

    page = client_of(people.coordinator).get(reverse("answer-list", args=[cycle.pk])).text

    assert f'href="{reverse("check-detail", args=[waiting.pk])}"' in page
    assert f'href="{reverse("answer-detail", args=[draft.pk])}"' in page


def test_refused_return_is_shown_where_its_form_is(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)
    client = client_of(people.coordinator)

    page = client.get(reverse("check-detail", args=[answer.pk])).text
    sent = client.post(reverse("check-return", args=[answer.pk]), {"whole": "Lengkapi.", "closes_at": in_two_days()})

    assert f'action="{reverse("check-return", args=[answer.pk])}#kembalikan"' in page
    assert 'id="kembalikan"' in page
    assert sent["Location"].endswith("#isi")


def test_whoever_answers_on_behalf_goes_on_in_that_agencys_list(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.vertical)
    answer = answer_of(cycle, 1)
    content = {"form": "none", "reason": "Belum dilaksanakan."}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.coordinator)

    response = client_of(people.coordinator).post(reverse("answer-submit", args=[answer.pk]), follow=True)

    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == f"{reverse('answer-list', args=[cycle.pk])}?opd={places.vertical.pk}"
    assert Answer.objects.get(pk=answer.pk).status == AnswerStatus.SUBMITTED


@kept
def about_the_law(people, places, cycle):
    """A submission that cites one law, and a return as a coordinator types it with a note on that law."""
    law = evidence_of(people.operator, places.health, hostile.pdf(), title="Perda bantuan hukum")
    answer = answer_of(cycle, 1)
    cite(answer=answer, evidence=law, agency=places.health, by=people.operator, reference=Reference())
    answer = submitted(cycle, 1, people.operator)
    citation = answer.citations.get()
    fields = {f"citation-{law.pk}": "Tanda tangannya tidak terbaca.", "closes_at": in_two_days()}
    return answer, citation, {**fields, "read": answer.last_submission_id}


def test_notes_stay_on_the_page_when_the_submission_was_withdrawn_meanwhile(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)
    fields = {"whole": "Lengkapi alasannya.", "closes_at": in_two_days(), "read": answer.last_submission_id}
    answers.withdraw(answer=answer, by=people.operator)

    response = client_of(people.coordinator).post(reverse("check-return", args=[answer.pk]), fields)

    assert response.status_code == 422
    assert "baru saja menarik kembali pengajuannya" in response.text
    assert "Lengkapi alasannya." in response.text
    assert Return.objects.count() == 0


def test_form_of_a_withdrawn_submission_returns_no_later_one_unread(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)
    answers.withdraw(answer=answer, by=people.operator)
    client, path = client_of(people.coordinator), reverse("check-return", args=[answer.pk])
    fields = {"whole": "Lengkapi.", "closes_at": in_two_days()}
    assert '<input type="hidden" name="read" value="0">' in client.post(path, fields).text
    submitted(cycle, 1, people.operator)

    response = client.post(path, {**fields, "read": "0"})

    assert "baru saja mengajukan versi lain" in response.text
    assert Return.objects.count() == 0


def test_note_on_what_a_withdrawn_submission_cited_stays_on_the_page(client_of, people, about_the_law):
    answer, _citation, fields = about_the_law
    answers.withdraw(answer=answer, by=people.operator)

    response = client_of(people.coordinator).post(reverse("check-return", args=[answer.pk]), fields)

    assert response.status_code == 422
    assert "Tanda tangannya tidak terbaca." in response.text
    assert "Tentang data dukung yang tidak dirujuk lagi" in response.text
    assert "tidak merujuk data dukung ini" in response.text
    assert "Tulis paling sedikit satu catatan" not in response.text


def test_note_on_what_the_new_submission_no_longer_cites_is_not_dropped(client_of, people, cycle, about_the_law):
    answer, citation, fields = about_the_law
    answers.withdraw(answer=answer, by=people.operator)
    remove_citation(citation=citation, by=people.operator)
    fields["read"] = submitted(cycle, 1, people.operator).last_submission_id

    response = client_of(people.coordinator).post(
        reverse("check-return", args=[answer.pk]), {**fields, "whole": "Lengkapi juga alasannya."}
    )

    assert response.status_code == 422
    assert "Tanda tangannya tidak terbaca." in response.text
    assert "tidak merujuk data dukung ini" in response.text
    assert Return.objects.count() == 0


def test_title_of_evidence_that_was_never_cited_is_not_told(client_of, people, places, cycle):
    other = evidence_of(people.operator, places.health, hostile.pdf(), title="Surat rahasia")
    answer = submitted(cycle, 1, people.operator)
    fields = {f"citation-{other.pk}": "x", "document-999999": "y", "citation-²": "z", "closes_at": in_two_days()}

    response = client_of(people.coordinator).post(reverse("check-return", args=[answer.pk]), fields)

    assert response.status_code == 422
    assert "Surat rahasia" not in response.text
    assert "Tentang data dukung yang tidak dirujuk lagi" in response.text
    assert "Tentang dokumen yang tidak diminta lagi" in response.text


def test_note_that_is_too_long_is_refused_whole_and_not_cut_by_the_browser(client_of, people, cycle):
    answer = submitted(cycle, 1, people.operator)
    client, page = client_of(people.coordinator), reverse("check-detail", args=[answer.pk])
    fields = client.get(page).context["form"]
    typed = {field.html_name: field.value() for field in fields if field.value() is not None} | {"whole": "n" * 1001}

    refused = client.post(reverse("check-return", args=[answer.pk]), typed)

    assert "maxlength" not in client.get(page).text.partition("<textarea")[2]
    assert refused.status_code == 422
    assert "n" * 1001 in refused.text
    assert "paling banyak 1000 karakter" in refused.text


def test_reviewer_reads_what_became_of_the_check_of_each_submission(client_of, people, cycle):
    passed, returned, unread = (submitted(cycle, number, people.operator) for number in (1, 2, 3))
    checks.accept(answer=passed, by=people.coordinator)
    checks.accept(answer=returned, by=people.coordinator)
    send_back(returned, people.coordinator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    client = client_of(people.reviewer)

    pages = [client.get(reverse("review-detail", args=[row.pk])).text for row in (passed, returned, unread)]

    words = ("</svg> lolos", "dikembalikan, tidak diajukan lagi", "belum diperiksa")
    assert [[said in page for said in words] for page in pages] == [
        [True, False, False], [False, True, False], [False, False, True],
    ]  # fmt: skip
