"""A full run gives everyone of the demo department what row by row gives them."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

import congtam
from congtam.engine.calendars import Calendar, load_calendar
from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import Unusable
from congtam.engine.measuring.columnar import Snapshot
from congtam.engine.measuring.sql.run import Source
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.full_run import full_run
from congtam.engine.scoring.run import evaluate
from congtam.simulate.demo import build_demo

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
CARDS = [
    ("vn/national/decree-335-2025", "civil_servant_month", "2026-10", 2),
    ("vn/national/decree-335-2025", "civil_servant_month", "2026-11", 2),
    ("vn/national/decree-233-2026", "public_employee_month", "2026-09", 2),
    ("vn/hue/dost-monthly-2025", "official_month", "2026-10", 2),
    ("vn/hue/dost-monthly-2025", "unit_month", "2026-10", 1),
]
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@cache
def facts() -> Facts:
    return known(build_demo(date(2026, 11, 22)))


@cache
def calendar() -> Calendar:
    return load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known(None)


def snapshot(identity: str, as_of: datetime) -> Snapshot:
    book = load_rulebook(Library(SHIPPED), identity)
    _, rows = Folds(facts()).of(book, Asked(Period.parse("2026-10"), as_of), calendar())
    return Snapshot.of(rows, as_of)


@pytest.mark.parametrize(("identity", "card", "month", "tables"), CARDS)
def test_a_full_run_agrees_with_row_by_row(identity: str, card: str, month: str, tables: int, tmp_path: Path) -> None:
    book, period = load_rulebook(Library(SHIPPED), identity), Period.parse(month)
    asked = Asked(period, min(NOON, period.end))
    folded = snapshot(identity, asked.as_of)
    folded.write(tmp_path / "snapshot")
    by_rows = evaluate(facts(), book, card, asked, calendar()).scores
    for source in (Source.of(folded), Source.at(tmp_path / "snapshot")):
        run = full_run(source, facts(), book, card, asked, calendar())
        assert run.scans == tables  # shares, and faults where the card shows how many were voided
        assert [one.code for one in run.table.subjects] == list(by_rows)
        for place, score in enumerate(by_rows.values()):
            held = (run.table.lowest[place], run.table.highest[place], run.table.n_items[place])
            assert held == (score.lowest, score.highest, score.n_items), score.subject.code
            assert run.table.grade_of(place) == score.graded.grade, score.subject.code


def test_a_snapshot_of_another_instant_is_refused() -> None:
    identity, card, month, _ = CARDS[0]
    book, period = load_rulebook(Library(SHIPPED), identity), Period.parse(month)
    with pytest.raises(Unusable, match="make the snapshot at the instant"):
        full_run(Source.of(snapshot(identity, NOON)), facts(), book, card, Asked(period, NOON), calendar())


def test_a_year_is_refused_as_it_needs_every_month() -> None:
    identity = "vn/national/decree-335-2025"
    book = load_rulebook(Library(SHIPPED), identity)
    with pytest.raises(Unusable, match="averaged from its months"):
        asked = Asked(Period.parse("2026"), NOON)
        full_run(Source.of(snapshot(identity, NOON)), facts(), book, "civil_servant_year", asked, calendar())
