"""What a rulebook may say: frozen, strict types, one class per block of YAML.

Unknown keys are refused. Numbers are decimals, days are dates; expressions stay text here and get their meaning
in `bind`. Everything that carries a figure can state its legal basis; what states none inherits from the block,
the file or the rulebook above it.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _decimal(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError("a number is written like 12 or 0.25")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a number; write it like 12 or 0.25") from None
    if not number.is_finite():
        raise ValueError("a number is written like 12 or 0.25")
    return number


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{value!r} is not a day; write it like 2026-01-01") from None


Number = Annotated[Decimal, BeforeValidator(_decimal)]
Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Expression = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]


class Block(BaseModel):
    """Any block of a rulebook file: strict and frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, populate_by_name=True)


class Text(Block):
    """A text for people, in Vietnamese and English."""

    vi: str
    en: str

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi


class Certainty(StrEnum):
    """How sure we are of a rule: text read, reported by others, or unverified."""

    VERIFIED = "verified"
    REPORTED = "reported"
    UNVERIFIED = "unverified"


class LegalBasis(Block):
    """Where a number comes from. `note` says what is not certain, or how a conflict was settled."""

    act: str
    article: str | None = None
    from_: Day | None = Field(default=None, alias="from")
    certainty: Certainty
    confirmed_on: Day | None = None
    note: Text | None = None


class Sourced(Block):
    """A block whose figures may have a legal basis and an owner of their own."""

    legal_basis: LegalBasis | None = None
    owner: str | None = None


class ParameterValue(Sourced):
    """One value of a parameter from a day on, for a role, staff kind or edition when stated."""

    value: Number | str | dict[str, Number]
    from_: Day | None = Field(default=None, alias="from")
    for_: dict[str, str] = Field(default_factory=dict, alias="for")

    @model_validator(mode="before")
    @classmethod
    def _typed(cls, data: Any) -> Any:
        return {**data, "value": _number_if_any(data["value"])} if isinstance(data, dict) and "value" in data else data


def _number_if_any(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, bool):
        try:
            return Decimal(value)
        except InvalidOperation:
            return value
    return value


class Parameter(Sourced):
    """A figure or choice of the rulebook: dated, and by role where the rule says so."""

    title: Text
    choices: tuple[str, ...] = ()
    values: tuple[ParameterValue, ...]

    @model_validator(mode="before")
    @classmethod
    def _one_value(cls, data: Any) -> Any:
        if isinstance(data, dict) and "value" in data and "values" not in data:
            return {**{k: v for k, v in data.items() if k != "value"}, "values": [{"value": data["value"]}]}
        return data


class Term(Sourced):
    """A named condition or figure that rules use by name."""

    title: Text
    is_: Expression = Field(alias="is")


class Transition(Block):
    """Another rulebook that may still be used until a day, under a condition people judge."""

    rulebook: str
    until: Day
    when: Text


class End(Block):
    """For one kind of staff the rulebook ends earlier: `on` is the first day it no longer holds for them."""

    staff_kind: str
    on: Day


class Scope(Block):
    """Whom a rulebook is for. What is not stated is open."""

    staff_kind: tuple[str, ...] = ()
    leader: bool | None = None
    agency: tuple[str, ...] = ()
    agency_level: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()


class Use(Block):
    """Indicators of another rulebook, used here as they stand there."""

    rulebook: str
    indicators: tuple[Id, ...]
    certainty: Certainty
    note: Text


class RulebookHead(Sourced):
    """rulebook.yaml: what it is, when it holds, and what its parts share.

    `extends` names the rulebook it is laid over and the meaning digest its author saw (`overlay`). Of the statuses,
    only `in_force` is ever chosen by day; `off` also needs a trial to be computed.
    """

    title: Text
    issuer: str
    extends: Annotated[str, Field(pattern=r"^[^@\s]+@[0-9a-f]{12,64}$")] | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    ends: tuple[End, ...] = ()
    scope: Scope = Scope()
    supersedes: tuple[str, ...] = ()
    transition: tuple[Transition, ...] = ()
    status: Literal["in_force", "proposal", "example", "off"] = "in_force"
    notice: Text | None = None
    calendar: str
    clock: Id
    edition: str | None = None
    parameters: dict[Id, Parameter] = Field(default_factory=dict)
    terms: dict[Id, Term] = Field(default_factory=dict)
    uses: tuple[Use, ...] = ()

    def holds_on(self, day: date, staff_kind: str | None = None) -> bool:
        """Whether the day lies in the validity (half-open), for one kind of staff when it is named."""
        ends = [self.valid_to, *(end.on for end in self.ends if end.staff_kind == staff_kind)]
        begun = self.valid_from is None or self.valid_from <= day
        return begun and all(end is None or day < end for end in ends)


