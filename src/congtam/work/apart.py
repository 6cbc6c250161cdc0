"""The fold of work whose source is the authoritative one, and apart from it the fold of what is kept for reference."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.facts.tables import Event
from congtam.engine.facts.work import Item, Work
from congtam.engine.periods import local_day
from congtam.people.facts import spells_of
from congtam.work.authority import Authorities
from congtam.work.models import Item as ItemRow


class Apart(NamedTuple):
    """Work that counts, and work of sources that are kept for reference only."""

    counting: Work
    reference: Work


def fold_apart(events: Sequence[Event], as_of: datetime, clocks: Clocks) -> Apart:
    """The fold of whole groups of linked items; what does not count is folded by itself and lends nothing to others."""
    named = {code for event in events for code in (event.official, event.counterpart) if code}
    spells = spells_of(int(code) for code in named if code.isdecimal())
    work = fold(events, as_of, clocks=clocks, spells=spells)
    apart = _reference(work.items)
    if not apart:
        return Apart(work, Work())
    counting = fold([one for one in events if one.item not in apart], as_of, clocks=clocks, spells=spells)
    others = [one for one in events if one.item in apart and one.activity != "same_as"]
    return Apart(counting, fold(others, as_of, clocks=clocks, spells=spells))


def _reference(items: Iterable[Item]) -> set[str]:
    """Items whose source is not the authoritative one."""
    authorities = Authorities.now()
    if not authorities.by_kind:
        return set()
    found = list(items)
    sources = dict(ItemRow.objects.filter(pk__in=[int(one.item) for one in found]).values_list("pk", "source_id"))

    def counts(one: Item) -> bool:
        unit = int(one.unit) if one.unit else None
        return authorities.counts(sources[int(one.item)], one.kind, unit, local_day(one.received_at))

    return {one.item for one in found if not counts(one)}
