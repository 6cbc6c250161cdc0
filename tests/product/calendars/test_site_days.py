"""Days the site decides on, laid over the shipped calendar."""

from datetime import date

import pytest
from django.db import Error, connection

from congtam.calendars.actions import clear_day, set_day
from congtam.calendars.models import Day
from congtam.calendars.queries import calendar_for, site_days
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.history.sequence import last_known
from congtam.registry.shipped import shipped

pytestmark = pytest.mark.django_db

MONDAY, SUNDAY = date(2026, 11, 30), date(2026, 11, 29)


def calendar(seq: int | None = None):
    return calendar_for(shipped("vn/national/decree-335-2025"), date(2026, 11, 1), seq)


def test_a_day_off_by_decision_moves_the_count_of_working_days() -> None:
    before = calendar().working_days(date(2026, 11, 1), date(2026, 12, 1))
    set_day(SYSTEM, MONDAY, "off", "12/QĐ-SA")
    after = calendar()
    assert after.working_days(date(2026, 11, 1), date(2026, 12, 1)) == before - 1
    assert "12/QĐ-SA" in after.why(MONDAY, "vi")


def test_a_morning_ends_the_day_at_noon() -> None:
    set_day(SYSTEM, MONDAY, "morning", "12/QĐ-SA")
    assert len(calendar().sessions(MONDAY)) == 1
    assert calendar().close_of(MONDAY) < calendar().close_of(date(2026, 12, 1))


def test_a_correction_takes_the_place_of_the_day_and_the_past_stays_known() -> None:
    set_day(SYSTEM, SUNDAY, "working", "12/QĐ-SA")
    then = last_known()
    set_day(SYSTEM, SUNDAY, "off", "13/QĐ-SA")
    assert not calendar().is_working(SUNDAY)
    assert calendar(then).is_working(SUNDAY)
    clear_day(SYSTEM, SUNDAY)
    assert site_days() == ()


def test_the_same_decision_twice_is_written_once() -> None:
    first = set_day(SYSTEM, SUNDAY, "working", "12/QĐ-SA")
    assert set_day(SYSTEM, SUNDAY, "working", " 12/QĐ-SA ") == first
    assert Day.objects.count() == 1


def test_a_day_needs_a_kind_and_the_number_of_a_decision() -> None:
    with pytest.raises(Refused, match="needs the number"):
        set_day(SYSTEM, MONDAY, "off", " ")
    with pytest.raises(Refused, match="no kind of day"):
        set_day(SYSTEM, MONDAY, "holiday", "12/QĐ-SA")


def test_the_database_refuses_to_rewrite_a_day() -> None:
    set_day(SYSTEM, MONDAY, "off", "12/QĐ-SA")
    with pytest.raises(Error), connection.cursor() as cursor:
        cursor.execute("UPDATE calendars_day SET kind = 'working'")
