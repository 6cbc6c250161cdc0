"""Whom and what a missing source touches: the data it is authoritative for, officials by unit, and the indicators that
read its work."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.engine.explaining.words import KINDS
from congtam.engine.expressions.nodes import Column, Compare, Literal, OneOf, columns, walk
from congtam.engine.rulebook.bound import BoundIndicator, BoundScorecard, Rulebook
from congtam.engine.rulebook.model import Part
from congtam.intake.completeness import touched_by
from congtam.orgs.queries import names_of as unit_names
from congtam.people.names import sort_key
from congtam.people.queries import names_of, units_of_all
from congtam.registry.queries import book, cards_for
from congtam.sources.models import Authority, Source
from congtam.web.words import said
from congtam.work.models import Share

NOT_OF_ROWS = ("rating_of", "reported", "survey")
OF_OTHERS = ("formula", "pair")


@dataclass(frozen=True)
class Figure:
    """An indicator by its title, with the address of its page."""

    title: str
    address: str


@dataclass(frozen=True)
class Office:
    """A unit with the officials in it who lately held work of the source; named where the reader sees sources."""

    unit: str
    officials: int
    names: list[str]


@dataclass(frozen=True)
class Touched:
    """What a source that is missing touches: kinds of data in units, officials by unit, open items, indicators."""

    data: list[tuple[str, str, str]]
    officials: int
    offices: list[Office]
    open_items: int
    figures: list[Figure]


def touched(source: Source, day: date, seat: Seat) -> Touched:
    """What hangs on a source: what it is authoritative for on a day, whose work it brings, which figures read it."""
    held = list(Authority.standing().filter(source=source, days__contains=day).select_related("datum"))
    units = unit_names({one.unit_id for one in held}, day)
    data = [(one.datum.name, units.get(one.unit_id, ""), _kind(one.datum.work_kind)) for one in held]
    officials, kinds = touched_by(source, day)
    open_ = Share.objects.filter(item__source=source, finished_at__isnull=True).values("item").distinct().count()
    kinds |= {one.datum.work_kind for one in held}
    return Touched(data, len(officials), offices(officials, day, seat), open_, figures(kinds, day))


def offices(officials: Iterable[int], day: date, seat: Seat) -> list[Office]:
    """Officials by the unit in which they work on a day, the most first; who left, by the last one."""
    persons = list(officials)
    homes, names = units_of_all(persons, day), names_of(persons)
    found: dict[int, list[str]] = {}
    for person in persons:
        for unit in homes.get(person, [])[:1]:
            found.setdefault(unit, []).append(names.get(person, "–"))
    units = unit_names(found, day)
    made = [
        Office(
            units.get(unit, "–"),
            len(there),
            sorted(there, key=sort_key) if over_unit(seat, Right.SEE_SOURCES, unit) else [],
        )
        for unit, there in found.items()
    ]
    return sorted(made, key=lambda one: (-one.officials, one.unit))


def figures(kinds: set[str], day: date) -> list[Figure]:
    """The indicators of this month's scorecards that read work of one of the kinds, also through other indicators."""
    found: dict[str, Figure] = {}
    for card in cards_for(f"{day:%Y-%m}") if kinds - {""} else ():
        rules = book(card.rulebook_id, day.replace(day=1))
        reading = _reading(rules, kinds)
        for name in _of_card(rules, rules.scorecards[card.scorecard_id]):
            if name in reading:
                title = said(rules.indicators[name].model.title)
                found.setdefault(title, Figure(title, reverse("indicator", args=[rules.id, name])))
    return list(found.values())


def _of_card(rules: Rulebook, card: BoundScorecard) -> list[str]:
    """The indicators a scorecard names, in the order of its parts."""
    nodes = [node for variants in card.formulas.values() for node in variants.values()]
    nodes += [*card.conditions.values(), *card.vetoes.values()]
    named = [*_of_parts(card.model.parts), *card.model.information, *(veto.indicator for veto in card.model.vetoes)]
    named += [name for node in nodes for name in sorted(columns(node))]
    return list(dict.fromkeys(name for name in named if name in rules.indicators))


def _of_parts(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if part.from_:
            yield part.from_
        yield from _of_parts(part.parts)


def _reading(rules: Rulebook, kinds: set[str]) -> set[str]:
    """The indicators that count rows of work of one of the kinds, and those computed from them."""
    found = {name for name, one in rules.indicators.items() if _reads(one, kinds)}
    grown = True
    while grown:
        more = {name for name, one in rules.indicators.items() if name not in found and _made_of(one) & found}
        found |= more
        grown = bool(more)
    return found


def _made_of(one: BoundIndicator) -> frozenset[str]:
    if one.model.measure.kind not in OF_OTHERS:
        return frozenset()
    return frozenset().union(*(columns(node) for node in one.nodes.values()))


def _reads(one: BoundIndicator, kinds: set[str]) -> bool:
    """Whether an indicator counts rows of work, and asks for none but other kinds."""
    if one.model.measure.kind in (*NOT_OF_ROWS, *OF_OTHERS):
        return False
    asked = {kind for name in ("among", "that") if name in one.nodes for kind in _asked(one, name)}
    return not asked or bool(asked & kinds)


def _asked(one: BoundIndicator, name: str) -> Iterator[str]:
    """The kinds of work a condition names."""
    for node in walk(one.nodes[name]):
        match node:
            case Compare("==", Column("kind"), Literal(str(kind))) | Compare("==", Literal(str(kind)), Column("kind")):
                yield kind
            case OneOf(Column("kind"), choices):
                yield from choices


def _kind(code: str) -> str:
    return said(KINDS[code]) if code in KINDS else ""
