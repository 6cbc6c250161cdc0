"""What waits to be approved, and one proposal as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from congtam.access.queries import called
from congtam.engine.findings import Unusable
from congtam.registry import queries
from congtam.registry.models import Draft
from congtam.registry.shipped import shipped


@dataclass(frozen=True)
class Waiting:
    """A proposal in a list: whether it sets numbers (else it adopts a copy), its rulebook, from when, by whom."""

    number: int
    draft: bool
    title: str
    first: date
    by: str
    at: datetime


def waiting(lang: str) -> list[Waiting]:
    """What waits to be approved, oldest first."""
    found = queries.proposals()
    names = called({one.proposed_by for one in found})
    return [
        Waiting(
            one.seq,
            isinstance(one, Draft),
            _title(one.rulebook, lang),
            one.first if isinstance(one, Draft) else one.days.lower,
            names.get(one.proposed_by, "–"),
            one.recorded_at,
        )
        for one in found
    ]


def _title(rulebook_id: str, lang: str) -> str:
    try:
        return shipped(rulebook_id).head.title.in_(lang)
    except Unusable:
        return rulebook_id


def paths_waiting(rulebook_id: str) -> dict[str, int]:
    """The numbers that open proposals already set, with the number of the proposal."""
    found = [one for one in queries.proposals() if isinstance(one, Draft) and one.rulebook == rulebook_id]
    return {path: one.seq for one in found for path in one.changes}
