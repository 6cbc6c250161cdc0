"""Facts are numbered in the order of commits, closed and never rewritten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from congtam.history.sequence import in_order, last_known, take
from congtam.orgs.models import Unit, UnitSpan

pytestmark = pytest.mark.django_db


def days(first: date, until: date | None = None) -> tuple[date, date | None]:
    return (first, until)


def test_numbers_grow_and_the_last_is_known():
    with in_order():
        numbers = take(3)
    assert numbers == sorted(numbers)
    assert last_known() == numbers[-1]


def test_a_unit_stands_once_a_day():
    unit = Unit.objects.create(code="P1")
    told = {"unit": unit, "agency": unit, "name": "Phòng Một"}
    UnitSpan.objects.create(**told, days=days(date(2026, 1, 1), date(2026, 3, 1)))
    UnitSpan.objects.create(**told, days=days(date(2026, 3, 1)))
    with pytest.raises(IntegrityError, match="unit_once_a_day"), transaction.atomic():
        UnitSpan.objects.create(**told, days=days(date(2026, 2, 1), date(2026, 4, 1)))
