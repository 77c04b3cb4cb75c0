"""Nothing leaks from one regency into another that fills the same indicators in the same year.

Both stand in the world of these tests (tests/factories/worlds.py), and what could leak is asked for first.
"""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Agency, Invitation, Membership
from accounts.permissions import membership_for
from assessment.actions import documents, results, reviews
from assessment.enums import DocumentKind, Outcome
from assessment.models import (
    Answer,
    Assignment,
    Citation,
    Cycle,
    Evidence,
    IssuedDocument,
    Problem,
    Result,
    Review,
    Submission,
)
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of
from tests.factories.verification import decide, fixed, send, start
from tests.factories.worlds import DRAFT, EMPTY, ORPHANED, RETURNED, SUBMITTED
from tests.kept import kept

# What is asked for here is reached by tests of its own; there it is measured.
pytestmark = pytest.mark.no_cover

REGENCIES = ("serang", "lebak", "pidie")
REGION_OF = {
    Agency: "region",
    Answer: "cycle__region",
    Citation: "answer__cycle__region",
    Cycle: "region",
    Evidence: "agency__region",
    Invitation: "agency__region",
    Problem: "region",
    Submission: "answer__cycle__region",
}
# Whose reach is one regency, and which; reviewers and observers reach several.
OF_ONE = {
    "operator": "serang", "head": "serang", "supporter": "serang", "coordinator": "serang", "leader": "serang",
    "other_operator": "lebak", "other_coordinator": "lebak", "far_coordinator": "pidie", "far_reviewer": "pidie",
}  # fmt: skip


@pytest.mark.parametrize("model", REGION_OF, ids=lambda model: model.__name__)
def test_there_is_something_that_could_leak(model, world):
    regions = {getattr(world, name).region.pk for name in REGENCIES}

    assert set(model.objects.values_list(REGION_OF[model], flat=True)) >= regions


def test_neighbours_fill_the_same_indicators_in_the_same_year(world):
    shared = [set(row.cycle.answers.values_list("indicator", flat=True)) for row in (world.serang, world.lebak)]

    assert shared[0] == shared[1]
    assert world.serang.cycle.assessment_year == world.lebak.cycle.assessment_year


def test_world_holds_what_a_year_can_hold(world):
    statuses = dict(world.serang.cycle.answers.values_list("indicator__number", "status"))
    last = world.pidie.cycle.rounds.counted().get()

    assert (statuses[DRAFT], statuses[SUBMITTED], statuses[RETURNED]) == ("draft", "submitted", "returned")
    assert Submission.objects.filter(answer__cycle=world.serang.cycle, answer__last_submission=None).count() == 1
    assert (world.serang.cycle.status, world.serang.cycle.packages.count()) == ("filling", 1)
    assert (last.asked, last.back) == (1, 1)
    for name in REGENCIES:
        made = getattr(world, name)
        assert list(Agency.objects.without_people().filter(pk=made.orphan.pk)) == [made.orphan]
        assert Assignment.objects.filter(cycle=made.cycle, agency=made.supporting, responsible=False).count() == 1


@pytest.mark.parametrize("name", OF_ONE)
@pytest.mark.parametrize("model", REGION_OF, ids=lambda model: model.__name__)
def test_nobody_sees_rows_of_another_regency(model, name, world, people):
    own = getattr(world, OF_ONE[name]).region.pk

    seen = model.objects.visible_to(getattr(people, name)).values_list(REGION_OF[model], flat=True)

    assert set(seen) <= {own}


@pytest.mark.parametrize("at", REGENCIES)
def test_everyone_sees_the_drafts_of_his_or_her_own_regency(at, world):
    made = getattr(world, at)
    answers = Answer.objects.filter(cycle=made.cycle)

    assert set(Answer.objects.drafts_visible_to(made.coordinator)) == set(answers)
    responsible = answers.of_agencies([made.agency.pk])
    assert set(Answer.objects.drafts_visible_to(made.operator)) == set(responsible)
    helper = Membership.objects.get(agency=made.supporting).user
    assert set(Answer.objects.drafts_visible_to(helper)) == set(answers.filter(indicator__number=EMPTY))


