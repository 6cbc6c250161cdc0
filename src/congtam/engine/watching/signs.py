"""What a sign is, and the scene that all seven patterns look at."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from congtam.engine.comparing.discoveries import RATE
from congtam.engine.facts.tables import Event, Facts
from congtam.engine.facts.work import Item, Share, Work
from congtam.engine.periods import Period
from congtam.engine.scoring.points import half_up
from congtam.engine.working_time import Calendar

MILLION = 1_000_000


class Pattern(StrEnum):
    """The seven patterns."""

    OVERLOADED = "overloaded_section"
    BOTTLENECK = "bottleneck"
    KIND_HEAD = "kind_head"
    LAST_MINUTE = "last_minute"
    REOPENS = "closes_and_reopens"
    SPLITS = "splits_tasks"
    NEGLECTS = "late_untouched"


class Look(StrEnum):
    """WORTH_A_LOOK (đáng xem): beyond what is usual. USUAL: not. CANNOT_TELL (chưa đủ dữ liệu): too few cases, or
    nothing to set it against."""

    WORTH_A_LOOK = "worth_a_look"
    USUAL = "usual"
    CANNOT_TELL = "cannot_tell"


class Measure(StrEnum):
    """What a figure counts."""

    SHARE = "share"  # part of one
    AMOUNT = "amount"  # converted amount (coefficient × weight) for each working day of each person
    MINUTES = "minutes"  # office minutes
    POINTS = "points"


_PER_ONE = {Measure.SHARE: 1, Measure.AMOUNT: 100 * MILLION, Measure.MINUTES: 1, Measure.POINTS: MILLION}


@dataclass(frozen=True, slots=True)
class Sign:
    """One pattern at one place. `subjects` are units or officials (`kind`; for a bottleneck two units: from, to).

    The figure is `numerator` / `denominator`: cases of cases; hundredths × millionths of converted amount for working
    days; minutes, or millionths of points, for cases. `n` cases stand behind it, `n_unknown` more lack a value,
    and `items` are those that raise it.
    `usual` is the same figure elsewhere, in millionths; `p_value` the chance of one so high were nothing unusual there.
    """

    pattern: Pattern
    kind: str
    subjects: tuple[str, ...]
    measure: Measure
    numerator: int
    denominator: int
    n: int
    look: Look
    usual: int | None = None
    p_value: float | None = None
    items: tuple[str, ...] = ()
    n_unknown: int = 0

    @property
    def figure(self) -> int | None:
        """The figure in millionths, half up; None without cases."""
        return per_million(self.measure, self.numerator, self.denominator)


def per_million(measure: Measure, numerator: int, denominator: int) -> int | None:
    """A numerator by a denominator as millionths of what the measure counts; None when there is nothing."""
    return half_up(Fraction(numerator * MILLION, denominator * _PER_ONE[measure])) if denominator else None


@dataclass(frozen=True)
class Scene:
    """What is looked at: work folded and facts as known (see `facts.known`), in a period, seen at `as_of`, which lies
    in it or at its end. Of the signs of one pattern called worth a look, at most `rate` are so by chance on average.
    Nothing is drawn at random."""

    work: Work
    facts: Facts
    calendar: Calendar = field(repr=False)
    period: Period
    as_of: datetime
    rate: float = RATE

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.item: item for item in self.work.items}

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """The shares that count: not excused."""
        return tuple(share for share in self.work.shares if share.excused_by is None)

    @cached_property
    def happened(self) -> dict[str, list[Event]]:
        """The events of each item that were not taken back and had happened by `as_of`, in order."""
        records = {seq for item in self.work.items for seq in item.records}
        found: dict[str, list[Event]] = defaultdict(list)
        for event in sorted(self.facts.events, key=lambda event: (event.at, event.seq)):
            if event.seq in records and event.at < self.as_of:
                found[event.item].append(event)
        return dict(found)

    def size(self, share: Share) -> int | None:
        """The converted amount of a share: coefficient in hundredths × weight; None where no coefficient is known."""
        coefficient = self.items[share.item].coefficient
        return None if coefficient is None else coefficient * share.weight
