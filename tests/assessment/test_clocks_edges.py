"""Each hour that runs in a year, asked at the very hour, just before it, and of everyone it is not meant for."""

import datetime as dt

import pytest
from django.utils import timezone

from assessment.enums import AnswerStatus, CycleStatus
from assessment.facts.clocks import Clocks, running_round
from assessment.models import Answer, CorrectionRound, Cycle, Extension, Package, Return
from tests.factories.assessment import answer_of, open_cycle

HOUR = dt.datetime(2026, 6, 30, 10, tzinfo=dt.UTC)
BEFORE = HOUR - dt.timedelta(microseconds=1)
LATER = HOUR + dt.timedelta(days=3)


@pytest.fixture
def cycle(people, places, region):
    """A year that is being filled until the hour."""
    return open_cycle(region, agency=places.health, filling_deadline=HOUR)


def extend(cycle, by, until, *, agency=None, given=None):
    return cycle.extensions.create(
        agency=agency, deadline=until, reason="x", created_by=by, created_at=given or timezone.now()
    )


def put(cycle, number=1, **fields) -> Answer:
    """An answer in a state."""
    Answer.objects.filter(cycle=cycle, indicator__number=number).update(**fields)
    return answer_of(cycle, number)


def asked_again(cycle, by, *answers, opened=HOUR, closes=LATER, number=1) -> CorrectionRound:
    """A round that names answers."""
    opened_round = CorrectionRound.objects.create(
        cycle=cycle, number=number, opened_by=by, opened_at=opened, closes_at=closes
    )
    for answer in answers:
        Return.objects.create(answer=answer, round=opened_round, reader="reviewer", returned_by=by, closes_at=closes)
    return opened_round


def in_verification(cycle) -> Cycle:
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.VERIFICATION)
    cycle.refresh_from_db()
    return cycle


def test_filling_ends_at_the_very_hour(cycle, places):
    answer = answer_of(cycle, 1)

    assert Clocks.of(cycle).open_until(answer, places.health.pk, BEFORE) == HOUR
    assert Clocks.of(cycle).open_until(answer, places.health.pk, HOUR) is None


def test_extension_ends_at_the_very_hour(cycle, people, places):
    extend(cycle, people.coordinator, LATER)
    answer, clocks = answer_of(cycle, 1), Clocks.of(cycle)

    assert clocks.open_until(answer, places.health.pk, HOUR) == LATER
    assert clocks.open_until(answer, places.health.pk, LATER) is None
    assert clocks.running_extensions(LATER) == []
    assert [row.deadline for row in clocks.running_extensions(HOUR)] == [LATER]


def test_latest_extension_is_named_first(cycle, people):
    latest = LATER + dt.timedelta(days=1)
    extend(cycle, people.coordinator, latest)
    extend(cycle, people.coordinator, LATER)

    assert [row.deadline for row in Clocks.of(cycle).running_extensions(HOUR)] == [latest, LATER]


def test_extension_of_one_agency_is_no_other_ones(cycle, people, places):
    extend(cycle, people.coordinator, LATER, agency=places.education)
    clocks = Clocks.of(cycle)

    assert clocks.filling_until(places.education.pk) == LATER
    assert clocks.filling_until(places.health.pk) == HOUR


def test_extension_never_shortens_the_filling(cycle, people, places):
    extend(cycle, people.coordinator, BEFORE)

    assert Clocks.of(cycle).filling_until(places.health.pk) == HOUR


def test_package_ends_every_extension_that_was_given_before_it(cycle, people, places):
    sent = HOUR - dt.timedelta(days=1)
    extend(cycle, people.coordinator, LATER, given=sent)
    extend(cycle, people.coordinator, LATER, agency=places.education, given=sent + dt.timedelta(microseconds=1))
    Package.objects.create(
        cycle=cycle, number=1, sent_at=sent, sent_by=people.coordinator, late=False, trail_head="0" * 64
    )

    clocks = Clocks.of(cycle)

    assert [row.agency for row in clocks.extensions] == [places.education]


