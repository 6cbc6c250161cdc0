"""Facts as rows of a seal and back: every contract table but names, its key first."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from congtam.engine.facts.tables import FIELDS, TABLES, Column, Facts, Kind, Table
from congtam.engine.sealing.parts import Part
from congtam.engine.states import State

SEALED = tuple(name for name in TABLES if name != "name")


def part_name(table: str) -> str:
    """The part in which a table lies."""
    return f"facts/{table}"


def fact_parts(facts: Facts, secret: bytes) -> Iterator[Part]:
    """A part for each table, also for those without rows."""
    for name in SEALED:
        table, columns = TABLES[name], in_order(TABLES[name])
        rows = ([_told(getattr(row, one.name), one) for one in columns] for row in getattr(facts, FIELDS[name]))
        yield Part.of(part_name(name), len(table.key), rows, secret)


def facts_of(parts: Mapping[str, Part]) -> Facts:
    """The facts that parts tell. Raises `KeyError`, `TypeError` or `ValueError` for rows that tell none."""
    return Facts(**{FIELDS[name]: tuple(_rows(parts[part_name(name)], TABLES[name])) for name in SEALED})


def rows_of(part: Part, table: str) -> Iterator[Any]:
    """The rows of one table. Raises as `facts_of`."""
    return _rows(part, TABLES[table])


def in_order(table: Table) -> list[Column]:
    """The columns of a table, those of its key first."""
    return sorted(table.columns, key=lambda one: table.key.index(one.name) if one.name in table.key else len(table.key))


def _rows(part: Part, table: Table) -> Iterator[Any]:
    columns = in_order(table)
    for row in part.values():
        values = {one.name: _read(value, one) for one, value in zip(columns, row, strict=True)}
        yield table.row_type(**values)


def _told(value: Any, column: Column) -> Any:
    if column.kind is Kind.OBJECT:
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    return value


def _read(value: Any, column: Column) -> Any:
    if column.kind is Kind.OBJECT:
        return json.loads(value) if value else {}
    if value is None:
        return None
    if column.kind is Kind.INSTANT:
        return datetime.fromisoformat(value)
    if column.kind is Kind.DAY:
        return date.fromisoformat(value)
    return State(value) if column.name == "state" else value
