"""clocks/*.yaml: the time that work may take, and what moves its due instant."""

from typing import Literal

from congtam.engine.rulebook.model.values import Expression, Sourced, Text


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
