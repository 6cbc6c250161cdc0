"""Population rules over a scorecard: who would keep a capped grade in each group. Proposals, for people to decide on.

They need no more of a person than a candidate holds, so that they run over a run as well as over kept columns.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from congtam.engine.expressions.compute import compute
from congtam.engine.facts.own_word import on_oneself
from congtam.engine.facts.tables import Decision
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.rulebook.parameters import exact_parameters, resolve
from congtam.engine.scoring.asked import Run
from congtam.engine.scoring.decisions import CAP_OUTCOMES, LOWERED, cap_matter
from congtam.engine.scoring.population import Candidate, GroupCap, apply_caps
from congtam.engine.scoring.subject import Related, Score

PeopleOf = Callable[[PopulationRule], Iterable[Candidate]]


@dataclass(frozen=True)
class Setting:
    """One scorecard in one period, with everything decided in that period (on any scorecard)."""

    rulebook: Rulebook
    card: BoundScorecard
    period: Period
    decisions: tuple[Decision, ...] = ()
    overrides: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def own_decisions(self) -> tuple[Decision, ...]:
        """Those on this scorecard, in the order learned, without what anybody decided on themselves."""
        named = (self.card.id, f"{self.rulebook.id}#{self.card.id}")
        own = [one for one in self._taken if one.scorecard in named]
        return tuple(sorted(own, key=lambda one: one.seq))

    @cached_property
    def grades_from_outside(self) -> Mapping[str, str]:
        """The grades that people gave units and organisations, by code."""
        return {
            one.subject: one.outcome for one in sorted(self._taken, key=lambda one: one.seq) if one.matter == "grade"
        }

    @property
    def _taken(self) -> list[Decision]:
        return [one for one in self.decisions if one.period == self.period.label and not on_oneself(one)]

    def decided(self, rule: str) -> dict[str, str]:
        """What was last decided under a population rule, by subject; an outcome that decides nothing is passed over."""
        own = [one for one in self.own_decisions if one.matter == cap_matter(rule) and one.outcome in CAP_OUTCOMES]
        return {one.subject: one.outcome for one in own}


def caps(run: Run) -> tuple[GroupCap, ...]:
    """Every population rule of the scorecard that limits this kind of period, in every group it names."""
    graded = [score for score in run.scores.values() if score.graded.grade]
    setting = Setting(run.rulebook, run.card, run.asked.period, run.facts.decisions, run.asked.overrides)
    return caps_over(setting, lambda rule: (candidate(score, rule) for score in graded))


def caps_over(setting: Setting, people_of: PeopleOf) -> tuple[GroupCap, ...]:
    """The rules of a scorecard that limit this kind of period, over everyone who has a grade by it; `people_of` gives
    them as candidates of a rule."""
    rules = [rule for rule in setting.card.model.population_rules if limits(rule, setting.period)]
    return tuple(cap for rule in rules for cap in _cap(setting, setting.card, rule, people_of(rule)))


def foreseen_over(setting: Setting, people_of: PeopleOf) -> tuple[GroupCap, ...]:
    """Where limits of a longer period would fall if it ended with these grades: for information, nobody is lowered.

    They are the rules of the card itself that wait for a longer period, else those of the card that averages it."""
    own = [(setting.card, rule) for rule in setting.card.model.population_rules if not limits(rule, setting.period)]
    later = own or [
        (card, rule)
        for card in setting.rulebook.scorecards.values()
        if card.model.roll_up and card.model.roll_up.of == setting.card.id and card.grades == setting.card.grades
        for rule in card.model.population_rules
    ]
    return tuple(cap for card, rule in later for cap in _cap(setting, card, rule, people_of(rule)))


def free_again(setting: Setting, people_of: PeopleOf) -> set[tuple[str, str]]:
    """Who was lowered (rule and subject) though by now the limit would let them pass."""
    rules = [rule.id for rule in setting.card.model.population_rules]
    lowered = {(rule, who) for rule in rules for who, what in setting.decided(rule).items() if what == LOWERED}
    if not lowered:
        return set()
    matters = {(cap_matter(rule), who) for rule, who in lowered}
    others = tuple(one for one in setting.decisions if (one.matter, one.subject) not in matters)
    caps = caps_over(replace(setting, decisions=others), people_of)
    passed = {(cap.rule, one) for cap in caps for one in cap.passed}
    stopped = {(cap.rule, one) for cap in caps for one in (*cap.lost, *cap.tied)}
    return (lowered & passed) - stopped


def limits(rule: PopulationRule, period: Period) -> bool:
    """Whether a rule limits grades of this kind of period."""
    return not rule.applies_in or period.kind in rule.applies_in


def candidate(score: Score, rule: PopulationRule) -> Candidate:
    """A score as a candidate of a population rule."""
    subject = score.subject
    groups = {name: getattr(subject, name) for name in ("agency", "duty_group", "unit", "staff_kind")}
    breaks = tuple((part.points or 0) if (part := score.part(name)) else 0 for name in rule.tie_break)
    return Candidate(subject.code, score.graded.grade or "", score.lowest, groups, breaks)


def _cap(setting: Setting, card: BoundScorecard, rule: PopulationRule, people: Iterable[Candidate]) -> list[GroupCap]:
    """One population rule, agency by agency; the limit may depend on the organisation's own grade."""
    by_agency: dict[str | None, list[Candidate]] = {}
    for one in people:
        by_agency.setdefault(one.groups["agency"], []).append(one)
    decided = _said(setting, card, rule)
    reading = str(_parameters(setting).get(rule.base, rule.base))
    return [
        outcome
        for agency, members in sorted(by_agency.items(), key=lambda pair: pair[0] or "")
        for outcome in apply_caps(rule, card.grades, members, reading, _limit(setting, card, rule, agency), decided)
    ]


def _said(setting: Setting, card: BoundScorecard, rule: PopulationRule) -> dict[str, str]:
    """What was last decided under a rule; whom another limit on the same grade lowered, holds it under none."""
    others = [setting.decided(one.id) for one in card.model.population_rules if one.cap == rule.cap]
    lowered = {who: what for said in others for who, what in said.items() if what == LOWERED}
    return setting.decided(rule.id) | lowered


def _limit(setting: Setting, card: BoundScorecard, rule: PopulationRule, agency: str | None) -> Fraction:
    node = card.limits.get(rule.id)
    if node is None or rule.limit_if is None:
        return Fraction(rule.limit)
    row = Related(organisation=setting.grades_from_outside.get(agency or "")).environment()
    holds = compute(node, exact_parameters(_parameters(setting)), card.grades)(row)
    return Fraction(rule.limit_if.limit if holds is True else rule.limit)


def _parameters(setting: Setting) -> dict[str, Any]:
    return resolve(setting.rulebook.head.parameters, setting.period.first, {}, setting.overrides)
