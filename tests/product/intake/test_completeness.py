"""How much of a day's data is here: by the source's own count, by what is usual, and by when it was promised."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from congtam.history.actor import SYSTEM
from congtam.intake.completeness import completeness, freshness, usual
from congtam.intake.models import Batch
from congtam.sources.actions import add_source, record_own_count
from congtam.sources.models import OwnCount, Source

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 11, 20)
MORNING, EVENING = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (2, 12))


@pytest.fixture
def source(db: None) -> Source:
    return add_source(SYSTEM, "motcua", "Một cửa", due_time=time(17), first=date(2025, 1, 1))


def came(source: Source, day: date, records: int) -> None:
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    Batch.objects.create(source=source, kind="push", accepted=records, received_at=at)


def test_nothing_yet_is_waited_for_until_it_is_due(source: Source) -> None:
    assert completeness(source, FRIDAY, MORNING).state == "waiting"
    assert completeness(source, FRIDAY, EVENING).state == "missing"
    assert completeness(source, date(2026, 11, 22), EVENING).state == "free"  # a Sunday


def test_part_of_the_own_count_is_told_in_percent(source: Source) -> None:
    came(source, FRIDAY, 62)
    record_own_count(SYSTEM, source, FRIDAY, 100)
    found = completeness(source, FRIDAY, EVENING)
    assert (found.state, found.percent, found.counted) == ("partial", 62, True)
    came(source, FRIDAY, 38)
    assert completeness(source, FRIDAY, EVENING).state == "complete"


def test_without_an_own_count_the_same_weekdays_tell_what_is_usual(source: Source) -> None:
    assert usual(source, FRIDAY) is None
    for back, records in enumerate((40, 50, 60), 1):
        came(source, FRIDAY - timedelta(weeks=back), records)
        came(source, FRIDAY - timedelta(weeks=back, days=1), 1000)
    came(source, FRIDAY, 25)
    found = completeness(source, FRIDAY, EVENING)
    assert (found.expected, found.percent, found.state, found.counted) == (50, 50, "partial", False)


def test_what_a_source_says_later_of_a_day_counts_and_the_earlier_figure_is_kept(source: Source) -> None:
    for count in (100, 100, 90):
        record_own_count(SYSTEM, source, FRIDAY, count)
    assert list(OwnCount.objects.order_by("seq").values_list("count", flat=True)) == [100, 90]
    assert OwnCount.standing().get().count == 90


def test_only_sources_in_use_are_waited_for(source: Source) -> None:
    Source.objects.create(code="old", name="Cũ", first=date(2020, 1, 1), until=date(2025, 1, 1))
    assert [one.source for one in freshness(FRIDAY, EVENING)] == [source]