class ClockBlock(Sourced):
    """One clock: which work it times, with what budget, and what moves its due instant."""

    title: Text
    applies: Expression | None = None
    unit: Literal["hours", "working_days", "calendar_days", "months"] = "working_days"
    budget: int | None = None
    cut_off: Literal["none", "last_hour_next_day"] = "none"
    supplement: Literal["restart", "subtract"] = "subtract"
    max_requests: int | None = None
    over_limit: Literal["overdue", "ignored"] = "overdue"
    supplement_reply_days: int | None = None
    max_extensions: int | None = None
    extension_after_expiry: Literal["needs_authority", "never"] = "needs_authority"
    last_day_off: Literal["next_working_day", "stays"] = "next_working_day"


class InPeriod(StrEnum):
    """Which rows belong to the period.

    RECEIVED: received in it. FINISHED: finished in it. OPEN: open at its end. DUE: due in it.
    DUE_OR_CARRIED: due in it, or due before and still open when it began.
    DUE_OR_OPEN: due in it, or due before and still open at its end (what was settled late inside is neither
    charged nor credited again: see ADR 0007). Rows without a deadline count when finished.
    """

    RECEIVED = "received"
    FINISHED = "finished"
    OPEN = "open"
    DUE = "due"
    DUE_OR_CARRIED = "due_or_carried"
    DUE_OR_OPEN = "due_or_open"


class TopBottom(Block):
    """Numerator and denominator, each summed over the rows."""

    top: Expression
    bottom: Expression


class Pair(Block):
    """One of two rates, by a condition on grades."""

    when: Expression
    values: tuple[Number, Number]


class RatingOf(Block):
    """A mark given by people on one criterion, out of so many points."""

    criterion: str
    out_of: Number
    stage: Literal["self", "verified", "final"] = "final"


class SurveyOf(Block):
    """The share of answers to one question that are at least `from`."""

    question: str
    from_: Number = Field(alias="from")


class QuantileOf(Block):
    """The value below which a share of the rows lies."""

    value: Expression
    at: Number


Source = Literal["share", "item", "fault"]

KINDS = (
    "share_of",
    "count_of",
    "sum_of",
    "mean_of",
    "quantile_of",
    "ratio_of",
    "rating_of",
    "reported",
    "survey",
    "formula",
    "pair",
)


class Measure(Block):
    """How an indicator is measured: exactly one kind, and which rows it looks at."""

    share_of: Source | None = None
    count_of: Source | None = None
    sum_of: Expression | None = None
    mean_of: Expression | None = None
    quantile_of: QuantileOf | None = None
    ratio_of: TopBottom | None = None
    rating_of: RatingOf | None = None
    reported: str | None = None
    survey: SurveyOf | None = None
    formula: Expression | None = None
    pair: Pair | None = None
    table: Source = "share"
    in_period: InPeriod = InPeriod.DUE_OR_OPEN
    carry_over: Literal["each_period", "once"] = "each_period"
    charged_later: bool = False
    among: Expression | None = None
    that: Expression | None = None
    weigh_by: Expression = "count"
    cap: Number | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Measure":
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"a measure has exactly one kind of {', '.join(KINDS)}; this has {len(given)}")
        if self.share_of is not None and self.that is None:
            raise ValueError("share_of needs `that`: the share of rows that do what?")
        return self

    @property
    def kind(self) -> str:
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def source(self) -> str:
        return self.share_of or self.count_of or self.table


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


class Step(Sourced):
    """From this rate on, so many points."""

    from_: Number = Field(alias="from")
    points: Number


class Between(Block):
    """No points at `zero`, all at `full`, in proportion between."""

    zero: Number
    full: Number


class Curve(Sourced):
    """How a rate becomes points: in proportion (default), against a target, by steps, or between two rates."""

    target: Number | None = None
    steps: tuple[Step, ...] = ()
    between: Between | None = None


class FormulaFor(Block):
    """One variant of a formula, for staff, for leaders, or for all."""

    for_: Literal["staff", "leader", "all"] = Field(default="all", alias="for")
    is_: Expression = Field(alias="is")


class Part(Sourced):
    """One part of a scorecard: points from an indicator, a formula over indicators, or parts of its own."""

    id: Id
    title: Text
    points: Number
    from_: Id | None = Field(default=None, alias="from")
    formula: tuple[FormulaFor, ...] = ()
    curve: Curve = Curve()
    parts: tuple["Part", ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> "Part":
        ways = [bool(self.from_), bool(self.formula), bool(self.parts)]
        if sum(ways) != 1:
            raise ValueError("a part gets its points from one of `from`, `formula` or `parts`")
        return self


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
    """How many may hold a grade, in each group. Runs at calibration, over the whole group; people decide."""

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
    small: "SmallGroup | None" = None
    ties: Literal["decide", "none_pass", "all_pass"] = "decide"
    tie_break: tuple[Id, ...] = ()


class Minimum(Sourced):
    """Below this there is not enough data for a grade."""

    items: int = 0
    working_days: int = 0
    months: int = 0


class RollUp(Sourced):
    """A period graded on the average of smaller ones."""

    of: Id
    how: Literal["mean"] = "mean"
    due_before: str | None = None


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
