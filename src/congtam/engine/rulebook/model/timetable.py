"""timetable of a scorecard: by when each step of a period's evaluation is over. It moves no figure and no grade."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from congtam.engine.rulebook.model.values import Sourced, Text

# In their order. After the seal nothing moves any more but by a superseding seal.
STEPS = (
    "cut_off",  # chốt số liệu
    "self_report",  # tự đánh giá
    "rating",  # chấm điểm
    "draft_slip",  # phiếu dự thảo
    "review",  # cán bộ cho ý kiến
    "calibration",  # họp xét
    "announcement",  # công bố dự kiến
    "objections",  # đề nghị xem xét lại
    "seal",  # chốt
    "handover",  # chuyển cơ sở dữ liệu quốc gia
)
StepId = Literal[
    "cut_off",
    "self_report",
    "rating",
    "draft_slip",
    "review",
    "calibration",
    "announcement",
    "objections",
    "seal",
    "handover",
]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class SpecialDay(Sourced):
    """The day of the year before which a step is over in special agencies (cơ quan đặc thù)."""

    before: MonthDay

    @model_validator(mode="after")
    def _of_every_year(self) -> "SpecialDay":
        date.fromisoformat(f"2001-{self.before}")
        return self


class StepTerm(Sourced):
    """The deadline of one step: `days` after the end of the period (the first step) or of the step before it, counted
    in working days or in days of the calendar; or `before` a day of the year (12-15), another one in `special`
    agencies. `by_itself`: the step is over when its deadline passes; else a person ends it. `answer_within`: working
    days for what is asked in the step (a request to review) to be answered; without it as many as the step has."""

    id: StepId
    title: Text
    days: Annotated[int, Field(ge=0, le=90)] | None = None
    count: Literal["working_days", "calendar_days"] = "working_days"
    before: MonthDay | None = None
    special: SpecialDay | None = None
    by_itself: bool = False
    answer_within: Annotated[int, Field(ge=1, le=90)] | None = None

    @model_validator(mode="after")
    def _one_deadline(self) -> "StepTerm":
        if (self.days is None) == (self.before is None):
            raise ValueError("a step has either `days` or `before`")
        if self.before is not None:
            date.fromisoformat(f"2001-{self.before}")  # a day that every year has
        if self.special is not None and self.before is None:
            raise ValueError("`special` names another day for a step that has `before`")
        if self.answer_within is not None and self.id != "objections":
            raise ValueError("`answer_within` belongs to the step `objections`")
        return self
