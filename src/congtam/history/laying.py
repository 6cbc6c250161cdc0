"""Laying a dated fact over those that stand: they end the day before, by corrected rows; nothing is rewritten."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.history.actor import Actor
from congtam.history.dated import Fact
from congtam.history.sequence import take

AFact = TypeVar("AFact", bound=Fact)


def stretch(first: date, until: date | None) -> DateRange:
    """The days from `first` up to, and without, `until` (None: open)."""
    return DateRange(first, until)


def put(actor: Actor, new: AFact, *, instead_of: Fact | None = None) -> AFact:
    """Write a new fact; with `instead_of`, as the correction that takes that row's place. Inside `in_order()`."""
    [new.seq] = take(1)
    if instead_of is not None:
        _close(instead_of, new.seq)
    new.recorded_by = actor.account
    new.save(force_insert=True)
    return new


def withdraw(row: Fact) -> int:
    """Take a standing row back without putting another in its place; the number of the withdrawal."""
    [seq] = take(1)
    _close(row, seq)
    return seq


def lay(actor: Actor, new: AFact, over: Iterable[AFact]) -> AFact:
    """Write `new` over the standing rows of the same key: each keeps the days `new` does not take.

    An open `new` reaches up to the next row that begins later, so that what is already planned stays.
    """
    standing = sorted(over, key=lambda row: row.days.lower)
    first, until = new.days.lower, new.days.upper
    if until is None:
        until = next((row.days.lower for row in standing if row.days.lower > first), None)
        new.days = stretch(first, until)
    touched = [row for row in standing if _overlap(row.days, new.days)]
    [seq] = take(1)
    for row in touched:
        left = [days for days in (_before(row.days, first), _after(row.days, until)) if days is not None]
        _close(row, take(1)[0] if left else seq)
        for number, days in enumerate(left):
            kept = _copy(row, days)
            kept.seq = row.replaced_by if number == 0 else take(1)[0]
            kept.recorded_by = actor.account
            kept.save(force_insert=True)
    new.seq = seq
    new.recorded_by = actor.account
    new.save(force_insert=True)
    return new


def _close(row: Fact, seq: int) -> None:
    row.replaced_by = seq
    row.save(update_fields=["replaced_by"])


def _copy(row: AFact, days: DateRange) -> AFact:
    kept = ("seq", "recorded_at", "recorded_by", "replaced_by", "days")
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.name not in kept}
    return type(row)(**values, days=days)


def _overlap(one: DateRange, other: DateRange) -> bool:
    return (one.upper is None or other.lower < one.upper) and (other.upper is None or one.lower < other.upper)


def _before(days: DateRange, first: date) -> DateRange | None:
    return stretch(days.lower, first) if days.lower < first else None


def _after(days: DateRange, until: date | None) -> DateRange | None:
    return stretch(until, days.upper) if until is not None and (days.upper is None or until < days.upper) else None
