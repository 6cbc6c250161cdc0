"""Units scored, each with all under it: what the engine's `evaluate` gives, for some units without the others."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.everyone import units_of
from congtam.engine.scoring.legal import Entry
from congtam.engine.scoring.subject import Related, Scene, Score, Subject, SubjectScorer
from congtam.scores.cards import Cards
from congtam.scores.census import CENSUSES
from congtam.scores.facts import said_of_units
from congtam.scores.known import Cut
from congtam.scores.units.rows import next_deadlines, work_in
from congtam.scores.waking import next_step


@dataclass(frozen=True)
class Made:
    """One unit's score; `wake_at`: the next instant at which time alone may move it (None: never)."""

    entry: Entry
    score: Score
    wake_at: datetime | None


def subjects_of(cards: Cards, told: Cut, as_of: datetime) -> list[Subject]:
    """Every unit of the period as it is scored, with all under it as the tree stands on its first day."""
    calendar = next(iter(cards.entries.values())).calendar
    structure = CENSUSES.structure(told.structure, calendar)
    return units_of(CENSUSES.facts(told.structure), structure, Asked(cards.period, min(as_of, cards.period.end)))


def touched(subjects: Iterable[Subject], units: Collection[int]) -> list[Subject]:
    """The subjects that hold any of these units: themselves and all above them."""
    named = frozenset(map(str, units))
    return [one for one in subjects if not one.units.isdisjoint(named)]


def score_units(cards: Cards, subjects: Collection[Subject], now: datetime, told: Cut) -> Iterator[Made]:
    """The scores of units under the cards of a period; the work of one tree is in memory at a time."""
    for tree in _trees(subjects):
        yield from _score_tree(cards, tree, now, told)


def _trees(subjects: Iterable[Subject]) -> list[list[Subject]]:
    """Subjects by the highest one that holds them."""
    trees: list[list[Subject]] = []
    for one in sorted(subjects, key=lambda one: (-len(one.units), one.code)):
        home = next((tree for tree in trees if one.units <= tree[0].units), None)
        if home is None:
            trees.append([one])
        else:
            home.append(one)
    return trees


def _score_tree(cards: Cards, tree: list[Subject], now: datetime, told: Cut) -> Iterator[Made]:
    asked = Asked(cards.period, min(now, cards.period.end))
    work_of = work_in(cards, tree[0].units, CENSUSES.facts(told.structure), asked, now)
    said = said_of_units((one.code for one in tree), cards.period)
    running = asked.as_of < cards.period.end
    for entry in cards.entries.values():
        work, rows = work_of(entry)
        scene = Scene(entry.rulebook, entry.card, asked.period, asked.as_of, said, rows)
        scorer = SubjectScorer(scene, cards.compiled.setdefault(entry.key, {}))
        deadlines = list(next_deadlines(work, asked.as_of)) if running else []
        for one in tree:
            ahead = [at for units, at in deadlines if not units.isdisjoint(one.units)]
            step = next_step(scorer.rules(one), asked.as_of) if running else None
            wake_at = min((at for at in (*ahead, step) if at), default=None)
            yield Made(entry, scorer.score(one, Related()), wake_at)
