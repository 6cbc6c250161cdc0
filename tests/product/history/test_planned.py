"""The database keeps the plan of what every page asks, and a captured query is one query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congtam.history.planned import AFTER, planned
from congtam.scores.known import cut

pytestmark = pytest.mark.django_db


def plans() -> int:
    """Statements whose plan this connection keeps."""
    like = "statement LIKE '%greatest((SELECT max(seq)%'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM pg_prepared_statements WHERE {like}")
        return int(cursor.fetchone()[0])


def test_the_plan_is_kept_from_the_third_time_on() -> None:
    for _ in range(AFTER + 1):
        cut()
    assert plans() == 1


def test_what_is_planned_is_counted_and_takes_values_beside_its_text() -> None:
    with CaptureQueriesContext(connection) as queries, planned() as cursor:
        cursor.execute("SELECT %(text)s::text, %(number)s::bigint + 1", {"text": "'; --", "number": 1})
        assert cursor.fetchone() == ("'; --", 2)
    assert len(queries) == 1
