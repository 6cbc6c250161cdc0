"""A plain reading of limits on how many: every number is tried, from high to low, and every person asked how many stand
above them. Nothing here is taken from the code it checks."""

from collections import defaultdict
from fractions import Fraction
from typing import Any, NamedTuple

from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.scoring.population import Candidate

GRADES = ("excellent", "good", "complete", "poor")
MORE_THAN_EVER = 40
SLACK = {"down": Fraction(0), "nearest": Fraction(1, 2), "up": Fraction(1)}


class Found(NamedTuple):
    """What came out for one group. `room`: how many could hold the grade if enough had the points."""

    room: int
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


def how_many(rule: PopulationRule, reading: str, limit: Fraction, group: list[Candidate]) -> int:
    """The greatest number for which the rule holds."""
    if rule.small and len(group) < rule.small.below:
        return rule.small.allowed
    slack = SLACK[rule.rounding]
    for number in range(MORE_THAN_EVER, 0, -1):
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
            room = how_many(rule, reading, limit, group)
            places = min(room, len(there) + len(lowered))
            kept = {one.subject for one in there if said.get(one.subject) == "kept"}
            others = [one for one in there if one.subject not in kept]
            free = max(places - len(kept), 0)
            verdict = {one.subject: verdict_on(one, others, free, rule.ties) for one in others}
            passed = kept | {name for name, what in verdict.items() if what == "passed"}
            lost = {name for name, what in verdict.items() if what == "lost"}
            tied = {name for name, what in verdict.items() if what == "tied"}
            found.append(Found(room, places, frozenset(passed), frozenset(lost), frozenset(tied)))
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
