"""Everyone of a scorecard from one scan: the measures compiled, all subjects scored at once.

It gives exactly the points and grades of `evaluate`, for populations that row by row would take too long. It keeps no
rows: to open a subject, `evaluate` and `trace` go back to the records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import unusable
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.rows import Rows
from congtam.engine.measuring.sql.query import Query
from congtam.engine.measuring.sql.run import BY_OFFICIAL, Scan, Source, measure_officials, measure_units
from congtam.engine.measuring.sql.sight import Window
from congtam.engine.measuring.totals import Totals
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.parameters import check_names
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.everyone import of_kind, subject_of, units_of
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.many.officials import score_officials
from congtam.engine.scoring.many.score import score_many
from congtam.engine.scoring.many.table import ScoreTable
from congtam.engine.scoring.rules import Rules, Scene
from congtam.engine.scoring.run import admitted, parameters_of, refuse_without_people, seen_by
from congtam.engine.scoring.subject import Related, SubjectScorer
from congtam.engine.structure import Structure
from congtam.engine.working_time import Calendar


@dataclass(frozen=True)
class FullRun:
    """The scores of everyone the scorecard applies to, by code; `scans`: how often a table of the snapshot was read."""

    rulebook: Rulebook
    card: BoundScorecard
    asked: Asked
    table: ScoreTable
    scans: int
    trial: bool = False


def full_run(
    source: Source,
    facts: Facts,
    rulebook: Rulebook,
    scorecard: str,
    asked: Asked,
    calendar: Calendar,
    *,
    beside: Mapping[str, Graded] | None = None,
    threads: int | None = None,
) -> FullRun:
    """Score everyone from a snapshot of their work. `facts` holds all but events: people, units, marks, decisions.

    Leaders may read the grades of `beside`, those of people scored by other cards. Raises `Unusable` when the question
    makes no sense, or needs rows: a year averaged from months, what-if, or a snapshot seen at another instant.
    """
    check_names(parameters_of(rulebook), asked.overrides)
    card, trial = admitted(rulebook, scorecard, asked)
    asked = seen_by(asked)
    _refuse_what_needs_rows(card, asked, source)
    told = known(facts, asked.known_at, asked.seq)
    scorer = SubjectScorer(Scene(rulebook, card, asked.period, asked.as_of, told, Rows(), asked.overrides))
    scans = Scans(source, Window(asked.period, asked.as_of), threads)
    structure = Structure(told, calendar)
    if card.model.subject == "unit":
        table = _units(scorer, structure, asked, scans)
    else:
        refuse_without_people(told)
        table = _officials(scorer, structure, asked, scans, beside or {})
    return FullRun(rulebook, card, asked, table, scans.made, trial)


def _refuse_what_needs_rows(card: BoundScorecard, asked: Asked, source: Source) -> None:
    model = card.model
    reasons = {
        "is averaged from its months": model.roll_up is not None,
        "breaks work down by columns": model.subject == "group",
        "weighs the spells of an official by days": model.combine_spells == "by_days",
        "was asked with scorecards beside it (hand their grades over instead)": bool(asked.beside),
        "was asked what if": bool(asked.without or asked.if_good),
    }
    for reason, holds in reasons.items():
        if holds:
            raise unusable("needs-rows", f"{card.id} {reason}: that needs every row", "use `evaluate`")
    if source.as_of != asked.as_of:
        raise unusable(
            "other-instant",
            f"the snapshot was seen at {source.as_of.isoformat()}, the question is about {asked.as_of.isoformat()}",
            "make the snapshot at the instant the question is about",
        )


Plans = dict[tuple[Any, ...], tuple[tuple[RowMeasure, ...], list[Query]]]


@dataclass
class Scans:
    """Totals of sets of rules. Rules that state the same amounts share a scan, however many roles they are for. `plans`
    keeps statements for later scans, with the rules they are for."""

    source: Source
    window: Window
    threads: int | None
    rules: dict[tuple[str, ...], list[dict[str, RowMeasure]]] = field(default_factory=dict)
    held: dict[int, Totals] = field(default_factory=dict)
    units: Mapping[str, Iterable[str]] | None = None
    plans: Plans = field(default_factory=dict)
    made: int = 0

    def expect(self, rules: Iterable[Rules]) -> None:
        """Gather the rules that will be asked for, so that those that fit together are scanned together."""
        for one in rules:
            self._set_of(one)

    def totals(self, rules: Rules) -> Totals:
        """The totals that hold all measures of the rules."""
        measures = self._set_of(rules)
        if id(measures) not in self.held:
            self.held[id(measures)] = self._scan(measures, tuple(rules.scored))
            self.made += len({rule.indicator.model.measure.source for rule in measures.values()})
        return self.held[id(measures)]

    def _scan(self, measures: dict[str, RowMeasure], scored: tuple[str, ...]) -> Totals:
        scan = Scan(measures, scored, self.window, self.threads)
        if self.units is not None:
            return measure_units(self.source, scan, self.units)
        return measure_officials(self.source, scan, self._plan(scan))

    def _plan(self, scan: Scan) -> list[Query]:
        """The statements of a scan: those made for the same rules and period before, or new ones."""
        rules, ended = tuple(scan.rules.values()), self.window.as_of >= self.window.period.end
        key = (self.window.period, ended, scan.scored, tuple(scan.rules), tuple(map(id, rules)))
        if key not in self.plans:
            self.plans[key] = rules, scan.queries(BY_OFFICIAL)
        return self.plans[key][1]

    def _set_of(self, rules: Rules) -> dict[str, RowMeasure]:
        """The measures scanned together with those of `rules`: same items, same parameters under the same name."""
        sets = self.rules.setdefault(tuple(rules.scored), [])
        for measures in sets:
            if all(_alike(measures.get(name), rule) for name, rule in rules.over_rows.items()):
                measures |= rules.over_rows
                return measures
        sets.append(dict(rules.over_rows))
        return sets[-1]


def _alike(one: RowMeasure | None, other: RowMeasure) -> bool:
    return one is None or (one.indicator == other.indicator and one.parameters == other.parameters)


def _officials(
    scorer: SubjectScorer, structure: Structure, asked: Asked, scans: Scans, beside: Mapping[str, Graded]
) -> ScoreTable:
    people = of_kind(structure.people(asked.period, asked.until), scorer.scene.card)
    one_of_each = {(one.role, one.spell.staff_kind): one for one in people}
    scans.expect(scorer.rules(subject_of(one)) for one in one_of_each.values())
    return score_officials(scorer, structure, asked, beside, scans.totals)


def _units(scorer: SubjectScorer, structure: Structure, asked: Asked, scans: Scans) -> ScoreTable:
    """Every unit of the period with all under it."""
    subjects = units_of(scorer.scene.facts, structure, asked)
    if not subjects:
        raise unusable("no-units", "no unit was known in the period", "hand over unit.csv")
    scans.units = {subject.code: subject.units for subject in subjects}
    return score_many(scorer, subjects, [Related() for _ in subjects], scans.totals)
