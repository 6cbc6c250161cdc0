"""Work that arises and nobody gave: told by who did it, and counted once a named person confirms it.

Before that there is no event: nothing is counted that has no counterpart.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.utils import timezone

from congtam.access.seats import Seat
from congtam.desk.acting import Happening, new_item, person_of, write, write_all
from congtam.desk.giving import Order, entered, opening
from congtam.desk.models import Brief, Question
from congtam.desk.parties import called, must_be_there
from congtam.desk.questions import ask
from congtam.engine.facts.cells import instant_text
from congtam.engine.periods import local_day, start_of_day
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take
from congtam.people.queries import at_work, units_of
from congtam.work.appending import Called, describe
from congtam.work.clocks import clocks_now

KINDS = {  # what arises → the kind of its item
    "duty": "operation",  # trực
    "citizens": "exchange",  # tiếp công dân
    "field": "operation",  # đi cơ sở
    "meeting": "operation",  # họp
}
MOST = 500  # secret items a month: more is a slip of the pen
SECRET = "Việc mật (chỉ báo số lượng)"
A_MINUTE = timedelta(minutes=1)
ORIGIN = "self_started"


def tell(
    seat: Seat, kind: str, text: str, confirmer: int, at: datetime | None = None, *, now: datetime | None = None
) -> Question:
    """Tell of work that arose (`kind`: one of `KINDS`) and who can confirm it. `at`: when it was done (None: now).
    Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        done = at or seen
        if kind not in KINDS or not text.strip():
            raise Refused(
                "Hãy chọn loại việc (trực, tiếp công dân, đi cơ sở, họp) và ghi nội dung.",
                "Choose what kind of work it was (duty, citizens, field, meeting) and say what was done.",
            )
        _was_there(who, done, seen)
        order = Order(text, who, kind=KINDS[kind], received_at=done)
        return _asked(seat, "confirmation", order, confirmer, seen, {"kind": kind, "at": instant_text(done)})


def propose(seat: Seat, title: str, text: str, to: int, *, now: datetime | None = None) -> Question:
    """Propose an initiative to who may have it recognised. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        if not title.strip() or not text.strip():
            raise Refused("Sáng kiến cần có tên và nội dung.", "An initiative needs a name, and words on what it is.")
        _was_there(who, seen, seen)
        order = Order(title, who, kind="initiative", instruction=text, received_at=seen)
        return _asked(seat, "recognition", order, to, seen, {"at": instant_text(seen)})


def count_secret(
    seat: Seat, number: int, done_in_time: int, month: date, confirmer: int, *, now: datetime | None = None
) -> Question:
    """Tell how much secret work one did in a month that is over (`month`: any day of it), and how much of it in time;
    never what. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        first = month.replace(day=1)
        if not 0 < number <= MOST or not 0 <= done_in_time <= number:
            raise Refused(
                f"Số việc từ 1 đến {MOST}, và số đúng hạn không quá số việc.",
                f"The number goes from 1 to {MOST}, and no more can be in time than there were.",
            )
        if local_day(seen) <= _last_of(first):
            raise Refused(
                "Tháng này chưa hết. Hãy báo số việc mật khi sang tháng sau.",
                "This month is not over. Tell the number of secret work once it is.",
            )
        told = {"secret": f"{first:%Y-%m}", "number": number, "in_time": done_in_time}
        before = Question.objects.filter(by=who, kind="confirmation", told__secret=told["secret"])
        if before.exclude(state__in=("refused", "taken_back")).exists():
            raise Refused(
                f"Số việc mật tháng {first:%m/%Y} đã báo rồi.",
                f"The secret work of {first:%m/%Y} was told already.",
            )
        _was_there(who, _close_of_month(first, seen), seen)
        order = Order(SECRET, who, kind="document")
        return _asked(seat, "confirmation", order, confirmer, seen, told, secret=True)


def confirmed(seat: Seat, question: Question, decision: str, until: datetime | None, now: datetime) -> None:
    """Somebody was there: what was told is counted, dated when it was done."""
    if "secret" in question.told:
        return _secret(seat, question, now)
    order = Order("", question.by_id, kind=KINDS[question.told["kind"]], received_at=_at(question))
    write(seat, "desk.confirm", question.item_id, _story(order, question, person_of(seat), now), now, to=question.by_id)
    return None


