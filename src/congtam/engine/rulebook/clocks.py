"""The clocks of a rulebook, ready for the fold: which one an item runs under."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from congtam.engine.clock import ClockRule
from congtam.engine.expressions.compute import compute
from congtam.engine.facts.fold import Clocks
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import ClockBlock
from congtam.engine.working_time import Calendar


def clocks(rulebook: Rulebook, calendar: Calendar) -> Clocks:
    """The clocks of a rulebook: the first whose condition fits the item, else the one the rulebook names."""
    rules = [(one, clock_rule(one.id, one.model)) for one in rulebook.clocks.values()]
    tests = [(compute(one.applies, {}) if one.applies else None, one, rule) for one, rule in rules]

    def choose(item: Mapping[str, Any], day: date) -> ClockRule:
        row = {name: item.get(name) for name in ("kind", "procedure", "origin", "clock", "channel")}
        fitting = (rule for test, one, rule in tests if test is not None and test(row) is True)
        return next(fitting, default)

    default = next(rule for one, rule in rules if one.id == rulebook.head.clock)
    return Clocks(calendar, choose)


def clock_rule(name: str, block: ClockBlock) -> ClockRule:
    """The clock a block describes."""
    fields = {key: value for key, value in block.model_dump().items() if key not in ("legal_basis", "owner", "applies")}
    fields["title"] = {"vi": block.title.vi, "en": block.title.en}
    return ClockRule(id=name, **fields)
