"""The database keeps the plan of what every page asks, and a captured query is one query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congtam.audit.actions import note
from congtam.audit.models import EntryText
from congtam.history.actor import SYSTEM
from congtam.history.planned import AFTER, planned, rows_planned
from congtam.scores.known import cut

pytestmark = pytest.mark.django_db


def plans() -> int:
    """Statements whose plan this connection keeps."""
    like = "statement LIKE '%(SELECT max(seq) FROM work_event)%'"
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


def test_rows_are_those_that_django_reads() -> None:
    entry = note(SYSTEM, "system.backup", "backup", None, {"name": "tối", "sizes": [1, 2]})
    (row,) = rows_planned(EntryText, "WHERE entry_id = %(entry)s", {"entry": entry.pk})
    kept = EntryText.objects.get(entry=entry)
    assert (row.pk, row.body, bytes(row.salt)) == (kept.pk, kept.body, bytes(kept.salt))
    assert row.body["sizes"] == [1, 2]
    assert not row._state.adding and row._state.db == "default"
    assert rows_planned(EntryText, "WHERE entry_id = %(entry)s", {"entry": 0}) == []
