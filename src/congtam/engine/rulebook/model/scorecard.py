"""scorecards/*.yaml: parts with points, grades, and who is graded when, together with whom."""

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from congtam.engine.rulebook.model.grade import Ceiling, Grade, PopulationRule, Veto
from congtam.engine.rulebook.model.part import Part
from congtam.engine.rulebook.model.timetable import StepTerm
from congtam.engine.rulebook.model.values import Block, Id, Number, Sourced, Text


class Minimum(Sourced):
    """Below this there is not enough data for a grade."""

    items: int = 0
    working_days: int = 0
    months: int = 0


class RollUp(Sourced):
    """A period graded on the average of smaller ones. `received`: the name under which the result of a smaller period
    that another body sent is reported; it stands in where this one has none of its own."""

    of: Id
    how: Literal["mean"] = "mean"
    due_before: str | None = None
    received: Id | None = None


class Stratum(Block):
    """Who is graded together, and whose grades they read."""

    id: Id
    for_: Literal["staff", "leader", "unit"] = Field(alias="for")
    reads: tuple[Id, ...] = ()


class Rounding(Sourced):
    """Where figures are rounded, half up: what is shown, and at which precision bands compare (places of a point)."""

    shown: int = 2
    compare: int = 2


class Published(Sourced):
    """An official result to which ours is held, with a tolerance in points."""

    subject: str
    period: str
    value: Number
    tolerance: Number


class Scorecard(Sourced):
    """A tree of parts with points, and what follows from the total; or, without points, grades by conditions alone:
    the first of them, from best to worst, whose condition holds."""

    title: Text
    subject: Literal["official", "unit", "group"]
    period: Literal["month", "quarter", "half_year", "year", "any"]
    points: Number = Decimal(0)
    by: tuple[Literal["unit", "official", "channel", "month", "kind", "procedure"], ...] = ()
    staff_kind: tuple[str, ...] = ()
    legal: bool = False
    parts: tuple[Part, ...] = ()
    roll_up: RollUp | None = None
    information: tuple[Id, ...] = ()
    combine_spells: Literal["first_day", "by_days"] = "first_day"
    minimum: Minimum = Minimum()
    rounding: Rounding = Rounding()
    strata: tuple[Stratum, ...] = ()
    grades: tuple[Grade, ...] = ()
    otherwise: Literal["decide"] = "decide"
    vetoes: tuple[Veto, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    population_rules: tuple[PopulationRule, ...] = ()
    published: tuple[Published, ...] = ()
    timetable: tuple[StepTerm, ...] = ()

    @property
    def by_conditions(self) -> bool:
        """Whether grades are given by conditions alone, without points."""
        return not self.parts and self.roll_up is None and not self.by

    @model_validator(mode="after")
    def _something(self) -> "Scorecard":
        if [bool(self.parts), bool(self.roll_up), bool(self.by)].count(True) > 1:
            raise ValueError("a scorecard has one of `parts`, `roll_up`, or (for subject: group) `by`")
        bare = [one.when is None or one.floor is not None or one.below is not None for one in self.grades]
        if self.by_conditions and (any(bare) or not bare or self.points):
            raise ValueError(
                "a scorecard has one of `parts`, `roll_up`, or (for subject: group) `by`; "
                "without them every grade has a `when` and no points"
            )
        if bool(self.by) != (self.subject == "group"):
            raise ValueError("`by` goes with subject: group, and only with it")
        return self
