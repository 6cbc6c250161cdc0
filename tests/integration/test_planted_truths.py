"""Each planted truth shows in a plain figure of the folded work, and nothing like it shows where nothing is planted.

Two organisations of the same seed, one with the seven truths and one without, read back from their tables: the figures
know the facts and the fold only. The one without is then set beside the real log its lateness was fitted to, and
beside folded shares made in columns.
"""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from statistics import linear_regression, mean, median, pstdev

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from scipy.stats import ks_2samp

from congtam.engine.clock import ClockRule
from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.facts.known import known
from congtam.engine.facts.store import read_facts
from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Share, Work
from congtam.engine.periods import Period, local_day
from congtam.engine.watching.signs import Look, Scene
from congtam.engine.watching.watch import watch
from congtam.engine.working_time import Calendar
from congtam.simulate.days import shipped_calendar
from congtam.simulate.office import Order, make
from congtam.simulate.shares import make_shares
from congtam.simulate.truths import Pattern, Truth, read_truths

LOG = Path(__file__).parents[2].parent / "shared" / "data" / "receipt_wabo" / "receipt.csv.gz"
QUARTER = Period.parse("2026-Q3")
ORDER = Order(200, QUARTER.months(), 7)
Figures = dict[str, float]


@dataclass
class Office:
    """One organisation, folded at the end of the quarter."""

    facts: Facts
    work: Work
    truths: dict[Pattern, Truth]
    calendar: Calendar

    @cached_property
    def sections(self) -> dict[str, int]:
        """The sections, with how many officials were in each on the last day."""
        last = QUARTER.until - timedelta(days=1)
        here = [s for s in self.facts.spells if s.first <= last and (s.until is None or last < s.until)]
        return Counter(spell.unit for spell in here if spell.unit != spell.agency)

    @cached_property
    def leads(self) -> list[Share]:
        return [share for share in self.work.shares if share.role == "lead"]

    def of_official(self, figure: Callable[[list[Share]], float], among: Iterable[Share]) -> Figures:
        """A figure of each official who has at least ten such shares."""
        held: dict[str, list[Share]] = defaultdict(list)
        for share in among:
            held[share.official].append(share)
        return {official: figure(shares) for official, shares in held.items() if len(shares) >= 10}


def office(folder: Path, order: Order) -> Office:
    make(order, folder)
    facts = known(read_facts(folder))
    calendar = shipped_calendar()
    rule = ClockRule("given", {"vi": "hạn đã giao", "en": "given deadline"}, "working_days", supplement="subtract")
    work = fold(facts.events, QUARTER.end, clocks=Clocks(calendar, lambda *_: rule), spells=facts.spells)
    return Office(facts, work, {truth.pattern: truth for truth in read_truths(folder)}, calendar)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("planted") / "data", ORDER)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("plain") / "data", Order(200, QUARTER.months(), 7, ()))


def stands_out(figures: Figures, whom: str, times: float) -> bool:
    """Whether one figure is the largest, and so many times the second largest."""
    others = [figure for name, figure in figures.items() if name != whom]
    return figures[whom] >= times * max(others)


def open_work(of: Office) -> Figures:
    """Open shares per official of each section."""
    held = Counter(share.unit for share in of.work.shares if share.state == "open")
    return {unit: held[unit] / people for unit, people in of.sections.items()}


def waits(of: Office) -> Figures:
    """Median working days between the hand-over and its being taken up, for each pair of units with ten or more."""
    by_item: dict[str, list[Share]] = defaultdict(list)
    for share in of.leads:
        by_item[share.item].append(share)
    found: dict[str, list[float]] = defaultdict(list)
    for shares in by_item.values():
        given = {share.finished_at: share for share in shares if share.state == "passed_on"}
        for share in shares:
            before = given.get(share.received_at)
            if before and share.taken_up_at and before.unit != share.unit:
                minutes = of.calendar.working_minutes(share.received_at, share.taken_up_at)
                found[f"{before.unit} → {share.unit}"].append(minutes / 480)
    return {pair: median(days) for pair, days in found.items() if len(days) >= 10}


