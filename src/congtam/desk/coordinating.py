"""One unit asks another to do something: an item with its own clock, asked, taken or refused, answered and rated."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from congtam.access.seats import Seat
from congtam.desk.acting import Happening, person_of, write
from congtam.desk.giving import Order, entered, makes_sense, opening
from congtam.desk.models import Brief, Question
from congtam.desk.parties import giver_of, open_work, work_of, works
from congtam.desk.questions import ask, drop
from congtam.engine.periods import local_day
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.queries import above
from congtam.people.queries import heads_of, units_of
from congtam.work.models import Share, Standing

KIND = "coordination"


@dataclass(frozen=True)
class Waiting:
    """How many requests of one unit (`asker`) wait at another (`asked`); `late`: past their deadline; `unanswered`:
    nobody there has taken them; `oldest`: since when the longest waits."""

    asker: int
    asked: int
    count: int
    late: int
    unanswered: int
    oldest: datetime


def ask_unit(seat: Seat, order: Order, unit: int, *, now: datetime | None = None) -> int:
    """Ask another unit; its head takes it or refuses with a reason. `order.lead` and `support` are not looked at: who
    does it is for that unit to say. Its item. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        makes_sense(replace(order, support=()), seen)
        head = _head_of(unit, seen)
        if unit in units_of(who, local_day(seen)) or head == who:
            raise Refused(
                "Đây là đơn vị của bạn. Hãy giao việc trong đơn vị, hoặc chọn đơn vị khác.",
                "This is your own unit. Give the work there, or choose another unit.",
            )
        item = entered(seat, who, replace(order, kind=KIND), seen)
        write(seat, "desk.ask_unit", item, opening(replace(order, kind=KIND), unit, seen), seen, unit=unit)
        ask(item, "coordination", who, head, seen, text=order.instruction.strip())
        return item


def taken(seat: Seat, question: Question, decision: str, until: datetime | None, now: datetime) -> None:
    """The unit takes what was asked of it: its head holds it from now on, as cooperation."""
    open_work(question.item_id, now)
    there = works(question.to_id, local_day(now))
    _assign(seat, question.item_id, question.to_id if there else person_of(seat), question.by_id, now)


def ordered(seat: Seat, question: Question, decision: str, until: datetime | None, now: datetime) -> None:
    """The common superior decides that the unit does it."""
    found = open_work(question.item_id, now)
    unit = int(found.item.unit) if found.item and found.item.unit else 0
    _assign(seat, question.item_id, _head_of(unit, now), person_of(seat), now)


def dropped(seat: Seat, question: Question, now: datetime) -> None:
    """The common superior decides that it is not done."""
    write(
        seat, "desk.cancel", question.item_id, [Happening("cancelled", counterpart=person_of(seat))], now,
        to=question.by_id,
    )  # fmt: skip


