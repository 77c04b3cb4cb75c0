"""What each `visible_to` shows where something could leak: two years of one catalogue, two regencies, two offices."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Succession
from accounts.roles import Role
from assessment.actions import answers, packages
from assessment.actions.citations import Reference, cite
from assessment.dossier import take_snapshot
from assessment.enums import Audience, CycleStatus, Outcome
from assessment.models import (
    Answer,
    Assignment,
    Citation,
    Cycle,
    Evidence,
    InstrumentDraft,
    IssuedDocument,
    Problem,
    ProblemResponse,
    Result,
    ResultDecision,
    Review,
    Submission,
)
from tests.factories import hostile
from tests.factories.accounts import AgencyFactory, MembershipFactory
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.problems import problem_of
from tests.factories.verification import decide, fixed, open_round, proposed, start, submitted

OFFICE = {"reviewer", "second_reviewer"}
OF_SERANG = {"operator", "head", "supporter", "coordinator", "leader"}
SENT = [CycleStatus.SUBMITTED, CycleStatus.VERIFICATION, CycleStatus.PROPOSED, CycleStatus.FINALISED,
        CycleStatus.ANNOUNCED]  # fmt: skip


@pytest.fixture
def years(people, places, region) -> SimpleNamespace:
    """One catalogue in two regencies, and a year before in the first."""
    here = open_cycle(region, agency=places.health)
    there = open_cycle(places.lebak, agency=places.other_health, revision=here.revision)
    before = open_cycle(region, agency=places.education, revision=here.revision, assessment_year=2020, data_year=2019)
    return SimpleNamespace(here=here, there=there, before=before)


def seen_by(people, rows, row) -> set[str]:
    """The names of all who see a row."""
    for person in vars(people).values():
        vars(person).pop("_memberships_now", None)
    return {name for name, person in vars(people).items() if rows.visible_to(person).filter(pk=row.pk).exists()}


def put(cycle, status):
    Cycle.objects.filter(pk=cycle.pk).update(status=status)
    cycle.refresh_from_db()


def test_draft_is_read_by_its_agencies_of_this_year_and_the_coordinator_alone(years, people, places):
    Assignment.objects.create(
        cycle=years.here, indicator=answer_of(years.here, 1).indicator, agency=places.legal, responsible=False
    )
    people.of_legal = MembershipFactory(role=Role.OPERATOR, place=places.legal).user

    assert seen_by(people, Answer.objects, answer_of(years.here, 1)) == {"operator", "head", "of_legal", "coordinator"}
    assert seen_by(people, Answer.objects, answer_of(years.here, 2)) == {"operator", "head", "coordinator"}
    assert seen_by(people, Answer.objects, answer_of(years.before, 1)) == {"supporter", "coordinator"}
    assert seen_by(people, Answer.objects, answer_of(years.there, 1)) == {"other_operator", "other_coordinator"}


def test_leader_reads_what_was_submitted_in_the_own_regency_only(years, people):
    here, there = submitted(years.here, 1, people.operator), submitted(years.there, 1, people.other_operator)

    assert "leader" in seen_by(people, Answer.objects, here)
    assert "leader" not in seen_by(people, Answer.objects, answer_of(years.here, 2))
    assert "leader" not in seen_by(people, Answer.objects, there)


@pytest.mark.parametrize("status", CycleStatus.values)
def test_office_reads_answers_from_the_sending_on(status, years, people):
    put(years.here, status)

    seen = seen_by(people, Answer.objects, answer_of(years.here, 1))

    assert seen & OFFICE == (OFFICE if status in SENT else set())
    assert not seen & {"far_reviewer", "observer", "administrator"}


@pytest.mark.parametrize("status", CycleStatus.values)
def test_year_is_seen_from_outside_once_its_filling_has_begun(status, years, people):
    put(years.here, status)
    outside = set() if status == CycleStatus.PREPARATION else {*OFFICE, "observer"}

    assert seen_by(people, Cycle.objects, years.here) == OF_SERANG | outside


def test_whoever_has_a_role_inside_and_outside_sees_by_each_of_them(years, people, places):
    MembershipFactory(user=people.observer, role=Role.LEADER, place=places.pidie)
    far = open_cycle(places.pidie, agency=AgencyFactory(region=places.pidie), revision=years.here.revision)
    put(years.there, CycleStatus.PREPARATION)

    assert "observer" in seen_by(people, Cycle.objects, far)
    assert "observer" in seen_by(people, Cycle.objects, years.here)
    assert "observer" not in seen_by(people, Cycle.objects, years.there)


def test_leader_who_fills_elsewhere_reads_drafts_there_and_submissions_here(years, people):
    MembershipFactory(user=people.other_operator, role=Role.LEADER, place=years.here.region)
    sent, draft = submitted(years.here, 1, people.operator), answer_of(years.there, 2)

    assert "other_operator" in seen_by(people, Answer.objects, sent)
    assert "other_operator" in seen_by(people, Answer.objects, draft)
    assert "other_operator" not in seen_by(people, Answer.objects, answer_of(years.here, 2))


def test_assignments_are_seen_with_their_year(years, people):
    given = Assignment.objects.filter(cycle=years.here).first()

    assert seen_by(people, Assignment.objects, given) == {*OF_SERANG, *OFFICE, "observer"}


def test_nobody_sees_anything_without_signing_in(years):
    nobody = AnonymousUser()
    rows = (
        Answer, Cycle, Assignment, Evidence, Citation, Submission, Problem, IssuedDocument, Result, Review,
        InstrumentDraft,
    )  # fmt: skip

    assert [model.__name__ for model in rows if model.objects.visible_to(nobody).exists()] == []
    for ask in (Answer.objects.read_at_once_by, Answer.objects.handed_to, Answer.objects.drafts_visible_to):
        assert not ask(nobody).exists()


def test_submission_that_was_withdrawn_before_the_package_stays_in_the_regency(years, people):
    withdrawn = submitted(years.here, 1, people.operator).last_submission
    answers.withdraw(answer=answer_of(years.here, 1), by=people.operator)
    sent = submitted(years.here, 1, people.operator).last_submission
    start(years.here, coordinator=people.coordinator, reviewer=people.reviewer)

    assert seen_by(people, Submission.objects, withdrawn) == {"operator", "head", "coordinator", "leader"}
    assert seen_by(people, Submission.objects, sent) == {"operator", "head", "coordinator", "leader", *OFFICE}


def test_submission_of_the_very_moment_of_the_package_leaves_with_it_or_not_at_all(years, people):
    withdrawn = submitted(years.here, 1, people.operator).last_submission
    answers.withdraw(answer=answer_of(years.here, 1), by=people.operator)
    packages.send(
        cycle=years.here, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator,
        at=withdrawn.submitted_at,
    )  # fmt: skip

    assert "reviewer" not in seen_by(people, Submission.objects, withdrawn)


def test_package_of_another_year_decides_nothing_here(years, people):
    before = dt.timedelta(days=1)
    for _time in range(2):  # the neighbour's second package, with a higher number, left first
        packages.send(
            cycle=years.there, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.other_coordinator,
            at=timezone.now() - before,
        )  # fmt: skip
        put(years.there, CycleStatus.FILLING)
    withdrawn = submitted(years.here, 1, people.operator).last_submission
    answers.withdraw(answer=answer_of(years.here, 1), by=people.operator)
    start(years.here, coordinator=people.coordinator, reviewer=people.reviewer)

    assert not seen_by(people, Submission.objects, withdrawn) & OFFICE


def test_what_came_back_in_a_round_is_the_offices_too_and_an_earlier_package_decides_nothing(years, people):
    submitted(years.here, 1, people.operator)
    packages.send(cycle=years.here, endorsed_by="Sekda", endorsed_on=timezone.localdate(), by=people.coordinator)

    years.here.refresh_from_db()
    packages.give_back(cycle=years.here, reason="Belum lengkap.", by=people.reviewer)
    withdrawn = submitted(years.here, 2, people.operator).last_submission
    answers.withdraw(answer=answer_of(years.here, 2), by=people.operator)
    years.here.refresh_from_db()
    start(years.here, coordinator=people.coordinator, reviewer=people.reviewer)
    open_round(years.here, (1,), people.reviewer)
    back = submitted(years.here, 1, people.operator).last_submission

    assert not seen_by(people, Submission.objects, withdrawn) & OFFICE
    assert seen_by(people, Submission.objects, back) >= OFFICE


def test_document_of_a_draft_is_seen_with_that_draft(years, people, places):
    evidence = evidence_of(people.operator, places.health, hostile.pdf())
    alone = seen_by(people, Evidence.objects, evidence)
    citation = cite(
        answer=answer_of(years.here, 1), evidence=evidence, agency=places.health, reference=Reference(),
        by=people.operator,
    )  # fmt: skip

    assert alone == {"operator", "head"}
    assert seen_by(people, Evidence.objects, evidence) == {"operator", "head", "coordinator"}
    assert seen_by(people, Citation.objects, citation) == {"operator", "head", "coordinator"}


def test_document_of_a_submission_is_seen_by_the_office_once_it_was_handed_over(years, people, places):
    evidence = evidence_of(people.operator, places.health, hostile.pdf())
    other = evidence_of(people.operator, places.health, hostile.pdf() + b"\n% lain")
    answer = answer_of(years.here, 1)
    cite(answer=answer, evidence=evidence, agency=places.health, reference=Reference(), by=people.operator)
    submitted(years.here, 1, people.operator)
    start(years.here, coordinator=people.coordinator, reviewer=people.reviewer)

    assert seen_by(people, Evidence.objects, evidence) == {"operator", "head", "coordinator", "leader", *OFFICE}
    assert seen_by(people, Evidence.objects, other) == {"operator", "head"}


def test_document_of_a_response_is_seen_with_its_problem(years, people, places):
    evidence = evidence_of(people.operator, places.health, hostile.pdf())
    other = evidence_of(people.operator, places.health, hostile.pdf() + b"\n% lain")
    problem = problem_of(places.health, people.coordinator)
    ProblemResponse.objects.create(
        problem=problem, evidence=evidence, text="x", late=False, responded_by=people.operator, responded_as="x"
    )

    assert seen_by(people, Evidence.objects, evidence) == {"operator", "head", "coordinator", "leader", *OFFICE}
    assert seen_by(people, Evidence.objects, other) == {"operator", "head"}


def test_library_holds_the_own_agencies_their_predecessors_and_those_without_people(years, people, places):
    old = AgencyFactory(region=places.serang, name="Dinas Lama")
    Succession.objects.create(old=old, new=places.health, on=dt.date(2020, 1, 1))
    documents = {}
    for agency in (places.health, places.education, places.legal, old):
        documents[agency] = evidence_of(people.operator, places.health, hostile.pdf() + str(agency.pk).encode())
        Evidence.objects.filter(pk=documents[agency].pk).update(agency=agency)

    def library(person):
        vars(person).pop("_memberships_now", None)
        return set(Evidence.objects.library_of(person).values_list("agency__name", flat=True))

    assert library(people.operator) == {"Dinas Kesehatan", "Dinas Lama"}
    assert library(people.coordinator) == {"Bagian Hukum", "Dinas Lama"}
    assert library(people.other_coordinator) == library(people.reviewer) == set()


def test_problem_is_seen_by_its_regency_its_agency_and_the_office(years, people, places):
    problem = problem_of(places.education, people.coordinator)

    assert seen_by(people, Problem.objects, problem) == {"supporter", "coordinator", "leader", *OFFICE}


def decision_of(cycle, people) -> Review:
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return decide(cycle, 1, people.reviewer)


def test_decision_is_the_offices_until_the_result_is_fixed(years, people):
    review = decision_of(years.here, people)
    before = seen_by(people, Review.objects, review)
    fixed(years.here, proposer=people.reviewer, fixer=people.second_reviewer)

    assert before == OFFICE
    assert seen_by(people, Review.objects, review) == {*OFFICE, "operator", "head", "coordinator", "leader"}


def test_decision_of_the_pre_verification_is_no_reviewers_decision(years, people):
    review = decision_of(years.here, people)
    early = Review.objects.create(
        answer=review.answer, submission=review.submission, reader="coordinator", outcome=Outcome.CONFIRMED,
        decided_by=people.coordinator,
    )  # fmt: skip

    assert seen_by(people, Review.objects, early) == set()


@pytest.mark.parametrize("outcome", ["", "given_back", "fixed"])
@pytest.mark.parametrize("status", [CycleStatus.PROPOSED, CycleStatus.FINALISED, CycleStatus.ANNOUNCED])
def test_result_is_the_regencys_once_it_was_fixed(status, outcome, years, people):
    result = Result.objects.create(
        cycle=years.here, number=1, snapshot=take_snapshot(years.here, Audience.REVIEWER), bonus=0,
        proposed_by=people.reviewer, trail_head="0" * 64,
    )  # fmt: skip
    if outcome:
        ResultDecision.objects.create(
            result=result, outcome=outcome, decided_by=people.second_reviewer, minutes_number="BA-1",
            minutes_on=timezone.localdate(), reason="x",
        )  # fmt: skip
    put(years.here, status)
    known = outcome == "fixed" and status != CycleStatus.PROPOSED

    seen = seen_by(people, Result.objects, result)

    assert seen == OFFICE | ({*OF_SERANG, "observer"} if known else set())
    assert Result.objects.standing().exists() is (outcome != "given_back")


@pytest.mark.parametrize(
    ("reading", "final", "readers"),
    [
        ("regency", False, {"coordinator"}),
        ("reviewer", False, OFFICE),
        ("regency", True, {*OFFICE, "coordinator"}),
        ("reviewer", True, {*OFFICE, "coordinator"}),
    ],
)
def test_document_is_seen_by_whom_it_was_made_for_and_by_both_once_it_is_final(reading, final, readers, years, people):
    document = IssuedDocument.objects.create(
        cycle=years.here, snapshot=take_snapshot(years.here, Audience.REGENCY), kind="pdf", audience=reading,
        version="0", final=final, requested_by=people.coordinator,
    )  # fmt: skip

    assert seen_by(people, IssuedDocument.objects, document) == readers


def test_newest_result_stands_first(years, people):
    start(years.here, coordinator=people.coordinator, reviewer=people.reviewer)
    first = proposed(years.here, people.reviewer)
    second = Result.objects.create(
        cycle=years.here, number=2, snapshot=take_snapshot(years.there, Audience.REVIEWER), bonus=0,
        proposed_by=people.reviewer, trail_head="0" * 64,
    )  # fmt: skip

    assert list(Result.objects.standing()) == [second, first]


def test_part_in_a_year_is_had_in_its_regency_only(years, people):
    assert list(Cycle.objects.involving(people.coordinator)) == [years.here, years.before]
    assert list(Cycle.objects.involving(people.other_operator)) == [years.there]
    assert not Cycle.objects.involving(people.far_reviewer).exists()


def numbers(rows) -> list[tuple[int, int]]:
    """Which answers: their year and number."""
    return sorted(rows.values_list("cycle__assessment_year", "indicator__number"))


def given_anew(cycle, number, *, supporter) -> None:
    """The supporting agency's row before the responsible one's, so that the first row is not always the right one."""
    old = Assignment.objects.get(cycle=cycle, indicator__number=number)
    old.delete()
    Assignment.objects.create(cycle=cycle, indicator=old.indicator, agency=supporter, responsible=False)
    Assignment.objects.create(cycle=cycle, indicator=old.indicator, agency=old.agency, responsible=True)


def test_agencies_answers_are_those_of_the_year_and_the_indicator_they_are_responsible_for(years, people, places):
    year = years.here.assessment_year
    given_anew(years.here, 1, supporter=places.education)
    given_anew(years.before, 2, supporter=places.health)
    Assignment.objects.filter(cycle=years.here, indicator__number=3).update(agency=places.legal)
    helped = Answer.objects.supported_by

    assert numbers(Answer.objects.of_agencies({places.education.pk})) == [(2020, 1), (2020, 2), (2020, 3)]
    assert numbers(Answer.objects.of_agencies({places.health.pk})) == [(year, 1), (year, 2)]
    assert numbers(helped({places.education.pk})) == [(year, 1)]
    assert numbers(helped({places.health.pk, places.legal.pk})) == [(2020, 2)]
    assert answer_of(years.here, 1).owner_id == places.health.pk
    assert answer_of(years.before, 2).owner_id == places.education.pk
    assert answer_of(years.here, 3).owner_id == places.legal.pk


def test_answer_that_is_only_supported_has_no_responsible_agency(years, places):
    Assignment.objects.filter(cycle=years.here, indicator__number=1).update(responsible=False)

    assert answer_of(years.here, 1).owner_id is None
    assert numbers(Answer.objects.of_agencies({places.health.pk}).filter(cycle=years.here, indicator__number=1)) == []


def test_rules_of_a_years_indicators_are_read_once(years, django_assert_num_queries):
    list(Answer.objects.filter(cycle=years.here).with_indicator())

    with django_assert_num_queries(1):
        rules = [list(row.indicator.options.all()) for row in Answer.objects.filter(cycle=years.here).with_indicator()]

    assert [len(options) for options in rules] == [2, 0, 0]
