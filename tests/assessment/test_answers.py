"""An agency's work: filling, seeing what it gives, who may and who reads; and what two people do at once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import history
from accounts.kept_forms import owner_mark
from assessment.actions import answers, checks, cycles
from assessment.enums import AnswerStatus, CycleStatus, NotePart
from assessment.facts.returns import Note
from assessment.models import Assignment, Cycle
from assessment.refusals import TransitionRefusedError
from tests.factories.accounts import PASSWORD
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.filling import filled, save

D = Decimal


def page(answer) -> str:
    return reverse("answer-detail", args=[answer.pk])


def post(client, answer, **fields):
    data = {"form": "value", "reason": "", "note": "", "seen_revision": answer.revision, **fields}
    return client.post(page(answer), data)


def test_operator_saves_a_draft_as_typed(client_of, people, ratio):
    response = post(client_of(people.operator), ratio, numerator="1.234", denominator="2.468,5")

    ratio.refresh_from_db()
    assert response["Location"] == page(ratio)
    assert (ratio.numerator, ratio.denominator, ratio.revision) == (D(1234), D("2468.5"), 1)
    assert ratio.status == AnswerStatus.DRAFT


def test_longest_numbers_are_kept_to_the_last_digit(client_of, people, cycle, ratio):
    client, number = client_of(people.operator), answer_of(cycle, 3)
    post(client, ratio, numerator="1", denominator="9999999999999,99")
    post(client, number, number="99999999999,9999")

    ratio.refresh_from_db()
    number.refresh_from_db()
    assert (ratio.denominator, number.number) == (D("9999999999999.99"), D("99999999999.9999"))
    assert client.get(reverse("task-list")).status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"numerator": "34", "denominator": "31"}, "34 lebih besar dari 31. Pembilang adalah bagian dari penyebut"),
        ({"numerator": "-1", "denominator": "31"}, "Angka tidak boleh negatif."),
        ({"numerator": "12.5", "denominator": "31"}, "tulis “12,5”"),
        ({"numerator": "1", "denominator": "999999999999999,99"}, "paling banyak 15 angka"),
        ({"numerator": "0", "denominator": "0"}, "Penyebut 0 tidak menghasilkan persentase"),
        ({"form": "none"}, "Tulis alasannya, satu kalimat sudah cukup."),
        ({"form": "not_applicable"}, "Tulis alasannya, satu kalimat sudah cukup."),
        ({"numerator": "1", "note": "x" * 5001}, "5000 karakter"),
        ({"numerator": "1", "note": "x\n" * 201}, "Paling banyak 200 baris"),
    ],
)
def test_impossible_input_is_refused_beside_its_field_and_stays(client_of, people, ratio, fields, sentence):
    response = post(client_of(people.operator), ratio, **{"note": "Catatan saya", **fields})

    ratio.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.text
    assert fields.get("note", "Catatan saya")[:100] in response.text
    assert ratio.revision == 0


def test_control_characters_and_formulas_are_only_text(client_of, people, ratio):
    post(client_of(people.operator), ratio, numerator="1", denominator="2", note="=1+1\x00\u202e<script>")

    ratio.refresh_from_db()
    shown = client_of(people.operator).get(page(ratio)).text
    assert ratio.note == "=1+1<script>"
    assert "&lt;script&gt;" in shown


def test_value_of_another_indicators_option_is_refused(client_of, people, cycle):
    choice = answer_of(cycle, 1)

    response = post(client_of(people.operator), choice, option="999999")

    assert response.status_code == 422


def test_choosing_not_applicable_drops_the_value(client_of, people, ratio):
    save(ratio, people.operator, numerator=D(1), denominator=D(2))

    post(client_of(people.operator), ratio, form="not_applicable", reason="Tidak ada.", numerator="1", denominator="2")

    ratio.refresh_from_db()
    assert (ratio.form, ratio.numerator) == ("not_applicable", None)


def test_preview_says_points_and_the_next_step_and_writes_nothing(client_of, people, ratio):
    path = reverse("answer-preview", args=[ratio.pk])

    response = client_of(people.operator).post(
        path, {"form": "value", "numerator": "24", "denominator": "31", "seen_revision": 0}
    )

    ratio.refresh_from_db()
    assert "Nilai mandiri 5 dari 10" in response.text
    assert "77,42 %" in response.text
    assert "1 lagi untuk nilai 10: 25 dari 31 (80 %)." in response.text
    assert ratio.revision == 0


def test_second_saver_sees_both_and_loses_nothing(client_of, people, ratio):
    save(ratio, people.head, numerator=D(20), denominator=D(31), note="Tulisan kepala")
    stale = answer_of(ratio.cycle, 2)
    stale.revision = 0

    response = post(client_of(people.operator), stale, numerator="24", denominator="31", note="Tulisan operator")

    ratio.refresh_from_db()
    assert response.status_code == 409
    assert "Tulisan kepala" in response.text
    assert "Tulisan operator" in response.text
    assert "Jawaban ini berubah sejak Anda membukanya" in response.text
    assert ratio.numerator == 20


@pytest.mark.parametrize(
    ("then", "leads"),
    [
        ("{answer}unggah/?dokumen=7", "{answer}unggah/?dokumen=7"),
        ("{answer}pustaka/", "{answer}pustaka/"),
        ("https://contoh.test/", "{answer}"),
        ("/jawaban/0/unggah/", "{answer}"),
    ],
)
def test_saving_leads_on_to_the_documents_of_this_answer_alone(client_of, people, ratio, then, leads):
    page = reverse("answer-detail", args=[ratio.pk])

    response = post(client_of(people.operator), ratio, note="Diketik.", then=then.format(answer=page))

    ratio.refresh_from_db()
    assert ratio.note == "Diketik."
    assert response["Location"] == leads.format(answer=page)


def test_second_saver_may_then_save_over_the_first(client_of, people, ratio):
    save(ratio, people.head, numerator=D(20), denominator=D(31))

    post(client_of(people.operator), ratio, numerator="24", denominator="31", seen_revision=1)

    ratio.refresh_from_db()
    assert ratio.numerator == 24


def test_double_click_saves_once(client_of, people, ratio):
    client = client_of(people.operator)
    fields = {"numerator": "24", "denominator": "31", "form_token": "satu-klik"}
    post(client, ratio, **fields)

    response = post(client, ratio, **fields)

    ratio.refresh_from_db()
    assert response.status_code == 302
    assert ratio.revision == 1


def test_words_for_an_answer_that_went_to_another_agency_meanwhile_can_be_copied(client_of, people, places, ratio):
    client, other = client_of(people.operator), places.education
    Assignment.objects.filter(cycle=ratio.cycle, indicator=ratio.indicator).update(agency=other)

    response = post(client, ratio, numerator="24", note="Ketikan yang panjang dan sayang hilang")

    assert response.status_code == 404
    assert "Ketikan yang panjang dan sayang hilang" in response.text


def test_words_kept_for_an_answer_that_is_out_of_sight_can_be_copied(people, places, ratio):
    fields = {"form": "value", "note": "Ketikan sebelum sesi berakhir", "seen_revision": 0}
    fields |= {"form_owner": owner_mark(people.operator), "form_page": page(ratio)}
    client = Client()
    client.post(page(ratio), fields)
    Assignment.objects.filter(cycle=ratio.cycle, indicator=ratio.indicator).update(agency=places.education)
    client.post(reverse("account_login"), {"login": "operator", "password": PASSWORD})

    shown = client.get(page(ratio))

    assert shown.status_code == 404
    assert "Ketikan sebelum sesi berakhir" in shown.text


def test_reason_that_is_too_long_is_not_called_missing(client_of, people, ratio):
    shown = post(client_of(people.operator), ratio, form="none", reason="kata " * 1200).text

    assert "Tulis alasannya, satu kalimat sudah cukup." not in shown
    assert "kata kata" in shown


def test_nothing_is_said_to_be_saved_where_nothing_was_typed(client_of, people, ratio):
    client = client_of(people.operator)
    post(client, ratio, then="submit")
    empty = client.get(page(ratio)).text
    post(client, ratio, numerator="24", denominator="31")
    filled = client.get(page(ratio)).text

    assert "tersimpan." not in empty
    assert "Isian indikator 2 tersimpan." in filled


def test_words_typed_after_the_first_click_are_not_taken_for_a_second_click(client_of, people, ratio):
    client = client_of(people.operator)
    fields = {"numerator": "24", "denominator": "31", "form_token": "satu-klik"}
    post(client, ratio, note="Yang pertama", **fields)

    response = post(client, ratio, note="Yang diketik kemudian", **fields)

    ratio.refresh_from_db()
    assert response.status_code == 409
    assert "Yang diketik kemudian" in response.text
    assert ratio.note == "Yang pertama"


def test_answer_typed_when_the_session_had_ended_comes_back_unsaved(people, ratio):
    fields = {"form": "value", "numerator": "24", "denominator": "31", "note": "Ketikan sebelum sesi berakhir",
              "reason": "", "seen_revision": 0}  # fmt: skip
    fields |= {"form_owner": owner_mark(people.operator), "form_page": page(ratio)}
    client = Client()
    client.post(page(ratio), fields)
    client.post("/masuk/", {"login": "operator", "password": PASSWORD})

    shown = client.get(page(ratio))
    client.post(page(ratio), fields)

    ratio.refresh_from_db()
    assert shown.status_code == 200
    assert "Belum tersimpan" in shown.text
    assert "Ketikan sebelum sesi berakhir" in shown.text
    assert 'value="24"' in shown.text
    assert (ratio.note, ratio.revision) == ("Ketikan sebelum sesi berakhir", 1)


def test_save_after_the_deadline_is_refused_with_the_text_on_the_page(client_of, people, cycle, ratio):
    Cycle.objects.filter(pk=cycle.pk).update(filling_deadline=timezone.now() - dt.timedelta(seconds=1))

    response = post(client_of(people.operator), ratio, numerator="24", denominator="31", note="Ketikan terakhir saya")

    ratio.refresh_from_db()
    assert response.status_code == 422
    assert "Pengisian sudah ditutup" in response.text
    assert "Ketikan terakhir saya" in response.text
    assert ratio.revision == 0


def test_extension_opens_the_answer_for_its_agency_only(people, places, cycle, ratio):
    Cycle.objects.filter(pk=cycle.pk).update(filling_deadline=timezone.now() - dt.timedelta(hours=1))
    later = timezone.now() + dt.timedelta(days=2)
    cycles.extend(cycle=cycle, agency=places.education, deadline=later, reason="Banjir.", by=people.coordinator)
    with pytest.raises(TransitionRefusedError):
        save(ratio, people.operator, numerator=D(1), denominator=D(2))

    cycles.extend(cycle=cycle, agency=places.health, deadline=later, reason="Banjir.", by=people.coordinator)
    save(ratio, people.operator, numerator=D(1), denominator=D(2))

    assert ratio.revision == 1


def test_coordinator_answers_for_an_agency_without_people(people, region, places):
    ratio = answer_of(open_cycle(region, agency=places.vertical), 2)
    save(ratio, people.coordinator, numerator=D(24), denominator=D(31))

    submission = answers.submit(answer=ratio, by=people.coordinator)

    assert submission.on_behalf
    assert submission.agency == places.vertical


def test_coordinator_does_not_answer_for_an_agency_with_people(client_of, people, ratio):
    assert post(client_of(people.coordinator), ratio, numerator="1", denominator="2").status_code == 403


def test_supporting_agency_reads_but_does_not_write(client_of, people, places, cycle, ratio):
    Assignment.objects.create(cycle=cycle, indicator=ratio.indicator, agency=places.education)
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    client = client_of(people.supporter)

    assert "24 dari 31" in client.get(page(ratio)).text
    assert post(client, ratio, numerator="1", denominator="2").status_code == 403


def test_leader_reads_what_was_submitted_and_no_draft(client_of, people, ratio):
    client = client_of(people.leader)
    assert client.get(page(ratio)).status_code == 404
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    answers.submit(answer=ratio, by=people.operator)
    notes, closes_at = [Note(NotePart.VALUE, "Periksa lagi.")], timezone.now() + dt.timedelta(days=1)
    checks.send_back(answer=ratio, notes=notes, closes_at=closes_at, by=people.coordinator)
    save(ratio, people.operator, numerator=D(7), denominator=D(31), note="Draf rahasia")

    shown = client.get(page(ratio)).text

    assert "24 dari 31" in shown
    assert "Draf rahasia" not in shown
    assert "7 dari 31" not in shown


def test_reviewer_sees_nothing_before_the_package_is_sent(client_of, people, cycle, ratio):
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    answers.submit(answer=ratio, by=people.operator)
    client = client_of(people.reviewer)
    before = client.get(page(ratio)).status_code
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.SUBMITTED)

    assert before == 404
    assert "24 dari 31" in client.get(page(ratio)).text


def test_every_change_leaves_its_trace_with_the_role(people, ratio):
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    answers.submit(answer=ratio, by=people.operator)

    events = list(history(ratio))

    assert [event.verb for event in events] == ["answer.submitted", "answer.saved"]
    assert {event.role for event in events} == {"Operator OPD · Dinas Kesehatan"}
    assert events[1].payload.data["after"]["numerator"] == "24"


def test_task_list_asks_no_more_for_more_indicators(client_of, people, cycle, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(people.operator)
    Assignment.objects.filter(cycle=cycle).exclude(indicator__number=1).update(
        agency=None or people.supporter.memberships.get().agency
    )
    client.get(reverse("task-list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("task-list"))
    Assignment.objects.filter(cycle=cycle).update(agency=people.operator.memberships.get().agency)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("task-list"))

    assert len(three) == len(one)


def test_page_that_says_a_number_of_thousands_of_digits_is_no_error(client_of, people, cycle):
    filled(cycle, people, 1)
    path = reverse("answer-submit", args=[answer_of(cycle, 1).pk])

    response = client_of(people.operator).post(path, {"seen_revision": "9" * 5000})

    assert response.status_code == 302
    assert answer_of(cycle, 1).status == AnswerStatus.SUBMITTED


def test_board_leads_to_the_answers_of_an_agency(client_of, people, places, cycle):
    filled(cycle, people, 1, 2)
    answers.submit(answer=answer_of(cycle, 1), by=people.operator)
    board = client_of(people.coordinator).get(reverse("board", args=[cycle.pk])).text
    path = reverse("answer-list", args=[cycle.pk]) + f"?opd={places.health.pk}"

    coordinator, leader = client_of(people.coordinator).get(path).text, client_of(people.leader).get(path).text

    assert path in board
    assert "Rumusan indikator 2." in coordinator
    assert "Rumusan indikator 1." in leader
    assert "Rumusan indikator 2." not in leader