def escalate(seat: Seat, item: int, why: str, *, now: datetime | None = None) -> Question:
    """Put a request that found no answer, or a refusal, before the common superior of both units. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = open_work(item, seen)
        if giver_of(found.root) != who or found.item is None or found.item.kind != KIND:
            raise Refused(
                "Chỉ người gửi yêu cầu phối hợp được báo lên cấp trên chung.",
                "Only who asked for coordination may put it before the common superior.",
            )
        if any(one.state == "open" for one in found.shares):
            raise Refused(
                "Đơn vị được hỏi đã nhận việc này. Hãy trao đổi với người đang giữ việc.",
                "The unit asked has taken this work. Talk to who holds it.",
            )
        if not why.strip():
            raise Refused("Cần ghi lý do.", "Give a reason.")
        brief = Brief.objects.get(item=found.root)
        asked = int(found.item.unit) if found.item.unit else 0
        question = ask(
            found.root, "escalation", who, _common_superior(brief.unit_id, asked, who, seen), seen, text=why.strip()
        )
        drop(found.root, seen, who, kinds=("coordination",))
        write(seat, "desk.escalate", found.root, [], seen, to=question.to_id)
        return question


def rate(seat: Seat, item: int, mark: int, person: int | None = None, *, now: datetime | None = None) -> None:
    """A mark from 1 to 5 for who helped (`person`; None: whoever did what another unit was asked for), by who asked,
    gave or leads the work. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = work_of(item, seen)
        helped = [one for one in found.shares if one.role == "support" and one.state == "finished"]
        chosen = [one for one in helped if person is None or one.official == str(person)]
        leads = {one.official for one in found.shares if one.role == "lead" and one.state != "passed_on"}
        if not chosen:
            raise Refused(
                "Chưa có phần phối hợp nào hoàn thành để chấm.", "No cooperation was finished that could be rated."
            )
        rated = int(chosen[-1].official)
        if rated == who or (giver_of(found.root) != who and str(who) not in leads):
            raise Refused(
                "Chỉ người đề nghị phối hợp, người giao việc hoặc người chủ trì chấm điểm phối hợp, và không tự chấm.",
                "Only who asked, gave or leads the work rates cooperation, and nobody rates themselves.",
            )
        happened = marked(mark, rated, who)
        if chosen[-1].rating == mark * 1_000_000:
            raise Refused("Mức này đã được chấm rồi.", "This mark was given already.")
        write(seat, "desk.rate", found.root, [happened], seen, of=rated)


def marked(mark: int, person: int, by: int) -> Happening:
    """A mark for a person's share. Raises `Refused` for one that is not from 1 to 5."""
    if not 1 <= mark <= 5:
        raise Refused("Mức chấm từ 1 đến 5.", "A mark goes from 1 to 5.")
    return Happening("rated", person, by, value=str(mark))


def who_waits_for_whom(units: Collection[int], now: datetime) -> list[Waiting]:
    """Requests that wait, by the unit that asked and the unit asked, where either is one of `units`. Two queries."""
    waiting = Standing.objects.filter(kind=KIND, state="open", counts=True, unit__isnull=False)
    told = list(waiting.values_list("item", "item__brief__unit", "unit", "received_at", "due_at"))
    held = set(Share.objects.filter(item__in=[row[0] for row in told], state="open").values_list("item", flat=True))
    cells: dict[tuple[int, int], list[tuple[datetime, bool, bool]]] = {}
    for item, asker, asked, received, due in told:
        if asker is not None and (asker in units or asked in units):
            late = due is not None and due < now
            cells.setdefault((asker, asked), []).append((received, late, item not in held))
    return [
        Waiting(asker, asked, len(rows), *_counts(rows), min(since for since, _, _ in rows))
        for (asker, asked), rows in sorted(cells.items())
    ]


def _counts(rows: list[tuple[datetime, bool, bool]]) -> tuple[int, int]:
    late, unanswered = Counter(row[1] for row in rows)[True], Counter(row[2] for row in rows)[True]
    return late, unanswered


def _assign(seat: Seat, item: int, holder: int, giver: int, now: datetime) -> None:
    role = {"role": "support"}  # it is cooperation, and counted as such
    write(seat, "desk.take_request", item, [Happening("assigned", holder, giver, attributes=role)], now, to=holder)


def _head_of(unit: int, now: datetime) -> int:
    heads = heads_of(unit, local_day(now))
    if not heads:
        raise Refused(
            "Đơn vị được hỏi chưa có người phụ trách. Hãy chọn đơn vị khác hoặc hỏi cấp trên của đơn vị ấy.",
            "The unit has no head. Choose another, or ask the one above it.",
        )
    return heads[0]


def _common_superior(one: int, other: int, asker: int, now: datetime) -> int | None:
    """The head of the nearest unit above both; never who asks."""
    day = local_day(now)
    over = set(above(other, day))
    for unit in above(one, day):
        heads = [head for head in heads_of(unit, day) if head != asker]
        if unit in over and unit not in (one, other) and heads:
            return heads[0]
    return None
