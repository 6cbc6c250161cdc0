"""A database as a whole: whether it is empty, what each table holds, and how it is carried to another."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from congtam.serving.packaged import programs, with_tls

PASSING = ("django_session",)  # who is signed in now is not carried along
_HEAD = 100  # lines of a script before its first data
_NEWER = "SET transaction_timeout"  # PostgreSQL 16 does not know it yet
_SAME_TEXT = "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex'"
_EMPTY_TYPES = "'e', 'd', 'c', 'r'"  # enumerations, domains, composites, ranges


class NotCarried(RuntimeError):  # noqa: N818
    """A dump or a restore failed; the message holds what PostgreSQL said."""


@dataclass(frozen=True)
class Content:
    """What a table holds: how many rows, and the digest of all of them in the order of their key."""

    rows: int
    digest: str


def tables_of(url: str) -> list[str]:
    """The tables there are, in alphabetical order; none: the database is empty."""
    with psycopg.connect(url) as connection:
        return _tables(connection)


@contextmanager
def frozen(url: str) -> Iterator["psycopg.Connection"]:
    """A session that sees the database as it is now, whatever happens meanwhile."""
    with psycopg.connect(url) as connection:
        connection.execute(_SAME_TEXT)
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection


def contents(connection: "psycopg.Connection") -> dict[str, Content]:
    """What each table holds, by its name."""
    return {table: _content(connection, table) for table in _tables(connection) if table not in PASSING}


def differing(one: dict[str, Content], other: dict[str, Content]) -> list[str]:
    """The tables that do not hold the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def dump(url: str, connection: "psycopg.Connection", to: Path) -> None:
    """Write the database as `connection` sees it, in PostgreSQL's own format. Raises `NotCarried`."""
    snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert snapshot is not None
    command = [str(programs() / "pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--schema=public"]
    command += [f"--snapshot={snapshot[0]}", f"--file={to}", *(f"--exclude-table-data={one}" for one in PASSING)]
    done = subprocess.run(command, env=environment(url), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotCarried(done.stderr.strip())


def restore(dumped: Path, url: str, *, replace: bool = False) -> None:
    """Fill a database from a dump, in one transaction: all of it or nothing. `replace`: what is there goes first.

    Raises `NotCarried`; the database is then as before.
    """
    reader = [str(programs() / "pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(dumped)]
    writer = [str(programs() / "psql"), "--no-psqlrc", "--quiet", "--single-transaction"]
    writer += ["--set=ON_ERROR_STOP=1", "--output", os.devnull]
    first = _removal(url) if replace else ""
    with (
        subprocess.Popen(reader, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as script,
        subprocess.Popen(writer, env=environment(url), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as filled,
    ):
        assert script.stdout is not None
        assert filled.stdin is not None
        assert filled.stderr is not None
        assert script.stderr is not None
        try:
            filled.stdin.write(first.encode())
            for number, line in enumerate(script.stdout):
                if number > _HEAD or not line.startswith((_NEWER.encode(), b"CREATE SCHEMA public;")):
                    filled.stdin.write(line)
            filled.stdin.close()
        except BrokenPipeError:
            script.kill()
        said = filled.stderr.read().decode(errors="replace") + script.stderr.read().decode(errors="replace")
    if filled.returncode or script.returncode:
        raise NotCarried(said.strip())


def remove_everything(url: str) -> None:
    """Take all our tables, with all they hold, out of a database."""
    with psycopg.connect(url) as connection:
        connection.execute(_removal(url).encode())


def environment(url: str) -> dict[str, str]:
    """The environment in which PostgreSQL's programs find a database, by TLS where it asks for that; so that no
    password stands in a command line."""
    names = {one.keyword.decode(): one.envvar.decode() for one in Conninfo.get_defaults() if one.envvar}
    told = {names[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in names}
    return {**os.environ, **with_tls(), **told}


def _tables(connection: "psycopg.Connection") -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [str(name) for (name,) in found]


def _content(connection: "psycopg.Connection", table: str) -> Content:
    key = connection.execute(
        "SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(number, place), pg_attribute a"
        " WHERE i.indrelid = to_regclass(%s) AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = k.number"
        " ORDER BY k.place",
        [f'public."{table}"'],
    ).fetchall()
    order = sql.SQL(", ").join(sql.Identifier(name) for (name,) in key) if key else sql.SQL("1")
    told, rows = hashlib.sha256(), 0
    query = sql.SQL("COPY (SELECT * FROM {} ORDER BY {}) TO STDOUT").format(sql.Identifier(table), order)
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for block in copy:
            told.update(block)
            rows += bytes(block).count(b"\n")
    return Content(rows, told.hexdigest())


def _removal(url: str) -> str:
    """Statements that take out all tables, sequences, functions and types of ours."""
    asked = (
        "SELECT format('DROP TABLE IF EXISTS public.%I CASCADE;', tablename) FROM pg_tables WHERE schemaname='public'",
        "SELECT format('DROP SEQUENCE IF EXISTS public.%I CASCADE;', sequencename) FROM pg_sequences"
        " WHERE schemaname = 'public'",
        "SELECT format('DROP FUNCTION IF EXISTS %s CASCADE;', oid::regprocedure) FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'",
        "SELECT format('DROP TYPE IF EXISTS %s CASCADE;', t.oid::regtype) FROM pg_type t"
        " LEFT JOIN pg_class c ON c.oid = t.typrelid"
        f" WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ({_EMPTY_TYPES})"
        " AND (t.typrelid = 0 OR c.relkind = 'c')",
    )
    with psycopg.connect(url) as connection:
        return "".join(f"{line}\n" for query in asked for (line,) in connection.execute(query))
