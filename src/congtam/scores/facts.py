"""The facts one evaluation needs, as the engine takes them: the one definition that live scores, full runs and opened
scores share. Numbers as text; what people are called is looked up by screens."""

from collections.abc import Iterable

from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.people.facts import absences_of, spells_of, units_told
from congtam.ratings.queries import Subjects, decisions_told, ratings_told, reported_told
from congtam.work import queries as work


def facts_about(person_ids: Iterable[int] | None, period: Period | None, *, seq: int | None = None) -> Facts:
    """Everything about people (None: everyone) that their scores in a period (None: in any) stand on, as known at `seq`
    (None: now).

    Events are those of every item in which these people had a share, and of items counted together with them.
    """
    persons = None if person_ids is None else frozenset(person_ids)
    items = None if persons is None else work.items_touching(persons, seq)
    structure = structure_about(persons, seq=seq)
    said = said_about(structure, persons, period, seq=seq)
    return Facts(
        events=tuple(work.events_of(items, seq)),
        spells=structure.spells,
        absences=structure.absences,
        units=structure.units,
        ratings=said.ratings,
        reported=said.reported,
        decisions=said.decisions,
    )


def structure_about(person_ids: Iterable[int] | None = None, *, seq: int | None = None) -> Facts:
    """Who worked where and when, and which units stood under which; without work and marks."""
    persons = None if person_ids is None else frozenset(person_ids)
    units = tuple(units_told(seq))
    return Facts(spells=tuple(spells_of(persons, seq, units)), absences=tuple(absences_of(persons, seq)), units=units)


def said_about(
    structure: Facts, persons: frozenset[int] | None, period: Period | None, *, seq: int | None = None
) -> Facts:
    """What people said of these people, and of the units and agencies in which they worked."""
    return _said(None if persons is None else Subjects(persons, _places(structure, persons)), period, seq)


def said_of_units(units: Iterable[str], period: Period, *, seq: int | None = None) -> Facts:
    """What people said of these units, and of nobody else: people and units are numbered alike."""
    return _said(Subjects(frozenset(), frozenset(map(int, units))), period, seq)


def _said(of: Subjects | None, period: Period | None, seq: int | None) -> Facts:
    labels = period.label if period and not period.months()[1:] else None  # a longer period may read its months
    return Facts(
        ratings=tuple(ratings_told(labels, of, seq)),
        reported=tuple(reported_told(labels, of, seq)),
        decisions=tuple(decisions_told(labels, of, seq)),
    )


def _places(structure: Facts, persons: frozenset[int]) -> frozenset[int]:
    named = {str(person) for person in persons}
    held = [spell for spell in structure.spells if spell.official in named]
    return frozenset(int(place) for spell in held for place in (spell.unit, spell.agency))
