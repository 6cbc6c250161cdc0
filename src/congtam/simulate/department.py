"""Who worked where on which day: spells, absences and units of the demo department, and lookups over them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from congtam.engine.facts.tables import Absence, Name, Spell, Unit
from congtam.simulate.days import local, month_first
from congtam.simulate.people import (
    AGENCY,
    AGENCY_HEAD,
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
    PEOPLE,
    POSTS,
    RETIRING,
    SICK,
    SUPERIOR_OF_HEAD,
    SUPPORTERS,
    UNITS,
    Manner,
)

FIRST_LOAD = local(date(2025, 1, 2), 8)  # when the demo's system was filled for the first time
HANDOVER_DAYS = 7  # before leaving, no new work
LONG_DAYS = 14  # an absence this long makes work pass to others


class Department:
    """The demo department as it is known at the end, with rows as they were learned on the way."""

    def __init__(self, today: date) -> None:
        self.manners: dict[str, Manner] = {person[0]: MANNERS[person[6]] for person in PEOPLE}
        self.spells = [spell for person in PEOPLE for spell in _spells(person, today)]
        self.absences = _absences(today)
        self._spells_of: dict[str, list[Spell]] = defaultdict(list)
        self._absences_of: dict[str, list[Absence]] = defaultdict(list)
        for spell in self.spells:
            self._spells_of[spell.official].append(spell)
        for absence in self.absences:
            self._absences_of[absence.official].append(absence)

    def spell_on(self, official: str, day: date) -> Spell | None:
        return next((spell for spell in self._spells_of[official] if _holds(spell, day)), None)

    def present(self, official: str, day: date) -> bool:
        away = any(absence.first <= day < absence.until for absence in self._absences_of[official])
        return not away and self.spell_on(official, day) is not None

    def leaves(self, official: str, first: date, last: date) -> date | None:
        """The day between `first` and `last` from which the official is gone for long, or for good."""
        starts = [
            absence.first
            for absence in self._absences_of[official]
            if (absence.until - absence.first).days >= LONG_DAYS
        ]
        end = self._spells_of[official][-1].until
        if end:
            starts.append(end - timedelta(days=HANDOVER_DAYS))
        return min((start for start in starts if first < start <= last), default=None)

    def takes_work(self, official: str, day: date) -> bool:
        """There that day, and neither gone for long within a week nor handing over before leaving for good."""
        soon = self.leaves(official, day, day + timedelta(days=HANDOVER_DAYS))
        stays = self.spell_on(official, day + timedelta(days=2 * HANDOVER_DAYS))
        return self.present(official, day) and soon is None and stays is not None

    def superior(self, official: str, day: date) -> str:
        """Who accepts the work: head of the section, for heads the head of the agency, above that outside."""
        own = self.spell_on(official, day)
        if own is None or (own.unit == own.agency and own.post == "GD"):
            return SUPERIOR_OF_HEAD
        unit = own.agency if own.post in HEADS or own.unit == own.agency else own.unit
        return self.head_of(unit, day)

    def head_of(self, unit: str, day: date) -> str:
        heads = (s for s in self.spells if s.unit == unit and s.post in HEADS and _holds(s, day))
        return next((spell.official for spell in heads), AGENCY_HEAD)

    def colleagues(self, official: str, day: date, *, same_unit: bool) -> list[str]:
        """Staff of the same unit, or of the other units of the agency, who can take work that day."""
        own = self.spell_on(official, day)
        if own is None:
            return []
        return [
            spell.official
            for spell in self.spells
            if _holds(spell, day)
            and spell.agency == own.agency
            and (spell.unit == own.unit) == same_unit
            and spell.official != official
            and self.manners[spell.official].helps
            and not spell.leader
            and self.takes_work(spell.official, day)
        ]

    def spell_rows(self) -> Iterator[Spell]:
        """Each spell as it was opened and, once its end was known, superseded by a row with the end."""
        for spell in self.spells:
            yield replace(spell, until=None)
            if spell.until:
                yield replace(spell, recorded_at=_noted(spell.until))

    def absence_rows(self) -> Iterator[Absence]:
        for absence in self.absences:
            if absence.official == SICK:
                first_note = replace(absence, until=absence.first + timedelta(days=30), decision=None)
                yield first_note
                absence = replace(absence, recorded_at=_noted(first_note.until))
            yield absence


def _holds(row: Spell | Unit, day: date) -> bool:
    return row.first <= day and (row.until is None or day < row.until)


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


def unit_rows() -> Iterator[Unit]:
    """Each unit as it was opened, and again once its end was known."""
    for code, parent, first, until, _ in UNITS:
        opened = Unit(0, _noted(first), code, parent or code, first, parent or None)
        yield opened
        if until:
            yield replace(opened, recorded_at=_noted(until), until=until)


def names() -> Iterator[Name]:
    """What the codes of people, units, posts and groups are called."""
    for person in PEOPLE:
        yield Name(person[0], "official", person[1])
    for kind, texts in (("official", EXTERNAL_NAMES), ("post", POSTS), ("duty_group", DUTY_GROUPS)):
        for code, text in texts.items():
            yield Name(code, kind, text)
    for unit, text in {code: text for code, _, _, _, text in UNITS}.items():
        yield Name(unit, "unit", text)
