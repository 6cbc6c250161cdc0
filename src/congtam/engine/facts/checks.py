"""Whether the tables fit together: spans that end before they begin are refused, codes nobody introduced are shown.

Each check is a function that returns findings. A reference to an unknown code is a warning, for a source may know
people and units that another has not sent yet; what it means is that such work is nobody's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from congtam.engine.facts.tables import Facts, Spell
from congtam.engine.findings import Finding, Place, Severity

Check = Callable[[Facts], Iterable[Finding]]


def check_facts(facts: Facts) -> list[Finding]:
    """All findings of all checks."""
    return [finding for one in CHECKS for finding in one(facts)]


def spans_end_after_they_begin(facts: Facts) -> Iterator[Finding]:
    """A spell, absence or unit that ends on or before its first day never was."""
    for table, rows in (("spell", facts.spells), ("absence", facts.absences), ("unit", facts.units)):
        row: Any
        for row in rows:
            if row.until is not None and row.until <= row.first:
                yield _finding(
                    "empty-span",
                    f"seq {row.seq} ends on {row.until}, before or on its first day {row.first}",
                    "until is the first day no longer in it; mend the dates",
                    table,
                    Severity.ERROR,
                )


def units_stand_under_known_units(facts: Facts) -> Iterator[Finding]:
    """A parent is a unit of the table, and no unit stands under itself."""
    parents = {unit.unit: unit.parent for unit in facts.units}
    for unit, parent in sorted(parents.items()):
        if parent is not None and parent not in parents:
            yield _finding("unknown-unit", f"{unit} stands under {parent!r}, which is no unit", "add it", "unit")
        if unit in _above(unit, parents):
            yield _finding("circular-units", f"{unit} stands under itself", "correct a parent", "unit", Severity.ERROR)


def _above(unit: str, parents: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    above = parents.get(unit)
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def spells_name_known_units(facts: Facts) -> Iterator[Finding]:
    """With a unit table, every spell is in one of its units."""
    known = {unit.unit for unit in facts.units}
    if known:
        for unit in sorted({spell.unit for spell in facts.spells} - known):
            yield _finding("unknown-unit", f"spells name the unit {unit!r}, which is no unit", "add it", "spell")


def spells_do_not_overlap(facts: Facts) -> Iterator[Finding]:
    """One official is in one spell at a time; where two overlap the earlier one counts."""
    by_official: dict[str, list[Spell]] = defaultdict(list)
    for spell in {spell.spell: spell for spell in sorted(facts.spells, key=lambda spell: spell.seq)}.values():
        by_official[spell.official].append(spell)
    for official, spells in sorted(by_official.items()):
        for earlier, later in pairwise(sorted(spells, key=lambda spell: (spell.first, spell.seq))):
            if earlier.until is None or later.first < earlier.until:
                yield _finding(
                    "overlapping-spells",
                    f"{official} is in {earlier.spell} and {later.spell} on {later.first}",
                    "end the earlier one; until then it counts",
                    "spell",
                )


def work_belongs_to_known_officials(facts: Facts) -> Iterator[Finding]:
    """With a spell table, whoever holds work has a spell."""
    known = {spell.official for spell in facts.spells}
    if not known:
        return
    holders = {event.official for event in facts.events if event.activity == "assigned"}
    holders |= {event.counterpart for event in facts.events if event.activity == "passed_on"}
    for official in sorted(code for code in holders - known if code):
        yield _finding(
            "unknown-official",
            f"{official!r} holds work and has no spell",
            "add the spell; until then nobody is scored",
            "event",
        )


CHECKS: tuple[Check, ...] = (
    spans_end_after_they_begin,
    units_stand_under_known_units,
    spells_name_known_units,
    spells_do_not_overlap,
    work_belongs_to_known_officials,
)


def _finding(code: str, message: str, advice: str, table: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code, message, advice, Place(f"{table}.csv"), severity)
