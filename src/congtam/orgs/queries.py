"""Units and what stands under them, by day."""

from collections.abc import Iterable
from datetime import date

from congtam.orgs.models import UnitSpan


def agencies_of(units: Iterable[int], day: date) -> dict[int, int]:
    """The agency of each unit on a day; units that do not exist then are left out."""
    spans = UnitSpan.standing().filter(unit__in=list(units), days__contains=day)
    return dict(spans.values_list("unit_id", "agency_id"))


def trees_under(units: Iterable[int], day: date) -> frozenset[int]:
    """The units and everything under them on a day; one query for all."""
    wanted = set(units)
    if not wanted:
        return frozenset()
    below: dict[int, list[int]] = {}
    for unit, parent in UnitSpan.standing().filter(days__contains=day).values_list("unit_id", "parent_id"):
        if parent is not None:
            below.setdefault(parent, []).append(unit)
    found, open_ = set(wanted), list(wanted)
    while open_:
        new = [unit for unit in below.get(open_.pop(), ()) if unit not in found]
        found.update(new)
        open_.extend(new)
    return frozenset(found)
