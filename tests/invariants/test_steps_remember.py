"""What a step leaves behind beside the new status: whence the answer came, and that the row has changed."""

import pytest
from django.utils import timezone

from assessment.actions import answers
from assessment.facts.clocks import Clocks
from assessment.models import Answer, Cycle, Return
from assessment.workflow import ANSWER_STEPS, CYCLE_STEPS, perform
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.verification import close, open_round, send_back, start, submitted
from tests.invariants.test_workflow import ACTORS
from tests.kept import kept


@kept
def cycle(people, places, region):
    """A year in which heads endorse; the head has submitted the first answer."""
    made = open_cycle(region, agency=places.health, heads_endorse=True)
    submitted(made, 1, people.head)
    return made


@kept
def returned(people, cycle):
    """The coordinator has returned the answer, with a note and an hour."""
    return send_back(answer_of(cycle, 1), people.coordinator)


def take_back(answer, people) -> None:
    answers.take_back(answer=answer, by=people.operator)


def hand_back(answer, people) -> None:
    answers.hand_back(answer=answer, note="Periksa lagi.", by=people.head)


@pytest.mark.parametrize("back", [take_back, hand_back])
def test_returned_answer_comes_back_from_the_head_as_returned(back, returned, cycle, people, client_of):
    answers.make_ready(answer=answer_of(cycle, 1), by=people.operator)

    back(answer_of(cycle, 1), people)

    answer = answer_of(cycle, 1)
    page = client_of(people.operator).get(f"/jawaban/{answer.pk}/").text
    assert (answer.status, answer.returned_until) == ("returned", returned.closes_at)
    assert "Lengkapi alasannya." in page


@pytest.mark.parametrize("back", [take_back, hand_back])
def test_new_answer_comes_back_from_the_head_as_a_draft(back, cycle, people):
    answer = answer_of(cycle, 3)
    answers.save_draft(answer=answer, content={"form": "none", "reason": "x"}, seen_revision=0, by=people.operator)
    answers.make_ready(answer=answer, by=people.operator)

    back(answer_of(cycle, 3), people)

    assert answer_of(cycle, 3).status == "draft"


def test_withdrawn_answer_is_returned_again_where_it_was_returned(returned, cycle, people):
    first = returned.submission_id
    answers.make_ready(answer=answer_of(cycle, 1), by=people.operator)
    answers.submit(answer=answer_of(cycle, 1), by=people.head)

    answers.withdraw(answer=answer_of(cycle, 1), by=people.operator)

    answer = answer_of(cycle, 1)
    assert (answer.status, answer.last_submission_id) == ("returned", first)
    assert Return.objects.filter(answer=answer).count() == 1


def test_withdrawn_answer_is_a_draft_again_where_it_was_one(cycle, people):
    answers.withdraw(answer=answer_of(cycle, 1), by=people.operator)

    answer = answer_of(cycle, 1)
    assert (answer.status, answer.last_submission_id) == ("draft", None)


@pytest.mark.parametrize("name", ANSWER_STEPS)
def test_every_step_of_an_answer_raises_its_revision(name, cycle, people):
    step = ANSWER_STEPS[name]
    if name in ("verify", "reopen"):
        Cycle.objects.filter(pk=cycle.pk).update(status="verification")
    Answer.objects.filter(cycle=cycle, indicator__number=1).update(status=step.sources[0], came_from="draft")
    before = answer_of(cycle, 1).revision

    perform(answer_of(cycle, 1), step, by=getattr(people, ACTORS[name]), note="Alasan.")

    assert answer_of(cycle, 1).revision == before + 1


@pytest.mark.parametrize("name", sorted(set(CYCLE_STEPS) - {"propose"}))
def test_every_step_of_a_cycle_raises_its_version(name, cycle, people):
    step = CYCLE_STEPS[name]
    Cycle.objects.filter(pk=cycle.pk).update(status=step.sources[0])
    before = Cycle.objects.get(pk=cycle.pk)

    perform(Cycle.objects.get(pk=cycle.pk), step, by=getattr(people, ACTORS[name]), note="Alasan.")

    assert Cycle.objects.get(pk=cycle.pk).version == before.version + 1


def test_whoever_read_the_answer_before_a_step_does_not_overwrite_it(returned, cycle, people):
    read = answer_of(cycle, 1).revision
    answers.make_ready(answer=answer_of(cycle, 1), by=people.operator)
    answers.take_back(answer=answer_of(cycle, 1), by=people.operator)

    with pytest.raises(answers.ConflictError):
        answers.save_draft(answer=answer_of(cycle, 1), content={"note": "Lama"}, seen_revision=read, by=people.operator)


@pytest.mark.parametrize(
    ("status", "came_from", "expected"),
    [
        ("returned", "", True),
        ("ready", "returned", True),
        ("ready", "draft", False),
        ("draft", "returned", False),
        ("submitted", "returned", False),
        ("verified", "returned", False),
    ],
)
def test_what_a_round_leaves_with_agency_or_head_was_not_sent_again(status, came_from, expected, cycle, people):
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    opened = open_round(cycle, (1,), people.reviewer)
    Answer.objects.filter(cycle=cycle, indicator__number=1).update(status=status, came_from=came_from)
    answer = answer_of(cycle, 1)
    running = Clocks.of(cycle).not_sent_again(answer, timezone.now())

    close(opened)

    assert (running, Clocks.of(cycle).not_sent_again(answer, timezone.now())) == (False, expected)
