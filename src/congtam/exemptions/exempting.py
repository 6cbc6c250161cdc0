"""Exemptions: faults voided, shares or items excused, by a named authority and a document; and taken back again.

Whoever decides must hold the right over everybody who is touched, and is never one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from congtam.access.gate import Right, over_person, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.desk.acting import Happening, person_of, write
from congtam.engine.facts.work import Work
from congtam.engine.periods import local_day
from congtam.exemptions.models import Exemption, ExemptionLine
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.queries import names_of
from congtam.work.apart import fold_apart
from congtam.work.clocks import clocks_now
from congtam.work.events import events_of
from congtam.work.linked import linked
from congtam.work.models import Event

TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Chosen:
    """What is not to count: a fault of an item by its id; without one the share of `official`, or, without that too,
    the item as a whole."""

    item: int
    fault: str = ""
    official: int | None = None


@dataclass(frozen=True)
class Basis:
    """By which document something does not count, and why."""

    decision: str
    decided_on: date
    why: str


def exempt(seat: Seat, chosen: Iterable[Chosen], basis: Basis, *, now: datetime | None = None) -> Exemption:
    """Void faults and excuse shares or items, all or none. Raises `Refused`: nothing chosen, no document or reason, a
    fault that is not there or does not count already, a person over whom the seat has no right, the seat's own."""
    with in_order():
        seen = now or timezone.now()
        wanted = list(dict.fromkeys(chosen))
        basis = _checked(wanted, basis, seen)
        authority = person_of(seat)
        exemption = put(seat.actor, Exemption(by_id=authority, decision=basis.decision, decided_on=basis.decided_on))
        for item in dict.fromkeys(one.item for one in wanted):
            work, own = work_now(item, seen), [one for one in wanted if one.item == item]
            laid_to = {one: _laid_to(one, work) for one in own}
            _may(seat, laid_to.values(), {one.fault for one in own}, work)
            events = [_happening(one, laid_to[one], authority, basis.decision) for one in own]
            entry = write(seat, "exemptions.exempt", item, events, seen, why=basis.why, decision=basis.decision)
            ExemptionLine.objects.bulk_create(
                ExemptionLine(
                    exemption=exemption, item_id=item, fault=one.fault, official_id=laid_to[one], entry=entry.pk
                )
                for one in own
            )
    return exemption


def take_back(seat: Seat, exemption: Exemption, why: str, *, now: datetime | None = None) -> None:
    """An exemption falls: what it exempted counts again as before. Raises `Refused` without a reason or right, and
    `Conflict` when somebody was faster."""
    with in_order():
        seen = now or timezone.now()
        standing = expect_standing(Exemption, exemption.seq)
        if not why.strip():
            raise Refused(
                "Rút miễn trừ phải nêu lý do. Hãy ghi lý do rồi gửi lại.",
                "Taking an exemption back needs a reason. Write it, then send again.",
            )
        withdraw(standing)
        note(seat.actor, "exemptions.take_back", "exemption", standing.seq, {"decision": standing.decision})
        lines: dict[int, list[ExemptionLine]] = {}
        for line in standing.lines.order_by("item"):
            lines.setdefault(line.item_id, []).append(line)
        for item, own in lines.items():
            _may(seat, [line.official_id for line in own], {line.fault for line in own}, work_now(item, seen))
            place = f"journal {own[0].entry}"
            written = Event.objects.filter(item=item, place=place, activity__in=("voided", "excused"))
            events = [Happening("withdrawn", value=str(seq)) for seq in written.values_list("seq", flat=True)]
            write(seat, "exemptions.take_back", item, events, seen, why=why.strip(), decision=standing.decision)


def work_now(item: int, now: datetime) -> Work:
    """The work of an item and of those counted together with it, as everything known makes it at `now`."""
    return fold_apart(events_of(linked([item])), now + TICK, clocks_now(now).clocks).counting


