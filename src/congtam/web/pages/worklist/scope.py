"""Whose work a seat may look through: its own, or that of the people over whom the gate lets it see work."""

from dataclasses import dataclass

from congtam.access.gate import HELD_BY, Right
from congtam.access.seats import Role, Seat
from congtam.engine.rulebook.model import Text
from congtam.people.queries import people_under

OWN, WIDE = "toi", "don-vi"


@dataclass(frozen=True)
class Scope:
    """The people whose work a list may hold; `name` as it stands in the address."""

    name: str
    title: Text
    people: frozenset[int]


def units_seen(seat: Seat) -> frozenset[int]:
    """All units whose work a seat may see."""
    by_role = {Role.HEAD: seat.leads, Role.LEADER: seat.leads_agency, Role.AUDITOR: seat.audits}
    return frozenset().union(*(units for role, units in by_role.items() if role in HELD_BY[Right.SEE_WORK]))


def names(seat: Seat) -> list[str]:
    """The scopes a seat may choose between, the widest first."""
    wide = [WIDE] if units_seen(seat) else []
    return wide + ([OWN] if seat.person is not None else [])


def scope_of(seat: Seat, asked: str) -> Scope:
    """The scope asked for, else the widest there is; for a seat without any it holds nobody."""
    there = names(seat)
    name = asked if asked in there else (there or [OWN])[0]
    if name == WIDE:
        return Scope(name, title_of(seat, name), people_under(units_seen(seat), seat.day))
    own = frozenset() if seat.person is None else frozenset({seat.person})
    return Scope(name, title_of(seat, name), own)


def everybody(seat: Seat) -> frozenset[int]:
    """Everybody whose work a seat may see, in any of its scopes."""
    return frozenset().union(*(scope_of(seat, name).people for name in names(seat)))


def title_of(seat: Seat, name: str) -> Text:
    """What a scope is called for a seat."""
    if name == OWN:
        return Text(vi="Việc của tôi", en="My work")
    if seat.leads_agency:
        return Text(vi="Việc của cơ quan", en="Work of the agency")
    if seat.leads:
        return Text(vi="Việc của đơn vị tôi phụ trách", en="Work of the units I lead")
    return Text(vi="Việc trong phạm vi kiểm tra", en="Work within my mandate")