def test_extensions_open_nothing_once_the_filling_is_over(cycle, people, places):
    extend(cycle, people.coordinator, LATER)
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.SUBMITTED)
    cycle.refresh_from_db()

    assert Clocks.of(cycle).open_until(answer_of(cycle, 1), places.health.pk, BEFORE) is None


@pytest.mark.parametrize("status", [AnswerStatus.RETURNED, AnswerStatus.READY])
def test_what_was_sent_back_is_open_until_its_own_hour(status, cycle, places):
    answer, clocks = put(cycle, status=status, returned_until=LATER), Clocks.of(cycle)

    assert clocks.open_until(answer, places.health.pk, HOUR) == LATER
    assert clocks.open_until(answer, places.health.pk, LATER) is None


def test_what_was_sent_back_is_open_until_the_later_of_both_hours(cycle, places):
    earlier = put(cycle, status=AnswerStatus.RETURNED, returned_until=HOUR - dt.timedelta(days=1))
    later = put(cycle, 2, status=AnswerStatus.RETURNED, returned_until=LATER)
    at = HOUR - dt.timedelta(days=2)

    assert Clocks.of(cycle).open_until(earlier, places.health.pk, at) == HOUR
    assert Clocks.of(cycle).open_until(later, places.health.pk, at) == LATER


def test_year_without_an_hour_is_filled_until_its_extension_or_not_at_all(cycle):
    cycle.filling_deadline = None

    assert Clocks(cycle, (Extension(deadline=LATER),)).filling_until(None) == LATER
    assert Clocks(cycle).filling_until(None) is None


def test_hour_of_an_earlier_return_opens_no_draft(cycle, places):
    answer = put(cycle, status=AnswerStatus.DRAFT, returned_until=LATER)

    assert Clocks.of(cycle).open_until(answer, places.health.pk, HOUR) is None


@pytest.mark.parametrize("status", [AnswerStatus.RETURNED, AnswerStatus.READY])
def test_what_was_sent_back_is_due_at_its_hour_and_then_at_the_end_of_filling(status, cycle, places):
    asked = HOUR - dt.timedelta(days=2)
    answer, clocks = put(cycle, status=status, returned_until=asked), Clocks.of(cycle)

    assert clocks.due_at(answer, places.health.pk, asked - dt.timedelta(microseconds=1)) == asked
    assert clocks.due_at(answer, places.health.pk, asked) == HOUR
    assert clocks.due_at(answer, places.health.pk, HOUR) is None


def test_draft_is_due_at_the_end_of_filling(cycle, places):
    answer = put(cycle, status=AnswerStatus.DRAFT, returned_until=HOUR - dt.timedelta(days=1))

    assert Clocks.of(cycle).due_at(answer, places.health.pk, HOUR - dt.timedelta(days=2)) == HOUR


def test_round_is_open_from_its_opening_until_just_before_its_hour(cycle, people, places):
    answer = put(in_verification(cycle), status=AnswerStatus.RETURNED)
    asked_again(cycle, people.reviewer, answer)
    clocks = Clocks.of(cycle)

    open_at = {at: clocks.open_until(answer, places.health.pk, at) for at in (BEFORE, HOUR, LATER)}

    assert open_at == {BEFORE: None, HOUR: LATER, LATER: None}
    assert [clocks.awaited(answer, at) for at in (BEFORE, HOUR, LATER)] == [False, True, False]


def test_round_opens_only_what_it_names(cycle, people, places):
    named = put(in_verification(cycle), status=AnswerStatus.RETURNED)
    other = put(cycle, 2, status=AnswerStatus.RETURNED)
    asked_again(cycle, people.reviewer, named)
    clocks = Clocks.of(cycle)

    assert clocks.open_until(other, places.health.pk, HOUR) is None
    assert not clocks.awaited(other, HOUR)


def test_only_the_newest_round_runs(cycle, people, places):
    first, second = put(in_verification(cycle), status=AnswerStatus.RETURNED), answer_of(cycle, 2)
    asked_again(cycle, people.reviewer, first, number=1)
    asked_again(cycle, people.reviewer, second, number=2, closes=LATER)

    clocks = Clocks.of(cycle)

    assert clocks.named == {second.pk}
    assert clocks.round.number == 2


