"""Units and what stands under them, by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from congtam.orgs.models import ChangeShare, UnitSpan

_UNDER = """
WITH RECURSIVE under(root, unit) AS (
    SELECT span.parent_id, span.unit_id FROM orgs_unitspan span
    WHERE span.parent_id = ANY(%(units)s) AND span.replaced_by IS NULL AND span.days @> %(day)s::date
    UNION
    SELECT under.root, span.unit_id FROM under JOIN orgs_unitspan span ON span.parent_id = under.unit
    WHERE span.replaced_by IS NULL AND span.days @> %(day)s::date
)
SELECT root, unit FROM under
"""


@dataclass(frozen=True)
class Branch:
    """A unit as it stands on a day, at its depth in the tree (an agency without a parent is at 0)."""

    unit: int
    code: str
    name: str
    level: str
    parent: int | None
    agency: int
    depth: int
    seq: int


def agencies_of(units: Iterable[int], day: date) -> dict[int, int]:
    """The agency of each unit on a day; units that do not exist then are left out."""
    spans = UnitSpan.standing().filter(unit__in=list(units), days__contains=day)
    return dict(spans.values_list("unit_id", "agency_id"))


def trees_under(units: Iterable[int], day: date) -> frozenset[int]:
    """The units and everything under them on a day; one query for all."""
    return frozenset().union(*trees_of(units, day).values())


def trees_of(units: Iterable[int], day: date) -> dict[int, frozenset[int]]:
    """Each unit with everything under it on a day; one query for all, none when there are no units."""
    found: dict[int, set[int]] = {unit: {unit} for unit in units}
    if found:
        with connection.cursor() as cursor:
            cursor.execute(_UNDER, {"units": list(found), "day": day})
            for root, unit in cursor.fetchall():
                found[root].add(unit)
    return {root: frozenset(tree) for root, tree in found.items()}


def above(unit: int, day: date) -> list[int]:
    """A unit and every unit above it on a day, the nearest first."""
    parents = dict(UnitSpan.standing().filter(days__contains=day).values_list("unit_id", "parent_id"))
    found, parent = [unit], parents.get(unit)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents.get(parent)
    return found


def names_of(units: Iterable[int], day: date) -> dict[int, str]:
    """What units are called on a day; of units that ended or begin later, the nearest name."""
    return {unit: name for unit, (_, name) in codes_and_names_of(units, day).items()}


def codes_and_names_of(units: Iterable[int], day: date) -> dict[int, tuple[str, str]]:
    """The codes of units, and what they are called on a day or nearest to it. One query."""
    found: dict[int, tuple[int, str, str]] = {}
    for span in UnitSpan.standing().filter(unit__in=set(units)).select_related("unit"):
        away = _days_away(span, day)
        if span.unit_id not in found or away < found[span.unit_id][0]:
            found[span.unit_id] = (away, span.unit.code, span.name)
    return {unit: (code, name) for unit, (_, code, name) in found.items()}


@lru_cache(maxsize=16)
def tree_known(day: date, number: int) -> list[Branch]:
    """`unit_tree`, read once while `number`, the last number of facts about who works where (`scores.known.cut`),
    stays; the same for everybody, and not to be changed."""
    return unit_tree(day)


def unit_tree(day: date) -> list[Branch]:
    """All units of a day, each after the unit above it, sorted by code among its siblings."""
    spans = UnitSpan.standing().filter(days__contains=day).select_related("unit").order_by("unit__code")
    below: dict[int | None, list[UnitSpan]] = {}
    units = {span.unit_id for span in spans}
    for span in spans:
        below.setdefault(span.parent_id if span.parent_id in units else None, []).append(span)
    tree: list[Branch] = []
    open_ = [(span, 0) for span in reversed(below.get(None, []))]
    while open_:
        span, depth = open_.pop()
        tree.append(
            Branch(span.unit_id, span.unit.code, span.name, span.level, span.parent_id, span.agency_id, depth, span.seq)
        )
        open_.extend((under, depth + 1) for under in reversed(below.get(span.unit_id, [])))
    return tree


def _days_away(span: UnitSpan, day: date) -> int:
    if day < span.days.lower:
        return (span.days.lower - day).days
    if span.days.upper is not None and day >= span.days.upper:
        return (day - span.days.upper).days + 1
    return 0


def forebears_of(units: Iterable[int]) -> frozenset[int]:
    """The units and all whose tasks came to them by standing decisions, however long ago."""
    came = ChangeShare.objects.filter(change__replaced_by__isnull=True, predecessor__isnull=False)
    before: dict[int | None, set[int]] = {}
    for predecessor, successor in came.values_list("predecessor_id", "successor_id"):
        before.setdefault(successor, set()).add(predecessor)
    found = set(units)
    open_ = list(found)
    while open_:
        new = before.get(open_.pop(), set()) - found
        found |= new
        open_.extend(new)
    return frozenset(found)
