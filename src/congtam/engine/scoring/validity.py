"""Whether a rulebook holds in a period: on its first day, on any of its days, or throughout."""

from datetime import date

from congtam.engine.periods import Period, add_months
from congtam.engine.rulebook.model import RulebookHead


def on_first_day(head: RulebookHead, period: Period, staff_kind: str | None = None) -> bool:
    """Whether it holds on the first day of the period, for one kind of staff when it is named."""
    return head.holds_on(period.first, staff_kind)


def on_any_day(head: RulebookHead, period: Period, staff_kind: str | None = None) -> bool:
    """Whether it holds in the period: a month goes by its first day, a longer period by any of its days, because the
    rule may change inside it."""
    if not longer_than_a_month(period):
        return on_first_day(head, period, staff_kind)
    begins, ends = span(head, staff_kind)
    return begins < period.until and ends > period.first


def throughout(head: RulebookHead, period: Period, staff_kind: str | None = None) -> bool:
    """Whether it holds on every day of the period; a month goes by its first day."""
    if not longer_than_a_month(period):
        return on_first_day(head, period, staff_kind)
    begins, ends = span(head, staff_kind)
    return begins <= period.first and period.until <= ends


def span(head: RulebookHead, staff_kind: str | None = None) -> tuple[date, date]:
    """The first day it holds and the first day it no longer does, for one kind of staff when it is named."""
    ends = [head.valid_to, *(end.on for end in head.ends if end.staff_kind == staff_kind)]
    return head.valid_from or date.min, min((end for end in ends if end), default=date.max)


def longer_than_a_month(period: Period) -> bool:
    """Whether the rule may change inside the period: a month goes by its first day."""
    return period.until > add_months(period.first, 1)
