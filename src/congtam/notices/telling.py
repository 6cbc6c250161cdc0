"""How one thing is told, and from when on things are news."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Told:
    """One thing to tell one person, as a `Line` keeps it; `item` None where it is about no piece of work."""

    person: int
    item: int | None
    what: str
    key: str
    at: datetime | None = None
    who: int | None = None


@dataclass(frozen=True)
class Since:
    """From which number of what was recorded news begins, to which; and how long ago it may have happened."""

    seq: int
    until: int
    at: datetime


def rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What one plain statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
