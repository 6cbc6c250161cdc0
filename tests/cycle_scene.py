"""A period of evaluation on top of the cast: June 2030 of Sở A, opened at 08:00 on Monday 01/07/2030."""

from datetime import datetime

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.cycles.models import Cycle
from congtam.cycles.opening import open_cycle
from congtam.engine.periods import local_day
from month_scene import PERIOD, adopt_rules, at

OPENED = at(1, 8, month=7)


def seat(cast: Cast, code: str = "nhan-su", now: datetime = OPENED) -> Seat:
    """The seat of somebody of the cast."""
    return seat_of(cast.accounts[code], local_day(now))


def opened(cast: Cast) -> Cycle:
    """Rules adopted and June opened."""
    adopt_rules()
    return open_cycle(seat(cast), cast.units["so-a"].pk, PERIOD, "15/KH-SA", now=OPENED)
