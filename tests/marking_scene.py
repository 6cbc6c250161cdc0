"""A month that is being marked, on top of the cast: June 2030 of Sở A, its rating step open, nothing marked yet.

`NOW` is 09:00 on Wednesday 03/07/2030, and tests set the clock to it.
"""

from datetime import datetime

from pytest import MonkeyPatch

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.cycles.models import Cycle
from congtam.cycles.moving import finish
from congtam.cycles.opening import open_cycle
from congtam.engine.periods import local_day
from congtam.engine.scoring.points import POINT
from month_scene import PERIOD, adopt_rules, at, settle, tell

OPENED, NOW = at(1, 8, month=7), at(3, 9, month=7)


def seat(cast: Cast, code: str, now: datetime = NOW) -> Seat:
    """The seat of somebody of the cast."""
    return seat_of(cast.accounts[code], local_day(now))


def points(mark: float) -> int:
    """A mark in millionths."""
    return round(mark * POINT)


def open_rating(cast: Cast) -> Cycle:
    """Rules adopted, June's work told, the cycle opened and moved on to the rating step."""
    with MonkeyPatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: OPENED)
        adopt_rules()
        tell(cast)
        settle(OPENED)
    keeper = seat(cast, "nhan-su", OPENED)
    cycle = open_cycle(keeper, cast.units["so-a"].pk, PERIOD, "15/KH-SA", now=OPENED)
    for step in ("cut_off", "self_report"):
        finish(keeper, cycle, step, now=OPENED)
    return cycle
