"""Numbers of documents: from 01 on 1 January, one sequence for each agency, direction and year."""

from django.db import connection


def take_number(agency: int, direction: str, year: int) -> int:
    """The next number. Whoever else asks waits until the caller's transaction ends: when it is taken back, so is the
    number, and there is no gap. Raises `RuntimeError` outside of a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of its document")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO registers_counter AS counter (agency_id, direction, year, last) VALUES (%s, %s, %s, 1)
            ON CONFLICT (agency_id, direction, year) DO UPDATE SET last = counter.last + 1 RETURNING last
            """,
            [agency, direction, year],
        )
        return int(cursor.fetchone()[0])
