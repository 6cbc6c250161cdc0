"""June 2030 of Sở A on its way to the seal, on top of the cast: everyone marked, draft slips shown on 09/07/2030 and
answered by silence, the step of the seal open from 18/07/2030."""

from datetime import date, datetime

from cast import Cast
from congtam.cycles.models import Cycle
from congtam.cycles.moving import finish
from congtam.cycles.opening import open_cycle
from congtam.cycles.queries import current
from congtam.history.actor import SYSTEM
from congtam.objections.slips import settle_silence, show_slips
from congtam.people.actions import begin_spell, end_spell
from congtam.registry import actions as registry
from cycle_scene import OPENED, seat
from making import ONE, OTHER
from month_scene import PERIOD, at
from sealed_scene import play


def july(day: int, hour: int = 9) -> datetime:
    """An instant of July 2030 in Vietnam."""
    return at(day, hour, month=7)


SHOWN, NOW = july(9, 8), july(18)


PUBLIC = ("truong-hai", "chi")  # a leader and one of the staff are public employees, under Decree 233
DECREE_233 = "vn/national/decree-233-2026"


def public_employees(cast: Cast, since: date = date(2029, 1, 1)) -> None:
    """Phòng Hai's head and Chi became public employees long before the month; their decree is adopted."""
    first = date(2026, 7, 1)
    registry.approve_copy(OTHER, registry.adopt(ONE, DECREE_233, first=first))
    registry.add_card(ONE, DECREE_233, "public_employee_month", True, first)
    for code in PUBLIC:
        end_spell(SYSTEM, cast.spells[code], since, "02/QĐ-SA")
        begin_spell(
            SYSTEM,
            code=f"vc-{code}",
            person=cast.people[code],
            post=cast.posts[code],
            staff_kind="public_employee",
            first=since,
            decision="02/QĐ-SA",
        )


def on_the_way(cast: Cast) -> Cycle:
    """The cycle at its rating step, everyone marked."""
    play(cast)
    public_employees(cast)
    cycle = open_cycle(seat(cast), cast.units["so-a"].pk, PERIOD, "15/KH-SA", now=OPENED)
    go_on(cast, cycle, "rating", OPENED)
    return cycle


def to_seal(cast: Cast) -> Cycle:
    """The cycle at the step of the seal: nothing blocks it."""
    cycle = on_the_way(cast)
    go_on(cast, cycle, "draft_slip", SHOWN)
    show_slips(seat(cast, now=SHOWN), cycle, now=SHOWN)
    go_on(cast, cycle, "review", SHOWN)
    settle_silence(NOW)
    go_on(cast, cycle, "seal", NOW)
    return cycle


def go_on(cast: Cast, cycle: Cycle, until: str, now: datetime) -> None:
    """End steps until this one is open."""
    while (open_ := current(cycle, now)) is not None and open_.step != until:
        finish(seat(cast, now=now), cycle, open_.step, now=now)
