"""What other rules would do, on the facts of a period that is over: everyone scored twice, and laid side by side.

People go through in batches, those below before those above them, so that thousands fit; a leader reads the grades that
the same rules gave those below.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from congtam.calendars.queries import calendar_for
from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.legal import Entry
from congtam.engine.scoring.run import admitted, refuse_without_people
from congtam.engine.scoring.subject import Score
from congtam.engine.structure import Structure
from congtam.scores.cards import Cards
from congtam.scores.census import Census
from congtam.scores.facts import said_about, structure_about
from congtam.scores.grades import GradesSoFar
from congtam.scores.rows import folded_rows
from congtam.scores.scoring import Scoring

AT_ONCE = 200  # people of one batch


class Outcome(NamedTuple):
    """What one person would have: bounds of the total in millionths, and the grade."""

    lowest: int
    highest: int
    grade: str | None

    @property
    def total(self) -> int | None:
        """None while figures are missing."""
        return self.lowest if self.lowest == self.highest else None


class Pair(NamedTuple):
    """One person under both rules."""

    person: int
    before: Outcome
    after: Outcome

    @property
    def changed(self) -> bool:
        return self.before != self.after

    @property
    def regraded(self) -> bool:
        return self.before.grade != self.after.grade


@dataclass(frozen=True)
class Answer:
    """What came of it under one scorecard: everyone it scored; `grades` with their titles, the best first."""

    title: Text
    grades: list[tuple[str, Text]]
    pairs: list[Pair]


def suppose(
    before: Rulebook,
    after: Rulebook,
    period: Period,
    persons: Collection[int],
    seq: int,
    told: Callable[[int], None] = lambda done: None,
) -> list[Answer]:
    """The answers under each monthly scorecard of officials, of facts known at `seq`; `told` hears after each batch how
    many people are done. Raises `Unusable` when the question makes no sense."""
    asked = Asked(period, period.end, seq=seq, trial=True)
    structure = structure_about(persons, seq=seq)
    refuse_without_people(structure)
    calendar = calendar_for(before, period.first)
    census = Census(Structure(structure, calendar), period, asked.until)
    sides = {
        name: (_Side(before, name, asked, census), _Side(after, name, asked, census))
        for name in monthly(before, period)
    }
    pairs: dict[str, list[Pair]] = {name: [] for name in sides}
    order = [one.official for one in census.in_order(census.people)]
    for start in range(0, len(order), AT_ONCE):
        batch = order[start : start + AT_ONCE]
        people = frozenset(int(code) for code in batch)
        said, rows = said_about(structure, people, period, seq=seq), folded_rows(people, asked)
        for name, (one, other) in sides.items():
            had, has = (side.score(batch, said, rows) for side in (one, other))
            pairs[name] += [Pair(int(code), had[code], has[code]) for code in batch if code in had and code in has]
        told(start + len(batch))
    return [_answer(before, name, found) for name, found in pairs.items() if found]


def monthly(book: Rulebook, period: Period) -> list[str]:
    """The scorecards of a rulebook that score officials in a period from their work."""
    return [
        name
        for name, card in sorted(book.scorecards.items())
        if card.model.subject == "official"
        and card.model.period in ("any", period.kind.value)
        and card.model.roll_up is None
    ]


class _Side:
    """One scorecard by one of the two rulebooks, and the grades it gave so far."""

    def __init__(self, book: Rulebook, name: str, asked: Asked, census: Census):
        card, trial = admitted(book, name, asked)
        self.entry = Entry(f"{book.id}#{name}", book, card, calendar_for(book, asked.period.first), trial)
        self.asked, self.census = asked, census
        self.cards = Cards(asked.period, 0, {self.entry.key: self.entry})
        self.grades = GradesSoFar()

    def score(self, batch: Sequence[str], said: Facts, rows: Any) -> dict[str, Outcome]:
        """The outcome of each of a batch whom the card scores."""
        scoring = Scoring(self.cards, self.asked, lambda entry: self.census, said, rows, self.grades)
        made = {code: one[self.entry.key].score for code, one in scoring.people(batch).items() if one}
        for code, score in made.items():
            self._keep(code, score.graded)
        return {code: _outcome(score) for code, score in made.items()}

    def _keep(self, code: str, graded: Graded) -> None:
        named = {"rulebook": self.entry.rulebook.id, "scorecard": self.entry.card.id, "legal": False}
        self.grades.put({"person_id": int(code), "grade": graded.grade, "graded_by": graded.by, **named})


def _outcome(score: Score) -> Outcome:
    return Outcome(score.lowest, score.highest, score.graded.grade)


def _answer(book: Rulebook, name: str, pairs: list[Pair]) -> Answer:
    model = book.scorecards[name].model
    return Answer(model.title, [(grade.id, grade.title) for grade in model.grades], pairs)


def as_json(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Answers as they are kept."""
    return [
        {
            "title": _told(one.title),
            "grades": [[grade, _told(title)] for grade, title in one.grades],
            "pairs": [[pair.person, *pair.before, *pair.after] for pair in one.pairs],
        }
        for one in answers
    ]


def from_json(kept: Sequence[dict[str, Any]]) -> list[Answer]:
    """Answers as they were given."""
    return [
        Answer(
            Text(**one["title"]),
            [(grade, Text(**title)) for grade, title in one["grades"]],
            [Pair(row[0], Outcome(*row[1:4]), Outcome(*row[4:7])) for row in one["pairs"]],
        )
        for one in kept
    ]


def _told(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
