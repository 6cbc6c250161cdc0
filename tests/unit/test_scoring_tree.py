"""Parts to points: redistribution to the last millionth, missing apart from not arisen, and the curves."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from congtam.engine.rulebook.model import Curve, Part
from congtam.engine.scoring.curves import share_of_points
from congtam.engine.scoring.points import POINT, half_up, micropoints, portion, rounded, split
from congtam.engine.scoring.tree import PartScore, Rate, score_parts
from congtam.engine.states import State

TITLE = {"vi": "Mục", "en": "Part"}
WHOLE = 100 * POINT


def part(name: str, points: int, *parts: Part) -> Part:
    source: dict[str, Any] = {"parts": parts} if parts else {"from": name}
    return Part.model_validate({"id": name, "title": TITLE, "points": points, **source})


def scored(tree: tuple[Part, ...], rates: Mapping[str, Fraction | State]) -> dict[str, PartScore]:
    def rate(one: Part) -> Rate:
        given = rates[one.id]
        if given is State.MISSING:
            return Rate(given, Fraction(0), Fraction(1))
        return Rate(given) if isinstance(given, State) else Rate(State.VALUE, given, given)

    return {one.id: one for top in score_parts(tree, WHOLE, rate) for one in (top, *top.parts)}


FLAT = (part("a", 50), part("b", 30), part("c", 20))


def test_parts_earn_their_share() -> None:
    found = scored(FLAT, {"a": Fraction(1), "b": Fraction(1, 3), "c": Fraction(0)})
    assert [found[name].points for name in "abc"] == [50 * POINT, 10 * POINT, 0]
    assert [found[name].lost for name in "abc"] == [0, 20 * POINT, 20 * POINT]


@pytest.mark.parametrize("absent", [State.NOT_APPLICABLE, State.EXCUSED])
def test_what_does_not_arise_leaves_its_points_to_the_others(absent: State) -> None:
    found = scored(FLAT, {"a": Fraction(1), "b": absent, "c": Fraction(1)})
    assert (found["b"].maximum, found["b"].points, found["b"].state) == (0, None, absent)
    assert found["a"].maximum + found["c"].maximum == WHOLE
    assert (found["a"].maximum, found["c"].maximum) == (71_428_571, 28_571_429)


def test_redistribution_keeps_the_last_millionth() -> None:
    thirds = tuple(part(name, 1) for name in "abc")
    found = scored(thirds, dict.fromkeys("abc", Fraction(1)))
    assert [found[name].maximum for name in "abc"] == [33_333_334, 33_333_333, 33_333_333]


def test_missing_is_not_zero_and_lends_nothing() -> None:
    found = scored(FLAT, {"a": Fraction(1), "b": State.MISSING, "c": Fraction(1, 2)})
    assert [found[name].maximum for name in "abc"] == [50 * POINT, 30 * POINT, 20 * POINT]
    assert (found["b"].points, found["b"].earned, found["b"].measurable) == (None, 0, 0)


def test_points_stay_within_their_group_until_the_whole_group_is_absent() -> None:
    tree = (part("a", 60), part("g", 40, part("b", 30), part("c", 10)))
    within = scored(tree, {"a": Fraction(1), "b": State.NOT_APPLICABLE, "c": Fraction(1)})
    assert (within["a"].maximum, within["g"].maximum, within["c"].maximum) == (60 * POINT, 40 * POINT, 40 * POINT)
    gone = scored(tree, {"a": Fraction(1), "b": State.NOT_APPLICABLE, "c": State.EXCUSED})
    assert (gone["a"].maximum, gone["g"].maximum, gone["g"].points) == (WHOLE, 0, None)


def test_a_group_with_something_missing_is_missing() -> None:
    tree = (part("a", 60), part("g", 40, part("b", 30), part("c", 10)))
    found = scored(tree, {"a": Fraction(1), "b": State.MISSING, "c": Fraction(1)})
    assert (found["g"].state, found["g"].points, found["g"].earned) == (State.MISSING, None, 10 * POINT)


def test_nothing_arose_at_all() -> None:
    found = scored(FLAT, dict.fromkeys("abc", State.NOT_APPLICABLE))
    assert sum(one.maximum for one in found.values()) == 0


CURVES = [
    # curve, direction, value, share of 10 points
    ({}, "up", "3/4", "3/4"),
    ({}, "down", "3/4", "1/4"),
    ({}, "up", "5/4", "1"),
    ({}, "up", "-1/4", "0"),
    ({"target": "0.8"}, "up", "3/5", "3/4"),  # 766: 60 % against 80 %
    ({"target": "0.8"}, "up", "9/10", "1"),
    ({"steps": [{"from": "0", "points": "5"}, {"from": "1", "points": "10"}]}, "up", "0", "1/2"),
    ({"steps": [{"from": "0", "points": "5"}, {"from": "1", "points": "10"}]}, "up", "3", "1"),
    ({"steps": [{"from": "0.5", "points": "5"}]}, "up", "2/5", "0"),
    ({"steps": [{"from": "1", "points": "10"}, {"from": "0", "points": "5"}]}, "up", "1/2", "1/2"),  # in any order
    ({"between": {"zero": "0.2", "full": "0"}}, "down", "1/20", "3/4"),
    ({"between": {"zero": "0.2", "full": "0"}}, "down", "1/4", "0"),
    ({"between": {"zero": "0.5", "full": "0.9"}}, "up", "7/10", "1/2"),
]  # fmt: skip


@pytest.mark.parametrize(("curve", "direction", "value", "expected"), CURVES)
def test_curves(curve: dict[str, Any], direction: str, value: str, expected: str) -> None:
    share = share_of_points(Fraction(value), Curve.model_validate(curve), direction, Decimal(10))
    assert share == Fraction(expected)


@pytest.mark.parametrize(
    ("maximum", "target", "value", "expected"),
    [("4", "0.8", "0.6", "3.00"), ("6", "0.9", "0.85", "5.67"), ("20", None, "0.934", "18.68")],
)
def test_the_vectors_of_decision_766(maximum: str, target: str | None, value: str, expected: str) -> None:
    curve = Curve.model_validate({"target": target} if target else {})
    share = share_of_points(Fraction(value), curve, "up", Decimal(maximum))
    assert rounded(half_up(share * micropoints(Decimal(maximum))), 2) == micropoints(Decimal(expected))


@pytest.mark.parametrize(("value", "expected"), [("1/2", 1), ("-1/2", -1), ("3/2", 2), ("49/100", 0), ("-49/100", 0)])
def test_a_half_goes_away_from_zero(value: str, expected: int) -> None:
    assert half_up(Fraction(value)) == expected


def test_a_split_loses_nothing() -> None:
    assert sum(split(WHOLE, [1, 1, 1, 4, 7])) == WHOLE
    assert split(10, [0, 1]) == [0, 10]
    assert split(10, [7, 3]) == [7, 3]
    assert split(1, [7, 3]) == [1, 0]


@pytest.mark.parametrize(
    ("share", "expected"), [("1/3", 33_333_333), ("2/3", 66_666_667), ("1", WHOLE), ("-1/3", -33_333_333)]
)
def test_a_portion_is_rounded_half_up_once(share: str, expected: int) -> None:
    assert portion(Fraction(share), WHOLE) == expected
