"""When a score must be looked at again though no record arrives: the next instant at which time alone may move it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from congtam.engine.expressions.nodes import Column, Compare, Minutes, Node, Sort, columns, walk
from congtam.engine.measuring.rows import Row
from congtam.engine.periods import local_day, start_of_day
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.scoring.rules import Rules
from congtam.scores.census import Census
from congtam.scores.scoring import Made

TICK = timedelta(microseconds=1)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
INSTANTS = {
    table: tuple(name for name, kind in kinds.items() if kind.sort is Sort.INSTANT and name != "as_of")
    for table, kinds in COLUMNS.items()
    if table != "fault"  # a fault that has not been found yet wakes its item
}


def next_instant(made: Iterable[Made], census: Census, as_of: datetime) -> datetime | None:
    """The first instant after `as_of` at which one of an official's scores may change by itself, inside its period."""
    return min((instant for one in made for instant in _of(one, census, as_of)), default=None)


def _of(made: Made, census: Census, as_of: datetime) -> Iterator[datetime]:
    subject, scorer = made.score.subject, made.scorer
    for table, names in INSTANTS.items():
        for row in scorer.subject_rows(subject, table):
            yield from _ahead(row, names, as_of)
    if step := _step(scorer.rules(subject)):
        yield _next(as_of, step)
    if day := census.enough_from(made.person, made.entry.card.model.minimum.working_days):
        yield start_of_day(day)


def _ahead(row: Row, names: Iterable[str], as_of: datetime) -> Iterator[datetime]:
    """The row's instants still ahead. What is exactly at `as_of` is over a moment later."""
    for name in names:
        instant = row[name]
        if instant is not None and instant >= as_of:
            yield instant if instant > as_of else as_of + TICK


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
    return any(
        isinstance(one, Column) and one.name == "as_of" for side in (node.left, node.right) for one in walk(side)
    )


def _next(as_of: datetime, step: timedelta) -> datetime:
    if step is DAY:
        return start_of_day(local_day(as_of) + DAY)
    return as_of + step
