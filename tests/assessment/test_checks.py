"""The coordinator's check: what waits, what is read before it passes, and the list."""

from decimal import Decimal

import pytest
from django.urls import reverse

from assessment.actions import answers, checks
from assessment.enums import AnswerStatus
from assessment.models import Answer, Review
from assessment.refusals import TransitionRefusedError
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.filling import submitted_none
from tests.factories.verification import send_back, start

D = Decimal


def test_coordinator_lets_a_submission_pass_and_goes_on_to_the_next(client_of, people, cycle):
    first, second = submitted_none(cycle, 1, people.operator), submitted_none(cycle, 2, people.operator)

    response = client_of(people.coordinator).post(reverse("check-accept", args=[first.pk]))

    first.refresh_from_db()
    assert first.status == AnswerStatus.ACCEPTED
    assert response["Location"] == reverse("check-detail", args=[second.pk])
    assert not Review.objects.get().own_work


def test_accepting_ones_own_submission_is_marked(people, places, region):
    cycle = open_cycle(region, agency=places.vertical)
    answer = submitted_none(cycle, 1, people.coordinator)

    assert checks.accept(answer=answer, by=people.coordinator).own_work


def test_chosen_submissions_pass_together(client_of, people, cycle):
    rows = [submitted_none(cycle, number, people.operator) for number in (1, 2, 3)]

    client_of(people.coordinator).post(reverse("check-list", args=[cycle.pk]), {"answers": [rows[0].pk, rows[2].pk]})

    statuses = dict(Answer.objects.values_list("indicator__number", "status"))
    assert statuses == {1: "accepted", 2: "submitted", 3: "accepted"}


def test_letting_nothing_pass_asks_for_a_choice(client_of, people, cycle):
    submitted_none(cycle, 1, people.operator)

    response = client_of(people.coordinator).post(reverse("check-list", args=[cycle.pk]), follow=True)

    assert "Pilih paling sedikit satu jawaban" in response.text
    assert Review.objects.count() == 0


def test_withdrawing_ends_with_the_coordinators_decision(people, cycle):
    answer = submitted_none(cycle, 1, people.operator)
    checks.accept(answer=answer, by=people.coordinator)

    with pytest.raises(TransitionRefusedError):
        answers.withdraw(answer=answer, by=people.operator)


@pytest.mark.parametrize("read", ["9" * 5000, "²", "-1", ""])
def test_what_is_no_number_of_a_submission_was_never_read(client_of, people, cycle, read):
    answer = submitted_none(cycle, 1, people.operator)

    response = client_of(people.coordinator).post(reverse("check-accept", args=[answer.pk]), {"read": read})

    answer.refresh_from_db()
    assert response.status_code == 302
    assert answer.status == AnswerStatus.ACCEPTED


def test_check_list_asks_no_more_for_more_submissions(client_of, people, cycle):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, path = client_of(people.coordinator), reverse("check-list", args=[cycle.pk])
    submitted_none(cycle, 1, people.operator)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    submitted_none(cycle, 2, people.operator)
    submitted_none(cycle, 3, people.operator)
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
    first, second, third = (submitted_none(cycle, number, people.operator) for number in (1, 2, 3))
    client, filters = client_of(people.coordinator), f"opd={places.health.pk}&keadaan=lengkap"

    page = client.get(f"{reverse('check-detail', args=[second.pk])}?{filters}").text
    accepted = client.post(f"{reverse('check-accept', args=[second.pk])}?{filters}")

    assert "<b>2 dari 3</b> dalam daftar" in page
    assert f'href="{reverse("check-detail", args=[first.pk])}?{filters.replace("&", "&amp;")}"' in page
    assert accepted["Location"] == f"{reverse('check-detail', args=[third.pk])}?{filters}"


def test_last_of_the_list_leads_back_to_what_was_passed_over_and_then_to_the_list(client_of, people, cycle):
    first, second = submitted_none(cycle, 1, people.operator), submitted_none(cycle, 2, people.operator)
    client = client_of(people.coordinator)

    assert client.post(reverse("check-accept", args=[second.pk]))["Location"] == reverse(
        "check-detail", args=[first.pk]
    )
    assert client.post(reverse("check-accept", args=[first.pk]))["Location"] == reverse("check-list", args=[cycle.pk])


def test_own_submission_that_passed_is_called_so_on_its_page(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.vertical)
    answer = submitted_none(cycle, 1, people.coordinator)
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
    submitted_none(cycle, 1, people.operator)
    answer = answer_of(cycle, 2)
    content = {"form": "value", "numerator": D(31), "denominator": D(31)}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.operator)
    answers.submit(answer=answer, by=people.operator)
    checks.accept(answer=submitted_none(cycle, 3, people.operator), by=people.coordinator)

    page = client_of(people.coordinator).get(f"{reverse('check-list', args=[cycle.pk])}?{filters}").text

    assert {number for number in (1, 2, 3) if f"Rumusan indikator {number}." in page} == shown


def test_what_came_back_after_a_return_has_its_own_state(client_of, people, cycle):
    send_back(submitted_none(cycle, 1, people.operator), people.coordinator)
    submitted_none(cycle, 1, people.operator)
    submitted_none(cycle, 2, people.operator)

    page = client_of(people.coordinator).get(f"{reverse('check-list', args=[cycle.pk])}?keadaan=kembali").text

    assert "Rumusan indikator 1." in page
    assert "Rumusan indikator 2." not in page


def test_ticking_all_leaves_the_incomplete_ones_alone(client_of, people, cycle):
    complete = submitted_none(cycle, 1, people.operator)
    answer = answer_of(cycle, 2)
    content = {"form": "value", "numerator": D(31), "denominator": D(31)}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.operator)
    answers.submit(answer=answer, by=people.operator)

    page = client_of(people.coordinator).get(f"{reverse('check-list', args=[cycle.pk])}?pilih=semua")

    assert page.context["picked"] == {complete.pk}
    assert "1 dipilih" in page.text


def test_board_leads_to_the_check_of_what_waits(client_of, people, cycle):
    waiting, draft = submitted_none(cycle, 1, people.operator), answer_of(cycle, 2)

    page = client_of(people.coordinator).get(reverse("answer-list", args=[cycle.pk])).text

    assert f'href="{reverse("check-detail", args=[waiting.pk])}"' in page
    assert f'href="{reverse("answer-detail", args=[draft.pk])}"' in page


def test_whoever_answers_on_behalf_goes_on_in_that_agencys_list(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.vertical)
    answer = answer_of(cycle, 1)
    content = {"form": "none", "reason": "Belum dilaksanakan."}
    answers.save_draft(answer=answer, content=content, seen_revision=0, by=people.coordinator)

    response = client_of(people.coordinator).post(reverse("answer-submit", args=[answer.pk]), follow=True)

    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == f"{reverse('answer-list', args=[cycle.pk])}?opd={places.vertical.pk}"
    assert Answer.objects.get(pk=answer.pk).status == AnswerStatus.SUBMITTED


def test_reviewer_reads_what_became_of_the_check_of_each_submission(client_of, people, cycle):
    passed, returned, unread = (submitted_none(cycle, number, people.operator) for number in (1, 2, 3))
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
