"""How an indicator is measured: the kinds of measure, and which rows each of them looks at."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from congtam.engine.rulebook.model.values import Block, Expression, Number, Sourced, Text


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


class Anchor(Block):
    """What a mark from so many points up to the next anchor stands for. `reason`: it is given with a reason."""

    from_: Number = Field(alias="from")
    says: Text
    reason: bool = False


class Anchors(Sourced):
    """What marks on one criterion stand for, the highest first."""

    levels: tuple[Anchor, ...]

    @model_validator(mode="after")
    def _falling(self) -> "Anchors":
        points = [one.from_ for one in self.levels]
        if not points or points != sorted(set(points), reverse=True) or points[-1] < 0:
            raise ValueError("anchors are listed from the highest points to the lowest, each once, none below 0")
        return self

    def of(self, points: Number) -> Anchor | None:
        """The anchor a mark falls under; None below the lowest."""
        return next((one for one in self.levels if points >= one.from_), None)


class RatingOf(Block):
    """A mark given by people on one criterion, out of so many points.

    `outcomes`: the only marks there are (none: any up to `out_of`); `anchors`: what marks stand for. Neither changes a
    figure: they say what is asked of raters.
    """

    criterion: str
    out_of: Number
    stage: Literal["self", "verified", "final"] = "final"
    outcomes: tuple[Number, ...] = ()
    anchors: Anchors | None = None

    @model_validator(mode="after")
    def _within(self) -> "RatingOf":
        told = [*self.outcomes, *(one.from_ for one in (self.anchors.levels if self.anchors else ()))]
        if any(one < 0 or one > self.out_of for one in told):
            raise ValueError(f"outcomes and anchors lie between 0 and out_of, {self.out_of}")
        return self


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
