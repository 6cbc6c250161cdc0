"""A year from its months: the mean of the months known by the cut-off, each named with its total. Of somebody who came
from elsewhere, the months that the other body graded are those it sent."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.everyone import subject_of
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.one_period import open_scene, score_period
from congtam.engine.scoring.points import half_up, micropoints
from congtam.engine.scoring.subject import Related, Score, Subject, SubjectScorer
from congtam.engine.scoring.tree import merged
from congtam.engine.structure import Structure
from congtam.engine.working_time import Calendar


def roll_up(
    told: Facts,
    rulebook: Rulebook,
    card: BoundScorecard,
    asked: Asked,
    calendar: Calendar,
    folds: Folds | None = None,
    score_month: Callable[[Asked], Run] | None = None,
) -> Run:
    """Score every month that is over, each as seen at its own end, and average them for each official. `score_month`
    gives the run of a month where more than this card is needed for it."""
    assert card.model.roll_up is not None
    of = rulebook.scorecards[card.model.roll_up.of]
    months = [month for month in asked.period.months() if month.end <= asked.as_of]

    def alone(asked_of: Asked) -> Run:
        return score_period(told, rulebook, of, asked_of, calendar)

    score = score_month or alone
    runs = [(month, score(replace(asked, period=month, as_of=month.end))) for month in months]
    scorer, work = open_scene(told, rulebook, card, asked, calendar, folds)
    people = Structure(told, calendar).people(asked.period, asked.until, of.model.staff_kind)
    subjects = [subject_of(person) for person in people]
    related = {subject.code: scorer.related(subject) for subject in subjects}
    sent = _sent(told, card.model.roll_up.received)
    scores = {one.code: _year(scorer, one, related[one.code], runs, sent.get(one.code, {})) for one in subjects}
    return Run(rulebook, card, asked, told, calendar, scores, related, work, scorer)


def _sent(told: Facts, name: str | None) -> dict[str, dict[str, int]]:
    """Totals of months that other bodies sent, by official and month; what was said last stands."""
    found: dict[str, dict[str, int]] = {}
    for row in sorted(told.reported, key=lambda one: one.seq):
        if name is not None and row.indicator == name:
            months = found.setdefault(row.subject, {})
            months.pop(row.period, None)
            if row.value is not None:
                months[row.period] = row.value
    return found


def _year(
    scorer: SubjectScorer,
    subject: Subject,
    related: Related,
    runs: list[tuple[Period, Run]],
    sent: Mapping[str, int],
) -> Score:
    card = scorer.scene.card
    own = {month.label: published(run.scores.get(subject.code)) for month, run in runs}
    received = tuple(label for label, total in own.items() if total is None and label in sent)
    held = tuple((label, sent[label] if label in received else total) for label, total in own.items())
    counted = [run.scores[subject.code] for month, run in runs if own[month.label] is not None]
    totals = [total for _, total in held if total is not None]
    bounds = (half_up(Fraction(sum(totals), len(totals))),) * 2 if totals else (0, micropoints(card.model.points))
    measured, environment = scorer.complete(subject, related, scorer.measure(subject))
    enough = len(totals) >= max(1, card.model.minimum.months)
    graded = scorer.grade(subject, related, bounds, measured, environment, enough)
    parts = merged([(score.parts, 1) for score in counted])
    return Score(subject, parts, measured, graded, *bounds, len(totals), months=held, received=received)


def published(score: Score | None) -> int | None:
    """A month's total, when it was graded on enough work and nothing was missing."""
    return None if score is None or score.graded.by == "insufficient" else score.total
