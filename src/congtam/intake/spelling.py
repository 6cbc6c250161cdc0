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


def rest_spelled(event: Happening) -> str:
    """What an event says besides its instant: the inside of an object."""
    said = f'"activity":{_quoted(event.activity)}'
    for name, text in zip(TEXTS, event[2:7], strict=True):
        if text:
            said += f',"{name}":{_quoted(text)}'
    return f'{said},"attributes":{JSON.encode(dict(event.attributes))}' if event.attributes else said


def spelled(told: Told, rests: Iterable[str]) -> str:
    """The body of a record; `rests` are those of its events."""
    names = [("key", told.key), ("item", told.item), ("title", told.title), ("symbol", told.symbol)]
    head = ",".join([f'"{name}":{_quoted(text)}' for name, text in names if text or name == "key"])
    events = zip(told.events, rests, strict=True)
    said = ",".join([f'{{"at":"{_instant(event.at)}",{rest}}}' for event, rest in events])
    withdrawn = ',"withdrawn":true' if told.withdrawn else ""
    return f'{{{head}{withdrawn},"events":[{said}]}}'


def _instant(at: datetime) -> str:
    return _in_utc(at if at.tzinfo is UTC else at.astimezone(UTC))


@lru_cache(1 << 13)
def _in_utc(at: datetime) -> str:
    return at.isoformat()
