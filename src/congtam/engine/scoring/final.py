"""Final grades: the grade before caps, what the limits on how many propose, and what named people decided on that.

A limit lowers nobody by itself. It lists who stands above the number allowed (lost) and who ties across it (tied);
each of them waits until a named person keeps or lowers them, by a decision on the matter `cap:<rule id>`. One sitting
may confirm a whole list: then every person on it has a decision with the number of the same minutes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from congtam.engine.facts.own_word import on_oneself
from congtam.engine.facts.tables import Decision
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.scoring.decisions import CAP_OUTCOMES, KEPT, LOWERED, cap_matter
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.population import GroupCap

__all__ = ["CAP_OUTCOMES", "KEPT", "LOWERED", "Final", "FinalBy", "cap_matter", "final_grades", "over_limit"]


class FinalBy(StrEnum):
    """Where a final grade comes from, or that a person must still decide."""

    RULE = "rule"
    DECISION = "decision"  # a veto upheld, or a hole filled
    CAP = "cap"  # lowered by a limit alone, as confirmed by people
    COMMITTEE = "committee"  # kept above the limit, or out of a tie, by people
    WAITS = "waits"


@dataclass(frozen=True)
class Final:
    """One person's final grade. `grade` is None where there is too little work for one (by `rule`) and while it waits;
    `before` is the grade before caps; `cap` the rule that touched it."""

    grade: str | None
    before: str | None
    by: FinalBy
    cap: str | None = None


def final_grades(
    card: BoundScorecard,
    graded: Mapping[str, tuple[str | None, str]],
    caps: Iterable[GroupCap],
    decisions: Iterable[Decision],
    *,
    sealed: Collection[str] = (),
) -> dict[str, Final]:
    """The final grade of everyone in `graded` (the grade before caps, and a `By`), by subject.

    `decisions` are those on this scorecard in this period; later ones count. `sealed` are those who hold the capped
    grade in the seal that stands: unless the rule says to limit again, nobody of them is lowered for another's rise.
    """
    proposed = _proposed(caps)
    decided = _decided(decisions)
    return {
        subject: _final(card, subject, grade, by, proposed, decided, subject in sealed)
        for subject, (grade, by) in graded.items()
    }


def _final(
    card: BoundScorecard,
    subject: str,
    grade: str | None,
    by: str,
    proposed: Mapping[str, frozenset[str]],
    decided: Mapping[tuple[str, str], str],
    sealed: bool,
) -> Final:
    before = FinalBy.DECISION if by == By.DECISION else FinalBy.RULE
    if grade is None:
        return Final(None, None, before if by in (By.INSUFFICIENT, By.RULE) else FinalBy.WAITS)
    found = [
        _under(card, rule, grade, subject in proposed.get(rule.id, ()), decided.get((subject, rule.id)), sealed, before)
        for rule in card.model.population_rules
        if rule.cap == grade
    ]
    weight = (FinalBy.WAITS, FinalBy.CAP, FinalBy.COMMITTEE, before)
    return min(found, key=lambda one: (weight.index(one.by), one.cap is None), default=Final(grade, grade, before))


def _under(
    card: BoundScorecard,
    rule: PopulationRule,
    grade: str,
    proposed: bool,
    outcome: str | None,
    sealed: bool,
    before: FinalBy,
) -> Final:
    """One person under one limit; what was decided comes before what the machine proposes."""
    if outcome == LOWERED:
        return Final(card.grades[card.grades.index(grade) + 1], grade, FinalBy.CAP, rule.id)
    if outcome == KEPT:
        return Final(grade, grade, FinalBy.COMMITTEE, rule.id)
    if not proposed:
        return Final(grade, grade, before)
    if sealed and rule.after_seal == "keep":
        return Final(grade, grade, before, rule.id)
    return Final(None, grade, FinalBy.WAITS, rule.id)


def over_limit(
    caps: Iterable[GroupCap], finals: Mapping[str, Final], grade_of: Mapping[str, str]
) -> Iterator[GroupCap]:
    """The groups in which more hold the capped grade than the rule allows; `grade_of`: the capped grade by rule."""
    for cap in caps:
        holding = [one for one in cap.listed if one in finals and finals[one].grade == grade_of[cap.rule]]
        if len(holding) > cap.allowed:
            yield cap


def _proposed(caps: Iterable[GroupCap]) -> dict[str, frozenset[str]]:
    """By rule, whom its groups list as lost or tied."""
    found: dict[str, frozenset[str]] = {}
    for cap in caps:
        found[cap.rule] = found.get(cap.rule, frozenset()) | {*cap.lost, *cap.tied}
    return found


def _decided(decisions: Iterable[Decision]) -> dict[tuple[str, str], str]:
    """What was last decided on each person under each limit."""
    return {
        (one.subject, one.matter.removeprefix(cap_matter(""))): one.outcome
        for one in sorted(decisions, key=lambda one: one.seq)
        if one.matter.startswith(cap_matter("")) and one.outcome in CAP_OUTCOMES and not on_oneself(one)
    }
