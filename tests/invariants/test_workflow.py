"""Every cell of the tables: which status may follow which, and what the pages say of it."""

import ast
import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.audit import SENTENCES
from accounts.models import AccessEntry
from assessment.enums import AnswerStatus, CycleStatus, ProblemStatus
from assessment.models import Answer, CorrectionRound, Cycle, Problem, Return
from assessment.refusals import TransitionRefusedError
from assessment.workflow import ANSWER_STEPS, CYCLE_STEPS, PROBLEM_STEPS, perform
from tests.factories.assessment import answer_of, open_cycle
from tests.factories.problems import problem_of
from tests.factories.verification import decide_all

ROOT = Path(__file__).parent.parent.parent
ACTORS = {
    "ready": "operator", "take_back": "operator", "hand_back": "head", "submit": "head", "withdraw": "operator",
    "accept": "coordinator", "return": "coordinator", "verify": "reviewer", "reopen": "reviewer",
    "start_filling": "coordinator", "send": "coordinator", "reject": "reviewer", "start_verification": "reviewer",
    "cancel": "coordinator", "propose": "reviewer", "fix": "second_reviewer", "give_back": "second_reviewer",
    "announce": "coordinator",
}  # fmt: skip
# From design.md section 4, not from the code: step → statuses it starts from → where it leads, while filling.
FILLING = {
    "ready": {"draft": "ready", "returned": "ready"},
    "take_back": {"ready": "draft"},
    "hand_back": {"ready": "draft"},
    "submit": {"draft": "submitted", "returned": "submitted", "ready": "submitted"},
    "withdraw": {"submitted": "draft"},
    "accept": {"submitted": "accepted"},
    "return": {"submitted": "returned", "accepted": "returned"},
    "verify": {},
    "reopen": {},
}
VERIFICATION = {
    **{name: {} for name in FILLING},
    "verify": dict.fromkeys(AnswerStatus.values, "verified"),
    "reopen": dict.fromkeys(AnswerStatus.values, "returned"),
}
CYCLES = {
    "start_filling": {"preparation": "filling"},
    "send": {"filling": "submitted"},
    "reject": {"submitted": "filling"},
    "start_verification": {"submitted": "verification"},
    "propose": {"verification": "proposed"},
    "fix": {"proposed": "finalised"},
    "give_back": {"proposed": "verification"},
    "announce": {"finalised": "announced"},
    "cancel": dict.fromkeys(["preparation", "filling", "submitted", "verification", "proposed"], "cancelled"),
}


PROBLEMS = {
    "respond": {"open": "responded"},
    "resolve": {"responded": "resolved"},
    "reopen": {"responded": "open"},
}


@pytest.fixture
def answer(people, places, region):
    """An answer that was submitted once, so that every status is possible."""
    from assessment.actions import answers

    cycle = open_cycle(region, agency=places.health)
    row = answer_of(cycle, 1)
    answers.save_draft(answer=row, content={"form": "none", "reason": "x"}, seen_revision=0, by=people.operator)
    answers.submit(answer=row, by=people.operator)
    Cycle.objects.filter(pk=cycle.pk).update(heads_endorse=True)
    return row


def attempt(obj, step, *, by) -> str:
    """Where the step leads, or nothing where it is refused; undone in any case."""
    with transaction.atomic():
        try:
            perform(obj, step, by=by, note="Alasan.")
        except TransitionRefusedError:
            return ""
        else:
            return obj.status
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize(("phase", "table"), [("filling", FILLING), ("verification", VERIFICATION)])
@pytest.mark.parametrize("name", FILLING)
def test_every_cell_of_the_answers_table(phase, table, name, answer, people):
    actor = getattr(people, ACTORS[name])
    Cycle.objects.filter(pk=answer.cycle_id).update(status=phase)

    found = {}
    for status in AnswerStatus.values:
        Answer.objects.filter(pk=answer.pk).update(status=status, came_from="draft")
        target = attempt(answer_of(answer.cycle, 1), ANSWER_STEPS[name], by=actor)
        if target:
            found[status] = target

    assert found == table[name]


@pytest.mark.parametrize("name", FILLING)
@pytest.mark.parametrize("phase", ["preparation", "submitted", "proposed", "finalised", "announced", "cancelled"])
def test_no_answer_moves_in_any_other_phase(phase, name, answer, people):
    Cycle.objects.filter(pk=answer.cycle_id).update(status=phase)

    for status in AnswerStatus.values:
        Answer.objects.filter(pk=answer.pk).update(status=status)
        assert attempt(answer_of(answer.cycle, 1), ANSWER_STEPS[name], by=getattr(people, ACTORS[name])) == ""


