"""Rows packed by hand arrive as the driver would have written them, and texts as they are."""

from datetime import UTC, datetime, timedelta, timezone
from struct import pack

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.history.copying import copy_in, json, microseconds, number, numbers, text, texts
from congtam.intake.spelling import JSON

pytestmark = pytest.mark.django_db

BIG = st.integers(-(2**63), 2**63 - 1)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "\\N", "\\", "a\tb", "a\nb", "\\.", '"', "{}", "NULL", "Phòng 2", "\U0001f600"]
)
OFFSETS = st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3, minutes=-30))])
INSTANTS = st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1), timezones=OFFSETS)  # noqa: DTZ001 (they get one)
ROWS = st.lists(
    st.tuples(BIG, BIG | st.none(), TEXTS, INSTANTS, st.dictionaries(TEXTS, TEXTS | BIG, max_size=3)), max_size=5
)
many = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE packed (a bigint, b bigint, c varchar(40), d timestamptz, e jsonb)")
        cursor.execute("CREATE TEMP TABLE written (LIKE packed)")


@given(ROWS)
@many
def test_rows_are_those_that_the_driver_writes(table: None, rows: list[tuple]) -> None:
    def packed(a: int, b: int | None, c: str, d: datetime, e: dict) -> bytes:
        start = pack(">hiq", 5, 8, a) + number(b) + text(c)
        return start + number(microseconds(d)) + json(JSON.encode(e).encode())

    copy_in("packed", "a, b, c, d, e", [packed(*row) for row in rows])
    with connection.cursor() as cursor:
        with cursor.copy("COPY written (a, b, c, d, e) FROM STDIN") as copy:
            for *row, said in rows:
                copy.write_row((*row, JSON.encode(said)))
        found = []
        for name in ("packed", "written"):
            cursor.execute(f"SELECT a, b, c, d, e::text FROM {name}")
            found.append(cursor.fetchall())
            cursor.execute(f"TRUNCATE {name}")
    assert found[0] == found[1]
    assert [one[:4] for one in found[0]] == [row[:4] for row in rows]


@given(st.lists(TEXTS, max_size=4), st.lists(BIG, max_size=4))
@many
def test_arrays_hold_what_was_said(db: None, words: list[str], counts: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[], %s::bigint[]", [texts(words), numbers(counts)])
        assert cursor.fetchone() == (words, counts)
