"""What people say about people: monthly ratings on criteria data cannot know, and decisions on proposed grades."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from congtam.engine.facts.tables import Decision, Rating, Spell
from congtam.engine.states import State
from congtam.simulate.days import Workdays, local, month_first
from congtam.simulate.department import Department
from congtam.simulate.people import AGENCY_HEAD, FAILING, LATE, SICK

WHOLE = 1_000_000
QUARTER = WHOLE // 4  # general marks are given in quarter points
HIGHEST = 30
NOT_YET_RATED = (("CB017", -2), ("CB040", -1))  # official, months before the live one
SCORECARD = "vn/hue/dost-monthly-2025#official_month"
ONLY_HALF = {("organising", FAILING), ("organising", "CB026"), ("rallying", "CB046")}


def ratings(department: Department, days: Workdays, today: date, seed: int) -> Iterator[Rating]:
    """February to April 2025 and the two full past months; the live month has none yet."""
    months = [date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)]
    for first in [*months, month_first(today, -2), month_first(today, -1)]:
        rng = Random(f"{seed} ratings {first}")
        last = days.days[days.index(month_first(first, 1)) - 1]
        for official in department.manners:
            spell = department.spell_on(official, last)
            if spell and any(department.present(official, day) for day in _weeks(first, last)):
                yield from _ratings_of(department, rng, spell, last, _state(official, first, today))


def _weeks(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _state(official: str, first: date, today: date) -> State:
    if any(official == one and first == month_first(today, back) for one, back in NOT_YET_RATED):
        return State.MISSING
    excused = official == SICK and first == month_first(today, -2)
    return State.EXCUSED if excused else State.VALUE


def _ratings_of(department: Department, rng: Random, spell: Spell, last: date, state: State) -> Iterator[Rating]:
    official = spell.official
    mark = min(HIGHEST * 4, round(4 * rng.gauss(department.manners[official].general, 0.6)))
    final = _rating(official, "general", last, mark * QUARTER, department.superior(official, last))
    if rng.random() < 0.6:
        own = min(HIGHEST * 4, mark + rng.randint(0, 6)) * QUARTER
        yield replace(final, stage="self", value=own, by=official, reason=None, recorded_at=local(last, 9, 30))
    reason = "Quyết định 188/QĐ-SKHCN: nghỉ ốm dài ngày" if state is State.EXCUSED else None
    yield replace(final, state=state, value=final.value if state is State.VALUE else None, reason=reason)
    if spell.leader:
        for criterion in ("organising", "rallying"):
            half = (criterion, official) in ONLY_HALF
            yield _rating(official, criterion, last, (50 if half else 100) * WHOLE, final.by)


def _rating(official: str, criterion: str, last: date, value: int, by: str | None) -> Rating:
    return Rating(0, local(last, 16, 40), official, criterion, f"{last:%Y-%m}", "final", State.VALUE, value, by)


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
