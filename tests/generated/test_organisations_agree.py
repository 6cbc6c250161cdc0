"""Random organisations: looked up by unit or one by one, counted by sums or day by day, scored at once or in turn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from drawn_totals import MONTH, Draw, said, told
from hypothesis import given, settings
from hypothesis import strategies as st

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.facts.tables import Absence, Facts, Spell, Unit
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring import everyone
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.many.officials import score_officials
from congtam.engine.scoring.many.score import score_one
from congtam.engine.scoring.subject import Related, Score, Subject, SubjectScorer
from congtam.engine.structure import Person, Structure
from congtam.engine.working_time import Calendar

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
AT, LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC), date(2020, 1, 1)
SEEDS = st.integers(0, 2**32)
UNITS = [f"u{n}" for n in range(7)]


def quick(examples: int) -> settings:
    return settings(max_examples=examples, derandomize=True, deadline=None, database=None)


@cache
def calendar() -> Calendar:
    return load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()


@cache
def by_days(value: bool) -> Rulebook:
    """The civil servants' month; weighed by days where `value` says so."""
    book = load_rulebook(Library(SHIPPED), "vn/national/decree-335-2025")
    card = book.scorecards["civil_servant_month"]
    model = card.model.model_copy(update={"combine_spells": "by_days" if value else "first_day"})
    return replace(book, scorecards={"civil_servant_month": replace(card, model=model)})


def day(draw: Random) -> date:
    return date(2026, 8, 15) + timedelta(days=draw.randrange(60))


def units(draw: Random) -> tuple[Unit, ...]:
    """Units under units: some come or move within the month, some stand in a loop, some are not told."""
    above = [*UNITS, None, "elsewhere"]
    return tuple(
        Unit(n, AT, unit, "a", draw.choice([LONG_AGO, day(draw)]), draw.choice(above))
        for n, unit in enumerate([*UNITS[:-1], *draw.choices(UNITS, k=3)])
    )


def spells(draw: Random, officials: list[str]) -> tuple[Spell, ...]:
    made = []
    for official in officials:
        for n in range(draw.choice([1, 1, 1, 2, 3])):
            first, kind = draw.choice([LONG_AGO, LONG_AGO, day(draw)]), draw.choice(["civil_servant"] * 4 + ["other"])
            until = draw.choice([None, None, day(draw)])
            until = None if until and until <= first else until
            unit, leads = draw.choice(UNITS), draw.random() < 0.4
            made.append(Spell(n, AT, f"{official}-{n}", official, "p", unit, "a", "g", leads, kind, first, until))
    return tuple(made)


def absences(draw: Random, officials: list[str]) -> tuple[Absence, ...]:
    away = draw.choices(officials, k=len(officials))
    return tuple(Absence(n, AT, code, *sorted((day(draw), day(draw))), "leave") for n, code in enumerate(away))


def organisation(draw: Random, officials: list[str]) -> Facts:
    return Facts(spells=spells(draw, officials), absences=absences(draw, officials), units=units(draw))


# -- the plain ways


def plain_days(facts: Facts, person: Person, until: date) -> int:
    days: set[date] = set()
    for spell in person.spells:
        days |= between(max(spell.first, MONTH.first), min(spell.until or until, MONTH.until, until))
    for absence in facts.absences:
        days -= between(absence.first, absence.until) if absence.official == person.official else set()
    return sum(calendar().is_working(day) for day in days)


def between(first: date, until: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((until - first).days)}


def plain_chain(facts: Facts, unit: str) -> list[str]:
    chain = [unit]
    while True:
        rows = sorted((row for row in facts.units if row.unit == chain[-1]), key=lambda row: row.first)
        begun = [row for row in rows if row.first <= MONTH.first]
        above = begun[-1].parent if begun else rows[0].parent if rows else None
        if above is None or above in chain:
            return chain
        chain.append(above)


def leads(facts: Facts, leader: Person, other: Person) -> bool:
    if leader.official == other.official or not leader.spell.leader:
        return False
    if other.spell.unit == leader.spell.unit:
        return not other.spell.leader
    return leader.spell.unit in plain_chain(facts, other.spell.unit)[1:]


@quick(60)
@given(seed=SEEDS)
def test_people_units_and_days_are_those_of_the_plain_way(seed: int) -> None:
    draw = Random(seed)
    facts, until = organisation(draw, [f"o{n}" for n in range(25)]), min(day(draw), MONTH.until)
    structure = Structure(facts, calendar())
    people = structure.people(MONTH, until)
    below = structure.below(people, MONTH.first)
    for person in people:
        assert person.working_days == plain_days(facts, person, until)
        assert below(person) == [other.official for other in people if leads(facts, person, other)]
    known = {unit.unit for unit in facts.units}
    for unit in [*UNITS, "elsewhere", "nowhere"]:
        under = {code for code in known | {unit} if unit in plain_chain(facts, code)}
        assert structure.units_below(unit, MONTH.first) == under
        assert structure.depth(unit, MONTH.first) == len(plain_chain(facts, unit)) - 1


class FromTotals(SubjectScorer):
    """Scores one subject after the other, from drawn totals instead of rows."""

    draw: Draw

    def score(self, subject: Subject, related: Related) -> Score:
        return score_one(self, subject, related, self.draw.totals(self.rules(subject)))


@pytest.mark.parametrize("weighed", [False, True])
@quick(20)
@given(seed=SEEDS)
def test_leaders_read_the_same_grades_whether_scored_at_once_or_in_turn(weighed: bool, seed: int) -> None:
    drawn = Draw(by_days(weighed), "civil_servant_month", seed, size=40)
    facts = organisation(drawn.random, drawn.codes)
    scene = drawn.scorer.scene
    scorer = FromTotals(replace(scene, facts=replace(scene.facts, spells=facts.spells)))
    scorer.draw = drawn
    structure, asked = Structure(facts, calendar()), Asked(MONTH, MONTH.end)
    beside = dict(zip(drawn.codes[:20], drawn.scores(), strict=False))
    scores, _ = everyone.officials(scorer, structure, asked, beside)
    graded = {code: score.graded for code, score in beside.items()}
    table = score_officials(scorer, structure, asked, graded, drawn.totals)
    assert [subject.code for subject in table.subjects] == list(scores)
    for place, score in enumerate(scores.values()):
        assert told(table, place) == said(score, table), score.subject
        one_by_one = bool(score.segments) or bool(scorer.decisions(score.subject.code))
        assert not one_by_one or table.one_by_one[place]
