"""A longer period from its months: the mean of the months known by the cut-off, each named with its total.

A month that was sealed counts as it was sealed; of somebody who came from elsewhere, one that the other body graded as
it was sent; only what nobody settled yet is scored from the facts, and is provisional.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from congtam.engine.expressions.nodes import columns
from congtam.engine.facts.sealed import SealedMonth, SealedPart, by_month
from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.model import Part
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.everyone import subject_of
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.one_period import open_scene, score_period
from congtam.engine.scoring.points import half_up, micropoints
from congtam.engine.scoring.rules import ROW_KINDS
from congtam.engine.scoring.subject import Related, Score, Subject, SubjectScorer
from congtam.engine.scoring.tree import PartScore, merged
from congtam.engine.states import State
from congtam.engine.structure import Structure
from congtam.engine.working_time import Calendar


@dataclass(frozen=True)
class Held:
    """One month of one person: its total, None where it has none; the parts that re-add to it, where they are known;
    and whether it is settled (sealed, or named as a gap) or scored from facts, or was `sent` by another body."""

    label: str
    total: int | None
    parts: tuple[PartScore, ...] = ()
    settled: bool = False
    sent: bool = False


def roll_up(
    told: Facts,
    rulebook: Rulebook,
    card: BoundScorecard,
    asked: Asked,
    calendar: Calendar,
    folds: Folds | None = None,
    score_month: Callable[[Asked], Mapping[str, Score]] | None = None,
) -> Run:
    """Average every month that is over for each official, each as seen at its own end. `score_month` gives everyone's
    scores of a month where more than this card is needed for it."""
    assert card.model.roll_up is not None
    of = rulebook.scorecards[card.model.roll_up.of]
    months = [month for month in asked.period.months() if month.end <= asked.as_of]

    def alone(asked_of: Asked) -> Mapping[str, Score]:
        return score_period(told, rulebook, of, asked_of, calendar).scores

    scorer, work = open_scene(told, rulebook, card, asked, calendar, folds)
    people = Structure(told, calendar).people(asked.period, asked.until, of.model.staff_kind)
    subjects = [subject_of(person) for person in people]
    codes, sealed = {subject.code for subject in subjects}, by_month(told.sealed)
    unsettled = [month for month in months if not codes <= sealed.get(month.label, {}).keys()]
    score = score_month or alone
    scored = {month: score(replace(asked, period=month, as_of=month.end)) for month in unsettled}
    related = {subject.code: scorer.related(subject) for subject in subjects}
    sent = _sent(told, card.model.roll_up.received)
    own = f"{rulebook.id}#{of.id}"

    def held(month: Period, code: str) -> Held:
        row = sealed.get(month.label, {}).get(code)
        if row is not None:
            parts = _parts(of.model.parts, row) if row.card == own else ()
            made = Held(month.label, row.points, parts if row.points is not None else (), settled=True)
        else:
            made = _scored(month.label, scored[month].get(code))
        if made.total is None and month.label in sent.get(code, {}):
            return Held(month.label, sent[code][month.label], settled=True, sent=True)
        return made

    scores = {
        one.code: _mean(scorer, one, related[one.code], [held(month, one.code) for month in months]) for one in subjects
    }
    return Run(rulebook, card, asked, told, calendar, scores, related, work, scorer)


def looks_at_work(rulebook: Rulebook, card: BoundScorecard) -> bool:
    """Whether anything a scorecard looks at counts rows of work: one that averages months may look at reported figures
    and decisions alone."""
    if card.model.roll_up is None:
        return True
    wanted = [*card.model.information, *(veto.indicator for veto in card.model.vetoes)]
    wanted += [name for nodes in (card.vetoes, card.conditions) for node in nodes.values() for name in columns(node)]
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in rulebook.indicators and name not in seen:
            seen.add(name)
            one = rulebook.indicators[name]
            if one.model.measure.kind in ROW_KINDS:
                return True
            wanted += [other for node in one.nodes.values() for other in columns(node)]
    return False


def published(score: Score | None) -> int | None:
    """A month's total, when it was graded on enough work and nothing was missing."""
    return None if score is None or score.graded.by == "insufficient" else score.total


def _scored(label: str, score: Score | None) -> Held:
    total = published(score)
    return Held(label, total, score.parts if score is not None and total is not None else ())


def _parts(parts: tuple[Part, ...], row: SealedMonth) -> tuple[PartScore, ...]:
    """The top parts of a sealed month under the card that is averaged."""
    leaves = {leaf.id: leaf for leaf in row.parts}
    return tuple(_part(part, leaves) for part in parts)


def _part(part: Part, leaves: Mapping[str, SealedPart]) -> PartScore:
    own = [leaves[name] for name in _leaves(part) if name in leaves]
    given = [leaf.points for leaf in own if leaf.points is not None]
    state = State.VALUE if given else State.NOT_APPLICABLE
    maximum = sum(leaf.maximum for leaf in own)
    return PartScore(part.id, part.title, state, micropoints(part.points), maximum, sum(given) if given else None)


def _leaves(part: Part) -> list[str]:
    return [name for inner in part.parts for name in _leaves(inner)] if part.parts else [part.id]


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


def _mean(scorer: SubjectScorer, subject: Subject, related: Related, held: list[Held]) -> Score:
    card = scorer.scene.card
    counted = [one for one in held if one.total is not None]
    totals = [one.total for one in counted if one.total is not None]
    bounds = (half_up(Fraction(sum(totals), len(totals))),) * 2 if totals else (0, micropoints(card.model.points))
    measured, environment = scorer.complete(subject, related, scorer.measure(subject))
    enough = len(totals) >= max(1, card.model.minimum.months)
    graded = scorer.grade(subject, related, bounds, measured, environment, enough)
    return Score(
        subject,
        merged([(one.parts, 1) for one in counted if one.parts]),
        measured,
        graded,
        *bounds,
        len(totals),
        months=tuple((one.label, one.total) for one in held),
        received=tuple(one.label for one in held if one.sent),
        provisional=tuple(one.label for one in counted if not one.settled),
    )
