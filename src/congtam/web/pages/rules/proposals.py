"""What waits to be approved, and one proposal as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from congtam.access.queries import called
from congtam.engine.findings import Unusable, unusable
from congtam.engine.rulebook.bound import Rulebook
from congtam.registry import queries
from congtam.registry.models import Copy, Draft
from congtam.registry.shelf import book_of
from congtam.registry.shipped import shipped
from congtam.registry.site_changes import with_settings


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


def before_and_after(proposal: Copy | Draft) -> tuple[Rulebook | None, Rulebook]:
    """The rulebook without and with a proposal, on its first day; nothing before where the site held none.

    Raises `Unusable` when it no longer fits.
    """
    first = proposal.first if isinstance(proposal, Draft) else proposal.days.lower
    itself = (proposal.seq, proposal.replaced_by)  # once approved, it stands under its next number
    settings = [
        queries.setting_of(one) for one in queries.settings_on(proposal.rulebook, first) if one.seq not in itself
    ]
    if isinstance(proposal, Copy):
        held = queries.copy_on(proposal.rulebook, first - timedelta(days=1))
        before = with_settings(book_of(held), settings) if held else None
        return before, with_settings(book_of(proposal), settings)
    held = queries.copy_on(proposal.rulebook, first)
    if held is None:
        raise unusable("not-adopted", f"no copy of {proposal.rulebook!r} holds on {first}", "adopt it first")
    before = with_settings(book_of(held), settings)
    return before, with_settings(before, [queries.setting_of(proposal)])


def paths_waiting(rulebook_id: str) -> dict[str, int]:
    """The numbers that open proposals already set, with the number of the proposal."""
    found = [one for one in queries.proposals() if isinstance(one, Draft) and one.rulebook == rulebook_id]
    return {path: one.seq for one in found for path in one.changes}
