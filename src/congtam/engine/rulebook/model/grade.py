"""What follows from points: grades, and what may hold one back: vetoes, ceilings, limits on how many."""

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from congtam.engine.rulebook.model.values import Expression, Id, Number, Sourced, Text


class Grade(Sourced):
    """One grade: a band of points and, where the rule sets one, a condition on top.

    The band begins at `from` (at least) or `above` (strictly more than), and lies `below` (less than)."""

    id: Id
    title: Text
    short: Text | None = None
    from_: Number | None = Field(default=None, alias="from")
    above: Number | None = None
    below: Number | None = None
    when: Expression | None = None

    @model_validator(mode="after")
    def _one_floor(self) -> "Grade":
        if self.from_ is not None and self.above is not None:
            raise ValueError("a grade begins at `from` (at least) or `above` (more than), not both")
        return self

    @property
    def floor(self) -> Decimal | None:
        """The points at which the band begins; whether they are in it is for `from` and `above` to say."""
        return self.from_ if self.above is None else self.above


class Veto(Sourced):
    """A condition that makes the machine propose a grade. It never takes effect without a named person."""

    id: Id
    title: Text
    when: Expression
    propose: Id
    indicator: Id
    min_items: int = 0


class Ceiling(Sourced):
    """The grade may not be above that of the unit or organisation."""

    id: Id
    title: Text
    for_: Literal["staff", "leader", "all"] = Field(alias="for")
    not_above: Literal["unit.grade", "organisation.grade"]


class LimitIf(Sourced):
    """Another limit when a condition on the organisation holds."""

    when: Expression
    limit: Number


class SmallGroup(Sourced):
    """Groups with fewer than `below` members may have at most `allowed`."""

    below: int
    allowed: int


CAP_READINGS = ("good_after_demotion", "good_before", "good_and_above")


class PopulationRule(Sourced):
    """How many may hold a grade, in each group. Runs at calibration, over the whole group; people decide.

    `pool_below`: groups of fewer people than this are counted as one (5 and fewer: 6); `small`: of fewer than so many
    only so many may, whatever the limit gives. `applies_in`: the kinds of period it limits (none named: every period
    the card is scored in). `after_seal`: whether who holds the grade in a seal keeps it when another rises afterwards,
    or the limit is applied again."""

    id: Id
    title: Text
    cap: Id
    limit: Number
    limit_if: LimitIf | None = None
    base: Id  # a reading, or the name of a parameter that chooses one
    each_of: tuple[tuple[Literal["agency", "duty_group", "unit", "staff_kind"], ...], ...]
    rounding: Literal["down", "nearest", "up"] = "down"
    minimum: int = 0
    pool_below: int = 0
    small: SmallGroup | None = None
    ties: Literal["decide", "none_pass", "all_pass"] = "decide"
    tie_break: tuple[Id, ...] = ()
    applies_in: tuple[Literal["month", "quarter", "half_year", "year"], ...] = ()
    after_seal: Literal["keep", "again"] = "keep"
