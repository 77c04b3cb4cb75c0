"""What the coordinator sends back: its notes, the replies, and until when it is open."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Region
from accounts.words import weekday_moment
from assessment.actions import answers, checks, packages, returns
from assessment.actions.citations import Reference, cite, remove_citation
from assessment.enums import AnswerStatus
from assessment.models import Answer, Assignment, Cycle, Return
from assessment.refusals import TransitionRefusedError
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of
from tests.factories.filling import in_two_days, submitted_none
from tests.factories.verification import send, send_back
from tests.kept import kept


def test_return_carries_its_notes_to_the_parts_and_tells_the_agency(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
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
    answer = submitted_none(cycle, 2, people.operator)
    Assignment.objects.filter(cycle=cycle, indicator=answer.indicator).delete()

    send_back(answer, people.coordinator)

    assert answer_of(cycle, 2).status == AnswerStatus.RETURNED


def test_note_without_a_reply_is_named_before_it_goes_back(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
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
    answer = submitted_none(cycle, 1, people.operator)
    fields = {f"citation-{law.pk}": "Halaman tanda tangannya tidak terbaca.", "closes_at": in_two_days()}

    client_of(people.coordinator).post(reverse("check-return", args=[answer.pk]), fields)

    response = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk]))
    assert "Data dukung: Perda bantuan hukum" in response.text
    assert "Halaman tanda tangannya tidak terbaca." in response.text.partition('id="data-dukung"')[2]


def test_return_cannot_name_evidence_that_the_submission_does_not_cite(client_of, people, places, cycle):
    other = evidence_of(people.operator, places.health, hostile.pdf())
    answer = submitted_none(cycle, 1, people.operator)

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
    answer = submitted_none(cycle, 1, people.operator)

    response = client_of(people.coordinator).post(
        reverse("check-return", args=[answer.pk]), {"closes_at": in_two_days(), **fields}
    )

    assert response.status_code == 422
    assert sentence in response.text
    assert Return.objects.count() == 0


def test_returned_answer_is_open_until_its_own_hour_even_after_the_deadline(people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    send_back(answer, people.coordinator)
    Cycle.objects.filter(pk=cycle.pk).update(filling_deadline=timezone.now() - dt.timedelta(days=1))
    answer = answer_of(cycle, 1)
    content = {"form": "none", "reason": "Direncanakan tahun depan."}

    answers.save_draft(answer=answer, content=content, seen_revision=answer.revision, by=people.operator)
    Answer.objects.filter(pk=answer.pk).update(returned_until=timezone.now() - dt.timedelta(minutes=1))

    with pytest.raises(TransitionRefusedError, match="Pengisian sudah ditutup"):
        answers.submit(answer=answer, by=people.operator)


def test_answer_that_came_back_is_due_when_it_was_asked_back(client_of, people, region, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    asked = weekday_moment(send_back(answer, people.coordinator).closes_at, region.zone)

    page = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text

    assert f"</b>, {asked}</span>" in page


def test_hour_of_a_return_ends_with_the_package_also_when_that_comes_back(client_of, people, region, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    asked = weekday_moment(send_back(answer, people.coordinator).closes_at, region.zone)
    send(cycle, people.coordinator)
    packages.give_back(cycle=cycle, reason="Belum lengkap.", by=people.reviewer)

    page = client_of(people.operator).get(reverse("answer-detail", args=[answer.pk])).text

    assert asked not in page
    assert f"</b>, {weekday_moment(cycle.filling_deadline, region.zone)}</span>" in page


def test_agency_replies_to_each_note_and_the_coordinator_sees_what_changed(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
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
    answer = submitted_none(cycle, 1, people.operator)
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
    answer = submitted_none(cycle, 1, people.operator)
    checks.accept(answer=answer, by=people.coordinator)

    send_back(answer, people.coordinator)

    assert answer.status == AnswerStatus.RETURNED


def test_what_is_wrong_with_a_return_is_said_once(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)

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
    answer = submitted_none(cycle, 1, people.operator)
    time_machine.move_to(now, tick=False)

    page = client_of(people.coordinator).get(reverse("check-detail", args=[answer.pk])).text

    assert f'name="closes_at" value="{until}"' in page


def test_refused_return_is_shown_where_its_form_is(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    client = client_of(people.coordinator)

    page = client.get(reverse("check-detail", args=[answer.pk])).text
    sent = client.post(reverse("check-return", args=[answer.pk]), {"whole": "Lengkapi.", "closes_at": in_two_days()})

    assert f'action="{reverse("check-return", args=[answer.pk])}#kembalikan"' in page
    assert 'id="kembalikan"' in page
    assert sent["Location"].endswith("#isi")


@kept
def about_the_law(people, places, cycle):
    """A submission that cites one law, and a return as a coordinator types it with a note on that law."""
    law = evidence_of(people.operator, places.health, hostile.pdf(), title="Perda bantuan hukum")
    answer = answer_of(cycle, 1)
    cite(answer=answer, evidence=law, agency=places.health, by=people.operator, reference=Reference())
    answer = submitted_none(cycle, 1, people.operator)
    citation = answer.citations.get()
    fields = {f"citation-{law.pk}": "Tanda tangannya tidak terbaca.", "closes_at": in_two_days()}
    return answer, citation, {**fields, "read": answer.last_submission_id}


def test_notes_stay_on_the_page_when_the_submission_was_withdrawn_meanwhile(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    fields = {"whole": "Lengkapi alasannya.", "closes_at": in_two_days(), "read": answer.last_submission_id}
    answers.withdraw(answer=answer, by=people.operator)

    response = client_of(people.coordinator).post(reverse("check-return", args=[answer.pk]), fields)

    assert response.status_code == 422
    assert "baru saja menarik kembali pengajuannya" in response.text
    assert "Lengkapi alasannya." in response.text
    assert Return.objects.count() == 0


def test_form_of_a_withdrawn_submission_returns_no_later_one_unread(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    answers.withdraw(answer=answer, by=people.operator)
    client, path = client_of(people.coordinator), reverse("check-return", args=[answer.pk])
    fields = {"whole": "Lengkapi.", "closes_at": in_two_days()}
    assert '<input type="hidden" name="read" value="0">' in client.post(path, fields).text
    submitted_none(cycle, 1, people.operator)

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
    fields["read"] = submitted_none(cycle, 1, people.operator).last_submission_id

    response = client_of(people.coordinator).post(
        reverse("check-return", args=[answer.pk]), {**fields, "whole": "Lengkapi juga alasannya."}
    )

    assert response.status_code == 422
    assert "Tanda tangannya tidak terbaca." in response.text
    assert "tidak merujuk data dukung ini" in response.text
    assert Return.objects.count() == 0


def test_title_of_evidence_that_was_never_cited_is_not_told(client_of, people, places, cycle):
    other = evidence_of(people.operator, places.health, hostile.pdf(), title="Surat rahasia")
    answer = submitted_none(cycle, 1, people.operator)
    fields = {f"citation-{other.pk}": "x", "document-999999": "y", "citation-²": "z", "closes_at": in_two_days()}

    response = client_of(people.coordinator).post(reverse("check-return", args=[answer.pk]), fields)

    assert response.status_code == 422
    assert "Surat rahasia" not in response.text
    assert "Tentang data dukung yang tidak dirujuk lagi" in response.text
    assert "Tentang dokumen yang tidak diminta lagi" in response.text


def test_note_that_is_too_long_is_refused_whole_and_not_cut_by_the_browser(client_of, people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    client, page = client_of(people.coordinator), reverse("check-detail", args=[answer.pk])
    fields = client.get(page).context["form"]
    typed = {field.html_name: field.value() for field in fields if field.value() is not None} | {"whole": "n" * 1001}

    refused = client.post(reverse("check-return", args=[answer.pk]), typed)

    assert "maxlength" not in client.get(page).text.partition("<textarea")[2]
    assert refused.status_code == 422
    assert "n" * 1001 in refused.text
    assert "paling banyak 1000 karakter" in refused.text
