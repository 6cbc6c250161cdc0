"""The one order in which things became known: every fact takes its number from one sequence, in order of commit.

A number that is visible says that all smaller ones are visible too, or never will be: whoever takes numbers holds a
lock until the transaction ends. So "known at seq" means the same whenever it is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_LOCK = 4_277_001  # any number nobody else locks by


@contextmanager
def in_order() -> Iterator[None]:
    """A transaction whose facts are numbered after everything committed before it, and before everything after it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def take(count: int) -> list[int]:
    """The next `count` numbers. Raises `RuntimeError` outside of a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("numbers are taken inside `in_order()`, so that they follow the order of commits")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('known_seq') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


def last_known() -> int:
    """The highest number that is visible now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM known_seq")
        found = cursor.fetchone()
    return int(found[0])
