"""The corners of the arithmetic: what is not answered, what no band takes, and the last step of the way."""

from decimal import Decimal

import pytest

from assessment import scoring
from assessment.scoring import Band, Goal, Mark, Option, Predicate, Rule, Value

D = Decimal
CHOICE = Rule("choice", options=(Option(1, "Ada", D(10)), Option(2, "Rancangan", D(4))))
RATIO = Rule("ratio", "higher", bands=(Band(D(80), D(10)), Band(D(50), D(5)), Band(D(10), D(1))))
RATIO_DOWN = Rule("ratio", "lower", bands=(Band(D(5), D(10)), Band(D(20), D(4))))
NUMBER = Rule("number", "higher", bands=(Band(D(7), D(10)), Band(D(3), D(4))))


def ratio(numerator, denominator) -> Value:
    return Value(numerator=D(numerator), denominator=D(denominator))


@pytest.mark.parametrize(
    ("rule", "value", "empty"),
    [
        (CHOICE, Value(form="", option=1), True), (CHOICE, Value(), True), (CHOICE, Value(option=1), False),
        (RATIO, Value(numerator=D(1)), True), (RATIO, Value(denominator=D(1)), True), (RATIO, ratio(0, 1), False),
        (NUMBER, Value(), True), (NUMBER, Value(number=D(0)), False), (NUMBER, Value(form="none"), False),
    ],
)  # fmt: skip
def test_empty_is_what_has_no_whole_value_and_no_other_form(rule, value, empty):
    assert scoring.is_empty(rule, value) is empty


@pytest.mark.parametrize(
    ("rule", "value", "achieved"),
    [
        (CHOICE, Value(option=1), None), (NUMBER, Value(number=D(4)), D(4)), (RATIO, ratio(1, 3), D("33.33")),
        (NUMBER, Value(form="none", number=D(4)), None), (RATIO, Value(), None),
    ],
)  # fmt: skip
def test_only_numbers_and_ratios_achieve_something(rule, value, achieved):
    assert scoring.achievement(rule, value) == achieved


@pytest.mark.parametrize("form", ["none", "not_applicable", ""])
@pytest.mark.parametrize("rule", [CHOICE, NUMBER, RATIO])
def test_value_that_was_typed_before_another_form_gives_nothing(rule, form):
    value = Value(form=form, option=1, numerator=D(9), denominator=D(9), number=D(9))

    assert scoring.points(rule, value) == 0
    assert scoring.goal(rule, value) is None


def test_what_no_band_takes_gives_nothing():
    assert scoring.points(RATIO, ratio(1, 100)) == 0
    assert scoring.points(RATIO_DOWN, ratio(99, 100)) == 0


@pytest.mark.parametrize(
    ("rule", "value", "goal"),
    [
        (NUMBER, Value(number=D(1)), Goal(D(4), D(3), D(2))),
        (NUMBER, Value(number=D(3)), Goal(D(10), D(7), D(4))),
        (NUMBER, Value(number=D(7)), None),
        (RATIO, ratio(0, 10), Goal(D(1), D(10), D(1))),
        (RATIO, ratio(0, 1), Goal(D(10), D(80), D(1))),
        (RATIO, ratio("0.5", 10), Goal(D(1), D(10), D("0.5"))),
        (RATIO_DOWN, ratio("30.5", 100), Goal(D(4), D(20), D("10.5"))),
        (RATIO_DOWN, ratio(1, 1), Goal(D(10), D(5), D(1))),
        (RATIO_DOWN, ratio(60000, 100000), Goal(D(4), D(20), D(39996))),
        (RATIO, ratio(70000, 100000), Goal(D(10), D(80), D(9995))),
    ],
)
def test_goal_is_the_first_band_that_the_next_steps_reach(rule, value, goal):
    assert scoring.goal(rule, value) == goal


@pytest.mark.parametrize(
    ("direction", "numerator", "bound", "distance"),
    [("higher", 0, D("33.333"), D(3334)), ("lower", 10_000, D("33.337"), D(6667))],
)
def test_bound_finer_than_a_hundredth_is_passed_and_not_only_met(direction, numerator, bound, distance):
    rule = Rule("ratio", direction, bands=(Band(bound, D(10)),))

    assert scoring.goal(rule, ratio(numerator, 10_000)) == Goal(D(10), bound, distance)


def test_better_band_without_a_bound_is_no_goal():
    rule = Rule("number", "higher", bands=(Band(None, D(10)),))

    assert (
        scoring.goal(Rule("number", "lower", bands=(Band(D(5), D(4)), Band(None, D(10)))), Value(number=D(3))) is None
    )
    assert scoring.goal(rule, Value(number=D(3))) is None


def test_most_that_a_rule_gives_is_its_best_step():
    assert (CHOICE.max_points, RATIO_DOWN.max_points, Rule("number").max_points) == (10, 10, 0)


def mark(number, right, points, **fields) -> Mark:
    return Mark(number, right, D(points), D(10), **fields)


def test_rights_are_summed_each_once_whatever_the_order_of_their_indicators():
    card = scoring.score([mark(3, "R02", 5), mark(2, "R01", 10), mark(1, "R02", 10, weight=D(2), counted=False)])

    found = [(row.right, row.indicators, row.counted, row.points, row.maximum, row.score) for row in card.rights]
    assert found == [("R01", 1, 1, D(10), D(10), D(100)), ("R02", 2, 1, D(5), D(10), D(50))]
    assert (card.counted, card.points, card.maximum, card.bonus) == (2, D(15), D(20), D(0))


def test_shares_are_rounded_half_up():
    assert scoring.score([Mark(1, "R01", D("0.5"), D(10_000)), Mark(2, "R01", D(1), D(10_000))]).total == D("0.01")
    assert scoring.rounded(D("0.125")) == D("0.13")


def test_working_class_makes_the_card_a_working_one():
    classes = [Predicate("Baik", D(60)), Predicate("Kurang", D(0), working=True), Predicate("Belum", None)]

    assert [scoring.score([mark(1, "R01", got)], classes).working for got in (6, 5)] == [False, True]
    assert scoring.score([mark(1, "R01", 6)], classes).predicate.name == "Baik"
    assert scoring.score([mark(1, "R01", 6)]).working is False


def test_class_begins_at_its_very_minimum_and_none_is_below_the_lowest():
    classes = [Predicate("Baik", D(60)), Predicate("Cukup", D(50))]

    assert scoring.predicate_for(D(60), classes).name == "Baik"
    assert scoring.predicate_for(D("49.99"), classes) is None
    assert scoring.predicate_for(None, classes) is None