def kindness(of: Office) -> Figures:
    """Mean general mark beyond what goes with the share done in time, of those whom each head rates (four or more)."""
    timely = of.of_official(lambda own: mean(not share.is_late(QUARTER.end) for share in own), due(of))
    marks = [mark for mark in general_marks(of) if mark[1] in timely]
    slope, base = linear_regression([timely[who] for _, who, _ in marks], [points for _, _, points in marks])
    given: dict[str, list[float]] = defaultdict(list)
    for head, who, points in marks:
        given[head].append(points - base - slope * timely[who])
    return {head: mean(gaps) for head, gaps in given.items() if len(gaps) >= 12}


def general_marks(of: Office) -> list[tuple[str, str, float]]:
    """Who gave whom how many points of 30, once for each month."""
    return [
        (str(rating.by), rating.subject, rating.value / 1_000_000)
        for rating in of.facts.ratings
        if rating.criterion == "general" and rating.stage == "final" and rating.value
    ]


def spread(of: Office) -> Figures:
    """How far apart the general marks of one head lie."""
    given: dict[str, list[float]] = defaultdict(list)
    for head, _, points in general_marks(of):
        given[head].append(points)
    return {head: pstdev(marks) for head, marks in given.items() if len(marks) >= 12}


def due(of: Office) -> list[Share]:
    """Shares due in the quarter, those handed on left out."""
    return [
        share for share in of.leads if share.state != "passed_on" and share.due_at and QUARTER.contains(share.due_at)
    ]


def in_the_last_hour(of: Office) -> Figures:
    def was(share: Share) -> bool:
        left = share.due_at - share.finished_at if share.due_at and share.finished_at else timedelta(-1)
        return timedelta(0) <= left <= timedelta(hours=1)

    return of.of_official(lambda own: mean(was(share) for share in own), due(of))


def reopened(of: Office) -> Figures:
    items = {item.item: item.reopened for item in of.work.items}
    return of.of_official(lambda own: mean(items[share.item] > 0 for share in own), due(of))


def small_items(of: Office) -> Figures:
    """Items of each official per unit of coefficient: how finely their work is cut."""
    items = {item.item: item.coefficient or 100 for item in of.work.items}
    return of.of_official(lambda own: len(own) / sum(items[share.item] / 100 for share in own), due(of))


def moved_after_expiry(of: Office) -> Figures:
    items = {item.item: item.late_extensions for item in of.work.items}
    return of.of_official(lambda own: mean(items[share.item] > 0 for share in own), due(of))


def untouched(of: Office) -> Figures:
    """Share of the work that lay for ten working days past its deadline without any record."""
    at: dict[str, list] = defaultdict(list)  # type: ignore[type-arg]
    for event in of.facts.events:
        at[event.item].append(event.at)

    def lay(share: Share) -> bool:
        assert share.due_at
        end = share.finished_at or QUARTER.end
        touched = sorted(one for one in at[share.item] if share.due_at < one <= end)
        first = touched[0] if touched else end
        return end > share.due_at and of.calendar.working_days(local_day(share.due_at), local_day(first)) > 10

    return of.of_official(lambda own: mean(lay(share) for share in own), due(of))


def test_overloaded_section_has_far_more_open_work(planted: Office, plain: Office) -> None:
    (unit,) = planted.truths[Pattern.OVERLOADED].units
    assert stands_out(open_work(planted), unit, 1.3)
    assert not stands_out(open_work(plain), unit, 1)


def test_bottleneck_shows_as_a_wait_of_days_between_two_units(planted: Office, plain: Office) -> None:
    pair = " → ".join(planted.truths[Pattern.BOTTLENECK].units)
    assert waits(planted)[pair] > 3 and stands_out(waits(planted), pair, 3)
    assert waits(plain)[pair] < 1.2


def test_kind_head_rates_above_the_data_and_tells_nobody_apart(planted: Office, plain: Office) -> None:
    (head,) = planted.truths[Pattern.KIND_HEAD].officials
    assert stands_out(kindness(planted), head, 1.3) and kindness(planted)[head] - kindness(plain)[head] > 3
    assert spread(planted)[head] < spread(plain)[head]


def test_last_minute_closer_finishes_nearly_all_within_the_last_hour(planted: Office, plain: Office) -> None:
    (official,) = planted.truths[Pattern.LAST_MINUTE].officials
    assert in_the_last_hour(planted)[official] > 0.75 and stands_out(in_the_last_hour(planted), official, 2)
    assert in_the_last_hour(plain)[official] < 0.3


