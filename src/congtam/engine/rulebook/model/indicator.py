"""indicators/*.yaml: a named measure, what it is for, and what is done when it has nothing to look at."""

from typing import Literal

from congtam.engine.rulebook.model.measure import Measure
from congtam.engine.rulebook.model.values import Block, Id, Number, Sourced, Text


class SharedWork(Block):
    """Work of several people: how much each is credited, whose faults each bears, whose deadline counts.

    credit: `lead_whole` counts the leads' parts as the whole, whoever helps, and support by its weight on top, so that
    being helped never changes a lead's mark; `split` by weight; `full` the whole to each; `lead_only`.
    """

    credit: Literal["lead_whole", "split", "full", "lead_only"] = "lead_whole"
    blame: Literal["own", "lead_only", "full"] = "own"
    due: Literal["own", "item"] = "own"


class BasePoints(Block):
    """When nothing arose: the rate (0–1) given instead."""

    base_rate: Number


class Indicator(Sourced):
    """One named measure."""

    title: Text
    definition: Text
    group: Literal["input", "process", "output", "outcome", "composite"]
    direction: Literal["up", "down"]
    unit: Literal["percent", "points", "count", "minutes", "rate"]
    subjects: tuple[Literal["official", "unit"], ...]
    measure: Measure
    shared_work: SharedWork = SharedWork()
    no_opportunity: Literal["redistribute", "zero"] | BasePoints
    unknown: Literal["exclude_and_show", "count_as_not_met"] = "exclude_and_show"
    how_to_game: Text
    counter_indicator: Id
