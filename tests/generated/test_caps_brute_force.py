"""Limits on how many, held against a plain reading of each rule: every number is tried, from high to low, and every
person asked how many stand above them. Nothing here is taken from the code it checks."""

from collections import Counter, defaultdict
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.scoring.population import Candidate, apply_caps

GRADES = ("excellent", "good", "complete", "poor")
SLACK = {"down": Fraction(0), "nearest": Fraction(1, 2), "up": Fraction(1)}


class Found(NamedTuple):
    """What came out for one group."""

    allowed: int
    passed: frozenset[str]
    lost: frozenset[str]
    tied: frozenset[str]


def holds(reading: str, number: Fraction, limit: Fraction, everyone: list[Candidate], strictly: bool) -> bool:
    """The sentence of the rule, for this many of those at least good."""
    good_before = sum(one.grade == "good" for one in everyone)
    at_least_good = sum(one.grade in ("excellent", "good") for one in everyone)
    base = {
        "good_before": Fraction(good_before),  # of those who were graded good
        "good_after_demotion": at_least_good - number,  # of those who are good once the others are lowered
        "good_and_above": Fraction(at_least_good),  # of all who are at least good
    }[reading]
    return number < limit * base if strictly else number <= limit * base


def how_many(rule: PopulationRule, reading: str, limit: Fraction, group: list[Candidate], candidates: int) -> int:
    """The greatest number of candidates for which the rule holds."""
    if rule.small and len(group) < rule.small.below:
        return min(candidates, rule.small.allowed)
    slack = SLACK[rule.rounding]
    for number in range(candidates, 0, -1):
        if number <= rule.minimum or holds(reading, number - slack, limit, group, rule.rounding == "up"):
            return number
    return 0


def groups_of(rule: PopulationRule, columns: tuple[str, ...], people: list[Candidate]) -> list[list[Candidate]]:
    """Everyone by the columns; all groups that are too small together, when there are several."""
    by_key: dict[Any, list[Candidate]] = defaultdict(list)
    for one in people:
        by_key[tuple(one.groups[column] for column in columns)].append(one)
    small = [group for group in by_key.values() if len(group) < rule.pool_below]
    large = [group for group in by_key.values() if len(group) >= rule.pool_below]
    return [*large, [one for group in small for one in group]] if len(small) > 1 else [*large, *small]


def by_hand(
    rule: PopulationRule, people: list[Candidate], reading: str, limit: Fraction, said: dict[str, str]
) -> list[Found]:
    """Every group of every grouping, in the order of the rule."""
    out = {one.subject for one in people if one.grade != "excellent" or said.get(one.subject) == "lowered"}
    found = []
    for columns in rule.each_of:
        gone = set()
        for group in groups_of(rule, columns, people):
            there = [one for one in group if one.subject not in out]
            lowered = [one for one in group if one.grade == "excellent" and said.get(one.subject) == "lowered"]
            places = how_many(rule, reading, limit, group, len(there) + len(lowered))
            kept = {one.subject for one in there if said.get(one.subject) == "kept"}
            others = [one for one in there if one.subject not in kept]
            free = max(places - len(kept), 0)
            verdict = {one.subject: verdict_on(one, others, free, rule.ties) for one in others}
            passed = kept | {name for name, what in verdict.items() if what == "passed"}
            lost = {name for name, what in verdict.items() if what == "lost"}
            tied = {name for name, what in verdict.items() if what == "tied"}
            found.append(Found(places, frozenset(passed), frozenset(lost), frozenset(tied)))
            gone |= lost | tied
        out |= gone
    return found


def verdict_on(one: Candidate, others: list[Candidate], free: int, ties: str) -> str:
    """Whether one of the candidates has a place among those that are free."""
    figures = (one.points, *one.tie_break)
    better = sum((other.points, *other.tie_break) > figures for other in others)
    as_good = sum((other.points, *other.tie_break) >= figures for other in others)
    if as_good <= free:
        return "passed"
    if better >= free:
        return "lost"
    return {"decide": "tied", "none_pass": "lost", "all_pass": "passed"}[ties]


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["excellent"] * 3 + ["good"] * 4 + ["complete"]),
        st.integers(90, 94),
        st.integers(0, 1),
        st.sampled_from("abc"),
        st.sampled_from(["staff", "leader"]),
        st.sampled_from([None] * 6 + ["kept", "lowered"]),
    ),
    max_size=26,
)
RULES = st.fixed_dictionaries(
    {
        "each_of": st.sampled_from(
            [[["agency"]], [["unit"]], [["agency", "duty_group"], ["agency"]], [["agency"], ["unit", "duty_group"]]]
        ),
        "rounding": st.sampled_from(["down", "nearest", "up"]),
        "minimum": st.sampled_from([0, 0, 1]),
        "pool_below": st.sampled_from([0, 5, 6]),
        "small": st.sampled_from([None, {"below": 5, "allowed": 1}]),
        "ties": st.sampled_from(["decide", "none_pass", "all_pass"]),
    }
)


def ruled(keys: dict[str, Any], reading: str) -> PopulationRule:
    """A rule with the drawn keys."""
    text = {"vi": "Trần", "en": "Cap"}
    return PopulationRule.model_validate(
        {"id": "cap", "title": text, "cap": "excellent", "limit": "0.2", "base": reading} | keys
    )


def told(drawn: list[Any]) -> tuple[list[Candidate], dict[str, str]]:
    """The drawn people, and what was decided on some of them."""
    people, said = [], {}
    for n, (grade, points, further, unit, duty, decided) in enumerate(drawn):
        groups = {"agency": "so", "unit": unit, "duty_group": duty, "staff_kind": None}
        people.append(Candidate(f"p{n:02}", grade, points, groups, (further,)))
        if decided:
            said[f"p{n:02}"] = decided
    return people, said


READINGS = st.sampled_from(["good_before", "good_after_demotion", "good_and_above"])
LIMITS = st.sampled_from([Fraction(1, 5), Fraction(1, 4), Fraction(1, 3)])


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(
    drawn=PEOPLE,
    keys=RULES,
    reading=READINGS,
    limit=LIMITS,
)
def test_every_group_comes_out_as_a_plain_reading_of_the_rule(
    drawn: list[Any], keys: dict[str, Any], reading: str, limit: Fraction
) -> None:
    rule, (people, said) = ruled(keys, reading), told(drawn)
    made = apply_caps(rule, GRADES, people, reading, limit, said)
    seen = [Found(one.allowed, *map(frozenset, (one.passed, one.lost, one.tied))) for one in made]
    assert Counter(seen) == Counter(by_hand(rule, people, reading, limit, said))


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(drawn=PEOPLE, keys=RULES, reading=READINGS, limit=LIMITS)
def test_a_list_confirmed_as_proposed_leaves_nothing_to_decide(
    drawn: list[Any], keys: dict[str, Any], reading: str, limit: Fraction
) -> None:
    rule, (people, _) = ruled(keys | {"ties": "none_pass"}, reading), told(drawn)
    before = apply_caps(rule, GRADES, people, reading, limit)
    lowered = dict.fromkeys((one for cap in before for one in cap.lost), "lowered")
    after = apply_caps(rule, GRADES, people, reading, limit, lowered)
    holding = {one.subject for one in people if one.grade == "excellent"} - set(lowered)
    assert not any((*cap.lost, *cap.tied) for cap in after)
    assert {one for cap in after for one in cap.passed} == holding
