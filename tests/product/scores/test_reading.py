"""Reading in columns beside Django's connection: one connection for whoever reads many times, a new one where it was
lost."""

from time import monotonic

import pytest
from adbc_driver_manager import Error
from django.db import connection

from congtam.scores.reading import address, kept_open, reader

pytestmark = pytest.mark.django_db(transaction=True)


def backend() -> int:
    with reader(address()) as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchall()[0][0]


def backends() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return {pid for (pid,) in cursor.fetchall()}


def test_whoever_keeps_reading_reads_on_one_connection_that_is_closed_at_the_end() -> None:
    with kept_open():
        kept = backend()
        assert backend() == kept
        assert kept in backends()
    ends = monotonic() + 5
    while kept in backends():  # it takes a moment to go
        assert monotonic() < ends


def test_a_connection_lost_meanwhile_is_opened_anew() -> None:
    with kept_open():
        lost = backend()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [lost])
        assert backend() != lost


def test_after_a_failure_the_next_reader_begins_anew_and_nothing_written_stays() -> None:
    with kept_open():
        with pytest.raises(Error), reader(address()) as cursor:
            cursor.execute("CREATE TEMP TABLE left_over (n int)")
            cursor.execute("SELECT 1 / 0")
            cursor.fetchall()
        for _ in range(2):
            with reader(address()) as cursor:
                cursor.execute("CREATE TEMP TABLE left_over (n int)")
