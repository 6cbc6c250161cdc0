"""What one evaluation is asked, and what it answers."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Fault, Item, Share, Work
from congtam.engine.periods import Period, local_day
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.engine.scoring.population import GroupCap
from congtam.engine.scoring.subject import Related, Score, SubjectScorer
from congtam.engine.working_time import Calendar


@dataclass(frozen=True)
class Asked:
    """What one evaluation is asked: the period, the instant it is seen from (never later than the period's end), what
    was known then (None: everything), parameters changed (`overrides`), and scorecards scored
    `beside` this one, whose grades leaders here may read.

    `without` and `if_good` name items to be left out, or imagined done well: what-if questions.
    `trial` lets a rulebook speak of a period it is not in force for; the result says so.
    """

    period: Period
    as_of: datetime
    known_at: datetime | None = None
    seq: int | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[tuple[Rulebook, str], ...] = ()
    trial: bool = False
    without: frozenset[str] = frozenset()
    if_good: frozenset[str] = frozenset()

    @property
    def until(self) -> date:
        """The first day not yet over as the work is seen."""
        return min(self.period.until, local_day(self.as_of))


class Opened(NamedTuple):
    """One item with everything folded onto it."""

    item: Item
    shares: tuple[Share, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Run:
    """The scores of one evaluation, by subject, with what it was computed from."""

    rulebook: Rulebook
    card: BoundScorecard
    asked: Asked
    facts: Facts
    calendar: Calendar
    scores: Mapping[str, Score]
    related: Mapping[str, Related]
    work: Work
    scorer: SubjectScorer
    caps: tuple[GroupCap, ...] = ()
    trial: bool = False

    @property
    def live(self) -> bool:
        """Whether the period was still running when it was seen: figures are provisional (tạm tính)."""
        return self.asked.as_of < self.asked.period.end

    @cached_property
    def digests(self) -> tuple[str, str]:
        """The digests of the rulebook's meaning and of its wording."""
        return meaning_digest(self.rulebook), wording_digest(self.rulebook)

    @cached_property
    def last_seq(self) -> int:
        """The number of the last event that was known."""
        return max((event.seq for event in self.facts.events), default=0)

    @cached_property
    def sources(self) -> Mapping[int, str]:
        """Where each known event came from, by its number."""
        return {event.seq: event.source for event in self.facts.events if event.source}

    @cached_property
    def opened(self) -> Mapping[str, Opened]:
        """Each item with its shares and faults."""
        shares, faults = defaultdict(list), defaultdict(list)
        for share in self.work.shares:
            shares[share.item].append(share)
        for fault in self.work.faults:
            faults[fault.item].append(fault)
        return {item.item: Opened(item, tuple(shares[item.item]), tuple(faults[item.item])) for item in self.work.items}
