"""Points, scores, predicates: pure arithmetic."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import scoring
from assessment.scoring import Band, Mark, Option, Predicate, Rule, Value

D = Decimal
CHOICE = Rule("choice", options=(Option(1, "Ada", D(10)), Option(2, "Rancangan", D(4))))
RATIO = Rule("ratio", "higher", bands=(Band(D(80), D(10)), Band(D(50), D(5)), Band(D(0), D(0))))
RATIO_DOWN = Rule("ratio", "lower", bands=(Band(D(5), D(10)), Band(D(20), D(4)), Band(D(100), D(0))))
NUMBER_DOWN = Rule("number", "lower", bands=(Band(D(70), D(10)), Band(D(100), D(8)), Band(None, D(0))))


def ratio(numerator, denominator) -> Value:
    return Value(numerator=D(numerator), denominator=D(denominator))


@pytest.mark.parametrize(
    ("rule", "value", "points"),
    [
        (CHOICE, Value(option=1), 10),
        (CHOICE, Value(option=2), 4),
        (CHOICE, Value(option=99), 0),
        (RATIO, ratio(8, 10), 10),
        (RATIO, ratio("7999", "10000"), 5),
        (RATIO, ratio("79995", "100000"), 10),  # 79.995 % is rounded half up to 80.00 before it is compared
        (RATIO, ratio("79994", "100000"), 5),
        (RATIO, ratio(5, 10), 5),
        (RATIO, ratio(0, 10), 0),
        (RATIO, ratio(3, 0), 0),
        (RATIO_DOWN, ratio(5, 100), 10),
        (RATIO_DOWN, ratio("5.01", 100), 4),
        (NUMBER_DOWN, Value(number=D(70)), 10),
        (NUMBER_DOWN, Value(number=D("70.0001")), 8),
        (NUMBER_DOWN, Value(number=D(100000)), 0),
        (RATIO, Value(form="none"), 0),
        (RATIO, Value(form="not_applicable"), 0),
    ],
)
def test_points_follow_the_bands_whose_bounds_belong_to_them(rule, value, points):
    assert scoring.points(rule, value) == points


@pytest.mark.parametrize(
    ("rule", "value", "goal"),
    [
        (RATIO, ratio(24, 31), (D(10), D(80), D(1))),
        (RATIO, ratio(3, 31), (D(5), D(50), D(13))),
        (RATIO, ratio(31, 31), None),
        (RATIO_DOWN, ratio(10, 31), (D(4), D(20), D(4))),
        (NUMBER_DOWN, Value(number=D(90)), (D(10), D(70), D(20))),
        (CHOICE, Value(option=2), None),
        (RATIO, Value(form=""), None),
    ],
)
def test_goal_names_the_next_band_and_the_way_to_it(rule, value, goal):
    found = scoring.goal(rule, value)

    assert (found and (found.points, found.bound, found.distance)) == goal


@given(st.one_of(st.integers(1, 5000), st.integers(10**9, 10**15)), st.data())
def test_reaching_the_goal_gives_its_points(denominator, data):
    """Also of budgets in rupiah, where the way cannot be walked step by step."""
    numerator = data.draw(st.integers(0, denominator))
    value = ratio(numerator, denominator)
    goal = scoring.goal(RATIO, value)

    if goal:
        assert scoring.points(RATIO, ratio(numerator + goal.distance, denominator)) == goal.points
        assert scoring.points(RATIO, ratio(numerator + goal.distance - 1, denominator)) < goal.points


@given(st.one_of(st.integers(1, 5000), st.integers(10**9, 10**15)), st.data())
def test_reaching_the_goal_from_above_gives_its_points(denominator, data):
    numerator = data.draw(st.integers(0, denominator))
    goal = scoring.goal(RATIO_DOWN, ratio(numerator, denominator))

    if goal:
        assert scoring.points(RATIO_DOWN, ratio(numerator - goal.distance, denominator)) == goal.points
        assert scoring.points(RATIO_DOWN, ratio(numerator - goal.distance + 1, denominator)) < goal.points


def mark(number, right, points, **fields) -> Mark:
    return Mark(number, right, D(points), D(10), **fields)


def test_right_score_is_the_share_of_its_maximum():
    card = scoring.score([mark(1, "R01", 10), mark(2, "R01", 5), mark(3, "R02", 0)])

    assert [(row.right, row.score) for row in card.rights] == [("R01", D("75.00")), ("R02", D("0.00"))]
    assert card.total == D("50.00")


def test_what_is_not_counted_leaves_points_and_maximum():
    card = scoring.score([mark(1, "R01", 6), mark(2, "R01", 0, counted=False), mark(3, "R02", 0, counted=False)])

    assert card.total == D("60.00")
    assert card.rights[1].score is None


def test_weights_count_in_points_and_maximum():
    card = scoring.score([mark(1, "R01", 10, weight=D(3)), mark(2, "R01", 0)])

    assert card.total == D("75.00")


def test_predicate_is_decided_on_the_rounded_final_number():
    classes = [Predicate("Peduli HAM", D(75)), Predicate("Cukup", D(60), working=True)]

    assert scoring.score([mark(1, "R01", "7.4995")], classes).predicate.name == "Peduli HAM"
    assert scoring.score([mark(1, "R01", "7.4994")], classes).predicate.name == "Cukup"


def test_bonus_is_added_after_rounding_and_ends_at_a_hundred():
    assert scoring.score([mark(1, "R01", 10)], bonus=D("1.5")).final == 100
    assert scoring.score([mark(1, "R01", 5)], bonus=D("1.25")).final == D("51.25")


def test_missing_minimum_gives_no_predicate():
    assert scoring.score([mark(1, "R01", 10)], [Predicate("Peduli HAM", None)]).predicate is None


def test_nothing_left_gives_no_score_at_all():
    card = scoring.score([mark(1, "R01", 0, counted=False)])

    assert (card.total, card.final, card.predicate) == (None, None, None)
