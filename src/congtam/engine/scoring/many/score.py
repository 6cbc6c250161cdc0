"""Very many subjects scored from totals, with exactly the figures of the scorer of one subject."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from congtam.engine.measuring.totals import Totals
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.scoring.many.figures import Group, figures
from congtam.engine.scoring.many.formulas import BeyondArrays
from congtam.engine.scoring.many.grading import Bounds, grade
from congtam.engine.scoring.many.parts import score_parts
from congtam.engine.scoring.many.ratios import Flags
from congtam.engine.scoring.many.table import Points, ScoreTable
from congtam.engine.scoring.points import micropoints
from congtam.engine.scoring.rules import Rules
from congtam.engine.scoring.subject import Related, Score, Subject, SubjectScorer

TotalsOf = Callable[[Rules], Totals]


def score_many(
    scorer: SubjectScorer, subjects: Sequence[Subject], related: Sequence[Related], totals: TotalsOf
) -> ScoreTable:
    """The scores of all `subjects`, row by row in their order, from the `totals` of each set of rules."""
    table = ScoreTable.empty(scorer.scene.card, subjects)
    score_some(scorer, dict(enumerate(related)), totals, table)
    return table


def score_some(scorer: SubjectScorer, related: Mapping[int, Related], totals: TotalsOf, table: ScoreTable) -> None:
    """Score the subjects at the places in the table that `related` names.

    Subjects on whom something was decided, and rules that arrays cannot hold, go to the scorer of one subject. A
    subject that the totals do not know has no rows.
    """
    subjects, decided = table.subjects, scorer.decided()
    alone = [place for place in related if subjects[place].code in decided] if decided else []
    for places in _by_rules(subjects, related.keys() - alone if alone else related):
        try:
            _score(scorer, _group(scorer, subjects, related, totals, places), table, np.array(places))
        except BeyondArrays:
            alone += places
    for place in alone:
        subject = subjects[place]
        table.put(place, score_one(scorer, subject, related[place], totals(scorer.rules(subject))))


def score_one(scorer: SubjectScorer, subject: Subject, related: Related, totals: Totals) -> Score:
    """One subject from totals, by the reference."""
    place, over_rows = totals.place.get(subject.code), scorer.rules(subject).over_rows
    if place is None:
        nothing = {name: rule.total(()) for name, rule in over_rows.items()}
        return scorer.rescore(subject, related, nothing, n_items=0)
    measured = {name: totals.sums[name].measured(place) for name in over_rows}
    return scorer.rescore(subject, related, measured, n_items=int(totals.n_items[place]))


def _group(
    scorer: SubjectScorer,
    subjects: Sequence[Subject],
    related: Mapping[int, Related],
    totals: TotalsOf,
    places: list[int],
) -> Group:
    """The subjects at some places, who share a set of rules."""
    chosen, rules = [subjects[place] for place in places], scorer.rules(subjects[places[0]])
    given = totals(rules)
    stand = np.array([given.place.get(one.code, -1) for one in chosen], dtype=np.int64)
    return Group(rules, chosen, [related[place] for place in places], given, stand)


def _score(scorer: SubjectScorer, group: Group, table: ScoreTable, places: Points) -> None:
    """Lay the scores of subjects with the same rules into their rows. Raises `BeyondArrays` before any is laid."""
    card = scorer.scene.card
    made, formulas = figures(scorer, group)
    total, items = micropoints(card.model.points), group.n_items
    parts = score_parts(card.model.parts, total, group, made, formulas)
    lowest = sum((part.lowest for part in parts), np.zeros(len(group), np.int64))
    measurable = sum((part.measurable for part in parts), np.zeros(len(group), np.int64))
    bounds = Bounds(lowest, total - measurable + lowest)
    grades = grade(card, group, bounds, _enough(card, group, items), made, formulas)
    table.lowest[places], table.highest[places] = bounds.lowest, bounds.highest
    table.earned[places], table.measurable[places], table.n_items[places] = lowest, measurable, items
    table.grade[places], table.by[places] = grades.grade, grades.by
    for veto, states in grades.proposals.items():
        table.proposals[veto][places] = states
    for part in (below for top in parts for below in top.walk()):
        columns = table.parts[part.id]
        columns.state[places], columns.maximum[places], columns.points[places] = part.state, part.maximum, part.points


def _enough(card: BoundScorecard, group: Group, items: Points) -> Flags:
    """Who has enough work, and time worked, for a grade."""
    minimum = card.model.minimum
    days = [minimum.working_days if one.working_days is None else one.working_days for one in group.subjects]
    return np.asarray((items >= minimum.items) & (np.array(days, dtype=np.int64) >= minimum.working_days))


def _by_rules(subjects: Sequence[Subject], places: Iterable[int]) -> list[list[int]]:
    """Those of the places whose subjects share a set of rules, together."""
    groups: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for place in places:
        groups[subjects[place].role, subjects[place].staff_kind].append(place)
    return list(groups.values())
