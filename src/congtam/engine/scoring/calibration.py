"""Population rules over a run: who would keep a capped grade in each group. Proposals, for people to decide on."""

from fractions import Fraction

from congtam.engine.expressions.compute import compute
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.rulebook.parameters import exact_parameters, resolve
from congtam.engine.scoring.asked import Run
from congtam.engine.scoring.decisions import cap_matter
from congtam.engine.scoring.population import Candidate, GroupCap, apply_caps
from congtam.engine.scoring.subject import Related, Score


def caps(run: Run) -> tuple[GroupCap, ...]:
    """Every population rule of the scorecard that limits this kind of period, in every group it names."""
    rules = [rule for rule in run.card.model.population_rules if limits(rule, run.asked.period)]
    return tuple(cap for rule in rules for cap in _cap(run, run.card, rule))


def foreseen(run: Run) -> tuple[GroupCap, ...]:
    """Where limits of a longer period would fall if it ended with these grades: for information, nobody is lowered.

    They are the rules of the card itself that wait for a longer period, or of the card that averages it."""
    cards = [
        one for one in run.rulebook.scorecards.values() if one.model.roll_up and one.model.roll_up.of == run.card.id
    ]
    own = [(run.card, rule) for rule in run.card.model.population_rules if not limits(rule, run.asked.period)]
    above = [(card, rule) for card in cards for rule in card.model.population_rules]
    later = own or [(card, rule) for card, rule in above if card.grades == run.card.grades]
    return tuple(cap for card, rule in later for cap in _cap(run, card, rule))


def limits(rule: PopulationRule, period: Period) -> bool:
    """Whether a rule limits grades of this kind of period."""
    return not rule.applies_in or period.kind in rule.applies_in


def _cap(run: Run, card: BoundScorecard, rule: PopulationRule) -> list[GroupCap]:
    """One population rule over everyone who has a grade; the limit may depend on the organisation's own grade."""
    people = [candidate(score, rule) for score in run.scores.values() if score.graded.grade]
    by_agency: dict[str | None, list[Candidate]] = {}
    for one in people:
        by_agency.setdefault(one.groups["agency"], []).append(one)
    matter = cap_matter(rule.id)
    decided = {one.subject: said.outcome for one in people if (said := run.scorer.decision(one.subject, matter))}
    return [
        outcome
        for agency, members in sorted(by_agency.items(), key=lambda pair: pair[0] or "")
        for outcome in apply_caps(
            rule, run.card.grades, members, _reading(run, rule), _limit(run, card, rule, agency), decided
        )
    ]


def candidate(score: Score, rule: PopulationRule) -> Candidate:
    """A score as a candidate of a population rule."""
    subject = score.subject
    groups = {name: getattr(subject, name) for name in ("agency", "duty_group", "unit", "staff_kind")}
    breaks = tuple((part.points or 0) if (part := score.part(name)) else 0 for name in rule.tie_break)
    return Candidate(subject.code, score.graded.grade or "", score.lowest, groups, breaks)


def _reading(run: Run, rule: PopulationRule) -> str:
    """The reading of the base: named in the rule, or chosen by a parameter."""
    values = resolve(run.rulebook.head.parameters, run.asked.period.first, {}, run.asked.overrides)
    return str(values.get(rule.base, rule.base))


def _limit(run: Run, card: BoundScorecard, rule: PopulationRule, agency: str | None) -> Fraction:
    node = card.limits.get(rule.id)
    if node is None or rule.limit_if is None:
        return Fraction(rule.limit)
    decided = run.scorer.decision(agency or "", "grade")
    values = exact_parameters(resolve(run.rulebook.head.parameters, run.asked.period.first, {}, run.asked.overrides))
    row = Related(organisation=decided.outcome if decided else None).environment()
    holds = compute(node, values, card.grades)(row)
    return Fraction(rule.limit_if.limit if holds is True else rule.limit)
