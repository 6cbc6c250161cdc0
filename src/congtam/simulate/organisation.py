"""Who works where on which day, and the lookups that planning needs: of any invented organisation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from congtam.engine.facts.tables import Absence, Name, Spell, Unit
from congtam.simulate.manners import Manner

HANDOVER_DAYS = 7  # before leaving, no new work
LONG_DAYS = 14  # an absence this long makes work pass to others


@dataclass(frozen=True)
class Records:
    """The rows of people and units as they were learned, one after the other, and what codes are called."""

    spells: tuple[Spell, ...] = ()
    absences: tuple[Absence, ...] = ()
    units: tuple[Unit, ...] = ()
    names: tuple[Name, ...] = ()


@dataclass
class Organisation:
    """Everyone as known at the end. `heads` are the posts that lead a unit, `above` the code of whoever is above the
    heads of agencies, `partners` the units to which work of a unit goes on."""

    manners: Mapping[str, Manner]
    spells: Sequence[Spell]
    absences: Sequence[Absence]
    heads: frozenset[str]
    above: str
    partners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: Records = Records()

    def __post_init__(self) -> None:
        self._spells_of = _by(self.spells, "official")
        self._absences_of = _by(self.absences, "official")
        self._of_unit = _by(self.spells, "unit")
        self._of_agency = _by(self.spells, "agency")

    def spell_on(self, official: str, day: date) -> Spell | None:
        return next((spell for spell in self._spells_of.get(official, ()) if _holds(spell, day)), None)

    def present(self, official: str, day: date) -> bool:
        away = any(absence.first <= day < absence.until for absence in self._absences_of.get(official, ()))
        return not away and self.spell_on(official, day) is not None

    def leaves(self, official: str, first: date, last: date) -> date | None:
        """The day between `first` and `last` from which the official is gone for long, or for good."""
        starts = [
            absence.first
            for absence in self._absences_of.get(official, ())
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
        return soon is None and stays is not None and self.present(official, day)

    def superior(self, official: str, day: date) -> str:
        """Who accepts the work: head of the section, for heads the head of the agency, above that outside."""
        own = self.spell_on(official, day)
        if own is None or (own.unit == own.agency and own.post in self.heads):
            return self.above
        unit = own.agency if own.post in self.heads or own.unit == own.agency else own.unit
        return self.head_of(unit, day) or self.head_of(own.agency, day) or self.above

    def head_of(self, unit: str, day: date) -> str | None:
        heads = (s for s in self._of_unit.get(unit, ()) if s.post in self.heads and _holds(s, day))
        return next((spell.official for spell in heads), None)

    def in_unit(self, unit: str, day: date) -> Iterator[Spell]:
        """Spells held in a unit that day."""
        return (spell for spell in self._of_unit.get(unit, ()) if _holds(spell, day))

    def may_help(self, official: str, day: date, *, same_unit: bool) -> list[Spell]:
        """Staff of the same unit, or of the other units of the agency, who help others."""
        own = self.spell_on(official, day)
        if own is None:
            return []
        if same_unit:
            around: Iterable[Spell] = self._of_unit[own.unit]
        else:
            around = (spell for spell in self._of_agency[own.agency] if spell.unit != own.unit)
        return [
            spell
            for spell in around
            if spell.official != official
            and not spell.leader
            and self.manners[spell.official].helps
            and _holds(spell, day)
        ]


def _by(rows: Iterable[Spell | Absence], column: str) -> dict[str, list]:
    found: dict[str, list] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _holds(row: Spell | Unit, day: date) -> bool:
    return row.first <= day and (row.until is None or day < row.until)
