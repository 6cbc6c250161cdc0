"""The tests' own PostgreSQL: the packaged one, in a folder thrown away at the end, started when a test first asks.
One database is migrated; whoever needs one gets a copy of it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection, transaction

from congtam.serving.packaged import Packaged
from congtam.serving.preparing import migrate

FOLDER = "CONGTAM_TESTS"  # names the folder of a run to its workers
MIGRATED = "migrated"
OF_MIGRATIONS = ("django_content_type", "auth_permission")  # and their own, which is no table of a model
SETTINGS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def begin() -> bool:
    """Choose a folder and tell Django of the database in it, unless whoever started us did. Whether we did."""
    if FOLDER in os.environ:
        return False
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="congtam-tests-")
    os.environ |= {"DATABASE_URL": _server().url, "CONGTAM_SITE": str(_folder() / "site")}
    return True


def end() -> None:
    """Stop the server, if a test started it, wait until it has stopped, and throw everything away."""
    _server().stop()
    shutil.rmtree(_folder())


def empty(name: str) -> str:
    """The address of a new database with nothing in it. What was there under this name is gone."""
    with _alone():
        return _made(name, "template1")


def copy(name: str) -> str:
    """The address of a new database with our tables, as empty as after the migrations."""
    with _alone():
        _start()
        if not _exists(MIGRATED):
            _migrate(_made("migrating", "template1"))
            _told("ALTER DATABASE migrating RENAME TO migrated")
        return _made(name, MIGRATED)


def clear() -> None:
    """Take away what tests committed to the connected database, past the triggers that keep history; whoever still
    writes is waited for. Tables that hold nothing are left alone: to truncate them all takes half a second."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = sorted(set(names) - set(OF_MIGRATIONS))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)}")
        cursor.execute(f"SELECT {', '.join(f'EXISTS (SELECT FROM {table})' for table in tables)}")
        filled = [table for table, some in zip(tables, cursor.fetchone(), strict=True) if some]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is made by whoever asks first, and stays until the end."""
    with _alone():
        if not (_folder() / name).exists():
            make(_folder() / "making")
            (_folder() / "making").rename(_folder() / name)
    return _folder() / name


def _migrate(url: str) -> None:
    known, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], "migrating"
    connection.close()
    migrate(url)
    connection.close()
    connection.settings_dict["NAME"] = known


def _made(name: str, template: str) -> str:
    _start()
    _told(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _told(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return _server().url.replace("/postgres?", f"/{name}?")


def _exists(name: str) -> bool:
    with psycopg.connect(_server().url) as session:
        return session.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _told(statement: str) -> None:
    with psycopg.connect(_server().url, autocommit=True) as session:
        session.execute(statement)


def _start() -> None:
    server = _server()
    if server.pid is None:
        server.start()
        for setting in SETTINGS:
            _told(f"ALTER SYSTEM SET {setting}")
        _told("SELECT pg_reload_conf()")


def _server() -> Packaged:
    return Packaged(_folder() / "postgres")


def _folder() -> Path:
    return Path(os.environ[FOLDER])


@contextmanager
def _alone() -> Iterator[None]:
    with (_folder() / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
