"""From an order to a folder of contract tables, as a stream: one section's work after the other."""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from congtam.engine.facts.store import TableWriter
from congtam.engine.facts.tables import TABLES, Decision
from congtam.engine.findings import unusable
from congtam.engine.periods import Period, start_of_day
from congtam.simulate.days import Workdays, local, month_first, months
from congtam.simulate.marks import ratings_of_month
from congtam.simulate.office.cast import Cast, cast
from congtam.simulate.office.names import ABOVE
from congtam.simulate.office.planting import plant
from congtam.simulate.office.spool import Spool, add_all
from congtam.simulate.plan import World, arrivals
from congtam.simulate.truths import Pattern, Planted, Truth, write_truths
from congtam.simulate.work import told

FEWEST, MOST_MONTHS = 10, 60
BEFORE, AFTER = 1, 400  # months of earlier arrivals, so that work is carried over; days in which slow work ends
DIGITS = 5  # of an item's number in its section
SCORECARD = "vn/national/decree-335-2025#civil_servant_month"


@dataclass(frozen=True)
class Order:
    """What to make: how many officials, in how many sections (None: of about 12), over which whole months."""

    officials: int
    months: tuple[Period, ...]
    seed: int
    patterns: Collection[Pattern] = tuple(Pattern)
    sections: int | None = None

    @property
    def first(self) -> date:
        return self.months[0].first

    @property
    def until(self) -> date:
        return self.months[-1].until


@dataclass(frozen=True)
class Step:
    """How far the making is: sections told of all, and events so far."""

    sections: int
    of: int
    events: int


@dataclass(frozen=True)
class Made:
    """What was made: rows of each table, units, staff kinds, and the truths planted."""

    rows: dict[str, int]
    units: int
    staff_kinds: tuple[str, ...]
    truths: tuple[Truth, ...]


def make(order: Order, folder: Path, tell: Callable[[Step], None] = lambda step: None) -> Made:
    """Write the tables of an invented organisation into a new or empty folder, all of them or nothing.

    The same order gives the same bytes. Everything is as known at the end of the last month. Raises `Unusable` for an
    order that cannot be filled and a folder in use.
    """
    _check(order, folder)
    people = cast(order.officials, order.sections, order.seed, month_first(order.first, -BEFORE), order.until)
    truths = plant(people, order.patterns, order.seed, order.first, order.until)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.", ignore_cleanup_errors=True) as name:
        spooled, whole = Path(name) / "spool", Path(name) / "whole"
        spooled.mkdir()
        whole.mkdir()
        spool = Spool(spooled)
        named = _tell_all(order, people, Planted(truths), spool, whole, tell)
        rows = spool.pour(whole, start_of_day(order.until))
        write_truths(truths, whole)
        whole.replace(folder)
    kinds = tuple(sorted({spell.staff_kind for spell in people.organisation.spells}))
    return Made({**rows, "name": named}, len(people.organisation.records.units), kinds, truths)


def _check(order: Order, folder: Path) -> None:
    if order.officials < FEWEST:
        raise unusable("too-few-officials", f"{order.officials} officials make no organisation", f"ask for {FEWEST}")
    if not 1 <= len(order.months) <= MOST_MONTHS:
        raise unusable("too-many-months", f"{len(order.months)} months", f"ask for 1 to {MOST_MONTHS} whole months")
    if order.sections is not None and not 1 <= order.sections <= order.officials // 4:
        raise unusable(
            "bad-sections",
            f"{order.officials} officials cannot be spread over {order.sections} sections",
            f"ask for 1 to {order.officials // 4}, or leave --sections out",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise unusable("folder-in-use", f"{folder} is not empty", "choose a new folder")


def _tell_all(
    order: Order, people: Cast, planted: Planted, spool: Spool, folder: Path, tell: Callable[[Step], None]
) -> int:
    """Spool the rows of every table and write the names as they come; how many names."""
    organisation = people.organisation
    first = month_first(order.first, -BEFORE)
    days = Workdays.between(first - timedelta(days=7), order.until + timedelta(days=AFTER))
    end = start_of_day(order.until)
    for table, rows in (
        ("spell", organisation.records.spells),
        ("absence", organisation.records.absences),
        ("unit", organisation.records.units),
        ("decision", _decisions(order, people, days)),
    ):
        add_all(spool, table, rows)
    for month in order.months:
        rng = Random(f"{order.seed} ratings {month.first}")
        add_all(spool, "rating", ratings_of_month(organisation, days, month.first, rng, planted))
    events, named = 0, len(organisation.records.names)
    with closing(TableWriter(folder, TABLES["name"])) as names:
        for name in organisation.records.names:
            names.write(name)
        for done, (section, officials) in enumerate(people.sections.items(), start=1):
            world = World(f"-{section}", days, organisation, Random(f"{order.seed} work {section}"), planted)
            plans = (
                plan
                for start, last in months(first, order.until - timedelta(days=1))
                for plan in arrivals(world, officials, start, last)
            )
            for happened, title in told(world, plans, DIGITS):
                known = [event for event in happened if event.recorded_at < end]
                add_all(spool, "event", known)
                events += len(known)
                if known:
                    names.write(title)
                    named += 1
            tell(Step(done, len(people.sections), events))
    return named


def _decisions(order: Order, people: Cast, days: Workdays) -> Iterator[Decision]:
    """Somebody above grades each agency for each month, on the second working day of the next; the first one told is
    the month before the order's."""
    rng = Random(f"{order.seed} decisions")
    agencies = sorted({unit.agency for unit in people.organisation.records.units})
    for month in (order.months[0].previous(), *order.months):
        recorded: datetime = local(days.days[days.index(month.until) + 1], 10)
        for number, agency in enumerate(agencies, start=1):
            yield Decision(
                seq=0,
                recorded_at=recorded,
                subject=agency,
                scorecard=SCORECARD,
                period=month.label,
                matter="grade",
                outcome="excellent" if rng.random() < 0.2 else "good",
                by=ABOVE,
                number=f"{number:03d}/QĐ-XL-{month.label}",
            )
