"""Rules before and after a change that is only tried: nothing is written."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from congtam.engine.findings import unusable
from congtam.engine.rulebook.bound import Rulebook
from congtam.registry import queries
from congtam.registry.models import Copy, Draft
from congtam.registry.shelf import book_of
from congtam.registry.site_changes import NO_ACT, Setting, with_settings

Tried = Mapping[str, Any]
"""What is tried, as JSON: `rulebook`, `day` and `numbers` (other numbers of a rulebook as it holds on a day), or
`draft` or `copy`, the number of a proposal."""


def numbers(rulebook: str, day: date, values: Mapping[str, str]) -> Tried:
    """Other numbers of a rulebook as it holds on a day; values as `registry.values.checked` gives them."""
    return {"rulebook": rulebook, "day": day.isoformat(), "numbers": dict(sorted(values.items()))}


def proposal(one: Copy | Draft) -> Tried:
    """What somebody proposed."""
    return {"draft" if isinstance(one, Draft) else "copy": one.seq}


def before_and_after(tried: Tried) -> tuple[Rulebook | None, Rulebook]:
    """The rulebook without and with the change; nothing before where the site held none.

    Raises `Unusable` when the change does not fit, or no longer does.
    """
    if "draft" in tried:
        return _of_proposal(Draft.objects.get(seq=tried["draft"]))
    if "copy" in tried:
        return _of_proposal(Copy.objects.get(seq=tried["copy"]))
    day = date.fromisoformat(tried["day"])
    before = queries.book(tried["rulebook"], day)
    return before, with_settings(before, [Setting(tried["numbers"], NO_ACT, "", day, day)])


def _of_proposal(proposal: Copy | Draft) -> tuple[Rulebook | None, Rulebook]:
    """On its first day."""
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
