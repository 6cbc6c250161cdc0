"""Posts, absences and units as the engine's facts: numbers as text, one stretch for each way somebody worked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from congtam.engine.facts import tables
from congtam.history.dated import Fact
from congtam.orgs.models import UnitSpan
from congtam.people.models import Absence, PostSpan, Spell


def spells_of(
    persons: Iterable[int] | None, seq: int | None = None, units: Iterable[tables.Unit] | None = None
) -> list[tables.Spell]:
    """Where people (None: everyone) worked, as known at `seq` (None: now): each spell cut where its post moved to
    another unit, its unit to another agency, or the duties changed. A stretch is called by the number of its spell.
    `units`: all of them as told then, where they are at hand."""
    spells = _known(Spell, seq).order_by("person", "days__startswith", "seq")
    if persons is not None:
        spells = spells.filter(person__in=list(persons))
    held = list(spells.values_list("seq", "recorded_at", "person_id", "post_id", "staff_kind", "days"))
    posts = _posts({row[3] for row in held} if persons is not None else None, seq)
    if units is None:
        units = units_told(seq, None if persons is None else {way[0] for spans in posts.values() for *_, way in spans})
    agencies = _agencies(units)
    return [one for row in held for one in _cut(_Held(*row), posts, agencies)]


def absences_of(persons: Iterable[int] | None, seq: int | None = None) -> list[tables.Absence]:
    """When people (None: everyone) were away, as known at `seq`."""
    rows = _known(Absence, seq).order_by("person", "days__startswith")
    if persons is not None:
        rows = rows.filter(person__in=list(persons))
    return [
        tables.Absence(number, at, str(person), days.lower, days.upper or date.max, kind, decision or None)
        for number, at, person, days, kind, decision in rows.values_list(
            "seq", "recorded_at", "person_id", "days", "kind", "decision"
        )
    ]


def units_told(seq: int | None = None, units: Collection[int] | None = None) -> list[tables.Unit]:
    """Units (None: every one) under their parents, by day, as known at `seq`."""
    rows = _known(UnitSpan, seq).order_by("unit", "days__startswith")
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    return [
        tables.Unit(number, at, str(unit), str(agency), days.lower, str(parent) if parent else None, days.upper)
        for number, at, unit, agency, days, parent in rows.values_list(
            "seq", "recorded_at", "unit_id", "agency_id", "days", "parent_id"
        )
    ]


@dataclass(frozen=True)
class _Held:
    seq: int
    recorded_at: datetime
    person: int
    post: int
    staff_kind: str
    days: Any


_Way = tuple[int, int, str, bool]  # unit, agency, duty group, leads
_Spans = dict[int, list[tuple[date, date | None, Any]]]


def _known(kind: type[Fact], seq: int | None) -> QuerySet:
    return kind.standing() if seq is None else kind.known_at(seq)


def _posts(posts: Iterable[int] | None, seq: int | None) -> _Spans:
    rows = _known(PostSpan, seq).order_by("post", "days__startswith")
    if posts is not None:
        rows = rows.filter(post__in=list(posts))
    found: _Spans = defaultdict(list)
    for post, days, unit, group, leads in rows.values_list("post_id", "days", "unit_id", "duty_group", "leads"):
        found[post].append((days.lower, days.upper, (unit, group, leads)))
    return found


def _agencies(units: Iterable[tables.Unit]) -> _Spans:
    found: _Spans = defaultdict(list)
    for one in units:
        found[int(one.unit)].append((one.first, one.until, int(one.agency)))
    return found


def _cut(held: _Held, posts: _Spans, agencies: _Spans) -> Iterator[tables.Spell]:
    """The stretches of one spell, neighbours alike joined."""
    pieces: list[tuple[date, date | None, _Way]] = []
    for first, until, (unit, group, leads) in _within(held.days.lower, held.days.upper, posts.get(held.post, [])):
        for start, end, agency in _covering(first, until, agencies.get(unit, []), unit):
            way = (unit, agency, group, leads)
            if pieces and pieces[-1][1] == start and pieces[-1][2] == way:
                pieces[-1] = (pieces[-1][0], end, way)
            else:
                pieces.append((start, end, way))
    for number, (start, end, (unit, agency, group, leads)) in enumerate(pieces):
        name = f"{held.seq}.{number}" if number else str(held.seq)
        yield tables.Spell(
            held.seq,
            held.recorded_at,
            name,
            str(held.person),
            str(held.post),
            str(unit),
            str(agency),
            group,
            leads,
            held.staff_kind,
            start,
            end,
        )


def _within(
    first: date, until: date | None, spans: list[tuple[date, date | None, Any]]
) -> Iterator[tuple[date, date | None, Any]]:
    """The spans cut to the days from `first` to before `until`, in order."""
    for start, end, value in spans:
        begin, stop = max(first, start), _sooner(until, end)
        if stop is None or begin < stop:
            yield begin, stop, value


def _covering(
    first: date, until: date | None, spans: list[tuple[date, date | None, int]], unit: int
) -> Iterator[tuple[date, date | None, int]]:
    """The agencies over all of these days; days on which the unit is not known go to the agency told next or last."""
    told = list(_within(first, until, spans))
    if not told:
        yield first, until, (spans[-1][2] if spans else unit)
        return
    begins = [first, *(start for start, _, _ in told[1:])]
    ends = [*begins[1:], until]
    for start, end, (_, _, agency) in zip(begins, ends, told, strict=True):
        yield start, end, agency


def _sooner(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
