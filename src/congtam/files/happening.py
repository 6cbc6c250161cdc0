"""One event as a source tells it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Happening(NamedTuple):
    """One event of a record. `official`, `unit` and `counterpart` are codes as the source writes them; so are `unit`
    and `agency` among the attributes, and the key of another item as the value of `same_as`. `place`: file and row,
    where they are its own."""

    at: datetime
    activity: str
    official: str | None = None
    unit: str | None = None
    counterpart: str | None = None
    value: str | None = None
    decision: str | None = None
    attributes: Mapping[str, Any] = NOTHING
    place: str = ""
