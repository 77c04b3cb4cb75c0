"""Facts at their edges: what stands, what counts, what is missing, what became of an award, and the next step."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.audit import Actor, record
from assessment.actions import answers
from assessment.actions.citations import Reference, cite
from assessment.enums import CycleStatus, EvidenceKind, Outcome
from assessment.facts.assignments import mapped, supporting, version_of_mapping, version_of_supporters
from assessment.facts.awards import award_state, award_states, below_award, earliest_end, may_be_grounded
from assessment.facts.completeness import asks_documents, citations_of, has_value, lacks
from assessment.facts.indicator_rules import scoring_rule_of
from assessment.facts.ladders import ladder
from assessment.facts.ratios import fault_of_ratio
from assessment.facts.scorecards import (
    package_scorecard,
    predicted,
    scored_answers,
    self_scored,
    undecided_exceptions,
    verified,
    verified_points,
)
from assessment.facts.sent_back import untouched
from assessment.facts.verdicts import decided, settle, standing_review, verdicts_of
from assessment.models import (
    AgencyMapping,
    Answer,
    Assignment,
    Award,
    AwardEnding,
    Cycle,
    ProblemGround,
    Result,
    Review,
)
from assessment.scoring import Value
from tests.factories import hostile
from tests.factories.assessment import (
    answer_of,
    choice_row,
    evidence_of,
    number_row,
    open_cycle,
    ratio_row,
    small_revision,
)
from tests.factories.problems import problem_of
from tests.factories.verification import decide, start, submitted

D = Decimal


@pytest.fixture
def cycle(people, places, region) -> Cycle:
    return open_cycle(region, agency=places.health)


def put(cycle, which=1, **fields) -> Answer:
    Answer.objects.filter(cycle=cycle, indicator__number=which).update(**fields)
    return answer_of(cycle, which)


def review(answer, by, outcome=Outcome.CONFIRMED, *, reader="reviewer", submission="last", points=7) -> Review:
    of = answer.last_submission if submission == "last" else submission
    return Review.objects.create(
        answer=answer, submission=of, reader=reader, outcome=outcome, points=points, decided_by=by
    )


# Decisions


def test_newest_decision_on_the_last_submission_stands_and_no_other(cycle, people):
    old = submitted(cycle, 1, people.operator)
    review(old, people.reviewer)
    answers.withdraw(answer=old, by=people.operator)
    new = submitted(cycle, 1, people.operator)
    before = verdicts_of(cycle)
    review(new, people.reviewer, reader="coordinator")
    unmoved = verdicts_of(cycle)
    review(new, people.reviewer)
    newest = review(new, people.reviewer, Outcome.CHANGED)

    after = verdicts_of(cycle)

    assert (before.decided, unmoved.decided) == (0, 0)
    assert after.standing == {new.pk: newest}
    assert standing_review(new) == newest
    assert {row.indicator.number for row in after.undecided} == {2, 3}


def test_decision_on_nothing_stands_until_something_is_submitted(cycle, people):
    empty = answer_of(cycle, 1)
    review(empty, people.reviewer, Outcome.NOT_FILLED, submission=None)
    before = verdicts_of(cycle).decided, Answer.objects.filter(decided()).count(), standing_review(empty) is not None
    submitted(cycle, 1, people.operator)
    after = verdicts_of(cycle).decided, Answer.objects.filter(decided()).count()

    assert (before, after) == ((1, 1, True), (0, 0))
    assert standing_review(answer_of(cycle, 3)) is None
    assert standing_review(answer_of(cycle, 1)) is None


def test_decision_on_one_answer_decides_no_other_one_and_no_other_year(cycle, people, places):
    other = open_cycle(places.lebak, agency=places.other_health, revision=cycle.revision)
    review(submitted(cycle, 1, people.operator), people.reviewer)

    assert verdicts_of(other).decided == 0
    assert [row.indicator.number for row in Answer.objects.filter(decided()).select_related("indicator")] == [1]
    assert standing_review(answer_of(cycle, 2)) is None


def test_pre_verification_decides_nothing_when_many_years_are_counted(cycle, people):
    review(submitted(cycle, 1, people.operator), people.coordinator, reader="coordinator")

    assert not Answer.objects.filter(decided()).exists()
    assert standing_review(answer_of(cycle, 1)) is None


def test_decision_on_what_was_withdrawn_decides_nothing_that_stands(cycle, people):
    answer = submitted(cycle, 1, people.operator)
    review(answer, people.reviewer)
    Answer.objects.filter(pk=answer.pk).update(last_submission=None, status="draft")

    assert verdicts_of(cycle).decided == 0
    assert not Answer.objects.filter(decided()).exists()
    assert standing_review(answer_of(cycle, 1)) is None


def test_answers_are_settled_by_their_own_decision(cycle, people):
    first, second = submitted(cycle, 1, people.operator), answer_of(cycle, 2)

    settle([first, second], {first.pk: review(first, people.reviewer)})

    assert (first.decided_for_good, second.decided_for_good) == (True, False)


# Scores


def test_exception_counts_nothing_until_it_is_accepted_and_then_leaves(cycle, people):
    submitted(cycle, 1, people.operator)
    submitted(cycle, 2, people.operator, form="not_applicable", reason="Tidak ada puskesmas.")
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    before = self_scored(cycle, verdicts_of(cycle)), verified(cycle, verdicts_of(cycle)), package_scorecard(cycle)
    decide(cycle, 2, people.reviewer, Outcome.NOT_APPLICABLE)
    after = self_scored(cycle, verdicts_of(cycle)), verified(cycle, verdicts_of(cycle)), package_scorecard(cycle)

    assert (before[0].counted, before[0].points, before[0].maximum) == (3, D(10), D(30))
    assert (before[1].counted, before[1].points) == (3, D(0))
    assert (before[2][0].maximum, before[2][1]) == (D(30), 1)
    assert (after[0].counted, after[0].points, after[0].maximum) == (2, D(10), D(20))
    assert (after[1].counted, after[1].maximum) == (2, D(20))
    assert (after[2][0].maximum, after[2][1]) == (D(30), 1)


def test_verified_score_is_of_the_decisions_and_has_the_newest_bonus(cycle, people):
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    decide(cycle, 1, people.reviewer)
    for points in (D(1), D(2)):
        cycle.bonuses.create(points=points, source="x", entered_by=people.reviewer)
    standing = verdicts_of(cycle)

    card = verified(cycle, standing)

    assert (card.points, card.bonus, card.final) == (D(10), D(2), D("35.33"))
    assert verified_points(answer_of(cycle, 1), standing) == 10
    assert verified_points(answer_of(cycle, 2), standing) is None
    assert card.predicate.name == "Kurang"


def test_answers_that_are_given_are_scored_and_no_others(cycle, people):
    submitted(cycle, 1, people.operator)
    rows = [row for row in scored_answers(cycle) if row.indicator.number == 1]

    assert self_scored(cycle, verdicts_of(cycle), rows).maximum == 10
    assert verified(cycle, verdicts_of(cycle), rows).maximum == 10


def test_scores_are_of_one_year(cycle, people, places):
    open_cycle(places.lebak, agency=places.other_health, revision=cycle.revision)

    assert len(scored_answers(cycle)) == 3


def test_drafts_predict_a_score(cycle, people):
    put(cycle, 3, form="value", number=D(5))
    put(cycle, 2, form="not_applicable", reason="x")
    rows = list(Answer.objects.filter(cycle=cycle).with_indicator())

    card = predicted(cycle, rows)

    assert (card.points, card.maximum, card.predicate.name) == (D(10), D(30), "Kurang")
    assert undecided_exceptions(rows) == 1


# What is missing


def kinds(answer, cited=()) -> list[str]:
    return [lack.part for lack in lacks(answer, cited)]


def test_each_form_lacks_what_it_needs_and_no_more(cycle):
    required = answer_of(cycle, 3).indicator.documents.get(required=True).pk

    assert kinds(answer_of(cycle, 1)) == ["value"]
    assert kinds(put(cycle, form="none", reason=" ")) == ["reason"]
    assert kinds(put(cycle, form="none", reason="x")) == []
    assert kinds(put(cycle, form="not_applicable", reason="")) == ["reason", "document"]
    assert kinds(put(cycle, form="not_applicable", reason="x"), [(None, "laporan")]) == ["document"]
    assert kinds(put(cycle, 3, form="value", number=D(99))) == ["reason"]
    assert kinds(put(cycle, 3, form="value", number=D(99), reason="x")) == []
    assert kinds(put(cycle, 3, form="value", number=D(5))) == ["document"]
    assert kinds(put(cycle, 3, form="value", number=D(5)), iter([(required, "laporan")])) == []
    assert kinds(put(cycle, 3, form="value", number=D(5)), [(None, "laporan")]) == ["document"]


def test_statement_of_the_head_proves_that_nothing_applies(cycle):
    answer = put(cycle, form="not_applicable", reason="x")

    assert kinds(answer, [(None, EvidenceKind.STATEMENT)]) == []
    assert kinds(answer, [(None, EvidenceKind.REPORT), (None, EvidenceKind.STATEMENT)]) == []


@pytest.mark.parametrize(
    ("value", "asks"),
    [
        (Value("none"), False), (Value("not_applicable"), False), (Value(""), True), (Value(), True),
        (Value(number=D(99)), False), (Value(number=D(5)), True),
    ],
)  # fmt: skip
def test_documents_are_asked_of_what_is_worth_points_or_not_answered_yet(value, asks, cycle):
    assert asks_documents(answer_of(cycle, 3).indicator, value) is asks


def test_value_is_there_once_it_is_whole_or_of_another_form(cycle):
    assert not has_value(answer_of(cycle, 1))
    assert has_value(put(cycle, form="none"))


def test_citations_are_read_by_answer(cycle, people, places):
    evidence = evidence_of(people.operator, places.health, hostile.pdf())
    first, second = answer_of(cycle, 1), answer_of(cycle, 2)
    for answer in (first, second):
        cite(answer=answer, evidence=evidence, agency=places.health, reference=Reference(), by=people.operator)

    assert citations_of([first]) == {first.pk: [(None, "laporan")]}


# Ratios


@pytest.mark.parametrize(
    ("numerator", "denominator", "part"),
    [(D(1), D(0), "denominator"), (None, D(0), "denominator"), (D(2), D(1), "numerator"), (D(1), D(1), None),
     (D(2), None, None), (None, D(1), None), (None, None, None), (D(0), D(1), None)],
)  # fmt: skip
def test_fault_of_a_ratio_names_the_part(numerator, denominator, part):
    fault = fault_of_ratio(numerator, denominator)

    assert (fault and fault[0]) == part


# Awards


@pytest.fixture
def final(cycle) -> Cycle:
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.FINALISED)
    cycle.refresh_from_db()
    return cycle


def award_of(cycle, by, **fields) -> Award:
    return Award.objects.create(cycle=cycle, predicate="Peduli HAM", recorded_by=by, **fields)


def ground_of(cycle, places, people, **fields) -> ProblemGround:
    problem = problem_of(places.health, people.coordinator)
    return ProblemGround.objects.create(problem=problem, cycle=cycle, reason="x", marked_by=people.reviewer, **fields)


def test_award_is_nothing_then_threatened_then_given(final, people, places):
    nothing = award_state(final)
    ground = ground_of(final, places, people)
    threatened = award_state(final)
    ProblemGround.objects.filter(pk=ground.pk).update(lifted_at=timezone.now())
    lifted = award_state(final)
    award_of(final, people.coordinator, decree_number="12", decree_on=dt.date(2026, 12, 1))
    given = award_state(final)

    assert (nothing, lifted) == (None, None)
    assert (threatened.kind, threatened.fallen) == ("threatened", True)
    assert ground.problem.code in threatened.text
    assert (given.kind, given.fallen) == ("given", False)
    assert given.text == "Keputusan 12 tanggal 1 Desember 2026."


@pytest.mark.parametrize(
    ("decree", "words"),
    [({"decree_number": "12"}, "Keputusan 12."), ({}, "Keputusan yang dicatat dari sumber tahun itu.")],
)
def test_award_says_by_what_it_was_given(decree, words, final, people):
    award_of(final, people.coordinator, **decree)

    assert award_state(final).text == words


def test_ended_award_stays_ended_whatever_threatens(final, people, places):
    award = award_of(final, people.coordinator, decree_number="12")
    ground = ground_of(final, places, people)
    threatened = award_state(final).kind
    AwardEnding.objects.create(
        award=award, end="revoked", problem=ground.problem, decree_number="13", decree_on=dt.date(2026, 12, 2),
        ended_by=people.reviewer,
    )  # fmt: skip
    revoked = award_state(final)

    assert (threatened, revoked.kind) == ("threatened", "revoked")
    assert revoked.text.startswith("Keputusan 13 tanggal 2 Desember 2026, karena")
    assert revoked.text.endswith("Diberikan dengan keputusan 12.")
    assert not may_be_grounded(final)


def test_award_that_fell_before_its_decree_has_lapsed(final, people, places):
    award = award_of(final, people.coordinator)
    ground = ground_of(final, places, people)
    AwardEnding.objects.create(award=award, end="lapsed", problem=ground.problem, ended_by=people.reviewer)

    assert award_state(final).kind == "lapsed"


def test_states_of_many_years_are_each_ones_own(final, people, places):
    other = open_cycle(places.lebak, agency=places.other_health, revision=final.revision, status=CycleStatus.ANNOUNCED)
    award_of(final, people.coordinator, decree_number="12")
    award_of(other, people.coordinator, decree_number="13")
    ground_of(other, places, people)

    assert {pk: state.kind for pk, state in award_states([final, other]).items()} == {
        final.pk: "given", other.pk: "threatened",
    }  # fmt: skip


def test_years_of_which_nothing_is_to_be_said_have_no_state(final, people):
    assert award_states([final]) == {}


def test_before_its_result_is_fixed_a_year_has_no_award_to_speak_of(cycle, people, places):
    ground_of(cycle, places, people)

    assert award_state(cycle) is None
    assert not may_be_grounded(cycle)


def test_fixed_year_or_given_award_can_be_brought_down(final, people):
    fixed = may_be_grounded(final)
    Cycle.objects.filter(pk=final.pk).update(status=CycleStatus.ANNOUNCED)
    final.refresh_from_db()
    announced = may_be_grounded(final)
    award_of(final, people.coordinator)

    assert (fixed, announced, may_be_grounded(final)) == (True, False, True)


def test_award_of_another_year_brings_nothing_down(cycle, people, places):
    other = open_cycle(places.lebak, agency=places.other_health, revision=cycle.revision, status=CycleStatus.ANNOUNCED)
    award_of(other, people.coordinator)

    assert (may_be_grounded(cycle), may_be_grounded(other)) == (False, True)


def test_award_ends_no_earlier_than_it_was_given_and_its_cause_was_known(final, people, places):
    ground = ground_of(final, places, people)
    received, later = ground.problem.received_on, ground.problem.received_on + dt.timedelta(days=1)
    undated, dated = Award(), Award(decree_on=later)

    assert earliest_end(ground, None) == earliest_end(ground, undated) == received
    assert earliest_end(ground, dated) == later


def test_award_of_a_year_that_began_later_ends_in_that_year(final, people, places):
    ground = ground_of(final, places, people)
    ground.cycle.assessment_year = 2099

    assert earliest_end(ground, None) == dt.date(2099, 1, 1)


def test_result_below_the_highest_class_expects_no_award(final):
    best, lower = Result(predicate="Peduli HAM"), Result(predicate="Kurang")
    bare = small_revision(code="tanpa-predikat", predicates=[])

    assert (below_award(best, final.revision), below_award(lower, final.revision)) == ("", "Kurang")
    assert (below_award(None, final.revision), below_award(lower, bare)) == ("", "")


# What came back


def trace(answer, verb, by, region):
    return record(actor=Actor.person(by), verb=verb, target=answer, region=region)


@pytest.mark.parametrize(
    ("verbs", "found"),
    [
        (["answer.returned"], "answer.returned"),
        (["answer.handed_back"], "answer.handed_back"),
        (["answer.reopened"], "answer.reopened"),
        (["answer.returned", "answer.saved"], None),
        (["answer.returned", "answer.replied"], None),
        (["answer.returned", "citation.added"], None),
        (["answer.returned", "citation.removed"], None),
        (["answer.returned", "citation.renewed"], None),
        (["answer.saved", "answer.returned"], "answer.returned"),
        (["answer.returned", "answer.taken_back"], "answer.returned"),
        ([], None),
    ],
)
def test_answer_is_untouched_until_its_agency_does_something(verbs, found, cycle, people, region):
    answer = put(cycle, status="returned")
    for verb in verbs:
        trace(answer, verb, people.operator, region)

    assert untouched([answer]).get(answer.pk) == found


def test_what_is_not_with_the_agency_and_what_is_something_else_is_not_untouched(cycle, people, region):
    answer, other = put(cycle, status="returned"), put(cycle, 2, status="draft")
    trace(answer, "answer.returned", people.coordinator, region)
    trace(other, "answer.handed_back", people.head, region)
    cycle.pk = 987654  # another kind of row, whose number no answer has
    trace(cycle, "answer.returned", people.coordinator, region)

    assert untouched([answer, other]) == {answer.pk: "answer.returned", other.pk: "answer.handed_back"}
    assert untouched([put(answer.cycle, status="ready")]) == {}


def test_what_happens_to_another_kind_of_row_of_the_same_number_touches_no_answer(cycle, people, region):
    answer = put(cycle, status="returned")
    trace(answer, "answer.returned", people.coordinator, region)
    cycle.pk = answer.pk
    trace(cycle, "answer.saved", people.operator, region)

    assert untouched([answer]) == {answer.pk: "answer.returned"}


# Who answers what


def test_mapping_is_of_one_region_and_read_by_type(people, places, region):
    before = version_of_mapping(region)
    for place, code, agency in [
        (region, "dinkes", places.health), (region, "dindikbud", places.education),
        (places.lebak, "dinsos", places.other_health),
    ]:  # fmt: skip
        AgencyMapping.objects.create(region=place, type_code=code, agency=agency)

    assert list(mapped(region).items()) == [("dindikbud", places.education), ("dinkes", places.health)]
    assert list(mapped(places.lebak)) == ["dinsos"]
    assert version_of_mapping(places.pidie) == before != version_of_mapping(region)


def test_supporters_are_of_one_indicator_in_one_year_and_read_by_name(cycle, people, places, region):
    later = open_cycle(region, agency=places.health, revision=cycle.revision, assessment_year=2099)
    first, second = (answer_of(cycle, number).indicator for number in (1, 2))
    for year, indicator, agency in [
        (cycle, first, places.legal), (cycle, first, places.education), (cycle, second, places.legal),
        (later, first, places.legal),
    ]:  # fmt: skip
        Assignment.objects.create(cycle=year, indicator=indicator, agency=agency)

    names = sorted(str(agency) for agency in (places.legal, places.education))
    assert [str(row.agency) for row in supporting(cycle, first)] == names
    assert [row.agency for row in supporting(cycle, second)] == [places.legal]
    assert version_of_supporters(cycle, second) == version_of_supporters(later, first)
    assert version_of_supporters(cycle, first) != version_of_supporters(cycle, second)


# The ladder


@pytest.fixture
def indicators(db):
    """Two choices, two ratios and two numbers, of either direction."""
    lower = {"type": "ratio", "numerator": "a", "denominator": "b", "unit": "%", "direction": "lower",
             "bands": [{"max": 5, "points": 10}, {"max": 20, "points": 4}, {"max": 100, "points": 0}]}  # fmt: skip
    higher = {"type": "number", "unit": "unit", "direction": "higher",
              "bands": [{"min": 7, "points": 10}, {"min": 3, "points": 4}, {"min": 0, "points": 0}]}  # fmt: skip
    finer = {"type": "choice", "options": [{"label": "Ada", "points": 10}, {"label": "Sebagian", "points": 7},
             {"label": "Rancangan", "points": 4}, {"label": "Belum", "points": 0}]}  # fmt: skip
    rows = [choice_row(), ratio_row(), number_row(), ratio_row(number=4, text="Rumusan 4.", answer=lower),
            number_row(number=5, text="Rumusan 5.", answer=higher),
            choice_row(number=6, text="Rumusan 6.", answer=finer)]  # fmt: skip
    revision = small_revision(code="tangga", total_indicators=6, indicators=rows)
    return {row.number: row for row in revision.indicators.all()}


def ratio(numerator, denominator) -> Value:
    return Value(numerator=D(numerator), denominator=D(denominator))


@pytest.mark.parametrize(
    ("number", "value", "measure", "states", "advice"),
    [
        (2, ratio(24, 31), "77,42 %", ["pass", "here", "goal"], "1 lagi untuk nilai 10: 25 dari 31 (80 %)."),
        (2, ratio(31, 31), "100,00 %", ["pass", "pass", "here"], ""),
        (4, ratio(10, 31), "32,26 %", ["here", "goal", ""], "4 kurang untuk nilai 4: 6 dari 31 (20 %)."),
        (
            3,
            Value(number=D(12)),
            "12 kejadian",
            ["pass", "here", "goal"],
            "Capai 5 kejadian atau kurang untuk nilai 10.",
        ),
        (5, Value(number=D(1)), "1 unit", ["here", "goal", ""], "Capai 3 unit atau lebih untuk nilai 4."),
        (3, Value(form="none", number=D(12)), "", ["", "", ""], ""),
        (3, Value(), "", ["", "", ""], ""),
    ],
)
def test_ladder_says_where_the_answer_stands_and_what_the_next_step_needs(
    number, value, measure, states, advice, indicators
):
    shown = ladder(indicators[number], value)

    assert (shown.measure, [step.state for step in shown.rungs], shown.advice) == (measure, states, advice)


def test_ladder_of_a_choice_names_the_next_better_option(indicators):
    options = {row.points: row.pk for row in indicators[1].options.all()}

    draft, best = (ladder(indicators[1], Value(option=options[points])) for points in (4, 10))

    assert (draft.advice, best.advice) == ("Untuk nilai 10: “Ada dan berlaku”.", "")
    assert ladder(indicators[1], Value(form="none", option=options[4])).advice == ""
    assert ladder(indicators[1], Value()).advice == ""
    assert ([step.words for step in draft.rungs], draft.drawn) == (["", ""], ())


def test_ladder_of_a_choice_names_the_nearest_of_several_better_options(indicators):
    shown = [ladder(indicators[6], Value(option=row.pk)).advice for row in indicators[6].options.all()]

    assert shown == ["", "Untuk nilai 10: “Ada”.", "Untuk nilai 7: “Sebagian”.", "Untuk nilai 4: “Rancangan”."]


def test_rule_of_an_indicator_is_read_once(indicators, django_assert_num_queries):
    rule = scoring_rule_of(indicators[1])

    with django_assert_num_queries(0):
        assert scoring_rule_of(indicators[1]) is rule


def test_bounds_are_written_as_people_read_them(indicators):
    words = {number: [step.words for step in ladder(indicators[number], Value()).rungs] for number in (2, 3, 4, 5)}

    assert words[2] == ["< 50 %", "50 %", "80 %"]
    assert words[3] == ["> 20", "≤ 20", "≤ 5"]
    assert words[4] == ["> 20 %", "≤ 20 %", "≤ 5 %"]
    assert words[5] == ["< 3", "3", "7"]


def test_ladder_tells_what_is_answered_and_what_does_not_apply(indicators):
    shown = [ladder(indicators[3], value) for value in (Value(), Value("none"), Value("not_applicable"))]

    assert [(row.answered, row.not_applicable) for row in shown] == [(False, False), (True, False), (True, True)]
    assert (shown[0].maximum, shown[0].points, shown[0].whose) == (10, 0, "")
