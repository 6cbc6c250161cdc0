"""Turns the names that an office wrote beside a piece of work into codes and roles. Nothing is ever guessed."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from congtam.files.mapping import Mapping, People, Ref
from congtam.files.people_cells import LEAD, SUPPORT, Mention, read_mentions, with_roles
from congtam.files.reading import Reading
from congtam.files.records import Reason, Record, Rejected, joined
from congtam.files.roster import Person, Roster

MEND = "write the code in the cell in place of the name"


class Assigned(NamedTuple):
    """Who does a piece of work: (code, role) of each official, the lead first; `unit` when a unit was named too."""

    shares: tuple[tuple[str, str], ...] = ()
    unit: str | None = None


NOBODY = Assigned()


def people_finder(mapping: Mapping, reading: Reading) -> Callable[[Record], Assigned]:
    """Finds the people of a record. Raises `Rejected` with every name that cannot be told."""
    people = mapping.people
    if people is None or people.roster is None:
        return lambda record: NOBODY
    roster = people.roster
    cells = [(reading.cell(ref), role) for ref, role in _columns(people)]
    unit_cell = reading.cell(people.unit) if people.unit else None

    def find(record: Record) -> Assigned:
        event = record.events[0] if record.events else {}
        mentions = [one for cell, role in cells if (text := cell(record, event)) for one in read_mentions(text, role)]
        if not mentions:
            return NOBODY
        return assigned(roster, with_roles(mentions), unit_cell(record, event) if unit_cell else None)

    return find


def _columns(people: People) -> Iterable[tuple[Ref, str | None]]:
    yield from ((ref, LEAD) for ref in people.lead)
    yield from ((ref, None) for ref in people.both)
    yield from ((ref, SUPPORT) for ref in people.support)


def assigned(roster: Roster, mentions: list[Mention], unit: str | None) -> Assigned:
    """Codes for names; `unit` is that of the row. Raises `Rejected` with all that is wrong at once."""
    roles: dict[str, str] = {}
    units: dict[str, None] = {}
    troubles: list[Reason] = []
    for one in mentions:
        try:
            person = _person(roster, one, unit)
        except Rejected as error:
            troubles.append(error.reason)
            continue
        if isinstance(person, str):
            units.setdefault(person)
        elif roles.setdefault(person.code, one.role or LEAD) == SUPPORT and one.role == LEAD:
            roles[person.code] = LEAD
    if reason := joined([*troubles, *_lead_trouble(roles, bool(units), bool(troubles))]):
        raise Rejected.of(reason)
    return Assigned(tuple(sorted(roles.items(), key=lambda share: share[1] != LEAD)), next(iter(units), None))


def _lead_trouble(roles: dict[str, str], has_unit: bool, unknown: bool) -> Iterable[Reason]:
    leads = [code for code, role in roles.items() if role == LEAD]
    if len(leads) > 1:
        message = f"{' and '.join(leads)} are both said to lead"
        yield Reason("two-leads", message, "one official leads a piece of work: mark the others (phối hợp)")
    if roles and not leads and not has_unit and not unknown:
        yield Reason("no-lead", f"{', '.join(roles)} support it, but nobody leads it", "name who leads it: (chủ trì)")


def _person(roster: Roster, mention: Mention, unit: str | None) -> Person | str:
    """The official whom a mention means, or the code of the unit it names."""
    found = roster.find(mention.name)
    if not found:
        if named := roster.unit(mention.name):
            return named
        raise _unknown(roster, mention.name)
    if len(found) > 1:
        found = _told_apart(roster, found, [mention.note, unit]) or found
    if len(found) > 1:
        bearers = ", ".join(f"{one.code} ({', '.join(one.units) or 'no unit known'})" for one in found)
        message = f"{len(found)} people bear the name {mention.name!r}: {bearers}"
        raise Rejected("namesakes", message, f"{MEND}, such as {found[0].code!r}, or fill in the unit of the row")
    return found[0]


def _told_apart(roster: Roster, found: list[Person], hints: Iterable[str | None]) -> list[Person]:
    """Those of several people of one name whom a code or unit beside the name means."""
    for hint in hints:
        by_code = [one for one in roster.find(hint) if one in found] if hint else []
        unit = roster.unit(hint)
        by_unit = [one for one in found if unit and any(roster.unit(own) == unit for own in one.units)]
        if len(by_code) == 1 or len(by_unit) == 1:
            return by_code if len(by_code) == 1 else by_unit
    return []


def _unknown(roster: Roster, name: str) -> Rejected:
    close = " or ".join(f"{one.name!r} ({one.code})" for one in roster.close_to(name))
    hint = f"did you mean {close}? " if close else ""
    message = f"nobody in the table of people bears the name {name!r}"
    return Rejected("unknown-person", message, f"{hint}{MEND}, or add the person to the table")
