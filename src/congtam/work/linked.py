"""Items said to be the same work: they are folded together, so whoever reads one needs the others."""

from collections.abc import Iterable

from django.db import connection


def linked(items: Iterable[int]) -> set[int]:
    """The items and all that a chain of `same_as` joins to them, also where one was taken back since."""
    found = set(items)
    new = found
    while new:
        new = _neighbours(new) - found
        found |= new
    return found


def _neighbours(items: set[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT value::bigint FROM work_event WHERE activity = 'same_as' AND item_id = ANY(%s)
            UNION SELECT item_id FROM work_event WHERE activity = 'same_as' AND value = ANY(%s)
            """,
            [list(items), [str(item) for item in items]],
        )
        return {item for (item,) in cursor.fetchall()}