@pytest.mark.parametrize(
    "address", ["answer-detail", "answer-submit", "citation-add", "citation-upload", "check-detail"]
)
def test_neighbours_do_not_open_each_others_answers(address, world, client_of):
    for made, other in ((world.serang, world.lebak), (world.lebak, world.serang)):
        for person in (other.operator, other.coordinator, Membership.objects.get(agency=other.supporting).user):
            client = client_of(person)
            found = [client.get(reverse(address, args=[answer.pk])).status_code for answer in made.cycle.answers.all()]
            assert found == [404] * len(found)


@pytest.mark.parametrize("made_in", REGENCIES)
def test_coordinator_stands_in_for_agencies_of_the_own_region_only(made_in, world):
    made = getattr(world, made_in)
    responsible, supporting = answer_of(made.cycle, ORPHANED), answer_of(made.cycle, EMPTY)
    evidence = evidence_of(made.coordinator, made.orphan, hostile.pdf(pages=2))
    acts = [
        ("assessment.fill_answer", responsible),
        ("assessment.submit_answer", responsible),
        ("assessment.cite_evidence", responsible),
        ("assessment.cite_evidence", supporting),
        ("assessment.read_draft", responsible),
        ("assessment.manage_evidence", evidence),
        ("assessment.add_evidence", made.orphan),
    ]

    holding = {
        name: [
            membership_for(getattr(world, name).coordinator, permission, obj) is not None for permission, obj in acts
        ]
        for name in REGENCIES
    }

    assert holding == {name: [name == made_in] * len(acts) for name in REGENCIES}


@pytest.mark.parametrize("made_in", REGENCIES)
def test_coordinator_does_not_stand_in_where_somebody_is(made_in, world):
    made = getattr(world, made_in)
    own = answer_of(made.cycle, DRAFT)

    for name in REGENCIES:
        coordinator = getattr(world, name).coordinator
        assert membership_for(coordinator, "assessment.fill_answer", own) is None
        assert membership_for(coordinator, "assessment.cite_evidence", own) is None
        assert membership_for(coordinator, "assessment.manage_evidence", made.evidence) is None
        assert membership_for(coordinator, "assessment.add_evidence", made.agency) is None


@kept
def verified(world, people):
    """Serang and Lebak are verified by one office; each has its decisions, its result and a document."""
    for made in (world.serang, world.lebak):
        send(made.cycle, made.coordinator)
        reviews.start(cycle=made.cycle, by=people.reviewer)
        decide(made.cycle, SUBMITTED, people.reviewer, Outcome.CONFIRMED)
        results.enter_bonus(cycle=made.cycle, points=Decimal(1), source="Surat", by=people.reviewer)
        fixed(made.cycle, proposer=people.reviewer, fixer=people.second_reviewer)
        documents.issue(cycle=made.cycle, kind=DocumentKind.EXCEL, by=made.coordinator)
    return world


@pytest.mark.parametrize("model", [Review, Result, IssuedDocument], ids=lambda model: model.__name__)
@pytest.mark.parametrize("name", ["operator", "coordinator", "leader", "other_operator", "other_coordinator"])
def test_nobody_sees_what_was_decided_on_another_regency(model, name, verified, people):
    path = {Review: "answer__cycle__region"}.get(model, "cycle__region")
    own = getattr(verified, OF_ONE[name]).region.pk
    could = set(model.objects.values_list(path, flat=True))

    seen = set(model.objects.visible_to(getattr(people, name)).values_list(path, flat=True))

    assert could >= {verified.serang.region.pk, verified.lebak.region.pk}
    assert seen <= {own}


def test_far_office_sees_nothing_of_what_this_office_decided(verified, people):
    for model in (Review, Result, IssuedDocument):
        assert not model.objects.visible_to(people.far_reviewer).exists()


def test_package_and_round_of_one_year_leave_the_neighbours_as_it_is(world, people):
    before = list(Answer.objects.filter(cycle=world.lebak.cycle).values())

    start(world.serang.cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    fixed(world.serang.cycle, proposer=people.reviewer, fixer=people.second_reviewer)

    assert list(Answer.objects.filter(cycle=world.lebak.cycle).values()) == before
    world.lebak.cycle.refresh_from_db()
    assert world.lebak.cycle.status == "filling"
