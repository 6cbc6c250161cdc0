"""All seven patterns in one scene, and the scene itself from facts and rules."""

from datetime import datetime

from congtam.engine.comparing.discoveries import RATE
from congtam.engine.facts.fold import fold
from congtam.engine.facts.priced import priced
from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.clocks import clocks
from congtam.engine.watching.closing import closes_and_reopens, last_minute
from congtam.engine.watching.handover import bottlenecks
from congtam.engine.watching.load import overloaded_sections
from congtam.engine.watching.marks import kind_heads
from congtam.engine.watching.neglect import late_untouched
from congtam.engine.watching.signs import Scene, Sign
from congtam.engine.watching.splitting import splits_tasks
from congtam.engine.working_time import Calendar


def open_scene(
    told: Facts, rulebook: Rulebook, calendar: Calendar, period: Period, as_of: datetime, rate: float = RATE
) -> Scene:
    """What is looked at: facts already cut to what was known, folded at `as_of` (never after the period's end) under
    the clocks and coefficients of a rulebook."""
    seen = min(as_of, period.end)
    work = fold(told.events, seen, clocks=clocks(rulebook, calendar), spells=told.spells)
    return Scene(
        priced(work, rulebook.catalogues.prices(by_law=rulebook.head.status == "in_force")),
        told,
        calendar,
        period,
        seen,
        rate,
    )


def watch(scene: Scene) -> list[Sign]:
    """Every sign of every pattern, also the usual ones and those that cannot be told."""
    return [
        *overloaded_sections(scene),
        *bottlenecks(scene),
        *kind_heads(scene),
        *last_minute(scene),
        *closes_and_reopens(scene),
        *splits_tasks(scene),
        *late_untouched(scene),
    ]
