"""Giving work under the five clears: who, what, until when, who answers for it, what is handed over; and with which
authority."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.desk.acting import Happening, new_item, person_of, write
from congtam.desk.models import URGENCIES, Brief, Template
from congtam.desk.parties import called, giver_of, may_decide, must_be_there, open_work
from congtam.engine.explaining import formats
from congtam.engine.facts.cells import instant_text, write_cell
from congtam.engine.facts.tables import Kind
from congtam.engine.periods import local_day
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take
from congtam.orgs.queries import agencies_of
from congtam.people.queries import superior_of, units_of
from congtam.work.appending import Called, describe
from congtam.work.clocks import clocks_now

ONE = 100  # hundredths: what work counts as when neither a product nor a coefficient was named


@dataclass(frozen=True)
class Order:
    """What is to be done, as it is given. `lead`, `support`: persons by number; `due`: None for work without one;
    `coefficient` in hundredths; `unit`: for which unit the giver acts (None: their own); `part_of`: the item it was cut
    from; `received_at`: when the work came in, when that was before it is given. The rest as in `Brief`."""

    title: str
    lead: int
    support: tuple[int, ...] = ()
    due: datetime | None = None
    product: str = ""
    authority: str = ""
    instruction: str = ""
    catalogue: str = ""
    coefficient: int | None = None
    symbol: str = ""
    issuer: str = ""
    incoming: str = ""
    basis: str = ""
    urgency: str = "ordinary"
    part_of: int | None = None
    kind: str = "task"
    received_at: datetime | None = None
    unit: int | None = None


def give(seat: Seat, order: Order, *, now: datetime | None = None) -> int:
    """Give work to one lead and those who support; its item. Raises `Refused`."""
    with in_order():
        return _give(seat, order, now or timezone.now())


def give_many(seat: Seat, order: Order, leads: list[int], *, now: datetime | None = None) -> list[int]:
    """Give the same work to several people, an item each; all of it or nothing. Raises `Refused`."""
    if not leads:
        raise Refused("Chưa chọn người nhận. Hãy chọn ít nhất một người.", "Nobody was chosen. Choose at least one.")
    with in_order():
        seen = now or timezone.now()
        return [_give(seat, replace(order, lead=lead), seen) for lead in dict.fromkeys(leads)]


def give_from(
    seat: Seat, template: Template, lead: int, support: tuple[int, ...] = (), *, now: datetime | None = None
) -> int:
    """Give work as a template says, due at the close of its last working day; its item. Raises `Refused`."""
    with in_order():
        seen = now or timezone.now()
        if template.retired_at is not None:
            raise Refused(
                "Mẫu giao việc này không còn dùng. Hãy chọn mẫu khác hoặc giao việc mới.",
                "This template is no longer in use. Choose another, or give the work anew.",
            )
        calendar = clocks_now(seen).clocks.calendar
        order = Order(
            template.title,
            lead,
            tuple(support),
            calendar.close_of(calendar.add_working_days(local_day(seen), template.days)),
            template.product,
            template.authority,
            template.instruction,
            template.catalogue,
            template.coefficient,
            unit=template.unit_id,
        )
        return _give(seat, order, seen)


def set_out(seat: Seat, order: Order, *, now: datetime | None = None) -> int:
    """Begin work that nobody gave (`order.lead` is not looked at); whoever stands above accepts it. Its item. Raises
    `Refused`, also where nobody stands above: it would never count."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        own = replace(order, lead=who)
        makes_sense(own, seen)
        must_be_there(who, seen, own.due)
        _may_be_given(seat, who, own.support)
        if superior_of(who, local_day(seen)) is None:
            raise Refused(
                "Không có người phụ trách cấp trên để nghiệm thu việc tự khởi xướng. Hãy để người khác giao việc này.",
                "Nobody stands above to accept what you set out to do. Have somebody else give this work.",
            )
        return _laid(seat, who, own, seen, "self_started")


def _give(seat: Seat, order: Order, now: datetime) -> int:
    giver = person_of(seat)
    makes_sense(order, now)
    people = (order.lead, *order.support)
    _may_be_given(seat, giver, people)
    for person in people:
        must_be_there(person, now, order.due)
    if order.part_of is not None:
        _fits(seat, giver, order, order.part_of, now)
    return _laid(seat, giver, order, now, "assigned")


def _laid(seat: Seat, giver: int, order: Order, now: datetime, origin: str) -> int:
    """A new item on the desks of who leads and who supports."""
    home = units_of(order.lead, local_day(now))[0]
    item = entered(seat, giver, order, now)
    by = None if order.lead == giver else giver
    happened = [
        *opening(order, home, now, origin),
        Happening("assigned", order.lead, by, home, attributes={"role": "lead"}),
        *(Happening("assigned", one, giver, attributes={"role": "support"}) for one in order.support),
    ]
    action = "desk.give" if by else "desk.set_out"
    write(seat, action, item, happened, now, lead=order.lead, support=list(order.support))
    return item


