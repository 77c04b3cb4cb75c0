"""A step taken: where it leads back to, what it writes, and the sentence of each guard."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.audit import history
from accounts.permissions import refusal
from assessment.enums import AnswerStatus, CycleStatus
from assessment.facts.clocks import Clocks
from assessment.models import Answer, Cycle, EndorsementException, PendingReturn, Problem
from assessment.refusals import TransitionRefusedError
from assessment.workflow import ANSWER_STEPS, CYCLE_STEPS, PROBLEM_STEPS, Situation, available, blocked, perform
from assessment.workflow.guards import DEADLINE_PAST
from assessment.workflow.machines import NOTE_NEEDED
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.problems import problem_of
from tests.factories.verification import decide_all, open_round, start, submitted

AT = dt.datetime(2026, 3, 3, 3, tzinfo=dt.UTC)


@pytest.fixture
def cycle(people, places, region) -> Cycle:
    """A year in which the head endorses."""
    return open_cycle(region, agency=places.health, heads_endorse=True)


@pytest.fixture
def answer(cycle, people) -> Answer:
    """An answer that was submitted once, so that every status is possible."""
    submitted(cycle, 1, people.head)
    return answer_of(cycle, 1)


def put(answer, **fields) -> Answer:
    Answer.objects.filter(pk=answer.pk).update(**fields)
    return answer_of(answer.cycle, answer.indicator.number)


def step(obj, name, by, **given):
    with transaction.atomic():
        perform(obj, {**ANSWER_STEPS, **CYCLE_STEPS, **PROBLEM_STEPS}[name], by=by, at=AT, **given)


def refused(obj, name, by, at=None, note="x") -> str:
    """The sentence that a step is refused with."""
    with pytest.raises(TransitionRefusedError) as error, transaction.atomic():
        perform(obj, {**ANSWER_STEPS, **CYCLE_STEPS, **PROBLEM_STEPS}[name], by=by, at=at, note=note)
    return str(error.value)


@pytest.mark.parametrize("whence", [AnswerStatus.DRAFT, AnswerStatus.RETURNED])
@pytest.mark.parametrize("back", ["take_back", "hand_back"])
def test_answer_goes_back_from_the_head_to_where_it_came_from(back, whence, answer, people):
    row = put(answer, status=whence, came_from="", returned_until=timezone.now() + dt.timedelta(days=99))
    with transaction.atomic():
        perform(row, ANSWER_STEPS["ready"], by=people.operator)
        perform(row, ANSWER_STEPS[back], by=people.head, note="x")

    assert (row.status, row.came_from) == (whence, whence)


@pytest.mark.parametrize("whence", [AnswerStatus.DRAFT, AnswerStatus.RETURNED])
def test_submission_is_withdrawn_to_where_it_came_from_also_past_the_head(whence, answer, people):
    for by_way_of_the_head in (True, False):
        row = put(answer, status=whence, came_from="", returned_until=timezone.now() + dt.timedelta(days=99))
        with transaction.atomic():
            if by_way_of_the_head:
                perform(row, ANSWER_STEPS["ready"], by=people.operator)
            perform(row, ANSWER_STEPS["submit"], by=people.head)
            perform(row, ANSWER_STEPS["withdraw"], by=people.operator)

        assert row.status == whence


def test_answer_whose_way_is_not_known_becomes_a_draft(answer, people):
    row = put(answer, status=AnswerStatus.READY, came_from="")

    step(row, "take_back", people.operator)

    assert row.status == AnswerStatus.DRAFT


def test_what_the_coordinator_does_says_nothing_of_whence_it_came(answer, people):
    row = put(answer, status=AnswerStatus.SUBMITTED, came_from="draft")

    step(row, "return", people.coordinator)

    assert (row.status, row.came_from) == ("returned", "draft")


def test_each_step_makes_what_others_have_open_older(answer, people):
    cycle = answer.cycle
    revision, version = answer.revision, cycle.version

    step(put(answer, status=AnswerStatus.DRAFT), "ready", people.operator)
    step(Cycle.objects.get(pk=cycle.pk), "cancel", people.coordinator, note="x")

    assert answer_of(cycle, 1).revision == revision + 1
    assert Cycle.objects.get(pk=cycle.pk).version == version + 1


def test_step_writes_its_other_fields_and_the_trail_with_note_and_hour(answer, people):
    row = put(answer, status=AnswerStatus.READY, came_from="draft")

    step(row, "hand_back", people.head, note="Periksa lagi.", changes={"returned_until": AT})

    event = history(row).first()
    assert row.returned_until == AT
    assert (event.at, event.verb, event.region, event.actor) == (
        AT, "answer.handed_back", row.cycle.region, people.head,
    )  # fmt: skip
    assert event.payload.data == {"before": {"status": "ready"}, "after": {"status": "draft"}, "note": "Periksa lagi."}


def test_inward_note_does_not_stand_in_the_sentence(cycle, people):
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.PROPOSED)
    cycle.refresh_from_db()

    step(cycle, "give_back", people.second_reviewer, note="Hanya untuk kantor.")

    data = history(cycle).first().payload.data
    assert (data["note"], data["after"]) == ("", {"status": "verification", "reason": "Hanya untuk kantor."})


def test_step_of_a_problem_is_written_to_its_regions_trail(people, places):
    problem = problem_of(places.health, people.coordinator)

    step(problem, "respond", people.operator)

    assert history(problem).first().region == places.serang


@pytest.mark.parametrize(
    ("name", "status", "actor"),
    [("hand_back", "ready", "head"), ("reject", "submitted", "reviewer"), ("give_back", "proposed", "reviewer"),
     ("cancel", "filling", "coordinator"), ("reopen", "responded", "reviewer")],
)  # fmt: skip
def test_sending_back_and_cancelling_need_a_note(name, status, actor, answer, people, places):
    table = PROBLEM_STEPS if name == "reopen" else {**ANSWER_STEPS, **CYCLE_STEPS}
    problem = problem_of(places.health, people.coordinator)
    row = problem if name == "reopen" else answer if name in ANSWER_STEPS else answer.cycle
    type(row).objects.filter(pk=row.pk).update(status=status)
    row = type(row).objects.select_related("region" if row is not answer else "cycle__region").get(pk=row.pk)
    by = getattr(people, actor)

    assert blocked(row, table[name], by=by, situation=situation(row), note=" ") == NOTE_NEEDED
    assert blocked(row, table[name], by=by, situation=situation(row), note="x") == ""
    assert blocked(row, table[name], by=by, situation=situation(row)) == ""


def situation(row, at=None) -> Situation:
    cycle = None if isinstance(row, Problem) else row if isinstance(row, Cycle) else row.cycle
    return Situation(row, Clocks.of(cycle) if cycle else None, at or timezone.now())


@pytest.mark.parametrize("name", ["submit", "accept", "verify", "send", "propose", "fix", "announce"])
def test_other_steps_need_none(name):
    assert not {**ANSWER_STEPS, **CYCLE_STEPS}[name].needs_note


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("submitted", "Paket sudah diserahkan"), ("verification", "Paket sudah diserahkan"),
     ("preparation", "selama pengisian"), ("finalised", "selama pengisian")],
)  # fmt: skip
def test_closed_answer_says_why(status, sentence, answer, people):
    row = put(answer, status=AnswerStatus.DRAFT)
    Cycle.objects.filter(pk=row.cycle_id).update(status=status)

    assert sentence in refused(row, "ready", people.operator)


def test_answer_past_its_hour_says_whom_to_ask(answer, people):
    row = put(answer, status=AnswerStatus.DRAFT)

    assert "Minta perpanjangan" in refused(row, "ready", people.operator, at=row.cycle.filling_deadline)


def test_filling_does_not_start_at_or_after_its_end(cycle, people):
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.PREPARATION)
    cycle.refresh_from_db()

    assert refused(cycle, "start_filling", people.coordinator, at=cycle.filling_deadline) == DEADLINE_PAST
    step(cycle, "start_filling", people.coordinator)
    assert cycle.status == CycleStatus.FILLING


def test_recorded_year_has_no_hour_that_could_have_passed(cycle, people):
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.PREPARATION, recorded=True, source="x",
                                             filling_deadline=None)  # fmt: skip
    cycle.refresh_from_db()

    assert blocked(cycle, CYCLE_STEPS["start_filling"], by=people.coordinator, situation=situation(cycle)) == ""


@pytest.mark.parametrize("name", ["withdraw", "accept", "return"])
def test_regency_moves_its_answers_in_filling_only(name, answer, people):
    Cycle.objects.filter(pk=answer.cycle_id).update(status=CycleStatus.VERIFICATION)
    by = people.operator if name == "withdraw" else people.coordinator

    assert "selama pengisian" in refused(answer, name, by)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("filling", "belum dimulai"), ("submitted", "belum dimulai"), ("proposed", "terkunci"),
     ("finalised", "tidak berubah lagi"), ("announced", "diumumkan"), ("cancelled", "dibatalkan")],
)  # fmt: skip
def test_decision_outside_verification_says_why(status, sentence, answer, people):
    Cycle.objects.filter(pk=answer.cycle_id).update(status=status)

    assert sentence in refused(answer, "verify", people.reviewer)


@pytest.fixture
def verification(cycle, people) -> Cycle:
    Cycle.objects.filter(pk=cycle.pk).update(heads_endorse=False)
    cycle.refresh_from_db()
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return cycle


def test_result_waits_for_every_decision_then_for_what_was_noted(verification, people):
    undecided = refused(verification, "propose", people.reviewer)
    decide_all(verification, people.reviewer)
    PendingReturn.objects.create(answer=answer_of(verification, 2), notes=[], noted_by=people.reviewer)
    noted = refused(verification, "propose", people.reviewer)
    PendingReturn.objects.all().delete()
    step(verification, "propose", people.reviewer)

    assert "Masih 3 indikator" in undecided
    assert "Masih 1 catatan" in noted
    assert verification.status == CycleStatus.PROPOSED


def test_note_in_another_year_holds_nothing_up(verification, people, places):
    other = open_cycle(places.lebak, agency=places.other_health, revision=verification.revision)
    PendingReturn.objects.create(answer=answer_of(other, 1), notes=[], noted_by=people.reviewer)
    decide_all(verification, people.reviewer)

    step(verification, "propose", people.reviewer)

    assert verification.status == CycleStatus.PROPOSED


def test_result_waits_for_a_round_that_runs(verification, people):
    decide_all(verification, people.reviewer)
    open_round(verification, (1,), people.reviewer)

    assert "putaran perbaikan yang berjalan" in refused(verification, "propose", people.reviewer)


def test_step_from_elsewhere_names_the_status_and_the_right_comes_first(answer, people):
    assert "tidak berlaku selama status" in refused(answer, "ready", people.operator)
    assert refused(answer, "accept", people.operator) == refusal("assessment.decide_answer")


def test_steps_that_can_be_taken_are_those_that_fit_and_that_one_has_the_right_to(answer, people):
    draft = put(answer, status=AnswerStatus.DRAFT)

    assert available(draft, to=people.operator) == {"ready": ""}
    assert available(draft, to=people.head) == {"ready": "", "submit": ""}
    assert available(draft, to=people.leader) == {}
    assert "Minta perpanjangan" in available(draft, to=people.operator, at=draft.cycle.filling_deadline)["ready"]
    assert available(draft.cycle, to=people.coordinator) == {"send": "", "cancel": ""}


def test_steps_of_a_problem_need_no_year(people, places):
    problem = problem_of(places.health, people.coordinator)

    assert available(problem, to=people.operator) == {"respond": ""}
    assert available(problem, to=people.reviewer) == {}


def test_where_no_head_endorses_nobody_is_asked(answer, people, places):
    EndorsementException.objects.create(cycle=answer.cycle, agency=places.health, reason="x")
    draft = put(answer, status=AnswerStatus.DRAFT)

    assert available(draft, to=people.operator) == {"submit": ""}


def test_step_is_judged_by_what_is_stored_and_not_by_what_was_read(answer, people):
    old = put(answer, status=AnswerStatus.DRAFT)
    Answer.objects.filter(pk=old.pk).update(status=AnswerStatus.READY, came_from="returned")
    with transaction.atomic():
        old.status = AnswerStatus.READY
        old.came_from = "draft"
        perform(old, ANSWER_STEPS["take_back"], by=people.operator)

    assert old.status == AnswerStatus.RETURNED


def test_verification_says_nothing_of_whence_an_answer_came(verification, people):
    row = put(answer_of(verification, 1), status=AnswerStatus.RETURNED, came_from="draft")

    step(row, "verify", people.reviewer)

    assert (row.status, row.came_from) == ("verified", "draft")


def test_step_of_one_problem_leaves_the_others_alone(people, places):
    first, second = (problem_of(places.health, people.coordinator) for _each in range(2))

    step(first, "respond", people.operator)

    second.refresh_from_db()
    assert (first.status, second.status) == ("responded", "open")
