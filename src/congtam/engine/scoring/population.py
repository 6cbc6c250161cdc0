"""Limits on how many may hold a grade, over a whole group: run at calibration, after everyone has points.

The outcome is a proposal. Who stays under the limit, who loses the grade by the limit alone, and which ties a person
must settle are all named; none of them is lowered before a named person said so (`final`). What was already decided on
a person is given in `decided`: who is kept takes a place first, who is lowered takes none, in every group of the rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.scoring.points import half_up

KEPT, LOWERED = "kept", "lowered"
CAP_OUTCOMES = (KEPT, LOWERED)


@dataclass(frozen=True)
class Candidate:
    """One subject with a grade: `points` in millionths, `tie_break` further figures in order, `groups` by name."""

    subject: str
    grade: str
    points: int
    groups: Mapping[str, str | None]
    tie_break: tuple[int, ...] = ()

    @property
    def rank(self) -> tuple[int, ...]:
        return (self.points, *self.tie_break)


@dataclass(frozen=True)
class GroupCap:
    """One rule in one group: how many candidates, how many may pass, who passes, who loses by the limit alone, and
    who stands in a tie across the limit that a person must settle. `kept` (among those who pass) and `lowered` are
    already decided; who was lowered is no candidate any more. `room`: how many could hold the grade if enough had the
    points; `allowed` is never more than have them."""

    rule: str
    group: tuple[str, ...]
    reading: str
    base: int
    candidates: int
    allowed: int
    limit: Fraction
    passed: tuple[str, ...]
    lost: tuple[str, ...]
    tied: tuple[str, ...]
    kept: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    room: int = 0

    @property
    def listed(self) -> tuple[str, ...]:
        """Everyone of the group whose points reach the capped grade."""
        return (*self.passed, *self.tied, *self.lost, *self.lowered)


def allowed(rule: PopulationRule, base: str, limit: Fraction, candidates: int, good: int) -> int:
    """How many of the candidates may hold the capped grade."""
    return min(candidates, room(rule, base, limit, candidates, good))


def room(rule: PopulationRule, base: str, limit: Fraction, candidates: int, good: int) -> int:
    """How many could hold the capped grade if enough had the points.

    good_after_demotion: E ≤ limit × (good + candidates − E), for a demoted candidate is good again;
    good_before: E ≤ limit × good; good_and_above: E ≤ limit × everyone at least good.
    """
    match base:
        case "good_after_demotion":
            exact = limit * (good + candidates) / (1 + limit)
        case "good_before":
            exact = limit * good
        case _:
            exact = limit * (good + candidates)
    whole = {"down": exact.__floor__(), "up": exact.__ceil__(), "nearest": half_up(exact)}[rule.rounding]
    return max(whole, rule.minimum)


def apply_caps(
    rule: PopulationRule,
    grades: tuple[str, ...],
    people: Iterable[Candidate],
    base: str,
    limit: Fraction,
    decided: Mapping[str, str] | None = None,
) -> list[GroupCap]:
    """One rule over everyone: each of its groupings limits those whom the groupings before it let pass.

    The size of a group, for pooling and for small groups, is everyone graded in it; a lone small group is not pooled.
    `grades` from best to worst; the grade after the capped one is the base ("good").
    """
    said = decided or {}
    good = grades[grades.index(rule.cap) + 1]
    everyone = list(people)
    outcomes: list[GroupCap] = []
    capped = {one.subject for one in everyone if one.grade == rule.cap}
    lowered = {subject for subject in capped if said.get(subject) == LOWERED}
    kept = {subject for subject in capped if said.get(subject) == KEPT}
    standing = capped - lowered
    for grouping in rule.each_of:
        for group, members in _groups(everyone, grouping, rule.pool_below):
            outcome = _cap(rule, group, members, (rule.cap, good), _Standing(standing, kept, lowered), base, limit)
            outcomes.append(outcome)
            standing -= {*outcome.lost, *outcome.tied}
    return outcomes


def _groups(
    people: list[Candidate], grouping: tuple[str, ...], pool_below: int
) -> list[tuple[tuple[str, ...], list[Candidate]]]:
    """Groups by the named columns; those smaller than `pool_below` are counted as one."""
    groups: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for one in people:
        groups[tuple(one.groups.get(column) or "–" for column in grouping)].append(one)
    small = [key for key, members in groups.items() if len(members) < pool_below]
    if len(small) > 1:
        groups[("pooled", *("+".join(key) for key in sorted(small)))] = [
            one for key in small for one in groups.pop(key)
        ]
    return sorted(groups.items())


@dataclass(frozen=True)
class _Standing:
    """Who may still hold the grade, who does by decision, and who lost it by decision."""

    standing: set[str]
    kept: set[str]
    lowered: set[str]


def _cap(
    rule: PopulationRule,
    group: tuple[str, ...],
    everyone: list[Candidate],
    grades: tuple[str, str],
    now: _Standing,
    base: str,
    limit: Fraction,
) -> GroupCap:
    members = [one for one in everyone if one.grade in grades]
    candidates = sorted(
        (m for m in members if m.subject in now.standing), key=lambda m: (m.rank, m.subject), reverse=True
    )
    good_before = sum(one.grade == grades[1] for one in members)
    lowered = tuple(m.subject for m in members if m.subject in now.lowered)
    could = len(candidates) + len(lowered)
    most = room(rule, base, limit, could, good_before if base == "good_before" else len(members) - could)
    if rule.small and len(everyone) < rule.small.below:
        most = rule.small.allowed
    number = min(could, most)
    kept = tuple(m.subject for m in candidates if m.subject in now.kept)
    ranked = [(m.subject, m.rank) for m in candidates if m.subject not in now.kept]
    passed, tied, lost = _divide(ranked, max(number - len(kept), 0), rule.ties)
    size = {"good_after_demotion": len(members) - number, "good_before": good_before}.get(base, len(members))
    return GroupCap(
        rule.id, group, base, size, len(candidates), number, limit, (*kept, *passed), lost, tied, kept, lowered, most
    )


def _divide(
    ranked: list[tuple[str, tuple[int, ...]]], number: int, ties: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Who passes, who is tied across the limit, who loses."""
    if number >= len(ranked):
        return tuple(name for name, _ in ranked), (), ()
    border = ranked[number][1]
    above = tuple(name for name, rank in ranked if rank > border)
    at = tuple(name for name, rank in ranked if rank == border)
    below = tuple(name for name, rank in ranked if rank < border)
    if len(above) == number:
        return above, (), at + below
    if ties == "all_pass":
        return above + at, (), below
    return (above, at, below) if ties == "decide" else (above, (), at + below)
