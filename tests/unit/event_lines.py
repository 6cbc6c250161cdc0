"""Events written as lines, for tests that fold them.

    1  09-01 08:00  a  registered  coefficient=2
    2  09-01 08:00  a  assigned    @an weight=0.5

A line is: seq, day and time in Vietnam (of 2026), item, activity, then in any order `@official`, `>counterpart`,
`=value` (an instant may be written `=09-10_17:00`), `#decision`, and attributes as `name=value`.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from congtam.engine.clock import ClockRule
from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.facts.tables import Event, Spell
from congtam.engine.facts.work import Work
from congtam.engine.periods import VIETNAM
from congtam.engine.working_time import Calendar

_MOMENT = re.compile(r"(\d\d-\d\d)[_ ](\d\d:\d\d)")


def moment(text: str) -> datetime:
    """`09-01 08:00` in Vietnam, in 2026."""
    return datetime.fromisoformat("2026-" + text.replace("_", " ")).replace(tzinfo=VIETNAM).astimezone(UTC)


def event(line: str) -> Event:
    """One event from one line."""
    seq, day, time, item, activity, *rest = line.split()
    said: dict[str, Any] = {"attributes": {}}
    for word in rest:
        mark, text = word[0], word[1:]
        if mark in "@>=#":
            name = {"@": "official", ">": "counterpart", "=": "value", "#": "decision"}[mark]
            said[name] = moment(text).isoformat() if _MOMENT.fullmatch(text) else text
        else:
            name, _, value = word.partition("=")
            said["attributes"][name] = moment(value).isoformat() if _MOMENT.fullmatch(value) else value
    at = moment(f"{day} {time}")
    return Event(int(seq), at, item, at, activity, **said)


def events(text: str) -> list[Event]:
    """Events from a text of lines."""
    return [event(line) for line in text.splitlines() if line.strip()]


def plain_clocks(**rule: Any) -> Clocks:
    """A clock in working days on a calendar without holidays, 08:00 to 17:00."""
    hours = {"day": (timedelta(hours=8), timedelta(hours=17))}
    calendar = Calendar("plain", frozenset(range(5)), hours, 60, date(2024, 1, 1), date(2030, 1, 1), {})
    clock = ClockRule("given", {"vi": "hạn đã giao", "en": "given deadline"}, "working_days", **rule)
    return Clocks(calendar, lambda *_: clock)


def folded(text: str, as_of: str = "10-01 00:00", spells: tuple[Spell, ...] = (), seq: int | None = None) -> Work:
    """What a text of events folds to."""
    return fold(events(text), moment(as_of), seq, clocks=plain_clocks(), spells=spells)
