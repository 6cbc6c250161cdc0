"""Limits on how many may hold a grade: the three readings, groups within groups, minimum, small groups, ties."""

from fractions import Fraction
from typing import Any

import pytest

from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.scoring.population import Candidate, GroupCap, allowed, apply_caps

GRADES = ("excellent", "good", "complete", "poor")
FIFTH = Fraction(1, 5)


def rule(**changes: Any) -> PopulationRule:
    given: dict[str, Any] = {"id": "cap", "title": {"vi": "Trần", "en": "Cap"}, "cap": "excellent", "limit": "0.2",
                             "base": "good_before", "each_of": [["agency"]]}  # fmt: skip
    return PopulationRule.model_validate({**given, **changes})


def people(grade: str, points: dict[str, int], **groups: str) -> list[Candidate]:
    return [Candidate(name, grade, value, {"agency": "so", **groups}) for name, value in points.items()]


def good(number: int, **groups: str) -> list[Candidate]:
    return people("good", {f"g{groups.get('unit', '')}{n}": 80 for n in range(number)}, **groups)


def only(outcomes: list[GroupCap]) -> GroupCap:
    (outcome,) = outcomes
    return outcome


@pytest.mark.parametrize(
    ("reading", "limit", "expected"),
    [
        ("good_after_demotion", FIFTH, 5),
        ("good_before", FIFTH, 4),
        ("good_and_above", FIFTH, 6),
        ("good_after_demotion", Fraction(1, 4), 6),
        ("good_and_above", Fraction(1, 4), 7),
    ],
)
def test_thirty_people_ten_candidates(reading: str, limit: Fraction, expected: int) -> None:
    """Section 11 of the regulations."""
    assert allowed(rule(), reading, limit, candidates=10, good=20) == expected


@pytest.mark.parametrize("good_ones", range(40))
@pytest.mark.parametrize("candidates", [0, 1, 3, 10])
def test_after_demotion_the_limit_holds_and_one_more_would_break_it(good_ones: int, candidates: int) -> None:
    number = allowed(rule(), "good_after_demotion", FIFTH, candidates, good_ones)
    assert number <= FIFTH * (good_ones + candidates - number)
    if number < candidates:
        assert number + 1 > FIFTH * (good_ones + candidates - number - 1)


@pytest.mark.parametrize(("rounding", "expected"), [("down", 2), ("nearest", 3), ("up", 3)])
def test_rounding_is_named(rounding: str, expected: int) -> None:
    assert allowed(rule(rounding=rounding), "good_before", FIFTH, 9, 13) == expected  # 2.6


WORKED = """
20 % good_after_demotion down    0 0 0 0 0 1 1 1 1 1 1 2
20 % good_after_demotion nearest 0 0 1 1 1 1 1 1 2 2 2 2
20 % good_after_demotion up      0 1 1 1 1 1 2 2 2 2 2 2
20 % good_after_demotion one     0 1 1 1 1 1 1 1 1 1 1 2
20 % good_after_demotion small   0 1 1 1 0 1 1 1 1 1 1 2
20 % good_before         down    0 0 0 0 0 0 0 0 1 1 1 1
20 % good_before         nearest 0 0 0 0 1 1 1 1 1 1 1 1
20 % good_before         up      0 1 1 1 1 1 1 1 1 1 2 2
20 % good_before         one     0 1 1 1 1 1 1 1 1 1 1 1
20 % good_before         small   0 1 1 1 0 0 0 0 1 1 1 1
20 % good_and_above      down    0 0 0 0 1 1 1 1 1 2 2 2
20 % good_and_above      nearest 0 0 1 1 1 1 1 2 2 2 2 2
20 % good_and_above      up      0 1 1 1 1 2 2 2 2 2 3 3
20 % good_and_above      one     0 1 1 1 1 1 1 1 1 2 2 2
20 % good_and_above      small   0 1 1 1 1 1 1 1 1 2 2 2
25 % good_after_demotion down    0 0 0 0 1 1 1 1 1 2 2 2
25 % good_after_demotion nearest 0 0 1 1 1 1 1 2 2 2 2 2
25 % good_after_demotion up      0 1 1 1 1 2 2 2 2 2 3 3
25 % good_before         down    0 0 0 0 0 0 1 1 1 1 1 1
25 % good_before         nearest 0 0 1 1 1 1 1 1 1 1 2 2
25 % good_before         up      0 1 1 1 1 1 1 1 2 2 2 2
25 % good_and_above      down    0 0 0 1 1 1 1 2 2 2 2 3
25 % good_and_above      nearest 0 1 1 1 1 2 2 2 2 3 3 3
25 % good_and_above      up      0 1 1 1 2 2 2 2 3 3 3 3
"""  # by hand: of 1 to 12 people who are at least good, the lesser half are candidates (1 of 2, 1 of 3, 2 of 4 …)
SAYS: dict[str, dict[str, Any]] = {"one": {"minimum": 1}, "small": {"small": {"below": 5, "allowed": 1}}}