def test_round_runs_in_verification_only(cycle, people):
    asked_again(cycle, people.reviewer, put(cycle, status=AnswerStatus.RETURNED))
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.PROPOSED)
    cycle.refresh_from_db()

    assert Clocks.of(cycle).round is None


@pytest.mark.parametrize(
    ("status", "waits"),
    [(AnswerStatus.RETURNED, True), (AnswerStatus.READY, True), (AnswerStatus.VERIFIED, False),
     (AnswerStatus.DRAFT, False)],
)  # fmt: skip
def test_round_waits_for_what_lies_with_the_agency_or_its_head(status, waits, cycle, people):
    answer = answer_of(in_verification(cycle), 1)
    asked_again(cycle, people.reviewer, answer)
    Answer.objects.filter(pk=answer.pk).update(status=status)

    assert Clocks.of(cycle).awaited(answer_of(cycle, 1), HOUR) is waits
    assert bool(running_round(cycle, HOUR)) is waits


def test_no_round_runs_before_it_opens_or_after_its_hour(cycle, people):
    answer = put(in_verification(cycle), status=AnswerStatus.RETURNED)
    opened = asked_again(cycle, people.reviewer, answer)

    assert [running_round(cycle, at) for at in (BEFORE, HOUR, LATER)] == [None, opened, None]


@pytest.mark.parametrize(
    ("status", "came_from", "run_out"),
    [("returned", "", True), ("ready", "returned", True), ("ready", "draft", False), ("draft", "returned", False)],
)
def test_return_has_run_out_where_it_still_lies_with_the_agency_or_its_head(status, came_from, run_out, cycle):
    answer = put(in_verification(cycle), status=status, came_from=came_from)

    assert Clocks.of(cycle).not_sent_again(answer, HOUR) is run_out


def test_return_has_not_run_out_while_it_is_awaited_or_the_filling_lasts(cycle, people):
    answer = put(cycle, status=AnswerStatus.RETURNED)
    filling = Clocks.of(cycle).not_sent_again(answer, LATER)
    asked_again(in_verification(cycle), people.reviewer, answer)
    clocks = Clocks.of(cycle)

    assert not filling
    assert [clocks.not_sent_again(answer, at) for at in (HOUR, LATER)] == [False, True]


@pytest.mark.parametrize("status", [AnswerStatus.DRAFT, AnswerStatus.READY])
def test_what_was_never_handed_up_is_left_behind_by_the_package(status, cycle):
    answer = put(cycle, status=status, came_from="draft")
    filling = Clocks.of(cycle).closed(answer, HOUR)
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.SUBMITTED)
    cycle.refresh_from_db()

    assert (filling, Clocks.of(cycle).closed(answer, HOUR)) == (False, True)


def test_what_a_round_awaits_from_the_head_is_not_left_behind(cycle, people):
    answer = put(in_verification(cycle), status=AnswerStatus.READY, came_from="returned")
    asked_again(cycle, people.reviewer, answer)
    clocks = Clocks.of(cycle)

    assert [clocks.closed(answer, at) for at in (HOUR, LATER)] == [False, True]


@pytest.mark.parametrize("status", [AnswerStatus.RETURNED, AnswerStatus.READY])
def test_hour_of_a_return_is_due_no_more_once_the_package_has_left(status, cycle, places):
    answer = put(cycle, status=status, returned_until=LATER)
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.SUBMITTED)
    cycle.refresh_from_db()

    assert Clocks.of(cycle).due_at(answer, places.health.pk, BEFORE) is None


def test_what_was_handed_up_is_not_left_behind(cycle):
    answer = put(in_verification(cycle), status=AnswerStatus.VERIFIED)

    assert not Clocks.of(cycle).closed(answer, HOUR)


def test_what_another_year_still_owes_keeps_no_round_open(cycle, people, places):
    other = open_cycle(places.lebak, agency=places.other_health, revision=cycle.revision)
    put(other, status=AnswerStatus.RETURNED)
    asked_again(cycle, people.reviewer, put(in_verification(cycle), status=AnswerStatus.VERIFIED))

    assert running_round(cycle, HOUR) is None
