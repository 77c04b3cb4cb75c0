"""Who holds each right, name by name, also where an agency has no people, and where two places are alike."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Membership, ReviewOffice
from accounts.permissions import RIGHTS, membership_for
from accounts.roles import Role
from assessment.dossier import take_snapshot
from assessment.enums import Audience
from assessment.models import (
    Answer,
    Assignment,
    Bonus,
    Cycle,
    EndorsementException,
    Evidence,
    Result,
    ResultDecision,
)
from assessment.rules import (
    agency_of,
    endorses,
    head_endorses,
    needs_second_person,
    on_behalf,
    owner_id_of,
    uninvolved,
    with_agency,
)
from tests.factories import hostile
from tests.factories.accounts import AgencyFactory, JurisdictionFactory, MembershipFactory, OfficeFactory
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.problems import problem_of
from tests.factories.verification import proposed, start, submitted

OFFICE = {"reviewer", "second_reviewer"}
OF_HEALTH = {"operator", "head"}
COORDINATORS = {"coordinator", "other_coordinator", "far_coordinator"}
FILLING_ANYWHERE = {*OF_HEALTH, "supporter", "other_operator"}
# docs/aturan.md, "Siapa melihat apa, dan kapan": of what lies in Kabupaten Serang and is the work of Dinas Kesehatan.
HOLDERS = {
    "fill_answer": OF_HEALTH,
    "cite_evidence": {*OF_HEALTH, "supporter"},
    "ready_answer": OF_HEALTH,
    "submit_answer": {"head"},
    "endorse_answer": {"head"},
    "decide_answer": {"coordinator"},
    "manage_evidence": OF_HEALTH,
    "add_evidence": OF_HEALTH,
    "open_cycle": {"coordinator"},
    "manage_cycle": {"coordinator"},
    "see_board": {"coordinator", "leader"},
    "review_cycle": OFFICE,
    "review_answer": OFFICE,
    "fix_result": OFFICE,
    "export_dossier": {*OFFICE, "coordinator"},
    "see_problems": {*OFFICE, *COORDINATORS, *FILLING_ANYWHERE, "far_reviewer", "leader"},
    "register_problem": {*OFFICE, "coordinator"},
    "respond_problem": {*OF_HEALTH, "coordinator"},
    "judge_problem": OFFICE,
    "end_award": OFFICE,
    "see_office_board": {*OFFICE, "far_reviewer", "observer"},
    "import_instrument": {"administrator"},
    "confirm_instrument": {"administrator"},
    "see_tasks": FILLING_ANYWHERE,
    "see_library": {*FILLING_ANYWHERE, *COORDINATORS},
    "see_cycles": {*OFFICE, *COORDINATORS, "far_reviewer", "leader", "observer"},
    "see_draft_notice": COORDINATORS,
    "read_draft": {*OF_HEALTH, "supporter", "coordinator"},
    "see_progress": {*OFFICE, "coordinator", "leader", "observer"},
}
OF_A_REGION = {"open_cycle", "see_board", "register_problem", "see_progress"}
OF_A_PROBLEM = {"respond_problem", "judge_problem"}


@pytest.fixture
def cycle(people, places, region) -> Cycle:
    """Health answers, education supports; one answer each is of agencies without people."""
    cycle = open_cycle(region, agency=places.health, heads_endorse=True)
    Assignment.objects.filter(cycle=cycle, indicator__number=2).update(agency=places.legal)
    Assignment.objects.filter(cycle=cycle, indicator__number=3).update(agency=places.vertical)
    support(cycle, 1, places.education)
    return cycle


def support(cycle, number, agency):
    indicator = cycle.revision.indicators.get(number=number)
    Assignment.objects.create(cycle=cycle, indicator=indicator, agency=agency, responsible=False)


def holders(people, permission, obj=None) -> set[str]:
    """The names of all who hold a right now."""
    return {name for name, person in vars(people).items() if again(person).has_perm(f"assessment.{permission}", obj)}


def again(person):
    """A person as the next request meets him or her."""
    vars(person).pop("_memberships_now", None)
    return person


def evidence_without_people(agency, people, places) -> Evidence:
    """A document whose agency nobody works for any more."""
    evidence = evidence_of(people.operator, places.health, hostile.pdf())
    Evidence.objects.filter(pk=evidence.pk).update(agency=agency)
    return Evidence.objects.select_related("agency").get(pk=evidence.pk)


def test_every_right_is_held_by_these_and_by_nobody_else(cycle, people, places, region):
    problem = problem_of(places.health, people.coordinator)
    objects = {
        **dict.fromkeys(HOLDERS, cycle), **dict.fromkeys(OF_A_REGION, region), **dict.fromkeys(OF_A_PROBLEM, problem),
        **{name: answer_of(cycle, 1) for name in HOLDERS if name.endswith(("_answer", "cite_evidence", "read_draft"))},
        "manage_evidence": evidence_of(people.operator, places.health, hostile.pdf()), "add_evidence": places.health,
    }  # fmt: skip

    found = {name: holders(people, name, objects[name]) for name in HOLDERS}

    assert found == HOLDERS
    assert {name for name in RIGHTS if name.startswith("assessment.")} == {f"assessment.{name}" for name in HOLDERS}


def test_nobody_holds_a_right_who_is_not_signed_in_or_whose_account_is_closed(cycle, people, region):
    people.coordinator.is_active = False

    assert membership_for(AnonymousUser(), "assessment.open_cycle", region) is None
    assert not again(people.coordinator).has_perm("assessment.open_cycle", region)


def test_only_the_own_coordinator_stands_in_for_an_agency_without_people(cycle, people, places):
    orphan = answer_of(cycle, 2)
    document = evidence_without_people(places.legal, people, places)

    assert holders(people, "fill_answer", orphan) == {"coordinator"}
    assert holders(people, "cite_evidence", orphan) == {"coordinator"}
    assert holders(people, "read_draft", orphan) == {"coordinator"}
    assert holders(people, "manage_evidence", document) == {"coordinator"}
    assert holders(people, "add_evidence", places.legal) == {"coordinator"}


def test_only_the_own_coordinator_cites_for_a_supporting_agency_without_people(cycle, people, places):
    support(cycle, 1, places.legal)

    assert holders(people, "cite_evidence", answer_of(cycle, 1)) == {"operator", "head", "supporter", "coordinator"}


def test_coordinator_cites_nothing_where_all_supporters_have_people(cycle, people, places):
    MembershipFactory(role=Role.OPERATOR, place=places.legal)
    support(cycle, 1, places.legal)

    assert "coordinator" not in holders(people, "cite_evidence", answer_of(cycle, 1))


def test_answer_that_is_given_to_nobody_is_filled_by_nobody(cycle, people):
    Assignment.objects.filter(cycle=cycle).delete()

    assert holders(people, "fill_answer", answer_of(cycle, 1)) == set()


def test_support_in_another_year_or_of_another_indicator_gives_nothing(cycle, people, places):
    other_year = open_cycle(cycle.region, agency=places.health, revision=cycle.revision, assessment_year=2020,
                            data_year=2019)  # fmt: skip

    assert "supporter" not in holders(people, "cite_evidence", answer_of(other_year, 1))
    assert "supporter" not in holders(people, "cite_evidence", answer_of(cycle, 2))


def test_head_of_a_supporting_agency_endorses_nothing(cycle, people, places):
    MembershipFactory(role=Role.HEAD, place=places.education, user=people.supporter)

    assert holders(people, "endorse_answer", answer_of(cycle, 1)) == {"head"}


def test_answer_that_is_only_supported_is_nobodys(cycle, places):
    Assignment.objects.filter(cycle=cycle, indicator__number=2, responsible=True).delete()
    support(cycle, 2, places.education)
    fetched, asked = (Answer.objects.get(cycle=cycle, indicator__number=2) for _time in range(2))

    assert (owner_id_of(fetched), agency_of(fetched)) == (None, None)
    assert (with_agency(asked).owner_id, asked.agency) == (None, None)


def test_responsible_agency_is_of_the_year_and_known_with_its_answer_or_without(
    cycle, places, django_assert_num_queries
):
    open_cycle(places.lebak, agency=places.other_health, revision=cycle.revision)
    given = Assignment.objects.get(cycle=cycle, indicator__number=2)
    support(
        cycle, 2, places.education
    )  # before the responsible agency, so that the first row is not always the right one
    given.delete()
    Assignment.objects.create(cycle=cycle, indicator=given.indicator, agency=places.legal, responsible=True)
    plain = {row.indicator.number: owner_id_of(row) for row in Answer.objects.filter(cycle=cycle)}
    fetched = answer_of(cycle, 1)

    assert plain == {1: places.health.pk, 2: places.legal.pk, 3: places.vertical.pk}
    with django_assert_num_queries(0):
        assert owner_id_of(fetched) == places.health.pk


def test_head_endorses_unless_the_year_the_agency_or_an_exception_says_no(cycle, places):
    EndorsementException.objects.create(cycle=cycle, agency=places.education, reason="x")
    without = Cycle.objects.get(pk=cycle.pk)
    without.heads_endorse = False

    assert endorses(cycle, places.health)
    assert not endorses(cycle, places.education)
    assert not endorses(cycle, places.vertical)
    assert not endorses(without, places.health)


def test_exception_of_another_year_is_none_here(cycle, places):
    other = open_cycle(cycle.region, agency=places.health, revision=cycle.revision, assessment_year=2020,
                       data_year=2019)  # fmt: skip
    EndorsementException.objects.create(cycle=other, agency=places.health, reason="x")

    assert endorses(cycle, places.health)


def test_where_no_head_endorses_everyone_of_the_agency_submits_and_nobody_asks_for_endorsement(cycle, people):
    Cycle.objects.filter(pk=cycle.pk).update(heads_endorse=False)

    assert holders(people, "submit_answer", answer_of(cycle, 1)) == OF_HEALTH
    assert holders(people, "submit_answer", answer_of(cycle, 3)) == {"coordinator"}
    assert holders(people, "ready_answer", answer_of(cycle, 1)) == set()


def test_whether_the_head_endorses_is_remembered_with_the_answer(cycle, django_assert_num_queries):
    answer = answer_of(cycle, 1)
    head_endorses(answer)

    with django_assert_num_queries(0):
        assert head_endorses(answer)


def test_responsible_agency_is_fetched_once(cycle, places, django_assert_num_queries):
    answers = [answer_of(cycle, number) for number in (1, 2, 3)]

    assert [agency_of(answer) for answer in answers] == [places.health, places.legal, places.vertical]
    with django_assert_num_queries(0):
        assert agency_of(answers[0]) == places.health


def test_only_a_coordinator_answers_on_behalf(people):
    roles = {name: on_behalf(person.memberships_now()[0]) for name, person in vars(people).items() if name != "former"}

    assert {name for name, behalf in roles.items() if behalf} == COORDINATORS
    assert not on_behalf(None)


@pytest.fixture
def result(cycle, people) -> Result:
    """What `reviewer` proposed."""
    Cycle.objects.filter(pk=cycle.pk).update(heads_endorse=False)
    cycle.refresh_from_db()
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return proposed(cycle, people.reviewer)


def test_whoever_proposed_does_not_fix_while_the_office_asks_for_two(result, people):
    assert holders(people, "fix_result", result.cycle) == {"second_reviewer"}


def test_whoever_proposed_fixes_where_the_office_needs_no_second_person(result, people):
    ReviewOffice.objects.filter(name="Kanwil Banten").update(second_person=False)

    assert holders(people, "fix_result", result.cycle) == OFFICE


def again_proposed(cycle, by) -> Result:
    """A later result of a year."""
    return Result.objects.create(
        cycle=cycle, number=9, snapshot=take_snapshot(cycle, Audience.REVIEWER), bonus=0, proposed_by=by,
        trail_head="0" * 64,
    )  # fmt: skip


def test_whoever_proposed_in_another_year_is_free_here(result, people, places):
    other = open_cycle(places.lebak, agency=places.other_health, revision=result.cycle.revision)
    again_proposed(other, people.second_reviewer)

    assert holders(people, "fix_result", result.cycle) == {"second_reviewer"}


def test_proposal_that_was_given_back_binds_nobody(result, people):
    ResultDecision.objects.create(
        result=result, outcome="given_back", decided_by=people.second_reviewer, reason="x", minutes_number=""
    )
    given_back = holders(people, "fix_result", result.cycle)
    Bonus.objects.create(cycle=result.cycle, points=1, source="x", entered_by=people.reviewer)
    again_proposed(result.cycle, people.second_reviewer)

    assert given_back == OFFICE
    assert holders(people, "fix_result", result.cycle) == {"reviewer"}


def test_region_that_no_office_looks_after_asks_for_two(cycle, places):
    ReviewOffice.objects.update(second_person=False)
    looked_after = needs_second_person(cycle)
    places.serang.jurisdictions.update(ended_on=dt.date(2021, 1, 1))

    assert (looked_after, needs_second_person(cycle)) == (False, True)


def test_another_office_decides_nothing_about_the_second_person(result, people, region):
    earlier = OfficeFactory(second_person=True)
    ReviewOffice.objects.filter(name="Kanwil Banten").update(second_person=False)
    JurisdictionFactory(office=earlier, region=region, ended_on=dt.date(2021, 1, 1))

    assert holders(people, "fix_result", result.cycle) == OFFICE


def test_whoever_had_a_part_in_the_year_decides_nothing_in_it(result, people, places):
    Membership.objects.create(
        user=people.second_reviewer, role=Role.OPERATOR, agency=places.education,
        started_at=timezone.now() - dt.timedelta(days=20), ended_at=timezone.now() - dt.timedelta(days=10),
    )  # fmt: skip

    assert holders(people, "review_cycle", result.cycle) == {"reviewer"}
    assert holders(people, "review_answer", answer_of(result.cycle, 1)) == {"reviewer"}
    assert holders(people, "fix_result", result.cycle) == set()
    assert holders(people, "end_award", result.cycle) == {"reviewer"}


def test_part_in_a_year_is_asked_once_of_each_fetched_year_until_it_is_proposed(
    cycle, people, places, django_assert_num_queries
):
    person, now = people.second_reviewer, timezone.now()
    Membership.objects.create(
        user=person, role=Role.OPERATOR, agency=places.education,
        started_at=now - dt.timedelta(days=20), ended_at=now - dt.timedelta(days=10),
    )  # fmt: skip
    before = uninvolved.test(person, cycle)
    with django_assert_num_queries(0):
        again_asked = uninvolved.test(person, cycle)
    cycle.proposed_at = now - dt.timedelta(days=25)

    assert (before, again_asked, uninvolved.test(person, cycle)) == (False, False, True)


def test_problem_of_another_agency_is_answered_by_that_one(cycle, people, places):
    problem = problem_of(places.education, people.coordinator)

    assert holders(people, "respond_problem", problem) == {"supporter", "coordinator"}


def test_membership_that_gives_a_right_is_the_first_that_reaches(cycle, people, places):
    second = MembershipFactory(user=people.operator, role=Role.OPERATOR, place=places.education)
    answer = SimpleNamespace(pk=0)

    given = membership_for(again(people.operator), "assessment.see_tasks", answer)
    cited = membership_for(people.operator, "assessment.add_evidence", places.education)

    assert given.agency == places.health
    assert cited == second


def test_agency_of_one_name_elsewhere_reaches_nothing_here(cycle, people, places):
    AgencyFactory(region=places.lebak, name="Bagian Hukum", short_name="Bagian Hukum")

    assert "other_coordinator" not in holders(people, "fill_answer", answer_of(cycle, 2))
