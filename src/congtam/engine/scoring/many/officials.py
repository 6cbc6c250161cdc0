"""All officials of a scorecard from totals, in runs: nobody in a run reads the grade of another in it."""

from collections.abc import Callable, Iterator, Mapping

from congtam.engine.expressions.nodes import columns
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.everyone import by_spells, grades_below, in_order, of_kind, subject_of
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.many.formulas import SUBORDINATES
from congtam.engine.scoring.many.score import TotalsOf, score_some
from congtam.engine.scoring.many.table import ScoreTable
from congtam.engine.scoring.rules import Rules
from congtam.engine.scoring.subject import Related, Subject, SubjectScorer
from congtam.engine.structure import Person, Structure

Run = list[Person]


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
    readers = _readers(scorer, table)
    led = structure.below(everyone, period.first) if readers else _nobody

    def below(person: Person) -> list[str]:
        return led(person) if (person.role, person.spell.staff_kind) in readers else []

    others = _Others(scorer, dict(beside))
    for run in _runs(in_order(people, card, structure, period), below) if readers else [people]:
        places = [table.places[person.official] for person in run]
        related = {
            place: others.related(table.subjects[place], below(person))
            for place, person in zip(places, run, strict=True)
        }
        if card.model.combine_spells == "by_days":
            for person in (one for one in run if len(one.spells) > 1):
                place = table.places[person.official]
                subject, one = table.subjects[place], related.pop(place)
                table.put(place, by_spells(scorer, structure, person, subject, one, asked))
        score_some(scorer, related, totals, table)
        if readers:
            others.known |= table.graded(places)
    return table


def _nobody(person: Person) -> list[str]:
    return []


class _Others:
    """What is related to each subject, from the grades `known` so far."""

    def __init__(self, scorer: SubjectScorer, known: dict[str, Graded]):
        self._scorer, self.known = scorer, known
        self._alone: dict[tuple[str | None, str | None], Related] = {}

    def related(self, subject: Subject, led: list[str]) -> Related:
        """Without anyone below it is the same for the whole unit."""
        if led:
            return self._scorer.related(subject, grades_below(led, self.known.get))
        key = subject.unit, subject.agency
        if key not in self._alone:
            self._alone[key] = self._scorer.related(subject)
        return self._alone[key]


def _readers(scorer: SubjectScorer, table: ScoreTable) -> set[tuple[str, str | None]]:
    """The roles and kinds of staff whose rules read the grades of those below."""
    kinds = {(one.role, one.staff_kind): one for one in table.subjects}
    return {kind for kind, one in kinds.items() if reads_below(scorer.rules(one))}


def reads_below(rules: Rules) -> bool:
    """Whether points or grade stand on the grades of those below."""
    nodes = [*rules.card.conditions.values(), *rules.card.vetoes.values()]
    nodes += [formula.node for formula in rules.part_formulas.values() if formula.node is not None]
    nodes += [node for name in rules.formulas for node in rules.indicators[name].nodes.values()]
    return any(SUBORDINATES in columns(node) for node in nodes)


def _runs(people: list[Person], below: Callable[[Person], list[str]]) -> Iterator[Run]:
    """People in their order, cut wherever someone reads a grade of the run."""
    run: Run = []
    inside: set[str] = set()
    for person in people:
        if not inside.isdisjoint(below(person)):
            yield run
            run, inside = [], set()
        run.append(person)
        inside.add(person.official)
    if run:
        yield run
