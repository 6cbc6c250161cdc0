"""One evaluation: a scorecard for everyone it applies to, in one period, as known and as seen.

`evaluate` is the whole engine in a line: facts known at `seq`, seen at `as_of`, under rules, structure and
calendar, give scores with everything they stand on. The same arguments always give the same scores.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from congtam.engine.clock import ClockRule
from congtam.engine.expressions.compute import compute
from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Work
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.measuring.imagine import imagine
from congtam.engine.measuring.rows import make_rows
from congtam.engine.periods import Period, local_day
from congtam.engine.rulebook.bind import BoundClock, BoundScorecard, Rulebook, exact_parameters
from congtam.engine.rulebook.model import ClockBlock, PopulationRule
from congtam.engine.rulebook.parameters import check_names, resolve
from congtam.engine.scoring.grades import Graded, Standing, grade
from congtam.engine.scoring.points import half_up
from congtam.engine.scoring.population import Candidate, GroupCap, apply_caps
from congtam.engine.scoring.strata import order
from congtam.engine.scoring.subject import Related, Scene, Score, Subject, SubjectScorer
from congtam.engine.scoring.tree import PartScore
from congtam.engine.structure import Person, Structure
from congtam.engine.working_time import Calendar


@dataclass(frozen=True)
class Asked:
    """What one evaluation is asked: the period, the instant it is seen from (never later than the period's end), what
    was known then (None: everything), parameters changed (`overrides`), and grades of people scored elsewhere.

    `without` and `if_good` name items to be left out, or imagined done well: what-if questions.
    `trial` lets a rulebook speak of a period it is not in force for; the result says so.
    """

    period: Period
    as_of: datetime
    known_at: datetime | None = None
    seq: int | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    other_grades: Mapping[str, str | None] = field(default_factory=dict)
    trial: bool = False
    without: frozenset[str] = frozenset()
    if_good: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Run:
    """The scores of one evaluation, by subject, with what it was computed from."""

    rulebook: Rulebook
    card: BoundScorecard
    asked: Asked
    facts: Facts
    calendar: Calendar
    scores: Mapping[str, Score]
    related: Mapping[str, Related]
    work: Work
    scorer: SubjectScorer
    caps: tuple[GroupCap, ...] = ()
    trial: bool = False

    @property
    def live(self) -> bool:
        """Whether the period was still running when it was seen: figures are provisional (tạm tính)."""
        return self.asked.as_of < self.asked.period.end


def evaluate(facts: Facts, rulebook: Rulebook, scorecard: str, asked: Asked, calendar: Calendar) -> Run:
    """Score everyone the scorecard applies to. Raises `Unusable` when the question itself makes no sense."""
    card = _card(rulebook, scorecard, asked)
    check_names({name: p for one in rulebook.indicators.values() for name, p in one.parameters.items()}
                | dict(rulebook.head.parameters), asked.overrides)  # fmt: skip
    trial = _in_force(rulebook, asked)
    asked = replace(asked, as_of=min(asked.as_of, asked.period.end))
    told = known(facts, asked.known_at, asked.seq)
    run = _roll_up(told, rulebook, card, asked, calendar) if card.model.roll_up else _score(
        told, rulebook, card, asked, calendar
    )  # fmt: skip
    run = replace(run, caps=_caps(run), trial=trial)
    return run


def _card(rulebook: Rulebook, scorecard: str, asked: Asked) -> BoundScorecard:
    if scorecard not in rulebook.scorecards:
        raise unusable("unknown-scorecard", f"{rulebook.id} has no scorecard {scorecard!r}",
                       did_you_mean(scorecard, rulebook.scorecards))  # fmt: skip
    card = rulebook.scorecards[scorecard]
    if card.model.period not in ("any", asked.period.kind.value):
        raise unusable("wrong-period", f"{scorecard} is scored per {card.model.period}, not for {asked.period.label}",
                       {"month": "write 2026-09", "quarter": "write 2026-Q3", "half_year": "write 2026-H1",
                        "year": "write 2026"}[card.model.period])  # fmt: skip
    return card


def _in_force(rulebook: Rulebook, asked: Asked) -> bool:
    """Whether this is a trial: scorecards go by the first day of the period."""
    first, head = asked.period.first, rulebook.head
    early = head.valid_from is not None and first < head.valid_from
    late = head.valid_to is not None and first >= head.valid_to
    if (early or late) and not asked.trial:
        span = f"from {head.valid_from or 'ever'} to before {head.valid_to or 'further notice'}"
        raise unusable("not-in-force", f"{rulebook.id} is not in force on {first} (it holds {span})",
                       "choose a period inside, another rulebook (`congtam rulebook list --day …`), or ask for a "
                       "trial with --trial")  # fmt: skip
    return early or late


def clocks(rulebook: Rulebook, calendar: Calendar) -> Clocks:
    """The clocks of a rulebook: the first whose condition fits the item, else the one the rulebook names."""
    rules = [(one, clock_rule(one.id, one.model)) for one in rulebook.clocks.values()]
    tests = [(compute(one.applies, {}) if one.applies else None, one, rule) for one, rule in rules]

    def choose(item: Mapping[str, Any], day: Any) -> ClockRule:
        row = {name: item.get(name) for name in ("kind", "procedure", "origin", "clock", "channel")}
        fitting = (rule for test, one, rule in tests if test is not None and test(row) is True)
        return next(fitting, default)

    default = next(rule for one, rule in rules if one.id == rulebook.head.clock)
    return Clocks(calendar, choose)


def clock_rule(name: str, block: ClockBlock) -> ClockRule:
    """The clock a block describes."""
    fields = {key: value for key, value in block.model_dump().items() if key not in ("legal_basis", "owner", "applies")}
    fields["title"] = {"vi": block.title.vi, "en": block.title.en}
    return ClockRule(id=name, **fields)


def _score(told: Facts, rulebook: Rulebook, card: BoundScorecard, asked: Asked, calendar: Calendar) -> Run:
    work = fold(told.events, asked.as_of, asked.seq, clocks=clocks(rulebook, calendar), spells=told.spells)
    rows = imagine(make_rows(work, asked.as_of), asked.without, asked.if_good)
    scene = Scene(rulebook, card, asked.period, asked.as_of, told, rows, asked.overrides)
    scorer = SubjectScorer(scene)
    structure = Structure(told, calendar)
    score_all = {"unit": _units, "official": _officials, "group": _groups}[card.model.subject]
    scores, related = score_all(scorer, structure, asked)
    return Run(rulebook, card, asked, told, calendar, scores, related, work, scorer)


def _until(asked: Asked) -> Any:
    """The first day not yet over as the work is seen."""
    return min(asked.period.until, local_day(asked.as_of))


def subject_of(person: Person) -> Subject:
    """An official as a subject of scoring."""
    spell = person.spell
    return Subject(person.official, person.role, spell.unit, spell.agency, spell.duty_group, spell.staff_kind,
                   person.working_days)  # fmt: skip


def _officials(
    scorer: SubjectScorer, structure: Structure, asked: Asked
) -> tuple[dict[str, Score], dict[str, Related]]:
    """Staff first, then leaders from the deepest unit up, in the order the strata declare."""
    period, card = asked.period, scorer.scene.card
    people = structure.people(period, _until(asked), card.model.staff_kind)
    everyone = structure.people(period, _until(asked))
    scores: dict[str, Score] = {}
    related: dict[str, Related] = {}
    for person in _in_order(people, card, structure, period):
        subject = subject_of(person)
        below = [one for one in everyone if structure.leads(person, one, period.first)]
        related[person.official] = _related(scorer, subject, below, scores, asked)
        scores[person.official] = _by_spells(scorer, structure, person, subject, related[person.official], asked)
    return dict(sorted(scores.items())), related


def _in_order(people: list[Person], card: BoundScorecard, structure: Structure, period: Period) -> list[Person]:
    roles = [stratum.for_ for stratum in order(card.model.strata)] or ["staff", "leader"]
    ranked = {role: index for index, role in enumerate(roles)}
    return sorted(
        people,
        key=lambda p: (ranked.get(p.role, len(roles)), -structure.depth(p.spell.unit, period.first), p.official),
    )


def _related(
    scorer: SubjectScorer, subject: Subject, below: Iterable[Person], scores: Mapping[str, Score], asked: Asked
) -> Related:
    grades = [grade for one in below if (grade := _grade_of(one.official, scores, asked)) is not _UNGRADED]
    unit = scorer.decision(subject.unit or "", "grade")
    agency = scorer.decision(subject.agency or "", "grade")
    return Related(tuple(grades), unit.outcome if unit else None, agency.outcome if agency else None)


_UNGRADED: Any = object()


def _grade_of(official: str, scores: Mapping[str, Score], asked: Asked) -> Any:
    """A subordinate's grade; None while figures are missing; left out when there was too little work to grade."""
    if official not in scores:
        return asked.other_grades.get(official, _UNGRADED)
    made = scores[official].graded
    return _UNGRADED if made.by == "insufficient" else made.grade


def _by_spells(
    scorer: SubjectScorer, structure: Structure, person: Person, subject: Subject, related: Related, asked: Asked
) -> Score:
    """The score of one official; over several spells by days when the scorecard says so."""
    whole = scorer.score(subject, related)
    if scorer.scene.card.model.combine_spells != "by_days" or len(person.spells) < 2:
        return whole
    days = [structure.days_worked(person.official, [s], asked.period, _until(asked)) for s in person.spells]
    segments = [
        scorer.score(replace(subject, role="leader" if s.leader else "staff", unit=s.unit, spells=frozenset({s.spell})),
                     related)
        for s in person.spells
    ]  # fmt: skip
    weighed = [(score, n) for score, n in zip(segments, days, strict=True) if n and score.measurable]
    return _combined(scorer, whole, weighed) if weighed else whole


def _combined(scorer: SubjectScorer, whole: Score, weighed: list[tuple[Score, int]]) -> Score:
    total = sum(n for _, n in weighed)
    lowest = half_up(Fraction(sum(score.lowest * n for score, n in weighed), total))
    highest = half_up(Fraction(sum(score.highest * n for score, n in weighed), total))
    return _regraded(scorer, replace(whole, lowest=lowest, highest=highest, segments=tuple(s for s, _ in weighed)))


def _regraded(scorer: SubjectScorer, score: Score) -> Score:
    rules = scorer.rules(score.subject)
    standing = Standing(score.lowest, score.highest, {}, {}, {}, score.subject.role)
    made = grade(scorer.scene.card, standing, rules.conditions if not rules.conditions else {}, {}, {})
    kept = score.graded
    if kept.by == "insufficient" or any(p.state == "upheld" for p in kept.proposals):
        return score
    return replace(score, graded=Graded(made.grade, made.by, made.reason, kept.proposals, made.decision))


def _units(scorer: SubjectScorer, structure: Structure, asked: Asked) -> tuple[dict[str, Score], dict[str, Related]]:
    day = asked.period.first
    units = {unit.unit: unit for unit in scorer.scene.facts.units
             if unit.first < asked.period.until and (unit.until is None or unit.until > day)}  # fmt: skip
    codes = set(units) or {row["unit"] for rows in scorer.scene.rows.by_official["item"].values() for row in rows}
    scores = {}
    for code in sorted(code for code in codes if code):
        below = structure.units_below(code, day) if units else frozenset({code})
        agency = units[code].agency if code in units else None
        scores[code] = scorer.score(Subject(code, "unit", code, agency, units=below), Related())
    return scores, {code: Related() for code in scores}


def _groups(scorer: SubjectScorer, structure: Structure, asked: Asked) -> tuple[dict[str, Score], dict[str, Related]]:
    """One score per value of each column the scorecard breaks down by, after one for everything."""
    rows = [row for rows in scorer.scene.rows.by_official["item"].values() for row in rows]
    subjects = [Subject("all", "group", group=("all", "–"))]
    for column in scorer.scene.card.model.by:
        values = sorted({row[column] or "–" for row in rows})
        subjects += [Subject(f"{column}={value}", "group", group=(column, value)) for value in values]
    scores = {subject.code: scorer.score(subject, Related()) for subject in subjects}
    return scores, {code: Related() for code in scores}


# -- a year from its months


def _roll_up(told: Facts, rulebook: Rulebook, card: BoundScorecard, asked: Asked, calendar: Calendar) -> Run:
    """The mean of the published periods known by the cut-off; each score names the months it holds."""
    assert card.model.roll_up is not None
    of = rulebook.scorecards[card.model.roll_up.of]
    months = [month for month in asked.period.months() if month.end <= asked.as_of]
    runs = [(m, _score(told, rulebook, of, replace(asked, period=m, as_of=m.end), calendar)) for m in months]
    work = fold(told.events, asked.as_of, asked.seq, clocks=clocks(rulebook, calendar), spells=told.spells)
    rows = imagine(make_rows(work, asked.as_of), asked.without, asked.if_good)
    scene = Scene(rulebook, card, asked.period, asked.as_of, told, rows, asked.overrides)
    scorer = SubjectScorer(scene)
    people = Structure(told, calendar).people(asked.period, _until(asked), of.model.staff_kind)
    scores = {p.official: _year(scorer, subject_of(p), runs, of) for p in people}
    return Run(rulebook, card, asked, told, calendar, scores, {code: Related() for code in scores}, work, scorer)


def _year(scorer: SubjectScorer, subject: Subject, runs: list[tuple[Period, Run]], of: BoundScorecard) -> Score:
    held = [(month.label, _published(run.scores.get(subject.code))) for month, run in runs]
    totals = [total for _, total in held if total is not None]
    mean = half_up(Fraction(sum(totals), len(totals))) if totals else 0
    rules, card = scorer.rules(subject), scorer.scene.card
    unit, agency = scorer.decision(subject.unit or "", "grade"), scorer.decision(subject.agency or "", "grade")
    related = Related((), unit.outcome if unit else None, agency.outcome if agency else None)
    measured, environment = scorer.complete(subject, related, scorer.measure(subject))
    counts = {name: one.n for name, one in measured.items()}
    enough = len(totals) >= max(1, card.model.minimum.months)
    standing = Standing(mean, mean, environment, counts, scorer.decisions(subject.code), subject.role, enough)
    grades = {"unit.grade": related.unit, "organisation.grade": related.organisation}
    graded = grade(card, standing, rules.conditions, rules.vetoes, grades)
    parts = _mean_parts([run.scores[subject.code] for _, run in runs if subject.code in run.scores])
    return Score(subject, parts, measured, graded, mean, mean, len(totals), months=tuple(held))


def _published(score: Score | None) -> int | None:
    """A month's total, when it was graded on enough work and nothing was missing."""
    return None if score is None or score.graded.by == "insufficient" else score.total


def _mean_parts(scores: list[Score]) -> tuple[PartScore, ...]:
    """Parts of the months, averaged for display over the months that count."""
    counted = [score for score in scores if _published(score) is not None]
    if not counted:
        return ()
    made = []
    for part in counted[0].parts:
        same = [one for score in counted if (one := score.part(part.id)) and one.points is not None]
        if same:
            made.append(replace(part, maximum=half_up(Fraction(sum(p.maximum for p in same), len(same))), parts=(),
                                points=half_up(Fraction(sum(p.points or 0 for p in same), len(same)))))  # fmt: skip
    return tuple(made)


# -- caps


def _caps(run: Run) -> tuple[GroupCap, ...]:
    rules = run.card.model.population_rules
    return tuple(cap for rule in rules for cap in _cap(run, rule))


def _cap(run: Run, rule: PopulationRule) -> list[GroupCap]:
    """One population rule over everyone who has a grade; the limit may depend on the organisation's own grade."""
    people = [candidate(score, rule) for score in run.scores.values() if score.graded.grade]
    by_agency: dict[str | None, list[Candidate]] = {}
    for one in people:
        by_agency.setdefault(one.groups["agency"], []).append(one)
    return [
        outcome
        for agency, members in sorted(by_agency.items(), key=lambda pair: pair[0] or "")
        for outcome in apply_caps(rule, run.card.grades, members, _reading(run, rule), _limit(run, rule, agency))
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


def _limit(run: Run, rule: PopulationRule, agency: str | None) -> Fraction:
    node = run.card.limits.get(rule.id)
    if node is None or rule.limit_if is None:
        return Fraction(rule.limit)
    decided = run.scorer.decision(agency or "", "grade")
    values = exact_parameters(resolve(run.rulebook.head.parameters, run.asked.period.first, {}, run.asked.overrides))
    row = Related(organisation=decided.outcome if decided else None).environment()
    holds = compute(node, values, run.card.grades)(row)
    return Fraction(rule.limit_if.limit if holds is True else rule.limit)


__all__ = ["Asked", "BoundClock", "Run", "evaluate"]
