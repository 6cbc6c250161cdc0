"""A month in which something happened, on top of the cast: rules adopted, records accepted, marks given, scores live.

It lies ahead of whenever the tests run; `NOW` is 09:40 on Tuesday 18/06/2030, and tests set the clock to it. Of `an`:
six pieces of work well done, two late, one due today, two due this week, one waiting for the applicant.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cast import Cast
from congtam.history.actor import SYSTEM, Actor
from congtam.intake.actions import accept
from congtam.intake.telling import Happening, Told
from congtam.ratings.actions import rate
from congtam.registry import actions as registry
from congtam.scores import forecasts, live
from congtam.sources.actions import add_source
from congtam.sources.models import Source
from written_rows import play_once

PERIOD = "2030-06"
DECREE, HUE = "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025"
BEGAN = date(2026, 1, 1)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, hour: int = 9, minute: int = 0, month: int = 6, second: int = 0) -> datetime:
    """An instant of 2030 in Vietnam."""
    return datetime(2030, month, day, hour, minute, second, tzinfo=HANOI).astimezone(UTC)


NOW = at(18, 9, 40)
COLLEAGUES = ("an", "binh", "chi", "dung", "nhan-su", "quy-tac")


def adopt_rules() -> None:
    """The decree's month by law, Huế's beside it."""
    one, other = Actor(account=1), Actor(account=2)
    for name in (DECREE, HUE):
        registry.approve_copy(other, registry.adopt(one, name, first=BEGAN))
    registry.add_card(one, DECREE, "civil_servant_month", True, BEGAN)
    registry.add_card(one, HUE, "official_month", False, BEGAN)


def task(
    key: str, person: str, received: datetime, due: datetime, done: datetime | None = None, *more: Happening
) -> Told:
    """One document that a person must answer."""
    events = [
        Happening(received, "registered", unit="phong-mot", attributes={"kind": "document", "coefficient": "1"}),
        Happening(received, "assigned", official=person),
        Happening(received, "due", value=due.isoformat()),
        *more,
    ]
    if done is not None:
        events += [Happening(done, "finished", official=person), Happening(done, "accepted", counterpart="truong-mot")]
    return Told(
        key, 1, events=tuple(events), title=f"Trả lời văn bản {key}", symbol=f"{key}/SA-P1", place="so-den.csv:7"
    )


def records() -> Iterable[Told]:
    """What the source tells about the month."""
    for number in range(6):
        yield task(f"10{number}", "an", at(3 + number), at(6 + number, 17), at(5 + number, 15))
    yield task("201", "an", at(3), at(7, 17), at(11, 9))
    yield task("202", "an", at(4), at(12, 17), at(12, 17, 30))
    yield task("301", "an", at(12), at(18, 17))
    yield task("302", "an", at(12), at(20, 17))
    yield task("303", "an", at(12), at(21, 17))
    yield task("304", "an", at(12), at(24, 17), None, Happening(at(14), "requested", value="thiếu bản chính"))
    for place, person in enumerate(COLLEAGUES[1:]):
        for number in range(6):
            done = at(5 + number + place % 3, 15) if number else at(14, 9)
            yield task(f"{person}-{number}", person, at(3 + number), at(6 + number, 17), done)


def tell(cast: Cast, told: Iterable[Told] | None = None) -> Source:
    """Records accepted from one source; the month's own when nothing else is given."""
    source = Source.objects.filter(code="voffice").first() or add_source(
        SYSTEM, "voffice", "Văn phòng điện tử", first=date(2025, 3, 1)
    )
    outcome = accept(SYSTEM, source, records() if told is None else told)
    wrong = [answer for answer in outcome.answers if answer.result == "set_aside"]
    assert not wrong, wrong
    return source


def mark(cast: Cast, person: str, points: float, period: str = PERIOD) -> None:
    """The head's mark on the general criteria."""
    by, actor = cast.people["truong-mot"], cast.accounts["truong-mot"]
    value = round(points * 1_000_000)
    rate(Actor(actor.pk), criterion="general", period=period, by=by, person=cast.people[person], value=value)


def settle(now: datetime = NOW) -> None:
    """Score until nothing is left to do, also looked ahead from: the worker does both."""
    for _ in range(50):
        if not live.refresh(now) + forecasts.fill(now):
            return
    raise AssertionError("live scoring does not come to an end")


def play(cast: Cast, *, marked: bool = True) -> None:
    """The whole month; without `marked` nobody has given marks yet."""

    def month() -> None:
        adopt_rules()
        tell(cast)
        for person in COLLEAGUES if marked else ():
            mark(cast, person, 26)
        settle()

    play_once(f"month, marked: {marked}", month)


def play_the_month_before(cast: Cast) -> None:
    """May of `an`, told after `play` and scored as it stood on 30/05."""

    def may() -> None:
        told = [
            task(f"5{number}", "an", at(3 + number, month=5), at(10 + number, 17, month=5), at(9 + number, 15, month=5))
            for number in range(7)
        ]
        tell(cast, [*told, task("59", "an", at(6, month=5), at(15, 17, month=5), at(23, 15, month=5))])
        mark(cast, "an", 24, "2030-05")
        settle(at(30, month=5))
        settle()

    play_once("the month before", may)
