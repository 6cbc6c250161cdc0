"""June 2030 of Sở A before its committee: a limit with a tie and somebody ranked after it, and a veto to look at.

Half of those at least good may be excellent. Of six with enough work Bình and Minh stand first, Chi and Hà are tied
across the limit, Dũng ranks after them; An was late and is proposed for a lower grade.
"""

from datetime import date, datetime
from unittest.mock import patch

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.calibration.committee import set_up
from congtam.calibration.models import Committee, Sitting
from congtam.calibration.sitting import attend, convene
from congtam.cycles.models import Cycle
from congtam.cycles.moving import finish
from congtam.cycles.opening import open_cycle
from congtam.engine.periods import Period, local_day
from congtam.history.actor import Actor
from congtam.registry import actions as registry
from congtam.registry import shipped
from congtam.scores.taking import take
from month_scene import BEGAN, DECREE, PERIOD, at, mark, tell

CARD = f"{DECREE}#civil_servant_month"
FILE = f"{DECREE}/scorecards/civil_servant_month.yaml"
CAP = "cap:half"
NOW = at(11, 9, month=7)
MARKS = {"an": 26, "binh": 29, "quy-tac": 28, "chi": 27, "nhan-su": 27, "dung": 27}
RULES = """
vetoes:
  - id: behind
    title: {vi: Chậm tiến độ, en: Behind time}
    when: progress < 0.7
    indicator: progress
    propose: complete
population_rules:
  - id: half
    title: {vi: Xuất sắc không quá một nửa, en: Excellent at most half}
    cap: excellent
    limit: 0.5
    base: good_and_above
    each_of: [[agency]]
"""
MEMBERS = {"giam-doc": "chair", "pho-giam-doc": "member", "truong-mot": "member", "truong-hai": "member",
           "nhan-su": "secretary"}  # fmt: skip


def seat(cast: Cast, code: str, now: datetime = NOW) -> Seat:
    """The seat of somebody of the cast."""
    return seat_of(cast.accounts[code], local_day(now))


def adopt_with_a_limit() -> None:
    """The decree's month, with a limit and a veto of the month itself."""
    files = shipped.files_of(DECREE)
    with patch("congtam.registry.actions.copies.files_of", lambda _: {**files, FILE: files[FILE] + RULES}):
        registry.approve_copy(Actor(account=2), registry.adopt(Actor(account=1), DECREE, first=BEGAN))
    registry.add_card(Actor(account=1), DECREE, "civil_servant_month", True, BEGAN)


def before_the_committee(cast: Cast) -> Cycle:
    """Everything up to calibration done, and scored."""
    adopt_with_a_limit()
    tell(cast)
    for person, points in MARKS.items():
        mark(cast, person, points)
    keeper, agency = seat(cast, "nhan-su"), cast.units["so-a"].pk
    cycle = open_cycle(keeper, agency, PERIOD, "15/KH-SA", now=at(1, 8, month=7))
    for step in ("cut_off", "self_report", "rating", "draft_slip", "review"):
        finish(keeper, cycle, step, now=at(1, 9, month=7))
    take(agency, Period.parse(PERIOD), at(1, 9, month=7))
    return cycle


def committee(cast: Cast, **said: object) -> Committee:
    """The committee of Sở A: five people, two thirds to be there."""
    members = {cast.people[code].pk: role for code, role in MEMBERS.items()}
    return set_up(seat(cast, "nhan-su"), cast.units["so-a"], "20/QĐ-SA", date(2030, 1, 1), members, **said)  # type: ignore[arg-type]


def sitting(cast: Cast, cycle: Cycle, *absent: str, number: str = "01/BB-HĐ") -> Sitting:
    """A sitting at which everybody is but those named."""
    made = convene(seat(cast, "nhan-su"), cycle, number, NOW, "Phòng họp 1")
    attend(seat(cast, "nhan-su"), made, [cast.people[code].pk for code in MEMBERS if code not in absent])
    return made
