"""All officials of a scorecard from totals, in runs: nobody in a run reads the grade of another in it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from congtam.engine.expressions.nodes import columns
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.everyone import by_spells, grades_below, in_order, of_kind, subject_of
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.many.formulas import SUBORDINATES
from congtam.engine.scoring.many.score import TotalsOf, score_some
from congtam.engine.scoring.many.table import ScoreTable
from congtam.engine.scoring.rules import Rules
from congtam.engine.scoring.subject import SubjectScorer
from congtam.engine.structure import Person, Structure

Led = tuple[Person, list[str]]  # a person, and those below whose grades the rules read


def score_officials(
    scorer: SubjectScorer, structure: Structure, asked: Asked, beside: Mapping[str, Graded], totals: TotalsOf
) -> ScoreTable:
    """Everyone the scorecard is for, by code: staff first, then leaders from the deepest unit up, as
    `everyone.officials` does. Leaders read the grades of those below from here, else from `beside`.

    Who held several spells, where the rule weighs them by days, is scored from the rows of the scene: it must hold
    those people's rows.
    """
    card, period = scorer.scene.card, asked.period
    everyone = structure.people(period, asked.until)
    people = of_kind(everyone, card)
    table = ScoreTable.empty(card, [subject_of(person) for person in people])
    places = {person.official: place for place, person in enumerate(people)}
    laid: set[str] = set()
    below = structure.below(everyone, period.first)

    def graded(code: str) -> Graded | None:
        return table.graded(places[code]) if code in laid else beside.get(code)

    for run in _runs(in_order(people, card, structure, period), _reading(scorer, below)):
        related = {
            places[person.official]: scorer.related(subject_of(person), grades_below(led, graded))
            for person, led in run
        }
        weighed = [person for person, _ in run if card.model.combine_spells == "by_days" and len(person.spells) > 1]
        for person in weighed:
            place = places[person.official]
            one = by_spells(scorer, structure, person, table.subjects[place], related.pop(place), asked)
            table.put(place, one)
        score_some(scorer, related, totals, table)
        laid.update(person.official for person, _ in run)
    return table


def _reading(scorer: SubjectScorer, below: Callable[[Person], list[str]]) -> Callable[[Person], list[str]]:
    """Those below each person, where the person's rules read their grades."""
    reads = cache(_reads_below)

    def read(person: Person) -> list[str]:
        return below(person) if reads(scorer.rules(subject_of(person))) else []

    return read


def _reads_below(rules: Rules) -> bool:
    nodes = [*rules.card.conditions.values(), *rules.card.vetoes.values()]
    nodes += [formula.node for formula in rules.part_formulas.values() if formula.node is not None]
    nodes += [node for name in rules.formulas for node in rules.indicators[name].nodes.values()]
    return any(SUBORDINATES in columns(node) for node in nodes)


def _runs(people: list[Person], below: Callable[[Person], list[str]]) -> Iterator[list[Led]]:
    """People in their order, cut wherever someone reads a grade of the run."""
    run: list[Led] = []
    inside: set[str] = set()
    for person in people:
        led = below(person)
        if not inside.isdisjoint(led):
            yield run
            run, inside = [], set()
        run.append((person, led))
        inside.add(person.official)
    if run:
        yield run
