"""Whom work may be given to, asked of, or confirmed by: people and units as the choices of a form, by unit."""

from collections import defaultdict
from collections.abc import Collection

from congtam.access.gate import Right, units_over
from congtam.access.seats import Seat
from congtam.orgs.queries import Branch, tree_known
from congtam.people.queries import staff_of
from congtam.scores.known import cut

Choices = list[tuple[str, list[tuple[str, str]]]]  # by unit: number and name


def given_by(seat: Seat) -> frozenset[int]:
    """The units whose people a seat may give work to."""
    return units_over(seat, Right.GIVE_WORK)


def people_under(seat: Seat) -> Choices:
    """The people a seat may give work to, each once, the units in the order of the tree; the seat's own left out."""
    return _by_unit(seat, given_by(seat))


def colleagues(seat: Seat) -> Choices:
    """Everybody of the agencies in which a seat has a post, those of its own units first."""
    tree = tree_known(seat.day, cut().structure)
    agencies = {branch.agency for branch in tree if branch.unit in seat.units}
    return _by_unit(seat, {branch.unit for branch in tree if branch.agency in agencies})


def keeps(seat: Seat) -> Choices:
    """Everybody whose evaluation a seat keeps."""
    return _by_unit(seat, units_over(seat, Right.KEEP_CYCLE))


def other_units(seat: Seat) -> Choices:
    """Every unit whose help a seat may ask for: all but its own and those it heads, by agency."""
    tree = tree_known(seat.day, cut().structure)
    names = {branch.unit: branch.name for branch in tree}
    own = seat.units | given_by(seat)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for branch in tree:
        if branch.unit not in own:
            found[branch.agency].append((str(branch.unit), branch.name))
    return [(names.get(agency, ""), units) for agency, units in found.items()]


def beside(seat: Seat) -> Choices:
    """Everybody of the units a seat works in, and those it heads."""
    return _by_unit(seat, seat.units | given_by(seat))


def without(choices: Choices, left_out: Collection[str]) -> Choices:
    """The choices without some people."""
    kept = [(unit, [one for one in people if one[0] not in left_out]) for unit, people in choices]
    return [(unit, people) for unit, people in kept if people]


def _by_unit(seat: Seat, units: Collection[int]) -> Choices:
    tree: list[Branch] = tree_known(seat.day, cut().structure)
    ordered = sorted((branch for branch in tree if branch.unit in units), key=lambda one: one.unit not in seat.units)
    held: dict[int, list[tuple[str, str]]] = defaultdict(list)
    seen = {seat.person}
    for one in staff_of(units, seat.day):
        if one.person not in seen:
            seen.add(one.person)
            held[one.unit].append((str(one.person), f"{one.full_name} ({one.title})"))
    return [(branch.name, held[branch.unit]) for branch in ordered if held[branch.unit]]
