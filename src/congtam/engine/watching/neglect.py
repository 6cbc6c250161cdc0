"""Late work that nobody touches, and deadlines that are moved only after they have passed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from congtam.engine.clock_rule import EVENT_KINDS
from congtam.engine.facts.cells import parse_instant
from congtam.engine.facts.tables import Event
from congtam.engine.facts.work import Share
from congtam.engine.periods import local_day
from congtam.engine.watching.counting import Case, signs_of_cases
from congtam.engine.watching.signs import Pattern, Scene, Sign

UNTOUCHED = 5  # working days after the deadline without any record
FEWEST = 8  # deadlines that passed or were met


def late_untouched(scene: Scene, days: int = UNTOUCHED, minimum: int = FEWEST) -> list[Sign]:
    """Of the shares of an official whose first deadline lay in the period, those left without any record for `days` or
    more working days after it had passed, and those whose deadline was moved after it had passed. An extension asked
    for in time is no such sign."""
    return signs_of_cases(Pattern.NEGLECTS, _cases(scene, days), minimum, scene.rate)


def _cases(scene: Scene, days: int) -> Iterator[Case]:
    for share in scene.shares:
        events = scene.happened.get(share.item, [])
        due = _first_due(scene, share, events)
        if due is None or not scene.period.contains(due) or due >= scene.as_of:
            continue
        if share.finished_at is not None and share.finished_at <= due:
            yield share.official, share.item, False
        elif share.state != "passed_on":
            yield share.official, share.item, _moved(share, due, events) or _untouched(scene, due, days, events)


def _first_due(scene: Scene, share: Share, events: list[Event]) -> datetime | None:
    """The deadline that stood before any extension moved it after it had passed."""
    if share.due_at is None:
        return None
    own = _own_due(share, events)
    if own is not None:
        in_time = any(event.activity in EVENT_KINDS and share.received_at <= event.at <= own for event in events)
        return share.due_at if in_time else min(own, share.due_at)
    ledger = scene.items[share.item].ledger
    passed = ledger.passed(scene.as_of) if ledger else ()
    return min([*(due for due in passed if due > share.received_at), share.due_at])


def _own_due(share: Share, events: list[Event]) -> datetime | None:
    """The deadline given to this official alone, when it was given."""
    for event in events:
        to = event.official if event.activity == "assigned" else event.counterpart
        if event.activity in ("assigned", "passed_on") and to == share.official and event.at == share.received_at:
            text = event.attributes.get("due_at")
            try:
                return parse_instant(str(text)) if text else None
            except ValueError:
                return None
    return None


def _moved(share: Share, due: datetime, events: list[Event]) -> bool:
    """Whether somebody asked, after the deadline, that it be moved."""
    return any(
        event.activity == "extended" and event.at > due and event.official in (None, share.official) for event in events
    )


def _untouched(scene: Scene, due: datetime, days: int, events: list[Event]) -> bool:
    """Whether at least so many whole working days went by after the deadline before the next record, or until now."""
    after = min((event.at for event in events if event.at > due), default=scene.as_of)
    first, last = local_day(due) + timedelta(days=1), local_day(after)
    return first < last and scene.calendar.working_days(first, last) >= days
