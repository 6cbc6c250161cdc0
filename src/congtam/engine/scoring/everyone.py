"""Everyone a scorecard applies to, in the order in which grades may read each other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.strata import order
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.grades import By, Graded
from congtam.engine.scoring.subject import Related, Score, Subject, SubjectScorer
from congtam.engine.structure import Person, Structure

Beside = Mapping[str, Score]
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


def officials(scorer: SubjectScorer, structure: Structure, asked: Asked, beside: Beside) -> Scored:
    """Staff first, then leaders from the deepest unit up, in the order the strata declare."""
    period, card = asked.period, scorer.scene.card
    everyone = structure.people(period, asked.until)
    people = of_kind(everyone, card)
    below = structure.below(everyone, period.first)
    scores: dict[str, Score] = {}
    related: dict[str, Related] = {}

    def graded(code: str) -> Graded | None:
        score = scores.get(code) or beside.get(code)
        return score.graded if score else None

    for person in in_order(people, card, structure, period):
        subject = subject_of(person)
        related[person.official] = scorer.related(subject, grades_below(below(person), graded))
        scores[person.official] = by_spells(scorer, structure, person, subject, related[person.official], asked)
    return dict(sorted(scores.items())), related


def of_kind(everyone: list[Person], card: BoundScorecard) -> list[Person]:
    """Those whose kind of staff the scorecard is for."""
    kinds = frozenset(card.model.staff_kind)
    return [one for one in everyone if not kinds or one.spell.staff_kind in kinds]


def in_order(people: list[Person], card: BoundScorecard, structure: Structure, period: Period) -> list[Person]:
    """People by stratum, then from the deepest unit up, then by code: nobody reads a grade that is made later."""
    roles: list[str] = [stratum.for_ for stratum in order(card.model.strata)] or ["staff", "leader"]
    ranked = {role: index for index, role in enumerate(roles)}
    return sorted(
        people,
        key=lambda p: (ranked.get(p.role, len(roles)), -structure.depth(p.spell.unit, period.first), p.official),
    )


def grades_below(codes: Iterable[str], graded: Callable[[str], Graded | None]) -> tuple[tuple[str, str | None], ...]:
    """The grades of those below, from this scorecard or from one scored beside it: None while figures are missing or
    when nobody scored them (`graded` gives None); left out when there was too little work to grade."""
    known = {code: graded(code) for code in codes}
    return tuple(
        (code, one.grade if one else None)
        for code, one in known.items()
        if one is None or one.by is not By.INSUFFICIENT
    )


def by_spells(
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
        if days and segment.n_items:
            weighed.append((segment, days))
    if not weighed or any(segment.total is None for segment, _ in weighed):
        return whole  # a segment still open keeps the whole open: its bounds are those of the whole month
    return scorer.combined(whole, related, weighed)


def units(scorer: SubjectScorer, structure: Structure, asked: Asked, beside: Beside) -> Scored:
    """Every unit of the period with all under it; units without a table are those the work names."""
    named = {row["unit"] for rows in scorer.scene.rows.by_official["item"].values() for row in rows}
    told = units_of(scorer.scene.facts, structure, asked)
    subjects = told or [
        Subject(code, "unit", code, None, units=frozenset({code})) for code in sorted(filter(None, named))
    ]
    return {one.code: scorer.score(one, Related()) for one in subjects}, {one.code: Related() for one in subjects}


def units_of(facts: Facts, structure: Structure, asked: Asked) -> list[Subject]:
    """The units of the period as subjects of scoring, each with itself and all under it, by code."""
    day = asked.period.first
    known = {
        unit.unit: unit
        for unit in facts.units
        if unit.first < asked.period.until and (unit.until is None or unit.until > day)
    }
    return [
        Subject(code, "unit", code, known[code].agency, units=structure.units_below(code, day))
        for code in sorted(known)
    ]


def groups(scorer: SubjectScorer, structure: Structure, asked: Asked, beside: Beside) -> Scored:
    """One score per value of each column the scorecard breaks down by, after one for everything."""
    rows = [row for rows in scorer.scene.rows.by_official["item"].values() for row in rows]
    subjects = [Subject("all", "group", group=("all", "–"))]
    for column in scorer.scene.card.model.by:
        values = sorted({row[column] or "–" for row in rows})
        subjects += [Subject(f"{column}={value}", "group", group=(column, value)) for value in values]
    scores = {subject.code: scorer.score(subject, Related()) for subject in subjects}
    return scores, {code: Related() for code in scores}
