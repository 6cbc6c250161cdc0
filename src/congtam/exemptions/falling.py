"""Which items fall into an incident, and for which stretch their clocks stand: those whose lead worked in its units."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from congtam.engine.periods import local_day
from congtam.orgs.queries import forebears_of, trees_under
from congtam.people.models import PostSpan, Spell
from congtam.people.queries import people_under

_HIT = """
WITH held AS (
    SELECT * FROM work_share share WHERE share.finished_at IS NULL AND share.unit_id = ANY(%(all)s)
    UNION ALL
    SELECT * FROM work_share share
    WHERE share.finished_at > %(first)s AND share.lasts_until >= %(first)s AND share.official_id = ANY(%(met)s)
), hit AS (
    SELECT share.item_id, min(share.received_at) AS received,
        max(CASE WHEN share.state = 'passed_on' THEN least(share.finished_at, %(until)s::timestamptz)
            ELSE %(until)s::timestamptz END) AS ends
    FROM held share
    WHERE share.role = 'lead' AND share.received_at < %(until)s::timestamptz
        AND (share.unit_id = ANY(%(units)s) OR share.unit_id = ANY(%(older)s) AND share.official_id = ANY(%(people)s))
        AND (%(items)s::bigint[] IS NULL OR share.item_id = ANY(%(items)s::bigint[]))
    GROUP BY share.item_id
), falling(item, since, until) AS (
    SELECT hit.item_id, greatest(%(first)s, CASE WHEN EXISTS (
            SELECT FROM work_share earlier WHERE earlier.item_id = hit.item_id AND earlier.role = 'lead'
                AND earlier.received_at < hit.received
        ) THEN hit.received ELSE standing.received_at END), nullif(hit.ends, 'infinity')
    FROM hit JOIN work_standing standing ON standing.item_id = hit.item_id
    WHERE standing.counts AND standing.state IN ('open', 'finished')
    UNION ALL
    SELECT standing.item_id, greatest(%(first)s, standing.received_at), nullif(%(until)s::timestamptz, 'infinity')
    FROM work_standing standing
    WHERE standing.unit_id = ANY(%(units)s) AND standing.state = 'open' AND standing.counts
        AND standing.received_at < %(until)s::timestamptz
        AND (%(items)s::bigint[] IS NULL OR standing.item_id = ANY(%(items)s::bigint[]))
        AND NOT EXISTS (SELECT FROM work_share share WHERE share.item_id = standing.item_id)
)
"""
_OPEN_END = "infinity"


@dataclass(frozen=True)
class Closed:
    """Units, with all below them, that are closed from `first` to before `until` (None: not over)."""

    units: tuple[int, ...]
    first: datetime
    until: datetime | None


def falling(closed: Closed, items: Collection[int] | None = None) -> dict[int, tuple[datetime, datetime | None]]:
    """The items that fall into a closure (of all, or of those named), each with the stretch for which its clock stands:
    from its beginning or their receipt, to its end or until they were passed on to somewhere else."""
    rows = _asked(_HIT + "SELECT item, since, until FROM falling", closed, items)
    return {item: (since, until) for item, since, until in rows}


def put_down(series: int, closed: Closed, items: Collection[int] | None = None) -> None:
    """Write down which items fall into the incident of a series; those that were written down already stay."""
    written = (
        "INSERT INTO exemptions_touched (series, item_id, seen) SELECT %(series)s, item, 0 FROM falling "
        "ON CONFLICT (series, item_id) DO NOTHING RETURNING 1"
    )
    _asked(_HIT + written, closed, items, series=series)


def counted(closed: Closed) -> tuple[int, int, int]:
    """How many items fall into a closure, how many people have a part in them, and how many of the items were due
    before it began and not finished by then: their deadlines stay."""
    asked = """
    SELECT count(DISTINCT falling.item), count(DISTINCT share.official_id),
        count(DISTINCT falling.item) FILTER (
            WHERE standing.due_at <= %(first)s AND coalesce(standing.finished_at, 'infinity') > standing.due_at)
    FROM falling JOIN work_standing standing ON standing.item_id = falling.item
    LEFT JOIN work_share share ON share.item_id = falling.item
    """
    [(items, people, late)] = _asked(_HIT + asked, closed)
    return items, people, late


def soonest(closed: Closed, count: int) -> list[int]:
    """Some of the items that fall into a closure: those whose deadlines come first after its beginning."""
    asked = """
    SELECT falling.item FROM falling JOIN work_standing standing ON standing.item_id = falling.item
    ORDER BY standing.due_at <= %(first)s, standing.due_at NULLS LAST, falling.item LIMIT %(count)s
    """
    return [item for (item,) in _asked(_HIT + asked, closed, count=count)]


def _asked(statement: str, closed: Closed, items: Iterable[int] | None = None, **more: Any) -> Sequence[Any]:
    first = local_day(closed.first)
    last = local_day(closed.until) if closed.until else first
    units = trees_under(closed.units, first) | trees_under(closed.units, last)
    older = forebears_of(units) - units
    posts = PostSpan.standing().filter(unit__in=units | older).values("post")
    asked = {
        "first": closed.first,
        "until": closed.until or _OPEN_END,
        "units": list(units),
        "older": list(older),
        "all": list(units | older),
        "met": list(Spell.standing().filter(post__in=posts).values_list("person", flat=True).distinct()),
        "people": list(people_under(units, first)) if older else [],
        "items": None if items is None else list(items),
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