def entered(seat: Seat, giver: int, order: Order, now: datetime, secret: bool = False) -> int:
    """A new item with its brief and its name; nothing has happened to it yet. Inside `in_order()`."""
    item = new_item(f"CT-{take(1)[0]}")
    describe([Called(item, order.title.strip(), order.symbol.strip(), "")])
    Brief.objects.create(
        item_id=item,
        giver_id=giver,
        unit_id=_acting_for(seat, giver, order, now),
        product=order.product.strip(),
        authority=order.authority.strip(),
        instruction=order.instruction.strip(),
        issuer=order.issuer.strip(),
        incoming=order.incoming.strip(),
        basis=order.basis.strip(),
        urgency=order.urgency,
        first_due=order.due,
        part_of_id=order.part_of,
        secret=secret,
        given_at=now,
    )
    return item


def opening(order: Order, unit: int, now: datetime, origin: str = "assigned") -> Iterable[Happening]:
    """The first events of an item: registered where the work stands, and its deadline."""
    agency = agencies_of([unit], local_day(now)).get(unit)
    whole = ONE if order.coefficient is None and not order.catalogue else order.coefficient
    told: dict[str, Any] = {
        "kind": order.kind,
        "origin": origin,
        "unit": str(unit),
        "agency": str(agency or ""),
        "catalogue": order.catalogue,
        "coefficient": write_cell(whole, Kind.HUNDREDTHS),
    }
    began = order.received_at or now
    yield Happening("registered", unit=unit, attributes={k: v for k, v in told.items() if v}, at=began)
    if order.due is not None:
        yield Happening("due", value=instant_text(order.due))


def makes_sense(order: Order, now: datetime) -> None:
    """Raises `Refused` for an order that nobody could follow."""
    if not order.title.strip():
        raise Refused("Việc cần có tên. Hãy ghi trích yếu hoặc nội dung.", "Work needs a name. Say what is to be done.")
    if order.due is not None and order.due <= now:
        raise Refused(
            f"Hạn {formats.moment(order.due, 'vi')} đã qua. Hãy chọn hạn sau thời điểm này.",
            f"The deadline {formats.moment(order.due, 'en')} has passed. Choose a later one.",
        )
    if order.received_at is not None and order.received_at > now:
        raise Refused(
            "Thời điểm đến nằm ở phía trước. Hãy ghi thời điểm việc thực sự đến.",
            "The instant of receipt lies ahead. Write when the work truly came in.",
        )
    if order.urgency not in URGENCIES:
        raise Refused(
            "Độ khẩn không có trong danh sách. Hãy chọn thường, khẩn, thượng khẩn hoặc hỏa tốc.",
            "There is no such urgency. Choose ordinary, urgent, very urgent or express.",
        )
    if order.lead in order.support or len(set(order.support)) < len(order.support):
        raise Refused(
            "Một người được chọn hai lần trong một việc. Hãy để mỗi người một vai trò.",
            "Somebody was chosen twice for one piece of work. Leave one role to each.",
        )


def _may_be_given(seat: Seat, giver: int, people: Iterable[int]) -> None:
    """Raises `Refused` for people whom the giver does not head, and for the giver: work has another side."""
    for person in people:
        if person == giver:
            raise Refused(
                "Người giao không tự giao việc cho mình: việc cần có bên kia nghiệm thu. Hãy ghi việc phát sinh và "
                "chọn người xác nhận.",
                "Nobody gives work to themselves: somebody else has to accept it. Tell it as work that arose, with "
                "whoever can confirm it.",
            )
        if not over_person(seat, Right.GIVE_WORK, person):
            name = called([person])
            raise Refused(
                f"{name} không thuộc đơn vị do bạn phụ trách. Hãy gửi yêu cầu phối hợp tới đơn vị của người đó.",
                f"{name} is not in a unit you head. Ask their unit for coordination instead.",
            )


def _fits(seat: Seat, giver: int, order: Order, whole: int, now: datetime) -> None:
    """Raises `Refused` for a part that is cut by somebody without a part in the whole, or is due after it."""
    found = open_work(whole, now)
    if found.open_share(giver) is None and giver_of(found.root) != giver and not may_decide(seat, found):
        raise Refused(
            "Bạn không có phần trong việc gốc nên không chia việc được. Hãy đề nghị người chủ trì.",
            "You have no part in the work it would be cut from. Ask who leads it.",
        )
    due = found.item.due_at if found.item else None
    if due is not None and (order.due is None or order.due > due):
        raise Refused(
            f"Hạn của phần việc phải trước hoặc bằng hạn {formats.moment(due, 'vi')} của việc gốc.",
            f"A part has to be due by {formats.moment(due, 'en')}, when the whole is.",
        )


def _acting_for(seat: Seat, giver: int, order: Order, now: datetime) -> int:
    """The unit the giver acts for. Raises `Refused` for one they neither work in nor head."""
    own = units_of(giver, local_day(now))
    if order.unit is None and own:
        return own[0]
    if order.unit is not None and order.unit in {*own, *seat.leads, *seat.leads_agency, *seat.registers}:
        return order.unit
    raise Refused(
        "Bạn không làm việc ở đơn vị đứng tên giao việc và không phụ trách đơn vị ấy. Hãy chọn đơn vị của mình.",
        "You neither work in the unit that gives this work nor head it. Choose your own unit.",
    )
