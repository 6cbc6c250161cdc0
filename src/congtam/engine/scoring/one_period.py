"""One period scored: work folded as seen, rows made, everyone scored in order."""

from dataclasses import replace

from congtam.engine.facts.fold import fold
from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Work
from congtam.engine.measuring.imagine import imagine
from congtam.engine.measuring.rows import make_rows
from congtam.engine.rulebook.as_of import holds_on
from congtam.engine.rulebook.bind import BoundScorecard, Rulebook
from congtam.engine.rulebook.clocks import clocks
from congtam.engine.scoring import everyone
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.subject import Scene, Score, SubjectScorer
from congtam.engine.structure import Structure
from congtam.engine.working_time import Calendar

SCORED_BY = {"unit": everyone.units, "official": everyone.officials, "group": everyone.groups}


def open_scene(
    told: Facts, rulebook: Rulebook, card: BoundScorecard, asked: Asked, calendar: Calendar
) -> tuple[SubjectScorer, Work]:
    """The work as it stands at `as_of`, and a scorer over its rows (with what-if changes made)."""
    work = fold(told.events, asked.as_of, asked.seq, clocks=clocks(rulebook, calendar), spells=told.spells)
    rows = imagine(make_rows(work, asked.as_of), asked.without, asked.if_good)
    return SubjectScorer(Scene(rulebook, card, asked.period, asked.as_of, told, rows, asked.overrides)), work


def score_period(told: Facts, rulebook: Rulebook, card: BoundScorecard, asked: Asked, calendar: Calendar) -> Run:
    """Everyone the scorecard applies to, from facts already cut to what was known, after those scored beside it."""
    scorer, work = open_scene(told, rulebook, card, asked, calendar)
    others: dict[str, Score] = {}
    for book, name in asked.beside:
        if holds_on(book, asked.period.first):
            others |= score_period(told, book, book.scorecards[name], replace(asked, beside=()), calendar).scores
    scores, related = SCORED_BY[card.model.subject](scorer, Structure(told, calendar), asked, others)
    return Run(rulebook, card, asked, told, calendar, scores, related, work, scorer)
