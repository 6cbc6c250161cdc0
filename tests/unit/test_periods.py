"""Periods: what can be written, what is refused, and how they follow one another."""

import doctest
from datetime import UTC, date, datetime, timedelta

import pytest

from congtam.engine import periods
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind, add_months, local_day, start_of_day

LABELS = ["2026-09", "2026-Q3", "2026-H1", "2026", "2026-09-01..2026-10-16"]


def test_the_examples_in_the_module_hold() -> None:
    assert doctest.testmod(periods).failed == 0


@pytest.mark.parametrize("label", LABELS)
def test_a_label_reads_back(label: str) -> None:
    assert Period.parse(label).label == label


@pytest.mark.parametrize("label", LABELS)
def test_next_and_previous_touch_and_undo_each_other(label: str) -> None:
    period = Period.parse(label)
    assert period.next().first == period.until
    assert period.previous().until == period.first
    assert period.next().previous() == period


@pytest.mark.parametrize(
    ("label", "vi", "en"),
    [
        ("2026-09", "tháng 9 năm 2026", "September 2026"),
        ("2026-Q3", "quý III năm 2026", "Quarter 3 of 2026"),
        ("2026-H1", "6 tháng đầu năm 2026", "First half of 2026"),
        ("2026-H2", "6 tháng cuối năm 2026", "Second half of 2026"),
        ("2026", "năm 2026", "2026"),
        (
            "2026-09-01..2026-10-16",
            "từ 01/09/2026 đến hết 15/10/2026",
            "from 01/09/2026 through 15/10/2026",
        ),
    ],
)
def test_titles(label: str, vi: str, en: str) -> None:
    assert (Period.parse(label).title("vi"), Period.parse(label).title("en")) == (vi, en)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-13", "2026-00", "2026-9", "2026-Q5", "2026-H3", "26", "1899", "3000", " 2026", "٢٠٢٦"),
        *("2026-09-01..2026-09-01", "2026-10-16..2026-09-01", "2026-02-30..2026-03-02", "2026-09-01.."),
    ],
)
def test_what_is_no_period_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(Unusable) as refused:
        Period.parse(text)
    (finding,) = refused.value.findings
    assert finding.code == "bad-period"
    assert "2026-Q3" in finding.advice


def test_days_that_do_not_make_the_kind_are_refused() -> None:
    with pytest.raises(Unusable, match="not one quarter"):
        Period(PeriodKind.QUARTER, date(2026, 2, 1), date(2026, 5, 1))


def test_the_last_period_has_no_next() -> None:
    with pytest.raises(Unusable, match="1900–2999"):
        Period.parse("2999-12").next()
    assert len(Period.parse("2999").months()) == 12


def test_instants_belong_to_the_day_in_vietnam() -> None:
    september = Period.parse("2026-09")
    first = datetime(2026, 8, 31, 17, tzinfo=UTC)
    assert september.start == first
    assert september.contains(first)
    assert not september.contains(first - timedelta(microseconds=1))
    assert not september.contains(september.end)
    assert september.contains_day(date(2026, 9, 30))
    assert not september.contains_day(date(2026, 10, 1))


def test_every_day_starts_on_itself() -> None:
    day = date(2019, 1, 1)
    while day < date(2028, 1, 1):
        assert local_day(start_of_day(day)) == day
        assert local_day(start_of_day(day) - timedelta(microseconds=1)) == day - timedelta(days=1)
        day += timedelta(days=1)


def test_an_instant_without_a_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        local_day(datetime(2026, 9, 1))  # noqa: DTZ001 (that is the point)


def test_months_of_a_period() -> None:
    assert [month.label for month in Period.parse("2026-Q1").months()] == ["2026-01", "2026-02", "2026-03"]
    assert Period.parse("2026-09-02..2026-09-30").months() == ()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected
