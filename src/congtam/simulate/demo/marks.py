"""What is said about people in the demo: its ratings, the ones still missing, and three decisions on vetoes."""

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

from congtam.engine.facts.tables import Decision, Rating
from congtam.engine.states import State
from congtam.simulate.days import Workdays, local, month_first
from congtam.simulate.demo.people import AGENCY_HEAD, FAILING, LATE, SICK
from congtam.simulate.marks import ratings_of_month
from congtam.simulate.organisation import Organisation
from congtam.simulate.truths import Planted

SPRING_MONTHS = (date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1))
NOT_YET_RATED = (("CB017", -2), ("CB040", -1))  # official, months before the live one
SCORECARD = "vn/hue/dost-monthly-2025#official_month"
ONLY_HALF = {("organising", FAILING), ("organising", "CB026"), ("rallying", "CB046")}
LEAVE_OF_SICK = "Quyết định 188/QĐ-SKHCN: nghỉ ốm dài ngày"


def ratings(organisation: Organisation, days: Workdays, today: date, seed: int, planted: Planted) -> Iterator[Rating]:
    """February to April 2025 and the two full past months; the live month has none yet."""
    for first in [*SPRING_MONTHS, month_first(today, -2), month_first(today, -1)]:
        yield from ratings_of_month(
            organisation,
            days,
            first,
            Random(f"{seed} ratings {first}"),
            planted,
            lambda official, first=first: _state(official, first, today),  # type: ignore[misc]
            lambda criterion, official: (criterion, official) in ONLY_HALF,
        )


def _state(official: str, first: date, today: date) -> tuple[State, str | None]:
    if any(official == one and first == month_first(today, back) for one, back in NOT_YET_RATED):
        return State.MISSING, None
    if official == SICK and first == month_first(today, -2):
        return State.EXCUSED, LEAVE_OF_SICK
    return State.VALUE, None


def decisions(days: Workdays, today: date) -> Iterator[Decision]:
    """One veto upheld in a past month, so that proposed and decided stand side by side; two from spring 2025."""
    past = month_first(today, -2)
    yield _decision(
        LATE,
        past,
        "upheld",
        "215",
        "Đã đối chiếu từng việc quá hạn; không có lý do khách quan.",
        local(days.days[days.index(month_first(today, -1)) + 2], 10),
    )
    yield _decision(
        FAILING,
        date(2025, 3, 1),
        "upheld",
        "52",
        "Tồn đọng kéo dài, đã nhắc nhở hai lần.",
        local(date(2025, 4, 4), 10),
    )
    yield _decision(
        LATE,
        date(2025, 4, 1),
        "set_aside",
        "77",
        "Một phần chậm do chuyển đổi hệ thống sau hợp nhất.",
        local(date(2025, 5, 6), 10),
    )


def _decision(official: str, month: date, outcome: str, number: str, reason: str, recorded_at: datetime) -> Decision:
    return Decision(
        seq=0,
        recorded_at=recorded_at,
        subject=official,
        scorecard=SCORECARD,
        period=f"{month:%Y-%m}",
        matter="overdue",
        outcome=outcome,
        by=AGENCY_HEAD,
        number=f"{number}/QĐ-SKHCN",
        reason=reason,
    )
