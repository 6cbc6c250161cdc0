"""When a score must be looked at again though no record arrives: the next instant at which time alone may move it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection

from congtam.engine.expressions.nodes import Column, Compare, Minutes, Node, columns, walk
from congtam.engine.periods import local_day, start_of_day
from congtam.engine.scoring.rules import Rules
from congtam.scores.census import Census
from congtam.scores.scoring import Made

TICK = timedelta(microseconds=1)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def next_deadlines(persons: Collection[int], as_of: datetime) -> dict[int, datetime]:
    """The first deadline or appointment ahead, by official: of their shares, of the items, and of all who share these.
    One that is exactly at `as_of` is over a moment later."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT share.official_id, min(ahead.at)
            FROM work_share share CROSS JOIN LATERAL unnest(share.deadlines) ahead (at)
            WHERE share.official_id = ANY(%(people)s) AND share.lasts_until >= %(as_of)s AND ahead.at >= %(as_of)s
            GROUP BY share.official_id
            """,
            {"people": list(persons), "as_of": as_of},
        )
        return {person: at if at > as_of else as_of + TICK for person, at in cursor.fetchall()}


def next_by_rule(made: Iterable[Made], census: Census, as_of: datetime) -> datetime | None:
    """The next instant at which one of an official's scores may change though no deadline passes: enough days worked,
    or a rule that counts time up to now."""
    return min((instant for one in made for instant in _of(one, census, as_of)), default=None)


def _of(made: Made, census: Census, as_of: datetime) -> Iterator[datetime]:
    if instant := next_step(made.scorer.rules(made.score.subject), as_of):
        yield instant
    if day := census.enough_from(made.person, made.entry.card.model.minimum.working_days):
        yield start_of_day(day)


def next_step(rules: Rules, as_of: datetime) -> datetime | None:
    """The next instant at which rules that count time up to now must be asked anew; None when they do not."""
    step = _step(rules)
    if step is None:
        return None
    return start_of_day(local_day(as_of) + DAY) if step is DAY else as_of + step


@lru_cache(maxsize=256)
def _step(rules: Rules) -> timedelta | None:
    """How often rules must be asked anew because they count time up to now; None when they only compare instants."""
    nodes = [one for rule in rules.over_rows.values() for root in rule.indicator.nodes.values() for one in walk(root)]
    if any(isinstance(one, Minutes) and "as_of" in columns(one) for one in nodes):
        return MINUTE
    return DAY if any(_by_day(one) for one in nodes) else None


def _by_day(node: Node) -> bool:
    """Whether it compares the day of now with a day."""
    if not isinstance(node, Compare) or node.left.type.sort == node.right.type.sort:
        return False
    sides = (one for side in (node.left, node.right) for one in walk(side))
    return any(isinstance(one, Column) and one.name == "as_of" for one in sides)
