"""One period scored: work folded as seen, rows made, everyone scored in order."""

from collections.abc import Mapping
from dataclasses import replace

from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Work
from congtam.engine.rulebook.as_of import holds_on
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.scoring import everyone
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.subject import Scene, Score, SubjectScorer
from congtam.engine.structure import Structure
from congtam.engine.working_time import Calendar

SCORED_BY = {"unit": everyone.units, "official": everyone.officials, "group": everyone.groups}


def open_scene(
    told: Facts,
    rulebook: Rulebook,
    card: BoundScorecard,
    asked: Asked,
    calendar: Calendar,
    folds: Folds | None = None,
) -> tuple[SubjectScorer, Work]:
    """The work as it stands at `as_of`, and a scorer over its rows (with what-if changes made)."""
    work, rows = (folds or Folds(told)).of(rulebook, asked, calendar)
    return SubjectScorer(Scene(rulebook, card, asked.period, asked.as_of, told, rows, asked.overrides)), work


def score_period(
    told: Facts,
    rulebook: Rulebook,
    card: BoundScorecard,
    asked: Asked,
    calendar: Calendar,
    folds: Folds | None = None,
    others: Mapping[str, Score] | None = None,
) -> Run:
    """Everyone the scorecard applies to, from facts already cut to what was known. Leaders read the grades of `others`;
    when they are not given, of everyone scored beside it."""
    folds = folds or Folds(told)
    scorer, work = open_scene(told, rulebook, card, asked, calendar, folds)
    if others is None:
        others = _beside(told, asked, calendar, folds)
    scores, related = SCORED_BY[card.model.subject](scorer, Structure(told, calendar), asked, others)
    return Run(rulebook, card, asked, told, calendar, scores, related, work, scorer)


def _beside(told: Facts, asked: Asked, calendar: Calendar, folds: Folds) -> dict[str, Score]:
    """The scores of the scorecards beside this one that are in force."""
    others: dict[str, Score] = {}
    for book, name in asked.beside:
        if holds_on(book, asked.period.first):
            alone = replace(asked, beside=())
            others |= score_period(told, book, book.scorecards[name], alone, calendar, folds).scores
    return others
