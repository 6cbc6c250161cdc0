"""People scored under every card of a period, from rows of their work: what live scores and opened scores share.

It gives what the engine's `evaluate_agency` gives for the same people, without scoring everybody else: whose grades
leaders read comes from those scored just now, else from `Grades`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from congtam.engine.facts.tables import Facts
from congtam.engine.measuring.rows import Rows
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.everyone import by_spells, grades_below, of_kind, subject_of
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.legal import Entry, Legal, legal_cards
from congtam.engine.scoring.many.officials import reads_below
from congtam.engine.scoring.many.score import score_one
from congtam.engine.scoring.subject import Related, Scene, Score, SubjectScorer
from congtam.engine.structure import Person
from congtam.scores.cards import Cards
from congtam.scores.census import Census
from congtam.scores.scanned import Scanned


class Grades(Protocol):
    """Grades of people who are not scored now."""

    def under(self, card: str, codes: Iterable[str]) -> Mapping[str, Graded]:
        """Their grades as the leaders under a card read them: under the same card, else under their legal one."""
        ...


@dataclass(frozen=True)
class Made:
    """One score with what it was made from."""

    entry: Entry
    person: Person
    score: Score
    related: Related
    legal: bool
    scorer: SubjectScorer


@dataclass(frozen=True)
class Scoring:
    """What one period's scores are made from. `facts`: marks, figures and decisions of the people that will be asked
    for; `rows`: their work as each card sees it."""

    cards: Cards
    asked: Asked
    census: Callable[[Entry], Census]
    facts: Facts
    rows: Callable[[Entry], Rows]
    grades: Grades
    scanned: Scanned | None = None  # those measured in one scan; the others by their rows

    def people(self, codes: Iterable[str]) -> dict[str, dict[str, Made]]:
        """The scores of people by code, then by card; of those nobody scores, none."""
        wanted = list(codes)
        made: dict[str, dict[str, Made]] = {code: {} for code in wanted}
        scorers = {key: self.scorer(entry) for key, entry in self.cards.entries.items()}
        legal = self.legal(wanted)
        censuses = {key: self.census(entry) for key, entry in self.cards.entries.items()}
        first = next(iter(censuses.values()), None)
        order = [one.official for one in first.in_order(wanted)] if first else []
        if first and self.scanned:
            self.scanned.prepare(scorers, [first.people[code] for code in order])
        for code in order:
            for key, entry in self.cards.entries.items():
                if code not in legal or key not in legal[code].scored:
                    continue
                person = censuses[key].people[code]
                related = self._related(key, scorers[key], censuses[key], person, made, legal)
                score = self._score(scorers[key], censuses[key], person, related)
                made[code][key] = Made(entry, person, score, related, legal[code].card == key, scorers[key])
        return made

    def _score(self, scorer: SubjectScorer, census: Census, person: Person, related: Related) -> Score:
        subject = subject_of(person)
        if self.scanned and person.official in self.scanned.codes:
            return score_one(scorer, subject, related, self.scanned.totals(scorer.rules(subject)))
        return by_spells(scorer, census.structure, person, subject, related, self.asked)

    def scorer(self, entry: Entry) -> SubjectScorer:
        """The scorer of one card."""
        scene = Scene(entry.rulebook, entry.card, self.asked.period, self.asked.as_of, self.facts, self.rows(entry))
        return SubjectScorer(scene, self.cards.compiled.setdefault(entry.key, {}))

    def legal(self, codes: list[str]) -> dict[str, Legal]:
        """Which card is legal for whom, and which score them at all."""
        people: list[Person] = []
        scored: dict[str, frozenset[str]] = {}
        for key, entry in self.cards.entries.items():
            known = self.census(entry).people
            people = people or [known[code] for code in codes if code in known]
            scored[key] = frozenset(one.official for one in of_kind(people, entry.card))
        return legal_cards(people, self.cards.entries, scored, self.facts.decisions, self.asked.period)

    def _related(
        self,
        key: str,
        scorer: SubjectScorer,
        census: Census,
        person: Person,
        made: Mapping[str, Mapping[str, Made]],
        legal: Mapping[str, Legal],
    ) -> Related:
        """The grades a score may read: of those below only where the rules read them."""
        subject = subject_of(person)
        if not person.spell.leader or not reads_below(scorer.rules(subject)):
            return scorer.related(subject)
        below = census.below(person)
        now = {code: _graded(made[code], key, legal.get(code)) for code in below if code in made}
        known = {**self.grades.under(key, [code for code in below if code not in made]), **now}
        return scorer.related(subject, grades_below(below, known.get))


def _graded(made: Mapping[str, Made], key: str, legal: Legal | None) -> Graded | None:
    """The grade of somebody scored just now, under the same card, else under the legal one."""
    one = made.get(key) or (made.get(legal.card) if legal and legal.card else None)
    return one.score.graded if one else None
