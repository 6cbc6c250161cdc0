"""Bands, conditions, vetoes and ceilings: the grade the rule gives before caps, or what a person must decide."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from congtam.engine.facts.tables import Decision
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.model import Grade, Text
from congtam.engine.scoring.points import micropoints, rounded


class By(StrEnum):
    """Where a grade, or its absence, comes from."""

    RULE = "rule"
    DECISION = "decision"
    TO_DECIDE = "to_decide"  # a hole, or a missed condition: a named person decides
    PROVISIONAL = "provisional"  # figures are still missing
    INSUFFICIENT = "insufficient"  # not enough work for a grade


class ProposalState(StrEnum):
    """A proposal of the machine: below its minimum it is only shown; a person upholds it or sets it aside."""

    PROPOSED = "proposed"
    TO_CONSIDER = "to_consider"
    UPHELD = "upheld"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class Proposal:
    """A veto whose condition holds: what it proposes, on how many rows, and what a person said."""

    veto: str
    title: Text
    propose: str
    state: ProposalState
    n: int
    min_items: int
    decision: Decision | None = None


@dataclass(frozen=True)
class Graded:
    """The grade before caps (None: none yet), where it comes from, and everything a person must look at."""

    grade: str | None
    by: By
    reason: Text | None = None
    proposals: tuple[Proposal, ...] = ()
    decision: Decision | None = None
    ceiling: str | None = None


@dataclass(frozen=True)
class Standing:
    """What grading needs to know of one subject: totals in millionths (lowest = highest once all is known), the
    figures of indicators, how many rows each stands on, and the decisions taken on the subject."""

    lowest: int
    highest: int
    environment: Mapping[str, Any]
    counts: Mapping[str, int]
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    role: str = "staff"
    sufficient: bool = True


Condition = Callable[[Mapping[str, Any]], Any]


def grade(
    card: BoundScorecard,
    standing: Standing,
    conditions: Mapping[str, Condition],
    vetoes: Mapping[str, Condition],
    related: Mapping[str, str | None],
) -> Graded:
    """The grade of one subject. What a named person decided comes first, also where there is too little work for the
    rule to speak; a veto never raises. `related` holds `unit.grade` and `organisation.grade` where they are known."""
    proposals = tuple(_proposals(card, standing, vetoes))
    by_rule = _by_rule(card, standing, conditions, related, proposals)
    upheld = {one.propose: one for one in reversed(proposals) if one.state is ProposalState.UPHELD}
    worst = worst_of(card, upheld)
    if worst is not None and lowers(card, worst, by_rule.grade):
        return Graded(worst, By.DECISION, upheld[worst].title, proposals, upheld[worst].decision)
    return by_rule


def worst_of(card: BoundScorecard, proposed: Iterable[str]) -> str | None:
    """The worst of what vetoes that were upheld propose; None where none was."""
    return max(proposed, key=list(card.grades).index, default=None)


def lowers(card: BoundScorecard, proposed: str, grade: str | None) -> bool:
    """Whether a veto that is upheld takes effect: not for somebody whose grade is worse than what it proposes."""
    order = list(card.grades)
    return grade not in order or order.index(grade) <= order.index(proposed)


def _by_rule(
    card: BoundScorecard,
    standing: Standing,
    conditions: Mapping[str, Condition],
    related: Mapping[str, str | None],
    proposals: tuple[Proposal, ...],
) -> Graded:
    """The grade without vetoes, with what a person decided where the rule names none."""
    if not standing.sufficient:
        return Graded(None, By.INSUFFICIENT, INSUFFICIENT, proposals)
    made = (_by_conditions if card.model.by_conditions else _by_points)(card, standing, conditions)
    decided = standing.decisions.get("otherwise")
    if made.by is By.TO_DECIDE and decided and decided.outcome in card.grades:
        return Graded(decided.outcome, By.DECISION, DECIDED, proposals, decided)
    made = _ceiling(card, standing, made, related)
    return Graded(made.grade, made.by, made.reason, proposals, made.decision, made.ceiling)


def _by_conditions(card: BoundScorecard, standing: Standing, conditions: Mapping[str, Condition]) -> Graded:
    """The first grade, from the best, whose condition holds. One that cannot be told yet leaves all open."""
    for one in card.model.grades:
        holds = conditions[one.id](standing.environment)
        if holds is None:
            return Graded(None, By.PROVISIONAL, RANGE)
        if holds is True:
            return Graded(one.id, By.RULE)
    return Graded(None, By.TO_DECIDE, NO_CONDITION)


def _by_points(card: BoundScorecard, standing: Standing, conditions: Mapping[str, Condition]) -> Graded:
    if not card.grades:
        return Graded(None, By.RULE)
    low, high = band(card, standing.lowest), band(card, standing.highest)
    if standing.lowest != standing.highest:
        return Graded(None, By.PROVISIONAL, RANGE)
    if low is None or high is None:
        return Graded(None, By.TO_DECIDE, HOLE)
    condition = conditions.get(low.id)
    if condition is not None and condition(standing.environment) is not True:
        return Graded(
            None,
            By.TO_DECIDE,
            Text(
                vi=f"Đủ điểm mức “{low.title.vi}” nhưng chưa đạt điều kiện kèm theo: người có thẩm quyền quyết định",
                en=f"Points for “{low.title.en}”, but a condition is missed: a person decides",
            ),
        )
    return Graded(low.id, By.RULE)


def band(card: BoundScorecard, total: int) -> Grade | None:
    """The band a total falls in, at the precision the rulebook compares; None in a hole."""
    compared = rounded(total, card.model.rounding.compare)
    reached = next((one for one in card.model.grades if _reached(one, compared)), None)
    if reached is None or (reached.below is not None and compared >= micropoints(reached.below)):
        return None
    return reached


def _reached(one: Grade, compared: int) -> bool:
    """Whether points are at least (`from`), or more than (`above`), where the band begins."""
    if one.above is not None:
        return compared > micropoints(one.above)
    return one.from_ is None or compared >= micropoints(one.from_)


def _ceiling(card: BoundScorecard, standing: Standing, made: Graded, related: Mapping[str, str | None]) -> Graded:
    """The worse of the own grade and the grade of the unit, where the rule sets a ceiling."""
    order = {grade_id: index for index, grade_id in enumerate(card.grades)}
    for ceiling in card.model.ceilings:
        limit = related.get(ceiling.not_above)
        applies = ceiling.for_ in ("all", standing.role) and made.by is By.RULE
        if applies and limit is None:
            return Graded(None, By.PROVISIONAL, UNIT_UNGRADED, ceiling=ceiling.id)
        if applies and limit in order and made.grade and order[made.grade] < order[limit]:
            made = Graded(limit, By.RULE, ceiling.title, ceiling=ceiling.id)
    return made


def _proposals(card: BoundScorecard, standing: Standing, vetoes: Mapping[str, Condition]) -> list[Proposal]:
    found = []
    for veto in card.model.vetoes:
        if vetoes[veto.id](standing.environment) is not True:
            continue
        n = standing.counts.get(veto.indicator, 0)
        decision = standing.decisions.get(veto.id)
        found.append(
            Proposal(
                veto.id, veto.title, veto.propose, _state(decision, n, veto.min_items), n, veto.min_items, decision
            )
        )
    return found


def _state(decision: Decision | None, n: int, minimum: int) -> ProposalState:
    """What was decided; an outcome that is neither counts as none (and `decisions_make_sense` tells it)."""
    if decision is not None and decision.outcome in ("upheld", "set_aside"):
        return ProposalState(decision.outcome)
    return ProposalState.PROPOSED if n >= minimum else ProposalState.TO_CONSIDER


INSUFFICIENT = Text(vi="Chưa đủ dữ liệu để xếp loại", en="Not enough data for a grade")
RANGE = Text(vi="Còn mục chưa có số liệu: chưa xếp loại", en="Figures are still missing: no grade yet")
HOLE = Text(
    vi="Quy tắc không định mức cho số điểm này: người có thẩm quyền quyết định",
    en="The rule names no grade for these points: a person decides",
)
NO_CONDITION = Text(
    vi="Không đạt điều kiện của mức nào: người có thẩm quyền quyết định",
    en="The conditions of no grade hold: a person decides",
)
UNIT_UNGRADED = Text(
    vi="Chưa có xếp loại của đơn vị, mà người đứng đầu không được xếp cao hơn đơn vị",
    en="The unit has no grade yet, and its head may not be graded above it",
)
DECIDED = Text(vi="Theo quyết định của người có thẩm quyền", en="As decided by the competent person")
