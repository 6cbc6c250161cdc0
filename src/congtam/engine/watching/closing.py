"""How work is closed: minutes before the limit, or closed and opened again by the same person."""

from collections.abc import Iterator
from datetime import timedelta

from congtam.engine.facts.tables import Event
from congtam.engine.watching.counting import Case, signs_of_cases
from congtam.engine.watching.signs import Pattern, Scene, Sign

LAST = timedelta(minutes=30)
FEWEST = 8  # items closed


def last_minute(scene: Scene, window: timedelta = LAST, minimum: int = FEWEST) -> list[Sign]:
    """Of the shares an official finished in time in the period, those finished in the last `window` before the
    deadline. Closing in time is good; that nearly all of it is closed at the last moment is worth a look."""
    cases = [
        (share.official, share.item, share.due_at - share.finished_at <= window)
        for share in scene.shares
        if share.state == "finished"
        and share.due_at is not None
        and share.finished_at is not None
        and share.finished_at <= share.due_at
        and scene.period.contains(share.finished_at)
    ]
    return signs_of_cases(Pattern.LAST_MINUTE, cases, minimum, scene.rate)


def closes_and_reopens(scene: Scene, minimum: int = FEWEST) -> list[Sign]:
    """Of the items an official closed in the period, those that the official opened again. What a citizen, a superior
    or anyone else reopened is a matter of quality and no such sign."""
    cases = [case for item, events in scene.happened.items() for case in _closings(scene, item, events)]
    return signs_of_cases(Pattern.REOPENS, cases, minimum, scene.rate)


def _closings(scene: Scene, item: str, events: list[Event]) -> Iterator[Case]:
    """Each official who closed the item in the period, and whether they opened it again."""
    closers: dict[str, bool] = {}
    last: str | None = None
    for event in events:
        if event.activity == "finished" and event.official is not None:
            last = event.official if scene.period.contains(event.at) else None
            if last is not None:
                closers.setdefault(last, False)
        elif event.activity == "reopened" and last is not None and _is_own(event, last):
            closers[last] = True
    for official, again in closers.items():
        yield official, item, again


def _is_own(event: Event, closer: str) -> bool:
    """Whether whoever closed it also opened it again: nobody else is named."""
    return event.official in (None, closer) and event.counterpart in (None, closer)
