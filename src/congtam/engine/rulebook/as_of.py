"""Which rulebook is in force on a day for whom, and which may still be used by a transition clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Scope, Transition


@dataclass(frozen=True)
class InForce:
    """A rulebook in force, with the older ones that may still be used and until when."""

    rulebook: Rulebook
    transitions: tuple[Transition, ...] = ()


def as_of(rulebooks: Iterable[Rulebook], day: date, scope: Mapping[str, str] | None = None) -> list[InForce]:
    """The rulebooks in force on `day` whose scope admits `scope` (staff_kind, agency, province, …), by id.

    Proposals, examples and rulebooks that are off are never in force.
    """
    asked = scope or {}
    return [
        InForce(book, tuple(clause for clause in book.head.transition if day < clause.until))
        for book in sorted(rulebooks, key=lambda book: book.id)
        if book.head.status == "in_force"
        and holds_on(book, day, asked.get("staff_kind"))
        and admits(book.head.scope, asked)
    ]


def holds_on(rulebook: Rulebook, day: date, staff_kind: str | None = None) -> bool:
    """Whether the day lies in the rulebook's validity (half-open), for one kind of staff when it is named."""
    return rulebook.head.holds_on(day, staff_kind)


def admits(scope: Scope, asked: Mapping[str, str]) -> bool:
    """Whether a scope is open to what is asked; what either side leaves unsaid does not exclude."""
    for name, wanted in asked.items():
        allowed = getattr(scope, name)
        if allowed and wanted not in allowed:
            return False
    return True
