"""Everyone a scorecard applies to, in the order in which grades may read each other."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from congtam.engine.periods import Period
from congtam.engine.rulebook.bind import BoundScorecard
from congtam.engine.rulebook.strata import order
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.subject import Related, Score, Subject, SubjectScorer
from congtam.engine.structure import Person, Structure

Scored = tuple[dict[str, Score], dict[str, Related]]


def subject_of(person: Person) -> Subject:
    """An official as a subject of scoring."""
    spell = person.spell
    return Subject(
        person.official,
        person.role,
        unit=spell.unit,
        agency=spell.agency,
        duty_group=spell.duty_group,
        staff_kind=spell.staff_kind,
        post=spell.post,
        working_days=person.working_days,
    )


def officials(scorer: SubjectScorer, structure: Structure, asked: Asked) -> Scored:
    """Staff first, then leaders from the deepest unit up, in the order the strata declare."""
    period, card = asked.period, scorer.scene.card
    people = structure.people(period, asked.until, card.model.staff_kind)
    everyone = structure.people(period, asked.until)
    scores: dict[str, Score] = {}
    related: dict[str, Related] = {}
    for person in _in_order(people, card, structure, period):
        subject = subject_of(person)
        below = [one for one in everyone if structure.leads(person, one, period.first)]
        related[person.official] = _related(scorer, subject, below, scores, asked)
        scores[person.official] = _by_spells(scorer, structure, person, subject, related[person.official], asked)
    return dict(sorted(scores.items())), related


def _in_order(people: list[Person], card: BoundScorecard, structure: Structure, period: Period) -> list[Person]:
    roles: list[str] = [stratum.for_ for stratum in order(card.model.strata)] or ["staff", "leader"]
    ranked = {role: index for index, role in enumerate(roles)}
    return sorted(
        people,
        key=lambda p: (ranked.get(p.role, len(roles)), -structure.depth(p.spell.unit, period.first), p.official),
    )


def _related(
    scorer: SubjectScorer, subject: Subject, below: Iterable[Person], scores: Mapping[str, Score], asked: Asked
) -> Related:
    grades = [grade for one in below if (grade := _grade_of(one.official, scores, asked)) is not _UNGRADED]
    unit = scorer.decision(subject.unit or "", "grade")
    agency = scorer.decision(subject.agency or "", "grade")
    return Related(tuple(grades), unit.outcome if unit else None, agency.outcome if agency else None)


_UNGRADED: Any = object()


def _grade_of(official: str, scores: Mapping[str, Score], asked: Asked) -> Any:
    """A subordinate's grade; None while figures are missing; left out when there was too little work to grade."""
    if official not in scores:
        return asked.other_grades.get(official, _UNGRADED)
    made = scores[official].graded
    return _UNGRADED if made.by == "insufficient" else made.grade


def _by_spells(
    scorer: SubjectScorer, structure: Structure, person: Person, subject: Subject, related: Related, asked: Asked
) -> Score:
    """The score of one official; over several spells by days worked when the scorecard says so."""
    whole = scorer.score(subject, related)
    if scorer.scene.card.model.combine_spells != "by_days" or len(person.spells) < 2:
        return whole
    weighed = []
    for spell in person.spells:
        days = structure.days_worked(person.official, [spell], asked.period, asked.until)
        role = "leader" if spell.leader else "staff"
        segment = scorer.score(replace(subject, role=role, unit=spell.unit, spells=frozenset({spell.spell})), related)
        if days and segment.total is not None and segment.n_items:
            weighed.append((segment, days))
    return scorer.combined(whole, related, weighed) if weighed else whole


def units(scorer: SubjectScorer, structure: Structure, asked: Asked) -> Scored:
    """Every unit of the period with all under it; units without a table are those the work names."""
    day = asked.period.first
    known = {
        unit.unit: unit
        for unit in scorer.scene.facts.units
        if unit.first < asked.period.until and (unit.until is None or unit.until > day)
    }
    codes = set(known) or {row["unit"] for rows in scorer.scene.rows.by_official["item"].values() for row in rows}
    scores = {}
    for code in sorted(code for code in codes if code):
        below = structure.units_below(code, day) if known else frozenset({code})
        agency = known[code].agency if code in known else None
        scores[code] = scorer.score(Subject(code, "unit", code, agency, units=below), Related())
    return scores, {code: Related() for code in scores}


def groups(scorer: SubjectScorer, structure: Structure, asked: Asked) -> Scored:
    """One score per value of each column the scorecard breaks down by, after one for everything."""
    rows = [row for rows in scorer.scene.rows.by_official["item"].values() for row in rows]
    subjects = [Subject("all", "group", group=("all", "–"))]
    for column in scorer.scene.card.model.by:
        values = sorted({row[column] or "–" for row in rows})
        subjects += [Subject(f"{column}={value}", "group", group=(column, value)) for value in values]
    scores = {subject.code: scorer.score(subject, Related()) for subject in subjects}
    return scores, {code: Related() for code in scores}
