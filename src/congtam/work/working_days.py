"""Working days between two instants, counted by the database: so that lists can be filtered and sorted by them."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import DateField, Expression, F, Func, IntegerField, Value
from django.db.models.functions import TruncDate

from congtam.engine.periods import VIETNAM
from congtam.engine.working_time import Calendar

YEARS = 5  # how far back days off are handed over; before that every day counts as worked


def working_days_between(
    earlier: str | Expression, later: str | Expression, calendar: Calendar, today: date
) -> Expression:
    """Working days after the day of one instant, up to and with the day of a later one; 0 on the same day.

    The n-th day since any origin, less the days off until then, is the n-th working day: `width_bucket` finds how many
    days off there were by halving, so a row costs next to nothing.
    """
    off = Value(_days_off(calendar, today.year), output_field=ArrayField(DateField()))
    first, last = _day(earlier), _day(later)
    days = Func(last, first, template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())
    return days - (_off_until(last, off) - _off_until(first, off))


def _day(instant: str | Expression) -> TruncDate:
    return TruncDate(F(instant) if isinstance(instant, str) else instant, tzinfo=VIETNAM)


def _off_until(day: Expression, off: Value) -> Func:
    return Func(day, off, function="width_bucket", output_field=IntegerField())


def _days_off(calendar: Calendar, year: int) -> list[date]:
    first, last = date(year - YEARS, 1, 1), date(year + 1, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if not calendar.is_working(day)]
