"""October 2026 of Sở A as its records tell it, before anybody opens the month: on top of the cast, eight more officials
under the head of Phòng Một; Phòng Hai's head and Chi are public employees, under Decree 233; everybody else is a civil
servant, under Decree 335, of whom at most half of those at least good may be excellent. Those whom the journey does not
follow are marked already. A committee and everybody's pay are there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from calibration_scene import adopt_with_a_limit
from cast import BEGAN, Cast
from closing_scene import public_employees
from congtam.access.seats import seat_of
from congtam.calibration.committee import set_up
from congtam.engine.periods import local_day
from congtam.history.actor import SYSTEM
from congtam.intake.telling import Happening, Told
from congtam.people.actions import add_person, begin_spell, set_post
from congtam.ratings.actions import rate
from congtam.registry import actions as registry
from congtam.reward.amounts import set_earning
from congtam.reward.models import Earning
from congtam.scores import live
from making import ONE, OTHER
from month_scene import tell

PERIOD = "2026-10"
MORE = ("Bảo An", "Đình Chiến", "Thu Hằng", "Gia Huy", "Khánh Linh", "Minh Nhật", "Ngọc Oanh", "Quốc Phong")
EXTRA = "vn/da-nang/extra-income-2026"
MEMBERS = {"giam-doc": "chair", "nhan-su": "secretary", "pho-giam-doc": "member", "truong-mot": "member",
           "truong-hai": "member"}  # fmt: skip
SALARIES = {"an": 10_000_000, "binh": 9_000_000}
SALARY = 6_000_000  # of everybody else
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

GIVEN = {  # the marks on the general criteria that stand already
    "giam-doc": 15, "pho-giam-doc": 15, "duyet-quy-tac": 15, "van-thu": 15, "dung": 10,
    "quy-tac": 29, "nhan-su": 20.5, "quan-tri": 20.5, "du-lieu": 20.2,
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A piece of work: its coefficient, and what went wrong with it."""

    coefficient: str = "1"
    late: bool = False
    fault: bool = False
    open: bool = False


WELL = Piece()
WORK = {  # everybody else has five pieces that went well
    "an": (WELL, Piece("2", fault=True), Piece("1.5", late=True), Piece("0.5"), WELL),
    "truong-mot": (WELL, WELL, WELL, WELL, Piece(late=True)),
    "chi": (WELL, WELL, WELL, WELL, Piece(open=True)),
    "truong-hai": (WELL, WELL, WELL, WELL, Piece(fault=True)),
    "binh": (WELL, WELL, WELL, Piece(late=True), Piece(open=True)),
    "dung": (WELL, WELL, Piece(open=True), Piece(open=True), Piece(open=True)),
}


@dataclass
class Clock:
    """What time it is in Sở A; tests move it."""

    now: datetime = field(default_factory=lambda: at(2, 7, 30, month=11))


def at(day: int, hour: int = 9, minute: int = 0, month: int = 10, year: int = 2026) -> datetime:
    """An instant in Vietnam; of October 2026 when nothing else is said."""
    return datetime(year, month, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


def before_the_month(cast: Cast, clock: Clock) -> None:
    """Everything above."""
    _more_people(cast)
    adopt_with_a_limit()
    public_employees(cast, date(2026, 1, 1))
    registry.approve_copy(OTHER, registry.adopt(ONE, EXTRA, first=date(2026, 1, 1)))
    tell(cast, [_told(code, place, piece) for code in _staff(cast) for place, piece in enumerate(_work_of(code))])
    for code, points in GIVEN.items():
        by = cast.people["nhan-su" if code != "nhan-su" else "giam-doc"]
        said = {"general": points} | ({"organising": 100, "rallying": 100} if code == "giam-doc" else {})
        for criterion, mark in said.items():
            value = round(mark * 1_000_000)
            rate(SYSTEM, criterion=criterion, period=PERIOD, by=by, person=cast.people[code], value=value)
    while live.refresh(clock.now):
        pass
    day = local_day(clock.now)
    committee = {cast.people[code].pk: role for code, role in MEMBERS.items()}
    set_up(seat_of(cast.account("personnel"), day), cast.units["so-a"], "20/QĐ-SA", date(2026, 1, 1), committee)
    accountant = seat_of(cast.account("accountant"), day)
    for code in _staff(cast):
        salary = Decimal(SALARIES.get(code, SALARY))
        new = Earning(person=cast.people[code], first=date(2026, 1, 1), salary=salary, number="8/QĐ-SA")
        set_earning(accountant, cast.people[code], new)


def _staff(cast: Cast) -> list[str]:
    """Everybody of Sở A."""
    return [code for code in cast.people if code not in ("giam-doc-b", "em")]


def _work_of(code: str) -> Iterable[Piece]:
    return WORK.get(code, (WELL,) * 5)


def _told(code: str, place: int, piece: Piece) -> Told:
    """A piece of work as a source tells it: given on one of the first days of the month, due six days later."""
    given, due, done = at(5 + place), at(12 + place, 17), at(13 + place if piece.late else 9, 15)
    events = [
        Happening(given, "registered", unit="so-a", attributes={"kind": "document", "coefficient": piece.coefficient}),
        Happening(given, "assigned", official=code),
        Happening(given, "due", value=due.isoformat()),
    ]
    if not piece.open:
        events += [Happening(done, "finished", official=code), Happening(done, "accepted", counterpart="giam-doc")]
    if piece.fault:
        events.append(Happening(at(20), "fault", official=code, value="quality"))
    key = f"{code}-{place}"
    return Told(key, 1, events=tuple(events), title=f"Trả lời văn bản {key}", symbol=f"{key}/SA", place="so-den.csv:7")


def _more_people(cast: Cast) -> None:
    for number, name in enumerate(MORE):
        code = f"them-{number}"
        cast.people[code] = add_person(SYSTEM, code, full_name=f"Trần {name}", honorific="Bà")
        post = set_post(
            SYSTEM,
            f"vi-tri-{code}",
            unit=cast.units["phong-mot"],
            title="Chuyên viên",
            duty_group="staff",
            leads=False,
            rank=90,
            functions=(),
            first=BEGAN,
        )
        begin_spell(
            SYSTEM,
            code=f"ct-{code}",
            person=cast.people[code],
            post=post,
            staff_kind="civil_servant",
            first=BEGAN,
            decision="01/QĐ-SA",
        )
