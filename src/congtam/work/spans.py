"""In which time a piece of work may count: wider than any rule reads, so that nobody need look outside of it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from congtam.engine.facts.cells import parse_instant
from congtam.work.linked import linked
from congtam.work.models import Item

EVER = datetime.min.replace(tzinfo=UTC)
DUE = frozenset({"due", "promised", "extended"})
A_MONTH = timedelta(days=31)


def span_of(item: Item) -> tuple[datetime, datetime | None]:
    """From when to when a piece of work may count; None: without an end, while it is not settled.

    It begins with the first instant that anything told of it speaks of. It ends with the last one, the deadline and the
    day on which that became known among them, and as long again and a month after: the clocks of another rulebook may
    give a later deadline. Work with faults, which are charged to days of their own, and work counted together with
    other work may count at any time. Two queries.
    """
    told = list(item.events.values_list("at", "recorded_at", "activity", "value"))
    if not told or any(activity in ("fault", "same_as") for _, _, activity, _ in told) or len(linked([item.pk])) > 1:
        return EVER, None
    standing = getattr(item, "standing", None)
    instants = [instant for row in told for instant in _instants(*row)]
    if standing is None or not standing.settled:
        return min(instants), None
    first, last = min(instants), max([*instants, *filter(None, (standing.due_at, standing.finished_at))])
    return first, last + (last - first) + A_MONTH


def _instants(at: datetime, recorded_at: datetime, activity: str, value: str) -> Iterable[datetime]:
    yield at
    yield recorded_at
    if activity in DUE:
        try:
            yield parse_instant(value)
        except ValueError:
            return
