"""Statements that nearly every page asks: the database plans them once for each connection, for planning one of them
costs it more than answering."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

M = TypeVar("M", bound=models.Model)
AFTER = 2  # times a statement is asked on a connection before its plan is kept


def planned() -> CursorWrapper:
    """A cursor that keeps plans. Only for statements whose text never changes; values go beside the text, with their
    type where the text does not tell it (`%(day)s::date`)."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.connection.prepare_threshold = AFTER  # for this kind of cursor; those of Django put values into the text
    cursor = Cursor(connection.connection)
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


def rows_planned(model: type[M], rest: str, values: Mapping[str, Any]) -> list[M]:
    """Whole rows of a model by a statement whose plan is kept; `rest` follows its FROM. For what nearly every page
    reads: Django building the same statement anew takes longer than the database answering it."""
    select, names, converters = _selected(model)  # type: ignore[arg-type]  # a class has a hash
    with planned() as cursor:
        cursor.execute(select + rest, values)
        rows = [list(row) for row in cursor.fetchall()]
    for row in rows:
        for n, convert in converters:
            row[n] = convert(row[n], None, connection)
    return [model.from_db(connection.alias, names, row) for row in rows]


@cache
def _selected(model: type[models.Model]) -> tuple[str, list[str], list[tuple[int, Any]]]:
    """The head of the statement, the names of its columns in the model, and what makes values of some of them."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{one.column}"' for one in fields)
    converters = [(n, one.from_db_value) for n, one in enumerate(fields) if hasattr(one, "from_db_value")]
    return f'SELECT {columns} FROM "{model._meta.db_table}" ', [one.attname for one in fields], converters
