"""What is kept, one thing at a time, and how kinds of things are asked for and erased."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from congtam.engine.rulebook.model import Text

Counts = dict[str, int]  # model.column → how many were erased


@dataclass(frozen=True)
class Thing:
    """One thing that is kept. `key` within its kind; `since`: the last day of its life, from which its term is counted
    (None: it has not ended); `digest`: of the file or seal it is; `persons`: whom it is about; `period`: of which it
    tells."""

    key: str
    said: Text
    since: date | None
    digest: str = ""
    persons: frozenset[int] = field(default=frozenset())
    period: str = ""


@dataclass(frozen=True)
class Asked:
    """Which things of an agency are asked for: those that ended before an instant, or some by their keys,
    whether they ended or not."""

    agency: int
    before: datetime | None = None
    keys: Collection[str] | None = None


@dataclass(frozen=True)
class By:
    """By which decision things are erased, and when. `last`: what no transaction brings back, done right before its
    commit."""

    number: str
    now: datetime
    last: list[Callable[[], None]] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is kept. `counted_from`: what its years are counted from; `erased`: what goes and what
    stays; `find`: things that were asked for; `erase`: one by its key, inside `erasing()`; `hindrances`: by key, why
    some may not be erased now, whatever was ordered; `lasting`: one can be found by its key for ever, so what is not
    found is not erased either."""

    title: Text
    counted_from: Text
    erased: Text
    find: Callable[[Asked], list[Thing]]
    erase: Callable[[str, By], Counts]
    hindrances: Callable[[Collection[Thing], datetime], dict[str, Text]] = lambda things, now: {}
    lasting: bool = False


def numbers(asked: Asked) -> list[int] | None:
    """The keys that were asked for, as numbers; None: all."""
    return None if asked.keys is None else [int(one) for one in asked.keys]


def told(counts: Mapping[str, int]) -> Counts:
    """Only what there was of."""
    return {name: count for name, count in counts.items() if count}
