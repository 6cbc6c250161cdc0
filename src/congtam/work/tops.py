"""The first few shares of each group, and how many there are: for pages that show groups side by side."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from congtam.work.models import Share

_TOPS = """
SELECT grouped, n, share FROM (
    SELECT grouped, share, count(*) OVER (PARTITION BY grouped) AS n,
        row_number() OVER (PARTITION BY grouped ORDER BY pressing, due_at NULLS LAST, share) AS place
    FROM ({shares}) AS told (share, grouped, pressing, due_at) WHERE grouped IS NOT NULL) placed
WHERE place <= %s ORDER BY place
"""


@dataclass
class Top:
    """Of one group: how many shares there are, and the numbers of the first, what presses most before all else."""

    count: int = 0
    shares: list[int] = field(default_factory=list)


def tops(shares: QuerySet[Share], by: str, most: int) -> dict[Hashable, Top]:
    """The first `most` shares of each value of the annotation `by` (None: in no group), of shares as `lists.found`
    gives them. One statement, whatever there is; what lists show beside a share is worked out for none of them.

    The windows stand around the statement and not in it: Django would write everything told of a share out again for
    each of them, which takes longer than all the rest of a page."""
    try:
        told, given = shares.order_by().values_list("pk", by, "pressing", "due_at").query.sql_with_params()
    except EmptyResultSet:  # filters that nothing can meet
        return {}
    groups: dict[Hashable, Top] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TOPS.format(shares=told), [*given, most])
        for group, count, share in cursor.fetchall():
            groups.setdefault(group, Top(count)).shares.append(share)
    return groups
