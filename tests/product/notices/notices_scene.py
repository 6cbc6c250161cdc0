"""An office that gives work on the desk, on Monday 3 June 2030 and after, and reads its digests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.desk.giving import Order, give
from congtam.engine.periods import local_day
from congtam.notices.making import make_due
from congtam.notices.models import Digest
from congtam.people.models import PersonText
from congtam.work.folding import fold_waiting

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of June 2030 in Vietnam; the third is a Monday."""
    return datetime(2030, 6, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


class Office:
    """Whoever acts is named by code; every instant is said."""

    def __init__(self, cast: Cast):
        self.cast = cast

    at = staticmethod(at)

    def seat(self, code: str, now: datetime) -> Seat:
        return seat_of(self.cast.accounts[code], local_day(now))

    def person(self, code: str) -> int:
        return self.cast.people[code].pk

    def give(
        self, now: datetime, due: datetime | None, lead: str = "an", title: str = "Báo cáo quý", **more: Any
    ) -> int:
        """Work of the head of the first section for one of its officials."""
        item = give(self.seat("truong-mot", now), Order(title, self.person(lead), due=due, **more), now=now)
        self.fold(now)
        return item

    def fold(self, now: datetime) -> None:
        while fold_waiting(500, now + timedelta(seconds=1)).items:
            pass

    def told(self, code: str, now: datetime) -> dict[str, list[int]]:
        """What a person's digest of a day says, made at `now`: items by kind of line."""
        self.fold(now)
        make_due(now)
        found: dict[str, list[int]] = {}
        digest = Digest.objects.filter(person=self.person(code), day=local_day(now)).first()
        for line in digest.lines.order_by("id") if digest else ():
            found.setdefault(line.what, []).append(line.item)
        return found

    def address(self, code: str, email: str) -> None:
        PersonText.objects.filter(person=self.person(code)).update(email=email)
