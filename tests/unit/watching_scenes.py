"""Small scenes for the signs: shares made directly for what needs no events, with honest people drawn from a seed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from event_lines import moment, plain_clocks

from congtam.engine.facts.fold import fold
from congtam.engine.facts.tables import Event, Facts, Rating, Spell
from congtam.engine.facts.work import WHOLE_WEIGHT, Item, Share, Work
from congtam.engine.periods import Period
from congtam.engine.states import State
from congtam.engine.watching.signs import Look, Scene, Sign

SEPTEMBER = Period.parse("2026-09")
END = SEPTEMBER.end
CALENDAR = plain_clocks().calendar


def share(item: str, official: str, received: datetime, **rest: Any) -> Share:
    """One whole lead share, open unless told otherwise."""
    told = {"role": "lead", "weight": WHOLE_WEIGHT, "state": "finished" if "finished_at" in rest else "open", **rest}
    return Share(item, official, received, **told)


def scene_of(
    shares: Iterable[Share],
    items: Iterable[Item] = (),
    ratings: Iterable[Rating] = (),
    spells: Iterable[Spell] = (),
    as_of: datetime = END,
) -> Scene:
    """A scene of shares; items that are not told are plain ones."""
    shares = tuple(shares)
    told = {item.item: item for item in items}
    for one in shares:
        told.setdefault(one.item, Item(one.item, one.received_at, "open", kind="task"))
    work = Work(items=tuple(told.values()), shares=shares)
    return Scene(work, Facts(ratings=tuple(ratings), spells=tuple(spells)), CALENDAR, SEPTEMBER, as_of)


def scene_of_events(events: Iterable[Event], as_of: datetime = END) -> Scene:
    """A scene of events, folded under a plain clock."""
    events = tuple(events)
    work = fold(events, as_of, clocks=plain_clocks())
    return Scene(work, Facts(events=events), CALENDAR, SEPTEMBER, as_of)


def spell(official: str, unit: str) -> Spell:
    """One person in one unit for good."""
    began = moment("01-01 08:00")
    return Spell(1, began, f"s-{official}", official, "CV", unit, "A", "g", False, "civil_servant", date(2025, 1, 1))


def mark(subject: str, by: str, points: float, **rest: Any) -> Rating:
    """A final general mark of September."""
    told = {"criterion": "general", "period": "2026-09", "stage": "final", "state": State.VALUE, **rest}
    return Rating(1, END - timedelta(days=1), subject, value=round(points * 1_000_000), by=by, **told)


def looks(signs: Iterable[Sign]) -> dict[str, Look]:
    """How each place looks, by its codes."""
    return {" ".join(sign.subjects): sign.look for sign in signs}


def worth_a_look(signs: Iterable[Sign]) -> list[str]:
    """The places worth a look."""
    return [place for place, look in looks(signs).items() if look is Look.WORTH_A_LOOK]