def recognised(seat: Seat, question: Question, decision: str, until: datetime | None, now: datetime) -> None:
    """An initiative is recognised by a numbered decision. Raises `Refused` without one."""
    if not decision:
        raise Refused(
            "Công nhận sáng kiến cần số quyết định. Hãy ghi số quyết định.",
            "An initiative is recognised by a decision. Write its number.",
        )
    order, who = Order("", question.by_id, kind="initiative", received_at=_at(question)), person_of(seat)
    happened = [
        *_story(order, question, who, now),
        Happening("recognised", question.by_id, who, decision=decision),
    ]
    write(seat, "desk.recognise", question.item_id, happened, now, to=question.by_id)


def _asked(
    seat: Seat, kind: str, order: Order, to: int, now: datetime, told: dict[str, object], secret: bool = False
) -> Question:
    """An item to which nothing has happened yet, and the question to whoever can say that it did."""
    who = person_of(seat)
    if to == who:
        raise Refused(
            "Không ai tự xác nhận việc của mình. Hãy chọn người đã có mặt hoặc người phụ trách.",
            "Nobody confirms their own work. Choose who was there, or the head of the unit.",
        )
    must_be_there(to, now, None)
    item = entered(seat, who, order, now, secret)
    write(seat, "desk.tell", item, [], now, to=to)
    return ask(item, kind, who, to, now, text=order.title if kind == "confirmation" else order.instruction, told=told)


def _story(order: Order, question: Question, by: int, now: datetime) -> list[Happening]:
    """Registered, held, finished and accepted: by whom, and when."""
    who, at = question.by_id, order.received_at or now
    unit = units_of(who, local_day(at))[0]
    return [
        *opening(order, unit, at, ORIGIN),
        Happening("assigned", who, by, unit, attributes={"role": "lead"}, at=at),
        Happening("finished", who, at=at),
        Happening("accepted", counterpart=by),
    ]


def _secret(seat: Seat, question: Question, now: datetime) -> None:
    """So many items, due at the close of the month's last working day; those not in time are finished a minute later,
    for how late they were is not told."""
    first, who, by = date.fromisoformat(f"{question.told['secret']}-01"), question.by_id, person_of(seat)
    due = _close_of_month(first, now)
    unit, began = units_of(who, local_day(due))[0], start_of_day(first)
    items = [question.item_id, *(new_item(f"CT-{take(1)[0]}") for _ in range(1, question.told["number"]))]
    brief = Brief.objects.get(item=question.item_id)
    more = {"giver_id": who, "unit_id": brief.unit_id, "part_of_id": brief.item_id, "secret": True, "given_at": now}
    Brief.objects.bulk_create(Brief(item_id=item, **more) for item in items[1:])
    describe([Called(item, SECRET, "", "") for item in items])
    order = Order(SECRET, who, due=due, kind="document", received_at=began)
    happened = {
        item: [
            *opening(order, unit, now),
            Happening("assigned", who, by, unit, attributes={"role": "lead"}, at=began),
            Happening("finished", who, at=due if number < question.told["in_time"] else due + A_MINUTE),
            Happening("accepted", counterpart=by),
        ]
        for number, item in enumerate(items)
    }
    write_all(seat, "desk.confirm", happened, now, to=who, count=len(items))


def _close_of_month(first: date, now: datetime) -> datetime:
    """The close of the last working day of a month."""
    calendar, day = clocks_now(now).clocks.calendar, _last_of(first)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return calendar.close_of(day)


def _was_there(who: int, at: datetime, now: datetime) -> None:
    """Raises `Refused` for work done in the future, or by somebody who held no post that day."""
    if at > now:
        raise Refused(
            "Thời điểm làm việc nằm ở phía trước. Hãy ghi việc đã làm.",
            "The instant lies ahead. Tell of work that was done.",
        )
    day = local_day(at)
    if not at_work([who], day, day + timedelta(days=1))[who]:
        raise Refused(
            f"Ngày {day:%d/%m/%Y} {called([who])} vắng mặt hoặc không giữ vị trí nào, nên không ghi việc được.",
            f"On {day:%d/%m/%Y} {called([who])} was away or held no post, so no work is recorded.",
        )


def _at(question: Question) -> datetime:
    return datetime.fromisoformat(question.told["at"])


def _last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