def _checked(wanted: Sequence[Chosen], basis: Basis, now: datetime) -> Basis:
    basis = Basis(basis.decision.strip(), basis.decided_on, basis.why.strip())
    if not wanted:
        raise Refused(
            "Chưa chọn lỗi hay phần việc nào. Hãy chọn ít nhất một dòng.",
            "Nothing is chosen. Choose at least one line.",
        )
    if not basis.decision or not basis.why:
        raise Refused(
            "Miễn trừ phải có số văn bản và lý do. Hãy điền đủ cả hai.",
            "An exemption needs the number of a document and a reason. Fill in both.",
        )
    if basis.decided_on > local_day(now):
        raise Refused(
            f"Ngày ký {basis.decided_on:%d/%m/%Y} còn ở phía trước. Hãy xem lại ngày của văn bản.",
            f"The document is dated {basis.decided_on:%d/%m/%Y}, which lies ahead. Check its day.",
        )
    return basis


def _happening(one: Chosen, laid_to: int | None, authority: int, decision: str) -> Happening:
    if one.fault:
        return Happening("voided", laid_to, authority, value=one.fault, decision=decision)
    return Happening("excused", laid_to, authority, decision=decision)


def _laid_to(one: Chosen, work: Work) -> int | None:
    """To whom what is chosen is laid by name; None when it is everybody's who had the item. Raises `Refused` when it is
    not there, or does not count already."""
    if one.fault:
        faults = [fault for fault in work.faults if fault.fault == one.fault]
        _must_count(faults, {fault.voided_by for fault in faults})
        return int(faults[0].official) if faults[0].official is not None else None
    if one.official is not None:
        shares = [share for share in work.shares if share.official == str(one.official)]
        _must_count(shares, {share.excused_by for share in shares[-1:]})
        return one.official
    items = [item for item in work.items if item.item == str(one.item)]
    _must_count(items, {item.excused_by for item in items})
    return None


def _must_count(found: Sequence[object], decisions: set[str | None]) -> None:
    """Raises `Refused` when nothing was found, or it does not count already."""
    if not found:
        raise Refused(
            "Lỗi hoặc phần việc đã chọn không còn trong hồ sơ của việc. Hãy mở lại trang để xem hiện trạng.",
            "What was chosen no longer stands in the record of the work. Open the page again to see what does.",
        )
    if None not in decisions:
        told = ", ".join(sorted(one for one in decisions if one))
        raise Refused(
            f"Lựa chọn này đã được miễn trừ theo {told} nên không ghi lần nữa. Hãy mở lại trang.",
            f"This was exempted already by {told}, so nothing more was written. Open the page again.",
        )


def _may(seat: Seat, laid_to: Iterable[int | None], faults: set[str], work: Work) -> None:
    """Raises `Refused` when a seat may not exempt somebody who is touched, or would exempt itself."""
    named = set(laid_to)
    people = {person for person in named if person is not None}
    if None in named:
        people |= {int(share.official) for share in work.shares}
    if seat.person in people:
        raise Refused(
            "Không ai tự miễn trừ cho mình: lựa chọn này có lỗi hoặc phần việc của chính bạn. "
            "Hãy đề nghị người có thẩm quyền khác quyết định.",
            "Nobody exempts themselves: faults or work of your own are among what is chosen. "
            "Ask another authority to decide.",
        )
    others = sorted(person for person in people if not over_person(seat, Right.EXEMPT, person))
    if others:
        names = ", ".join(names_of(others).values())
        raise Refused(
            f"Bạn không có thẩm quyền miễn trừ cho: {names}. Hãy đề nghị người đứng đầu cơ quan của họ.",
            f"You may not exempt: {names}. Ask the head of their agency.",
        )
    if not people and not all(over_unit(seat, Right.EXEMPT, unit) for unit in _units(faults, work) or {0}):
        raise Refused(
            "Việc này không thuộc đơn vị bạn phụ trách. Hãy đề nghị người đứng đầu cơ quan ấy.",
            "This work belongs to no unit that you lead. Ask the head of that agency.",
        )


def _units(faults: set[str], work: Work) -> set[int]:
    """The units of work that nobody has."""
    units = [fault.unit for fault in work.faults if fault.fault in faults] + [item.unit for item in work.items]
    return {int(unit) for unit in units if unit is not None}
