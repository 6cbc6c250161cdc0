"""June 2030 of Sở A with its ratings given, on top of the cast; draft slips are shown at 08:00 on 09/07/2030.

Of `an` and `binh`: five pieces of work well done each, and one with a fault of quality told by one batch of data. The
deadline of An's item 201 passed by a day as well.
"""

from datetime import datetime

from cast import Cast
from congtam.cycles.models import Cycle
from congtam.cycles.moving import finish
from congtam.intake.telling import Happening
from congtam.objections.models import Slip
from congtam.objections.slips import show_slips
from congtam.work.folding import fold_waiting
from congtam.work.models import Fault, Item
from cycle_scene import opened, seat
from month_scene import COLLEAGUES, PERIOD, at, mark, task, tell

__all__ = ["PERIOD", "Cycle", "seat"]


def july(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of July 2030 in Vietnam."""
    return at(day, hour, minute, month=7)


SHOWN = july(9, 8)  # a Tuesday


def rated(cast: Cast) -> Cycle:
    """The cycle with everybody marked and the rating step over."""
    cycle = opened(cast)
    tell(cast, _records())
    for person in COLLEAGUES:
        mark(cast, person, 26)
    while fold_waiting(500, SHOWN).items:
        pass
    finish(seat(cast, now=SHOWN), cycle, "rating", now=SHOWN)
    return cycle


def shown(cast: Cast) -> Cycle:
    """The same with draft slips shown."""
    cycle = rated(cast)
    show_slips(seat(cast, now=SHOWN), cycle, now=SHOWN)
    return cycle


def slip(cycle: Cycle, cast: Cast, code: str) -> Slip:
    """The slip somebody was shown last."""
    return Slip.objects.get(cycle=cycle, person=cast.people[code], replaced_by=None)


def item(key: str) -> int:
    """The number of an item by its key."""
    return Item.objects.get(key=key).pk


def fault(key: str) -> str:
    """The fault of quality of an item."""
    return Fault.objects.get(item=item(key), kind="quality").fault


def _records():
    for person in COLLEAGUES:
        for number in range(5):
            yield task(f"{person}-{number}", person, at(3 + number), at(6 + number, 17), at(5 + number, 15))
    for key, person in (("201", "an"), ("202", "binh")):
        wrong = Happening(at(12), "fault", official=person, value="quality")
        done = at(12, 15) if key == "201" else at(10, 15)
        yield task(key, person, at(5), at(11, 17), done, wrong)
