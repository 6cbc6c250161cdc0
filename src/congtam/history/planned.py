"""Statements that nearly every page asks: the database plans them once for each connection, for planning one of them
costs it more than answering."""

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

AFTER = 2  # times a statement is asked on a connection before its plan is kept


def planned() -> CursorWrapper:
    """A cursor that keeps plans. Only for statements whose text never changes; values go beside the text, with their
    type where the text does not tell it (`%(day)s::date`)."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.connection.prepare_threshold = AFTER  # for this kind of cursor; those of Django put values into the text
    cursor = Cursor(connection.connection)
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
