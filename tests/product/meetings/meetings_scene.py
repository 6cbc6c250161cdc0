"""A department that meets on Mondays: a clock of its own, work that is folded, and browsers of its people."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.desk.giving import Order, give
from congtam.engine.periods import local_day
from congtam.meetings.concluding import Point, conclude
from congtam.meetings.holding import Call, call, close
from congtam.meetings.models import Closing, Conclusion, Meeting
from congtam.work.folding import fold_waiting

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TICK = timedelta(microseconds=2)


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of June 2030 in Vietnam; the third is a Monday."""
    return datetime(2030, 6, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


class Office:
    """Whoever acts is named by code; `now` is moved by hand."""

    def __init__(self, cast: Cast):
        self.cast, self.now = cast, at(3)

    def seat(self, who: str) -> Seat:
        """Somebody's seat now."""
        return seat_of(self.cast.accounts[who], local_day(self.now))

    def person(self, who: str) -> int:
        """A person's number."""
        return self.cast.people[who].pk

    def unit(self, code: str) -> int:
        """A unit's number."""
        return self.cast.units[code].pk

    def give(
        self, lead: str = "an", due: datetime | None = None, by: str = "truong-mot", title: str = "Báo cáo"
    ) -> int:
        """Work given by a head, due on Friday."""
        order = Order(title, self.person(lead), due=due or at(7, 17), product="Báo cáo")
        item = give(self.seat(by), order, now=self.now)
        self.fold()
        return item

    def meet(
        self, when: datetime | None = None, unit: str = "phong-mot", by: str = "truong-mot", **told: Any
    ) -> Meeting:
        """A weekly meeting of a unit, of its head with An."""
        meant: dict[str, Any] = {"kind": "weekly", "taking_part": (self.person("an"),)} | told
        return call(
            self.seat(by), Call(self.unit(unit), at=when or self.now, chair=self.person(by), **meant), now=self.now
        )

    def conclude(self, meeting: Meeting, text: str = "Rà soát hồ sơ", why: str = "", **told: Any) -> Conclusion:
        """A conclusion: An hands in a report by Friday, unless it is said otherwise."""
        if not {"unit", "task"} & told.keys():
            told = {"person": self.person("an")} | told
        meant = {"due": at(7, 17), "product": "Báo cáo"} | told
        made = conclude(self.seat("truong-mot"), meeting.pk, Point(text, **meant), why, now=self.now)
        self.fold()
        return made

    def close(self, meeting: Meeting, *there: str) -> Closing:
        """The meeting ends; who was there."""
        people = tuple(self.person(one) for one in there or ("truong-mot", "an"))
        return close(self.seat("truong-mot"), meeting.pk, people, now=self.now)

    def fold(self) -> None:
        """What a worker does all the time."""
        while fold_waiting(500, self.now + TICK).items:
            pass

    def client(self, who: str, lang: str = "vi") -> Client:
        """Somebody's browser."""
        client = Client()
        client.force_login(self.cast.accounts[who])
        client.cookies["lang"] = lang
        return client

    def get(self, who: str, address: str, status: int = 200, lang: str = "vi") -> str:
        """A page as somebody sees it, every blank one blank."""
        answer = self.client(who, lang).get(address)
        assert answer.status_code == status, answer.status_code
        return " ".join(answer.content.decode().split())

    def post(self, who: str, address: str, status: int = 302, **told: Any) -> Any:
        """What somebody sends; the answer."""
        answer = self.client(who).post(address, told)
        said = re.findall(r"errorlist[^>]*>(.*?)</ul>", answer.content.decode(), re.S)
        assert answer.status_code == status, (answer.status_code, said)
        self.fold()
        return answer
