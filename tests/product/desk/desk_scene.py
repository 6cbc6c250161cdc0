"""The cast at work on the desk: seats by code, a clock of its own, and what is stored against what the fold says."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.desk import giving
from congtam.desk.giving import Order
from congtam.desk.models import Question
from congtam.engine.facts.work import Share as Folded
from congtam.engine.periods import local_day
from congtam.work.apart import fold_apart
from congtam.work.clocks import clocks_now
from congtam.work.events import events_of
from congtam.work.folding import fold_all_again, fold_waiting
from congtam.work.models import Event, Fault, Share, Standing

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TICK = timedelta(microseconds=1)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 6) -> datetime:
    """An instant of 2030 in Vietnam; 3 June is a Monday."""
    return datetime(2030, month, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


class Desk:
    """Whoever acts is named by code; `now` goes on by `wait`."""

    def __init__(self, cast: Cast):
        self.cast, self.now = cast, at(3)

    def seat(self, code: str) -> Seat:
        """The seat of a person now."""
        return seat_of(self.cast.accounts[code], local_day(self.now))

    def person(self, code: str) -> int:
        """A person's number."""
        return self.cast.people[code].pk

    def wait(self, **time: float) -> datetime:
        """So much later."""
        self.now += timedelta(**time)
        return self.now

    def give(self, giver: str = "truong-mot", lead: str = "an", support: tuple[str, ...] = (), **order: Any) -> int:
        """A piece of work, due on Friday at five unless it is said otherwise."""
        told = {"title": "Báo cáo quý", "due": at(7, 17), "product": "Báo cáo"} | order
        helpers = tuple(self.person(one) for one in support)
        return giving.give(self.seat(giver), Order(lead=self.person(lead), support=helpers, **told), now=self.now)

    def shares(self, item: int) -> list[Share]:
        """The stored shares of an item, folded up to now, in order of receipt."""
        self.settle()
        return list(Share.objects.filter(item=item).order_by("received_at", "turn", "pk"))

    def share(self, item: int, code: str) -> Share:
        """The latest share of a person in an item."""
        return [one for one in self.shares(item) if one.official_id == self.person(code)][-1]

    def standing(self, item: int) -> Standing:
        """The stored item, folded up to now."""
        self.settle()
        return Standing.objects.get(item=item)

    def faults(self, item: int) -> list[Fault]:
        """The faults of an item as of now: a delay comes with time alone, so everything is folded again."""
        fold_all_again()
        self.settle()
        return list(Fault.objects.filter(item=item).order_by("at"))

    def settle(self) -> None:
        """Everything that waits is folded as of now."""
        while fold_waiting(500, self.now + TICK).items:
            pass

    def asked(self, kind: str, item: int | None = None) -> Question:
        """The newest question of a kind."""
        found = Question.objects.filter(kind=kind)
        return (found if item is None else found.filter(item=item)).latest("pk")


def happened(item: int) -> list[str]:
    """The activities of an item in the order in which they were told."""
    return list(Event.objects.filter(item=item).order_by("seq").values_list("activity", flat=True))


def stored_otherwise(now: datetime) -> list[str]:
    """Where items, shares, faults or deadlines are stored otherwise than a fold of all events gives them."""
    folded = fold_apart(
        events_of(set(Event.objects.values_list("item", flat=True))), now + TICK, clocks_now(now).clocks
    )
    work = folded.counting
    told = {
        "items": (
            {(one.item, one.state, one.due_at, one.finished_at, one.returns, one.reopened, one.extensions, one.waiting,
              one.accepted_at) for one in work.items},
            {(str(one.item_id), one.state, one.due_at, one.finished_at, one.returns, one.reopened, one.extensions,
              one.waiting, one.accepted_at) for one in Standing.objects.all()},
        ),
        "shares": (
            {_as_told(one) for one in work.shares},
            {(str(one.item_id), str(one.official_id), one.role, one.weight, one.state, one.received_at,
              one.taken_up_at, one.due_at, one.finished_at, one.accepted_at, one.rating, one.turn)
             for one in Share.objects.all()},
        ),
        "faults": (  # those told; a delay is what shares say of it
            {(one.item, one.fault, one.at, one.official) for one in work.faults if not one.derived},
            {(str(one.item_id), one.fault, one.at, str(one.official_id))
             for one in Fault.objects.all() if not one.derived},
        ),
    }  # fmt: skip
    found = [
        f"{what}: fold {fold - stored}, stored {stored - fold}"
        for what, (fold, stored) in told.items()
        if fold != stored
    ]
    return found + [asdict(one)["message"] for one in work.findings]


def _as_told(one: Folded) -> tuple[Any, ...]:
    return (
        one.item, one.official, one.role, one.weight, one.state, one.received_at, one.taken_up_at, one.due_at,
        one.finished_at, one.accepted_at, one.rating, one.turn,
    )  # fmt: skip
