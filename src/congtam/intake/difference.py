"""What a record says now against what it said before: which events fell away, and which are to be appended."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from congtam.work.appending import Line

Numbered = tuple[int, Line]


def difference(old: Sequence[Numbered], wanted: Sequence[Line]) -> tuple[list[Numbered], list[Line]]:
    """Which standing events fell away, and which lines are to be appended.

    Events of one instant are read in the order of their numbers, corrections always are. So from the first difference
    within an instant on, all of that instant is taken back and told again: the order is then that of the record,
    whatever came before.
    """
    was, will = _by_instant([line for _, line in old]), _by_instant(wanted)
    numbers = {id(line): seq for seq, line in old}
    fell: list[Numbered] = []
    came: list[Line] = []
    for instant in {**was, **will}:
        before, after = was.get(instant, []), will.get(instant, [])
        same = _same_start(before, after)
        fell += [(numbers[id(line)], line) for line in before[same:]]
        came += after[same:]
    return fell, came


def _by_instant(lines: Sequence[Line]) -> dict[Any, list[Line]]:
    def instant(line: Line) -> tuple[int, str, datetime | None]:
        orderly = line.activity == "corrected"
        return (line.item, "corrected" if orderly else "", None if orderly else line.at)

    found: dict[Any, list[Line]] = {}
    for line in lines:
        found.setdefault(instant(line), []).append(line)
    return found


def _same_start(before: Sequence[Line], after: Sequence[Line]) -> int:
    same = 0
    for old, new in zip(before, after, strict=False):
        if _meaning(old) != _meaning(new):
            break
        same += 1
    return same


def _meaning(line: Line) -> tuple[Any, ...]:
    """What an event says, whoever said it where."""
    return line._replace(record=None, place="", attributes=_spelled(line.attributes))


def _spelled(attributes: str) -> str:
    """JSON as the database gives it back has blanks, and its keys in an order of its own."""
    return "{}" if attributes == "{}" else str(sorted(json.loads(attributes).items()))
