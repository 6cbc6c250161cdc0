"""The text of a record in one fixed spelling, from which its digest is made: what JSON gives for its body, but quicker,
for what events say comes back again and again."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring as _quoted

from congtam.files.happening import Happening
from congtam.intake.telling import TEXTS, Told

JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def start_spelled(event: Happening) -> str:
    """What stands before who and where in the text of an event, after its instant."""
    return f'"activity":{_quoted(event.activity)}'


def end_spelled(event: Happening) -> str:
    """What stands behind who and where."""
    said = [f',"{name}":{_quoted(text)}' for name, text in zip(TEXTS[2:], event[4:7], strict=True) if text]
    about = f',"attributes":{JSON.encode(dict(event.attributes))}' if event.attributes else ""
    return "".join(said) + about


def spelled_with(event: Happening, start: str, end: str) -> str:
    """What an event says: its text as the inside of an object."""
    official, unit = event.official, event.unit
    who = f',"official":{_quoted(official)}' if official else ""
    where = f',"unit":{_quoted(unit)}' if unit else ""
    return f'"at":"{_instant(event.at)}",{start}{who}{where}{end}'


def spelled(told: Told, events: Iterable[str]) -> str:
    """The body of a record; `events` as `spelled_with` gives them."""
    head = f'"key":{_quoted(told.key)}'
    if told.item or told.title or told.symbol:
        names = (("item", told.item), ("title", told.title), ("symbol", told.symbol))
        head += "".join([f',"{name}":{_quoted(text)}' for name, text in names if text])
    if told.withdrawn:
        head += ',"withdrawn":true'
    said = "},{".join(events)
    return f'{{{head},"events":[{{{said}}}]}}' if said else f'{{{head},"events":[]}}'


def _instant(at: datetime) -> str:
    return _in_utc(at if at.tzinfo is UTC else at.astimezone(UTC))


@lru_cache(1 << 13)
def _in_utc(at: datetime) -> str:
    return at.isoformat()
