"""Who stands where in a piece of work: who gave it, who decides on it, and who is there to receive it."""

from datetime import date, datetime, timedelta

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.desk.acting import Current, current
from congtam.desk.models import Brief
from congtam.engine.facts.work import Share
from congtam.engine.periods import local_day
from congtam.history.refused import Refused
from congtam.people.models import Spell
from congtam.people.queries import at_work, names_of, superior_of
from congtam.work.models import Event

LOOKED_AHEAD = timedelta(days=30)  # whoever receives work without a deadline must be there within so many days


def work_of(item: int, now: datetime) -> Current:
    """The item this instant. Raises `Refused` for one that nothing registered, or that does not count."""
    found = current(item, now)
    if found.item is None:
        raise Refused(
            "Chưa có công việc này trong hệ thống, hoặc việc do một nguồn khác theo dõi. Hãy mở lại danh sách việc.",
            "There is no such work here, or another source keeps it. Open the list of work again.",
        )
    return found


def open_work(item: int, now: datetime) -> Current:
    """The item while it is open. Raises `Refused` when it is finished or was cancelled."""
    found = work_of(item, now)
    if found.item is not None and found.item.state != "open":
        raise Refused(
            "Việc này đã xong hoặc đã hủy nên không ghi thêm được. Nếu còn phải làm, người giao mở lại việc trước.",
            "This work is finished or was cancelled, so nothing more is written. Who gave it may open it again first.",
        )
    return found


def held(found: Current, person: int) -> Share:
    """The share a person holds now. Raises `Refused`, naming who holds the work, when it is not theirs."""
    share = found.open_share(person)
    if share is not None:
        return share
    holders = called([int(one.official) for one in found.shares if one.state == "open"])
    if holders:
        raise Refused(
            f"Việc này không còn, hoặc không phải, do người được ghi đảm nhận; đang giữ việc: {holders}. "
            "Hãy mở lại trang để xem việc đang ở đâu.",
            f"This part of the work is not, or no longer, held by that person; it is held by {holders}. "
            "Open the page again to see where the work is.",
        )
    raise Refused(
        "Việc này vừa được xong, hủy hoặc chưa có ai nhận. Hãy mở lại trang để xem việc đang ở đâu.",
        "This work was just finished or cancelled, or nobody has taken it. Open the page again to see where it is.",
    )


def giver_of(item: int) -> int | None:
    """Who gave an item: by its brief; of work from elsewhere, the person its first assignment names."""
    brief = Brief.objects.filter(item=item).values_list("giver", flat=True).first()
    if brief is not None:
        return brief
    told = (
        Event.objects.filter(item=item, activity="assigned").order_by("at", "seq").values_list("counterpart", flat=True)
    )
    named = told.first() or ""
    return int(named) if named.isdecimal() else None


def decider(item: int, person: int, day: date) -> int | None:
    """Who decides on what a person did in an item: who gave it; the person's superior when that is they themselves or
    has left. None when nobody stands above."""
    giver = giver_of(item)
    if giver is not None and giver != person and works(giver, day):
        return giver
    return superior_of(person, day)


def may_decide(seat: Seat, found: Current) -> bool:
    """Whether a seat decides on an item."""
    return decides(seat, found, giver_of(found.root))


def decides(seat: Seat, found: Current, giver: int | None) -> bool:
    """Whether a seat decides on an item that `giver` gave: they, or a head over them; where nobody is named, a head
    over who has it. Nobody decides on work that they hold or did themselves."""
    people = {int(one.official) for one in found.shares if one.state != "passed_on"}
    if seat.person is None or seat.person in people:
        return False
    if giver is not None:
        return seat.person == giver or over_person(seat, Right.GIVE_WORK, giver)
    return any(over_person(seat, Right.GIVE_WORK, person) for person in people)


def must_decide(seat: Seat, found: Current) -> None:
    """Raises `Refused` for a seat that does not decide on the item."""
    if not may_decide(seat, found):
        raise Refused(
            "Chỉ người giao việc hoặc người phụ trách cấp trên được quyết định về việc này, và không ai quyết định về "
            "việc mình đang làm. Hãy đề nghị người giao.",
            "Only who gave this work, or a head above them, decides on it, and nobody on work of their own. "
            "Ask who gave it.",
        )


def works(person: int, day: date) -> bool:
    """Whether a person holds a post on a day."""
    return Spell.standing().filter(person=person, days__contains=day).exists()


def must_be_there(person: int, now: datetime, due: datetime | None) -> None:
    """Raises `Refused` when a person holds no post any more, or is away on every day until the deadline."""
    first = local_day(now)
    until = max(local_day(due) if due else first + LOOKED_AHEAD, first) + timedelta(days=1)
    if at_work([person], first, until)[person]:
        return
    name = called([person])
    if not works(person, first):
        raise Refused(
            f"{name} không còn giữ vị trí nào nên không nhận việc được. Hãy chọn người khác.",
            f"{name} holds no post any more, so cannot receive work. Choose somebody else.",
        )
    last = f"{until - timedelta(days=1):%d/%m/%Y}"
    raise Refused(
        f"{name} vắng mặt suốt đến {last} nên không nhận việc được. Hãy chọn người khác hoặc lùi hạn.",
        f"{name} is away all the time until {last}, so cannot receive work. Choose somebody else or a later deadline.",
    )


def called(persons: list[int]) -> str:
    """What persons are called, one after the other."""
    names = names_of(persons)
    return ", ".join(names.get(person, f"#{person}") for person in dict.fromkeys(persons))