def test_who_reopens_has_the_largest_reopened_share(planted: Office, plain: Office) -> None:
    (official,) = planted.truths[Pattern.REOPENS].officials
    assert reopened(planted)[official] > 0.4 and stands_out(reopened(planted), official, 2)
    assert reopened(plain)[official] < 0.2


def test_split_work_is_many_items_of_little_weight(planted: Office, plain: Office) -> None:
    (official,) = planted.truths[Pattern.SPLITS].officials
    assert stands_out(small_items(planted), official, 1.5)
    assert not stands_out(small_items(plain), official, 1)
    count = Counter(share.official for share in due(planted))
    assert count[official] > 2 * median(count.values())


def test_late_work_left_or_moved_after_expiry_shows_both_ways(planted: Office, plain: Office) -> None:
    (official,) = planted.truths[Pattern.NEGLECTS].officials
    for figure in (moved_after_expiry, untouched):
        assert figure(planted)[official] > 0.2 and stands_out(figure(planted), official, 1.5), figure
        assert figure(plain)[official] < 0.12, figure


def test_the_seven_are_told_beside_the_data_and_none_where_none_is_planted(planted: Office, plain: Office) -> None:
    assert set(planted.truths) == set(Pattern) and plain.truths == {}


def test_every_truth_is_worth_a_look_and_nothing_is_where_nothing_is_planted(planted: Office, plain: Office) -> None:
    def worth_a_look(of: Office) -> set[tuple[str, tuple[str, ...]]]:
        signs = watch(Scene(of.work, of.facts, of.calendar, QUARTER, QUARTER.end))
        return {(sign.pattern.value, sign.subjects) for sign in signs if sign.look is Look.WORTH_A_LOOK}

    told = {(truth.pattern.value, truth.units or truth.officials) for truth in planted.truths.values()}
    assert worth_a_look(planted) >= told and len(worth_a_look(planted)) <= len(told) + 1
    assert len(worth_a_look(plain)) <= 1


@pytest.mark.skipif(not LOG.is_file(), reason=f"the real log is not on this machine ({LOG})")
def test_folded_lateness_is_distributed_as_in_the_real_log(plain: Office) -> None:
    cases = {}
    with gzip.open(LOG, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cases[row["case:concept:name"]] = row
    real = []
    for row in cases.values():
        if row["case:enddate"]:
            moments = (row[f"case:{name}"] for name in ("startdate", "deadline", "enddate"))
            start, deadline, end = map(datetime.fromisoformat, moments)
            real.append((end - start) / (deadline - start))
    minutes = plain.calendar.working_minutes
    made = [
        minutes(share.received_at, share.finished_at or QUARTER.end) / minutes(share.received_at, share.due_at)
        for share in due(plain)
        if share.due_at and minutes(share.received_at, share.due_at)
    ]
    assert ks_2samp(made, real).statistic < 0.05
    assert sum(pace > 1 for pace in made) / len(made) == pytest.approx(377 / 1329, abs=0.03)


def test_shares_made_in_columns_are_like_those_folded_from_events(plain: Office, tmp_path: Path) -> None:
    make_shares(200, 20_000, QUARTER, 7, tmp_path / "shares")
    columns = pq.read_table(tmp_path / "shares" / "share.parquet", columns=["role", "state", "coefficient", "due_at"])
    made = columns.filter(pc.less(columns["due_at"], QUARTER.end.replace(tzinfo=None)))
    folded = [share for share in plain.work.shares if share.due_at and share.due_at < QUARTER.end]
    items = {item.item: item.coefficient or 100 for item in plain.work.items}
    for column, of_share in (
        ("role", lambda share: ("lead", "support").index(share.role) == 1),
        ("state", lambda share: share.state == "passed_on"),
    ):
        part = pc.mean(pc.equal(made[column], 1 if column == "role" else 2)).as_py()
        assert part == pytest.approx(mean(of_share(share) for share in folded), abs=0.03), column
    coefficient = mean(items[share.item] for share in folded)
    assert pc.mean(made["coefficient"]).as_py() == pytest.approx(coefficient, rel=0.1)
