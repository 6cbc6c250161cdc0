"""Connections that read the database in columns. Whoever reads many times a second keeps one open: opening it costs as
much as reading the work of a hundred people."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from django.db import connection
from psycopg.conninfo import make_conninfo


class _Kept(threading.local):
    wanted = False
    connection: Any = None


_KEPT = _Kept()


@contextmanager
def kept_open() -> Iterator[None]:
    """All that this thread reads inside is read on one connection, which is closed at the end."""
    _KEPT.wanted = True
    try:
        yield
    finally:
        _KEPT.wanted = False
        _forget()


@contextmanager
def reader(address: str, seen: str = "") -> Iterator[Any]:
    """A cursor on a connection apart from Django's. All it asks sees what was committed when it began, or when the
    snapshot `seen` was taken; nothing it wrote stays."""
    opened = _begun(address)
    try:
        with closing(opened.cursor()) as cursor:
            if seen:
                cursor.execute(f"SET TRANSACTION SNAPSHOT '{seen}'")
            cursor.execute("SET LOCAL work_mem = '256MB'")
            yield cursor
            cursor.execute("ROLLBACK")
    except BaseException:
        _forget()
        raise
    finally:
        if opened is not _KEPT.connection:
            opened.close()


def address() -> str:
    """Where Django's database is, and how it must be spoken to, as the driver takes it."""
    given = connection.get_connection_params()
    told = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)}
    return make_conninfo(**told, **connection.settings_dict["OPTIONS"])


def _begun(address: str) -> Any:
    """A connection in a transaction: the one that is kept, or a new one where that was lost or there is none."""
    from adbc_driver_postgresql import dbapi  # type: ignore[import-untyped]  # a second of start, for scans alone

    if _KEPT.connection is not None:
        try:
            return _begin(_KEPT.connection)
        except dbapi.Error:
            _forget()
    opened = dbapi.connect(address, autocommit=True)
    if _KEPT.wanted:
        _KEPT.connection = opened
    return _begin(opened)


def _begin(opened: Any) -> Any:
    with closing(opened.cursor()) as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    return opened


def _forget() -> None:
    """Close what is kept, also one that is broken."""
    opened, _KEPT.connection = _KEPT.connection, None
    if opened is not None:
        with suppress(Exception):
            opened.close()
