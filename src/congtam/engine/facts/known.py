"""What was known: the rows recorded by an instant or up to a `seq`, with later versions in place of earlier ones."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from congtam.engine.facts.own_word import on_oneself
from congtam.engine.facts.tables import FIELDS, TABLES, Facts


def known(facts: Facts, known_at: datetime | None = None, seq: int | None = None) -> Facts:
    """The facts recorded before `known_at` and numbered up to `seq` (None: no limit).

    Of several rows with one key the highest `seq` wins, so that a correction supersedes and nothing is lost. What
    people decide on or mark of themselves supersedes only its own kind.
    Events keep all their rows: taking one back is an event of its own.
    """
    chosen: dict[str, tuple[Any, ...]] = {}
    for name, field in FIELDS.items():
        rows = getattr(facts, field)
        if name != "name":
            rows = tuple(_learned(rows, known_at, seq))
        chosen[field] = rows if name in ("event", "name") else tuple(_latest(rows, TABLES[name].key))
    return replace(facts, **chosen)


def _learned(rows: Iterable[Any], known_at: datetime | None, seq: int | None) -> Iterable[Any]:
    for row in rows:
        if (known_at is None or row.recorded_at < known_at) and (seq is None or row.seq <= seq):
            yield row


def _latest(rows: Iterable[Any], key: tuple[str, ...]) -> Iterable[Any]:
    names = [name for name in key if name != "seq"]
    latest: dict[tuple[Any, ...], Any] = {}
    for row in sorted(rows, key=lambda row: row.seq):
        latest[on_oneself(row), *(getattr(row, name) for name in names)] = row
    return latest.values()
