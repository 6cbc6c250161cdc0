"""rewards/*.yaml: schemes of reward. What a fund holds, what a grade is worth, what an achievement is worth.

Amounts of money that no text states (base salary, base amount, salary fund, what a person earns) are never in a rule:
the rule names them, and the site reports them with a number and a day. Money is in đồng, as decimals; it is rounded
only where the scheme says so.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from congtam.engine.rulebook.model.values import Block, Id, Number, Sourced, Text

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Length = Literal["month", "quarter", "year"]
OF_AGENCY = ("base_salary", "base_amount", "salary_fund")  # amounts the agency reports
OF_PERSON = ("salary", "base_fund")  # amounts reported of each person, a month
ANY = "any"  # whatever the grade, also none


class MoneyRounding(Sourced):
    """To which multiple of a đồng an amount is rounded, and how."""

    to: Number
    how: Literal["down", "half_up", "up"] = "half_up"


class Ahead(Sourced):
    """From how many days before a day people are warned of it."""

    days: int


class FundRule(Sourced):
    """What a fund holds in a year: a `share` of an amount; what is left after `lost_on` of the next year is lost."""

    share: Number
    of: Literal["salary_fund"]
    lost_on: MonthDay
    warn: Ahead


class Limit(Sourced):
    """A list comes to at most so many `times` its bases."""

    times: Number


class ByGrade(Sourced):
    """Paid by grade: a factor of a base. `graded`: the length of the period graded; `paid`: payable once the month,
    quarter or year is over; `before`: of the next year. `floors`: the least somebody of a grade gets.

    An amount of a person is that of each month of the period, added up.
    """

    graded: Length
    paid: Length
    base: Literal["base_salary", "base_amount", "salary", "base_fund"]
    factors: dict[Id, Number]
    floors: dict[Id, Number] = Field(default_factory=dict)
    limit: Limit | None = None
    before: MonthDay | None = None


class SpotCriterion(Sourced):
    """One criterion on which an achievement is scored."""

    id: Id
    title: Text


class SpotPoints(Sourced):
    """How the marks on the criteria become points: each up to `most`, then their mean or their sum."""

    most: Number
    how: Literal["mean", "sum"]


class SpotBand(Sourced):
    """So many times the base for points `from` (at least) or `above` (more than) a bound."""

    from_: Number | None = Field(default=None, alias="from")
    above: Number | None = None
    factor: Number

    @model_validator(mode="after")
    def _one_floor(self) -> "SpotBand":
        if (self.from_ is None) == (self.above is None):
            raise ValueError("a band begins at `from` (at least) or `above` (more than), exactly one of them")
        return self

    def holds(self, points: Decimal) -> bool:
        return points >= self.from_ if self.from_ is not None else self.above is not None and points > self.above


class OwnFaults(Sourced):
    """Kinds of faults of which somebody to be rewarded may have none in the year, unless they were voided."""

    kinds: tuple[Literal["quality", "delay"], ...]


class Spot(Sourced):
    """Paid for an achievement (đột xuất): at most `persons` for one, at most `staff_share` of the staff in a year,
    within `paid_within` working days of the decision. Bands from low to high."""

    base: Literal["base_salary", "base_amount"]
    criteria: tuple[SpotCriterion, ...] = Field(min_length=1)
    points: SpotPoints
    bands: tuple[SpotBand, ...] = Field(min_length=1)
    persons: int
    staff_share: Number
    paid_within: int
    own_faults: OwnFaults | None = None


class RewardExample(Block):
    """A worked example: `base` in đồng, and a `grade` or `marks` in the order of the criteria; what `is` paid."""

    title: Text
    base: Number
    grade: Id | None = None
    marks: tuple[Number, ...] = ()
    is_: Number = Field(alias="is")


class Reward(Sourced):
    """One scheme: what a fund holds (`fund`), or what is paid out of it by grade (`by_grade`) or for an achievement
    (`spot`). `purse`: out of which money."""

    title: Text
    purse: Literal["bonus", "extra_income"]
    fund: FundRule | None = None
    by_grade: ByGrade | None = None
    spot: Spot | None = None
    rounding: MoneyRounding | None = None
    examples: tuple[RewardExample, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> "Reward":
        said = [name for name in ("fund", "by_grade", "spot") if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(f"a scheme has exactly one of fund, by_grade, spot; this has {len(said)}")
        return self
