"""An answer on its way: submitted, endorsed by the head, handed back, taken back."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from assessment.actions import answers, checks
from assessment.enums import AnswerStatus, NotePart
from assessment.facts.returns import Note
from assessment.models import Answer, PackageItem, Submission
from assessment.refusals import TransitionRefusedError
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.filling import filled, save
from tests.factories.verification import send
from tests.kept import kept

D = Decimal


def test_submission_freezes_value_points_and_what_is_missing(people, cycle, ratio):
    save(ratio, people.operator, numerator=D(24), denominator=D(31))

    submission = answers.submit(answer=ratio, by=people.operator)

    assert (submission.points, submission.achievement) == (5, D("77.42"))
    assert submission.missing == ["Laporan 2"]
    assert submission.submitted_as == "Operator OPD · Dinas Kesehatan"
    assert ratio.status == AnswerStatus.SUBMITTED
    assert ratio.last_submission == submission
    with pytest.raises(TypeError):
        submission.save()


def test_nothing_is_submitted_without_a_value(client_of, people, ratio):
    response = client_of(people.operator).post(reverse("answer-submit", args=[ratio.pk]), follow=True)

    assert "Belum ada jawaban yang dapat diajukan" in response.text
    assert Submission.objects.count() == 0


def test_incomplete_answer_is_submitted_after_naming_what_is_missing(client_of, people, ratio):
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    client, path = client_of(people.operator), reverse("answer-submit", args=[ratio.pk])

    asked = client.get(path)
    client.post(path)

    ratio.refresh_from_db()
    assert "Kurang: Laporan 2." in asked.text
    assert "walau belum lengkap" in asked.text
    assert ratio.status == AnswerStatus.SUBMITTED


def test_withdrawn_answer_opens_again_and_the_submission_stays(client_of, people, ratio):
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    answers.submit(answer=ratio, by=people.operator)

    client_of(people.operator).post(reverse("answer-step", args=[ratio.pk, "withdraw"]))

    ratio.refresh_from_db()
    assert ratio.status == AnswerStatus.DRAFT
    assert ratio.submissions.count() == 1
    assert client_of(people.leader).get(reverse("answer-detail", args=[ratio.pk])).status_code == 404


def test_package_carries_what_stands_after_a_withdrawal(people, cycle, ratio):
    """A withdrawn submission is no part of it; the one that was returned before it stands again."""
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    answers.submit(answer=ratio, by=people.operator)
    first = ratio.last_submission
    notes, closes_at = [Note(NotePart.VALUE, "Periksa lagi.")], timezone.now() + dt.timedelta(days=1)
    checks.send_back(answer=ratio, notes=notes, closes_at=closes_at, by=people.coordinator)
    save(ratio, people.operator, numerator=D(25), denominator=D(31))
    answers.submit(answer=ratio, by=people.operator)
    answers.withdraw(answer=ratio, by=people.operator)
    choice = answer_of(cycle, 1)
    save(choice, people.operator, form="none", reason="Belum ada perdanya.")
    answers.submit(answer=choice, by=people.operator)
    answers.withdraw(answer=choice, by=people.operator)

    send(cycle, people.coordinator)

    assert [item.submission for item in PackageItem.objects.all()] == [first]


def test_what_was_handed_up_is_not_asked_to_be_handed_up_again(client_of, people, ratio):
    save(ratio, people.operator, form="none", reason="Belum ada.")
    client, asked = client_of(people.operator), reverse("answer-submit", args=[ratio.pk])
    before = client.get(asked).status_code
    answers.submit(answer=ratio, by=people.operator)

    assert before == 200
    assert client.get(asked)["Location"] == reverse("answer-detail", args=[ratio.pk])


def test_submitted_answer_cannot_be_changed(people, ratio):
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    answers.submit(answer=ratio, by=people.operator)

    with pytest.raises(TransitionRefusedError, match="tarik kembali lebih dulu"):
        save(ratio, people.operator, numerator=D(25))


def test_all_complete_answers_go_together(client_of, people, cycle):
    for number, content in (
        (1, {"form": "none", "reason": "Belum ada perdanya."}),
        (3, {"number": D(50), "reason": "x"}),
    ):
        save(answer_of(cycle, number), people.operator, **content)

    client_of(people.operator).post(reverse("task-submit-all", args=[cycle.pk]))

    statuses = dict(Answer.objects.filter(cycle=cycle).values_list("indicator__number", "status"))
    assert statuses == {1: "submitted", 2: "draft", 3: "submitted"}


def test_only_the_head_submits_where_heads_endorse(client_of, people, region, places):
    cycle = open_cycle(region, agency=places.health, heads_endorse=True)
    ratio = answer_of(cycle, 2)
    save(ratio, people.operator, numerator=D(24), denominator=D(31))

    asked = client_of(people.operator).post(reverse("answer-submit", args=[ratio.pk]))
    ratio.refresh_from_db()
    waiting = ratio.status
    client_of(people.head).post(reverse("answer-submit", args=[ratio.pk]))

    ratio.refresh_from_db()
    assert asked.status_code == 302
    assert waiting == AnswerStatus.READY
    assert ratio.status == AnswerStatus.SUBMITTED
    assert ratio.last_submission.endorsed
    assert people.head.notices.filter(text__contains="menunggu pengesahan").count() == 1


def test_head_hands_back_with_a_note_that_reaches_the_operator(client_of, people, region, places):
    ratio = answer_of(open_cycle(region, agency=places.health, heads_endorse=True), 2)
    save(ratio, people.operator, numerator=D(24), denominator=D(31))
    answers.make_ready(answer=ratio, by=people.operator)
    path = reverse("answer-hand-back", args=[ratio.pk])

    refused = client_of(people.head).post(path, {"note": " "})
    client_of(people.head).post(path, {"note": "Angkanya belum cocok."})

    ratio.refresh_from_db()
    assert refused.status_code == 422
    assert ratio.status == AnswerStatus.DRAFT
    assert people.operator.notices.get(kind="return").text.endswith("Angkanya belum cocok.")
    assert client_of(people.operator).post(path, {"note": "x"}).status_code == 403


def test_instansi_vertikal_never_waits_for_a_head(people, region, places):
    ratio = answer_of(open_cycle(region, agency=places.vertical, heads_endorse=True), 2)
    Membership.objects.create(user=people.supporter, role=Role.OPERATOR, agency=places.vertical)
    save(ratio, people.supporter, numerator=D(24), denominator=D(31))

    answers.submit(answer=ratio, by=people.supporter)

    assert not ratio.last_submission.endorsed


@pytest.mark.django_db(transaction=True)
def test_a_save_does_not_slip_past_a_submission_of_the_same_moment(people, region, places):
    """Two people at once, ten times: whatever was frozen is what the draft said, and nobody overwrites silently."""
    cycle = open_cycle(region, agency=places.health)
    ratio = answer_of(cycle, 2)
    save(ratio, people.operator, numerator=D(1), denominator=D(31))
    outcomes = []

    def attempt(work):
        try:
            work()
            outcomes.append("done")
        except (TransitionRefusedError, answers.ConflictError):
            outcomes.append("refused")
        finally:
            connections.close_all()

    def saving():
        save(answer_of(cycle, 2), people.head, numerator=D(2), denominator=D(31))

    def submitting():
        answers.submit(answer=answer_of(cycle, 2), by=people.operator)

    threads = [threading.Thread(target=attempt, args=[work]) for work in (saving, submitting) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ratio.refresh_from_db()
    assert outcomes.count("done") >= 1
    assert Submission.objects.count() == 1
    assert ratio.last_submission.numerator == ratio.numerator


@kept
def endorsed_cycle(region, places):
    return open_cycle(region, agency=places.health, heads_endorse=True)


def test_operator_hands_everything_complete_up_in_one_step(client_of, people, endorsed_cycle):
    filled(endorsed_cycle, people, 1, 2)

    client_of(people.operator).post(reverse("task-submit-all", args=[endorsed_cycle.pk]))

    assert [answer_of(endorsed_cycle, number).status for number in (1, 2, 3)] == ["ready", "ready", "draft"]
    told = people.head.notices.get(text__contains="menunggu pengesahan")
    assert told.text.endswith(": 2 indikator menunggu pengesahan Anda, nomor 1, 2.")


def test_head_endorses_what_was_asked_for_and_no_drafts(client_of, people, endorsed_cycle):
    filled(endorsed_cycle, people, 1, 2)
    answers.make_ready(answer=answer_of(endorsed_cycle, 1), by=people.operator)

    page = client_of(people.head).get(reverse("task-list")).text
    client_of(people.head).post(reverse("task-submit-all", args=[endorsed_cycle.pk]))

    assert "Sahkan dan ajukan 1 indikator" in page
    assert [answer_of(endorsed_cycle, number).status for number in (1, 2)] == ["submitted", "draft"]


def test_heads_words_stand_on_the_answer_until_it_is_handed_up_again(client_of, people, endorsed_cycle):
    filled(endorsed_cycle, people, 1)
    answer = answer_of(endorsed_cycle, 1)
    answers.make_ready(answer=answer, by=people.operator)
    answers.hand_back(answer=answer, note="Sebutkan sumbernya.", by=people.head)
    path = reverse("answer-detail", args=[answer.pk])

    back = client_of(people.operator).get(path).text
    answers.make_ready(answer=answer, by=people.operator)
    again = client_of(people.operator).get(path).text

    assert "Dikembalikan Kepala OPD" in back
    assert "Dikembalikan Kepala OPD" not in again


def test_empty_answer_is_not_offered_for_submitting(client_of, people, cycle):
    page = client_of(people.operator).get(reverse("answer-submit", args=[answer_of(cycle, 1).pk])).text

    assert "Isi jawabannya dahulu" in page
    assert "walau belum lengkap" not in page
