"""Whether an item's source is the authoritative one: by kind of work, tree of its unit, and day of receipt."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from congtam.orgs.models import UnitSpan
from congtam.sources.models import Authority

Held = tuple[date | None, date | None, int]  # from, to before, and what holds


@dataclass(frozen=True)
class Authorities:
    """What was decided about sources; `parents` is the tree of units by day."""

    by_kind: dict[str, dict[int, list[Held]]] = field(default_factory=dict)
    parents: dict[int, list[Held]] = field(default_factory=dict)

    @staticmethod
    def now() -> "Authorities":
        """What stands now; three small tables."""
        by_kind: dict[str, dict[int, list[Held]]] = defaultdict(lambda: defaultdict(list))
        rows = Authority.standing().values_list("datum__work_kind", "unit_id", "days", "source_id")
        for kind, unit, days, source in rows:
            by_kind[kind][unit].append((days.lower, days.upper, source))
        parents: dict[int, list[Held]] = defaultdict(list)
        if by_kind:
            for unit, parent, days in UnitSpan.standing().values_list("unit_id", "parent_id", "days"):
                if parent is not None:
                    parents[unit].append((days.lower, days.upper, parent))
        return Authorities(by_kind, parents)

    def source_of(self, kind: str | None, unit: int | None, day: date) -> int | None:
        """The authoritative source for work of a kind in a unit on a day: what was decided for the unit nearest above
        it, of this kind before any kind; None where nothing was decided."""
        source = self._decided(kind, unit, day) if kind else None
        return self._decided("", unit, day) if source is None else source

    def _decided(self, kind: str, unit: int | None, day: date) -> int | None:
        decided = self.by_kind.get(kind, {})
        seen: set[int] = set()
        while decided and unit is not None and unit not in seen:
            seen.add(unit)
            if (source := _on(decided.get(unit, []), day)) is not None:
                return source
            unit = _on(self.parents.get(unit, []), day)
        return None

    def counts(self, source: int, kind: str | None, unit: int | None, day: date) -> bool:
        """Whether what a source says of such work counts; where nothing was decided, every source counts."""
        return self.source_of(kind, unit, day) in (None, source)


def _on(held: list[Held], day: date) -> int | None:
    for first, until, what in held:
        if (first is None or first <= day) and (until is None or day < until):
            return what
    return None
