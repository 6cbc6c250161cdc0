"""Which units a seat may open on this page, and which one is open: several units, one is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congtam.access.seats import Seat
from congtam.orgs.queries import Branch, tree_known


@dataclass(frozen=True)
class Chosen:
    """The unit that is open with everything under it, and those one may choose; `names` of all units of the day."""

    unit: Branch
    under: list[Branch]
    tops: list[Branch]
    names: dict[int, str]

    @property
    def units(self) -> frozenset[int]:
        """The unit and all under it, by number."""
        return frozenset(branch.unit for branch in self.under)


def choose(seat: Seat, code: str, day: date, number: int) -> Chosen | None:
    """The unit of a code, or the first one led; None when the seat has none. An agency's leader has its sections to
    choose from too. `number`: the last number of facts about who works where."""
    allowed = seat.leads | seat.leads_agency | seat.audits
    tree = tree_known(day, number)
    seen = [branch for branch in tree if branch.unit in allowed]
    if not seen:
        return None
    tops = [branch for branch in seen if branch.parent not in allowed]
    choices = tops if not seat.leads_agency else seen
    unit = next((branch for branch in seen if branch.code == code), tops[0])
    return Chosen(unit, _under(seen, unit), choices, {branch.unit: branch.name for branch in tree})


def _under(tree: Sequence[Branch], top: Branch) -> list[Branch]:
    """A unit and what stands under it: in the tree they follow it, deeper than it."""
    place = next(place for place, branch in enumerate(tree) if branch.unit == top.unit)
    under = [top]
    for branch in tree[place + 1 :]:
        if branch.depth <= top.depth:
            break
        under.append(branch)
    return under