@pytest.mark.parametrize("name", CYCLES)
def test_every_cell_of_the_cycles_table(name, answer, people):
    if name == "propose":
        Cycle.objects.filter(pk=answer.cycle_id).update(status="verification")
        decide_all(answer.cycle, people.reviewer)
    found = {}
    for status in CycleStatus.values:
        Cycle.objects.filter(pk=answer.cycle_id).update(status=status)
        cycle = Cycle.objects.select_related("region").get(pk=answer.cycle_id)
        target = attempt(cycle, CYCLE_STEPS[name], by=getattr(people, ACTORS[name]))
        if target:
            found[status] = target

    assert found == CYCLES[name]


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_cell_of_the_problems_table(name, people, places):
    problem = problem_of(places.health, people.coordinator)
    actor = people.operator if name == "respond" else people.reviewer

    found = {}
    for status in ProblemStatus.values:
        Problem.objects.filter(pk=problem.pk).update(status=status)
        target = attempt(Problem.objects.get(pk=problem.pk), PROBLEM_STEPS[name], by=actor)
        if target:
            found[status] = target

    assert found == PROBLEMS[name]


@pytest.mark.parametrize("name", [*FILLING, *CYCLES])
def test_nobody_from_elsewhere_takes_a_step(name, answer, people):
    step = (ANSWER_STEPS | CYCLE_STEPS)[name]
    obj = answer if name in ANSWER_STEPS else answer.cycle
    for status in step.sources:
        type(obj).objects.filter(pk=obj.pk).update(status=status)
        for person in ("other_operator", "other_coordinator", "far_coordinator", "far_reviewer", "observer", "leader",
                       "administrator", "supporter"):  # fmt: skip
            with pytest.raises(TransitionRefusedError), transaction.atomic():
                perform(obj, step, by=getattr(people, person), note="x")


def test_reviewer_waits_for_what_an_open_round_awaits(answer, people):
    Cycle.objects.filter(pk=answer.cycle_id).update(status="verification")
    now = timezone.now()
    running = CorrectionRound.objects.create(
        cycle=answer.cycle, number=1, opened_by=people.reviewer, opened_at=now, closes_at=now + dt.timedelta(hours=48)
    )
    Return.objects.create(
        answer=answer, submission=answer.last_submission, round=running, reader="reviewer",
        returned_by=people.reviewer, closes_at=running.closes_at,
    )  # fmt: skip
    Answer.objects.filter(pk=answer.pk).update(status="returned")

    awaited = attempt(answer_of(answer.cycle, 1), ANSWER_STEPS["verify"], by=people.reviewer)
    sent = attempt(answer_of(answer.cycle, 1), ANSWER_STEPS["submit"], by=people.head)
    Answer.objects.filter(pk=answer.pk).update(status="submitted")
    back = attempt(answer_of(answer.cycle, 1), ANSWER_STEPS["verify"], by=people.reviewer)
    CorrectionRound.objects.update(opened_at=now - dt.timedelta(hours=49), closes_at=now - dt.timedelta(hours=1))
    Answer.objects.filter(pk=answer.pk).update(status="returned")
    closed = attempt(answer_of(answer.cycle, 1), ANSWER_STEPS["submit"], by=people.head)

    assert (awaited, sent, back, closed) == ("", "submitted", "verified", "")


def test_nobody_decides_on_the_regency_where_he_or_she_worked(answer, people, places):
    from tests.factories.accounts import MembershipFactory

    Cycle.objects.filter(pk=answer.cycle_id).update(status="verification")
    MembershipFactory(user=people.reviewer, role="operator", place=places.education, ended_at=timezone.now())
    vars(people.reviewer).pop("_memberships_now", None)

    assert attempt(answer_of(answer.cycle, 1), ANSWER_STEPS["verify"], by=people.reviewer) == ""
    assert attempt(answer_of(answer.cycle, 1), ANSWER_STEPS["verify"], by=people.second_reviewer) == "verified"


def test_needed_note_is_asked_for(answer, people):
    Answer.objects.filter(pk=answer.pk).update(status="ready")

    with pytest.raises(TransitionRefusedError, match="Tulis alasannya"), transaction.atomic():
        perform(answer_of(answer.cycle, 1), ANSWER_STEPS["hand_back"], by=people.head, note="  ")


def test_every_verb_has_its_words():
    steps = {step.verb for table in (ANSWER_STEPS, CYCLE_STEPS, PROBLEM_STEPS) for step in table.values()}
    written = set()
    for path in [*ROOT.glob("accounts/**/*.py"), *ROOT.glob("assessment/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "verb" and isinstance(node.value, ast.Constant):
                written.add(node.value.value)

    assert (steps | written) - set(SENTENCES) == set()
    assert len(written) > 10


def test_no_migration_is_missing(db):
    out = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=out)

    assert "No changes detected" in out.getvalue() or out.getvalue() == ""


def test_status_is_set_in_the_workflow_and_nowhere_else():
    for path in [*ROOT.glob("assessment/**/*.py")]:
        if "migrations" in path.parts or path.name == "workflow.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            assert not any(isinstance(item, ast.Attribute) and item.attr == "status" for item in targets), path


def test_refusals_are_logged(client_of, people):
    client_of(people.operator).get("/orang/")
    client_of(people.operator).get("/tidak-ada/")

    assert sorted(AccessEntry.objects.filter(kind="refused").values_list("detail", flat=True)) == ["403", "404"]
