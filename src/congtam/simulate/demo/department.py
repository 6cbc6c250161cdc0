"""Who worked where on which day in the demo department: its spells, absences, units and names."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from congtam.engine.facts.tables import Absence, Name, Spell, Unit
from congtam.simulate.days import local, month_first
from congtam.simulate.demo.people import (
    AGENCY,
    CENTRES,
    DUTY_GROUPS,
    EXTERNAL_NAMES,
    HEADS,
    JOINING,
    LEADERS,
    LONG_AGO,
    MANNERS,
    MERGER,
    MOVING,
    ON_MATERNITY_LEAVE,
    PARTNERS,
    PEOPLE,
    POSTS,
    RETIRING,
    SICK,
    SUPERIOR_OF_HEAD,
    SUPPORTERS,
    UNITS,
)
from congtam.simulate.organisation import Organisation, Records

FIRST_LOAD = local(date(2025, 1, 2), 8)  # when the demo's system was filled for the first time


def department(today: date) -> Organisation:
    """The demo department as it is known at the end, with rows as they were learned on the way."""
    spells = [spell for person in PEOPLE for spell in _spells(person, today)]
    absences = _absences(today)
    return Organisation(
        manners={person[0]: MANNERS[person[6]] for person in PEOPLE},
        spells=spells,
        absences=absences,
        heads=HEADS,
        above=SUPERIOR_OF_HEAD,
        partners=PARTNERS,
        records=Records(
            tuple(_spell_rows(spells)), tuple(_absence_rows(absences)), tuple(_unit_rows()), tuple(_names())
        ),
    )


def _spell_rows(spells: Iterable[Spell]) -> Iterator[Spell]:
    """Each spell as it was opened and, once its end was known, superseded by a row with the end."""
    for spell in spells:
        yield replace(spell, until=None)
        if spell.until:
            yield replace(spell, recorded_at=_noted(spell.until))


def _absence_rows(absences: Iterable[Absence]) -> Iterator[Absence]:
    for absence in absences:
        if absence.official == SICK:
            first_note = replace(absence, until=absence.first + timedelta(days=30), decision=None)
            yield first_note
            absence = replace(absence, recorded_at=_noted(first_note.until))
        yield absence


def _noted(day: date) -> datetime:
    return max(FIRST_LOAD, local(day - timedelta(days=3), 15))


def _spells(person: tuple[str, ...], today: date) -> list[Spell]:
    code, _, unit, post, unit_before, post_before, _ = person
    agency_before = next((parent or own for own, parent, *_ in UNITS if own == unit_before), "")
    parts: list[tuple[str, str, str, date, date | None]] = [
        (unit_before, agency_before, post_before, LONG_AGO, MERGER),
        (unit, AGENCY, post, MERGER, None),
    ]
    if code == JOINING:
        parts = [(unit, AGENCY, post, month_first(today, -1) + timedelta(days=13), None)]
    if code == RETIRING:
        parts[1] = (unit, AGENCY, post, MERGER, date(2025, 5, 1))
    if code == MOVING:
        moved = month_first(today, -1) + timedelta(days=15)
        parts[1:] = [(unit, AGENCY, post, MERGER, moved), ("CDS", AGENCY, post, moved, None)]
    return [_spell(f"{code}-{n}", code, *part) for n, part in enumerate(parts, start=1)]


def _spell(spell: str, official: str, unit: str, agency: str, post: str, first: date, until: date | None) -> Spell:
    return Spell(
        seq=0,
        recorded_at=_noted(first),
        spell=spell,
        official=official,
        post=post,
        unit=unit,
        agency=agency,
        duty_group="lanh_dao" if post in LEADERS else "ho_tro" if post in SUPPORTERS else "chuyen_mon",
        leader=post in LEADERS,
        staff_kind="public_employee" if unit in CENTRES else "civil_servant",
        first=first,
        until=until,
    )


def _absences(today: date) -> list[Absence]:
    two_back, last = month_first(today, -2), month_first(today, -1)
    stretches: list[tuple[str, date, int, str, str | None]] = [
        (ON_MATERNITY_LEAVE, date(2025, 3, 17), 184, "maternity", "41/QĐ-SKHCN"),
        (SICK, two_back + timedelta(days=20), (today - two_back).days + 20, "sick", "188/QĐ-SKHCN"),
        ("CB007", date(2025, 2, 17), 5, "leave", None),
        ("CB016", date(2025, 4, 14), 3, "leave", None),
        ("CB030", date(2025, 3, 10), 4, "study", "37/QĐ-SKHCN"),
        ("CB010", two_back + timedelta(days=9), 3, "leave", None),
        ("CB018", last + timedelta(days=6), 5, "leave", None),
        ("CB045", last + timedelta(days=20), 4, "study", "203/QĐ-SKHCN"),
    ]
    return [
        Absence(0, _noted(first), official, first, first + timedelta(days=days), kind, decision)
        for official, first, days, kind, decision in stretches
    ]


def _unit_rows() -> Iterator[Unit]:
    """Each unit as it was opened, and again once its end was known."""
    for code, parent, first, until, _ in UNITS:
        opened = Unit(0, _noted(first), code, parent or code, first, parent or None)
        yield opened
        if until:
            yield replace(opened, recorded_at=_noted(until), until=until)


def _names() -> Iterator[Name]:
    """What the codes of people, units, posts and groups are called."""
    for person in PEOPLE:
        yield Name(person[0], "official", person[1])
    for kind, texts in (("official", EXTERNAL_NAMES), ("post", POSTS), ("duty_group", DUTY_GROUPS)):
        for code, text in texts.items():
            yield Name(code, kind, text)
    for unit, text in {code: text for code, _, _, _, text in UNITS}.items():
        yield Name(unit, "unit", text)