@pytest.mark.parametrize("line", WORKED.strip().splitlines())
def test_worked_tables_of_1_to_12_people_in_every_reading(line: str) -> None:
    percent, _, reading, said, *expected = line.split()
    limited = rule(**SAYS.get(said, {"rounding": said}))
    found = []
    for n in range(1, 13):
        candidates = n // 2
        everyone = people("excellent", {f"e{place}": 90 + place for place in range(candidates)})
        everyone += good(n - candidates)
        found.append(only(apply_caps(limited, GRADES, everyone, reading, Fraction(int(percent), 100))))
    assert [str(one.allowed) for one in found] == expected
    for n, one in enumerate(found, start=1):
        assert one.passed == tuple(f"e{place}" for place in reversed(range(n // 2)))[: one.allowed], "the best pass"


POOLED = """
never              0 0 0 0 0 2 2 2 2 2 2 4
5 and fewer        0 0 1 1 1 2 2 2 2 2 2 4
fewer than 5       0 0 1 1 0 2 2 2 2 2 2 4
fewer than 5: one  2 2 2 2 0 2 2 2 2 2 2 4
"""  # by hand: two sections of 1 to 12 people who are at least good and could all be excellent; 20 % after demotion
POOLS: dict[str, dict[str, Any]] = {
    "never": {},
    "5 and fewer": {"pool_below": 6},
    "fewer than 5": {"pool_below": 5},
    "fewer than 5: one": {"small": {"below": 5, "allowed": 1}},
}


@pytest.mark.parametrize("line", POOLED.strip().splitlines())
def test_worked_tables_of_two_small_sections_pooled_or_not(line: str) -> None:
    """A section of five is the largest in which nobody could be excellent, so it is the largest that is pooled."""
    said, expected = line[:19].strip(), line[19:].split()
    limited, found = rule(each_of=[["unit"]], **POOLS[said]), []
    for n in range(1, 13):
        everyone = [
            Candidate(f"{unit}{place}", "excellent", 90 + place, {"unit": unit}, ())
            for unit in "ab"
            for place in range(n)
        ]
        found.append(sum(one.allowed for one in apply_caps(limited, GRADES, everyone, "good_after_demotion", FIFTH)))
    assert [str(one) for one in found] == expected


def test_a_minimum_lets_one_pass_where_there_is_a_candidate() -> None:
    assert allowed(rule(minimum=1), "good_before", FIFTH, 2, 2) == 1
    assert allowed(rule(minimum=1), "good_before", FIFTH, 0, 2) == 0


def test_the_best_pass_and_those_who_lose_by_the_limit_alone_are_listed() -> None:
    outcome = only(
        apply_caps(rule(), GRADES, people("excellent", {"a": 95, "b": 93, "c": 91}) + good(9), "good_before", FIFTH)
    )
    assert (outcome.allowed, outcome.base, outcome.candidates) == (1, 9, 3)
    assert (outcome.passed, outcome.lost, outcome.tied) == (("a",), ("b", "c"), ())


def test_who_is_below_good_counts_nowhere() -> None:
    everyone = people("excellent", {"a": 95}) + good(5) + people("complete", {"x": 60, "y": 61})
    assert only(apply_caps(rule(), GRADES, everyone, "good_and_above", FIFTH)).base == 6


@pytest.mark.parametrize(
    ("ties", "passed", "lost", "tied"),
    [
        ("decide", ("a",), ("d",), ("c", "b")),
        ("none_pass", ("a",), ("c", "b", "d"), ()),
        ("all_pass", ("a", "c", "b"), ("d",), ()),
    ],
)
def test_a_tie_across_the_limit(
    ties: str, passed: tuple[str, ...], lost: tuple[str, ...], tied: tuple[str, ...]
) -> None:
    everyone = people("excellent", {"a": 95, "b": 93, "c": 93, "d": 91}) + good(10)
    outcome = only(apply_caps(rule(ties=ties), GRADES, everyone, "good_before", FIFTH))
    assert (outcome.allowed, outcome.passed, outcome.lost, outcome.tied) == (2, passed, lost, tied)


def test_a_tie_that_does_not_cross_the_limit_needs_nobody() -> None:
    everyone = people("excellent", {"a": 95, "b": 95, "c": 91}) + good(10)
    outcome = only(apply_caps(rule(), GRADES, everyone, "good_before", FIFTH))
    assert (set(outcome.passed), outcome.lost, outcome.tied) == ({"a", "b"}, ("c",), ())


def test_further_figures_break_ties() -> None:
    one = Candidate("a", "excellent", 95, {"agency": "so"}, (60,))
    other = Candidate("b", "excellent", 95, {"agency": "so"}, (61,))
    outcome = only(apply_caps(rule(), GRADES, [one, other, *good(5)], "good_before", FIFTH))
    assert (outcome.passed, outcome.lost) == (("b",), ("a",))


def test_who_falls_under_an_outer_limit_takes_no_place_in_an_inner_one() -> None:
    """The agency allows two; the second unit's best stands third, so the unit has no candidate left."""
    everyone = people("excellent", {"a": 99, "b": 98}, unit="u1") + people("excellent", {"c": 97}, unit="u2")
    everyone += good(5, unit="u1") + good(5, unit="u2")
    nested = rule(each_of=[["agency"], ["agency", "unit"]])
    agency, first, second = apply_caps(nested, GRADES, everyone, "good_before", FIFTH)
    assert (agency.passed, agency.lost) == (("a", "b"), ("c",))
    assert (first.group, first.allowed, first.passed, first.lost) == (("so", "u1"), 1, ("a",), ("b",))
    assert (second.group, second.candidates, second.passed) == (("so", "u2"), 0, ())


def test_small_groups_are_counted_as_one() -> None:
    everyone = people("excellent", {"a": 99}, unit="u1") + people("excellent", {"b": 98}, unit="u2")
    everyone += good(2, unit="u1") + good(3, unit="u2") + good(9, unit="u3")
    apart = apply_caps(rule(each_of=[["unit"]]), GRADES, everyone, "good_before", FIFTH)
    assert [one.allowed for one in apart] == [0, 0, 0]
    pooled, large = apply_caps(rule(each_of=[["unit"]], pool_below=5), GRADES, everyone, "good_before", FIFTH)
    assert (pooled.group, pooled.base, pooled.passed, pooled.lost) == (("pooled", "u1", "u2"), 5, ("a",), ("b",))
    assert (large.group, large.candidates) == (("u3",), 0)


def test_a_small_group_may_have_a_number_of_its_own() -> None:
    small = rule(small={"below": 5, "allowed": 1})
    outcome = only(apply_caps(small, GRADES, people("excellent", {"a": 99, "b": 98}) + good(1), "good_before", FIFTH))
    assert (outcome.allowed, outcome.passed) == (1, ("a",))


def test_nobody_at_all() -> None:
    assert apply_caps(rule(), GRADES, [], "good_before", FIFTH) == []
