"""Work that is given by itself: every week, month or quarter on its n-th working day, in the name of who set it up."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from congtam.access.gate import Right, over_person, over_unit, units_over
from congtam.access.models import Account
from congtam.access.seats import Seat, seat_of
from congtam.audit.actions import note
from congtam.desk.acting import person_of, write
from congtam.desk.giving import give_from
from congtam.desk.models import EVERY, Occasion, Recurrence
from congtam.desk.parties import called, must_be_there, works
from congtam.desk.template_versions import in_use, must_head
from congtam.engine.periods import add_months, local_day, start_of_day
from congtam.engine.working_time import Calendar
from congtam.history.actor import SYSTEM, Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.work.clocks import clocks_now

SEVEN = timedelta(hours=7)  # o'clock in Vietnam
MOST = {"week": 7, "month": 27, "quarter": 60}  # the n-th working day, at most
MONTHS = {"month": 1, "quarter": 3}
LATE = "Việc định kỳ, lẽ ra giao ngày {day}; giao muộn vì hệ thống không hoạt động vào ngày đó."
MISSED = " {n} kỳ trước đó cũng đã qua và không giao bù."


@dataclass(frozen=True)
class _ByRule(Seat):
    """The seat of who set something up, while a rule acts in their name: the journal says that the machine did."""

    @property
    def actor(self) -> Actor:
        return SYSTEM


def set_up(
    seat: Seat,
    template: int,
    lead: int,
    support: tuple[int, ...] = (),
    *,
    every: str,
    on: int,
    now: datetime | None = None,
) -> Recurrence:
    """Give a template by itself from the next such day on, to the same people. Raises `Refused`."""
    with in_order():
        seen, who, used = now or timezone.now(), person_of(seat), in_use(template)
        must_head(seat, used.unit_id)
        if every not in EVERY or not 1 <= on <= MOST[every]:
            raise Refused(
                "Chưa rõ giao vào ngày nào. Hãy chọn tuần, tháng hoặc quý và ngày làm việc thứ mấy trong kỳ.",
                "It is not clear on which day to give it. Choose week, month or quarter, and which working day of it.",
            )
        for person in (lead, *support):
            if person == who or not over_person(seat, Right.GIVE_WORK, person):
                raise Refused(
                    f"{called([person])} không thuộc đơn vị bạn phụ trách, hoặc là chính bạn. Hãy chọn người khác.",
                    f"{called([person])} is not in a unit you head, or is yourself. Choose somebody else.",
                )
            must_be_there(person, seen, None)
        if lead in support or len(set(support)) < len(support):
            raise Refused(
                "Một người được chọn hai lần. Hãy để mỗi người một vai trò.",
                "Somebody was chosen twice. Leave one role to each.",
            )
        same = Recurrence.objects.filter(template=used, lead=lead, every=every, on=on, ended_at=None)
        if same.exists():
            raise Refused(
                f"Mẫu này đã được giao định kỳ như vậy cho {called([lead])}. Hãy chọn ngày hoặc người khác.",
                f"This is given to {called([lead])} in that very way already. Choose another day or person.",
            )
        made = Recurrence.objects.create(
            template=used,
            lead_id=lead,
            support=list(support),
            every=every,
            on=on,
            next_on=first_day(every, on, seen, clocks_now(seen).clocks.calendar),
            giver_id=who,
        )
        note(seat.actor, "desk.set_up_recurrence", "recurrence", made.pk, {"template": used.pk, "lead": lead})
    return made


def stop(seat: Seat, number: int, *, now: datetime | None = None) -> None:
    """It is not given by itself any more. Raises `Refused` when it was stopped before."""
    with in_order():
        found = Recurrence.objects.select_for_update(of=("self",)).select_related("template").get(pk=number)
        must_head(seat, found.template.unit_id)
        if found.ended_at is not None:
            raise Refused("Việc định kỳ này đã dừng từ trước.", "This was stopped before.")
        _end(found, "by_hand", now or timezone.now())
        note(seat.actor, "desk.stop_recurrence", "recurrence", found.pk, {"template": found.template_id})


def give_due(now: datetime | None = None) -> int:
    """Give everything whose day it is, from seven o'clock until offices close; what was missed meanwhile is given once.
    How many pieces of work. Each is written by itself, with the day it was for: a second run finds nothing to do."""
    seen = now or timezone.now()
    calendar, today = clocks_now(seen).clocks.calendar, local_day(seen)
    if not calendar.is_working(today) or not start_of_day(today) + SEVEN <= seen < calendar.close_of(today):
        return 0
    count = 0
    for one in list(Recurrence.objects.filter(ended_at=None).order_by("pk")):
        if _day_of(one, calendar) <= today:
            with in_order():
                count += _give(one.pk, seen, calendar)
    return count


def first_day(every: str, on: int, now: datetime, calendar: Calendar) -> date:
    """The day on which something set up now is given first: today only before seven o'clock."""
    today = local_day(now)
    return next_day(every, on, today if now < start_of_day(today) + SEVEN else today + timedelta(days=1), calendar)


def next_day(every: str, on: int, first: date, calendar: Calendar) -> date:
    """The first such day on or after `first`: the `on`-th working day of its week, month or quarter, or its last one
    where there are fewer. A week without any has none."""
    start = _start(every, first)
    while (day := _day_in(every, start, on, calendar)) is None or day < first:
        start = _end_of(every, start)
    return day


def untold(person: int) -> QuerySet[Occasion]:
    """What did not go as a person set it up, and they have not said that they know."""
    found = Occasion.objects.filter(recurrence__giver=person, seen_at=None).exclude(outcome="given")
    return found.select_related("recurrence__template", "recurrence__lead__text").order_by("at", "pk")


def say_known(seat: Seat, now: datetime) -> None:
    """The seat's person knows what did not go as set up."""
    untold(person_of(seat)).update(seen_at=now)


def recurrences_of(seat: Seat) -> QuerySet[Recurrence]:
    """What recurs in the units a seat heads, what is given next first; then what was stopped, the latest first."""
    found = Recurrence.objects.filter(template__unit__in=units_over(seat, Right.GIVE_WORK))
    return found.select_related("template", "lead__text", "giver__text").order_by(
        F("ended_at").desc(nulls_first=True), "next_on", "pk"
    )


def _give(number: int, now: datetime, calendar: Calendar) -> bool:
    """Do what is due of one recurrence, once; whether work was given. Inside `in_order()`."""
    one = Recurrence.objects.select_for_update(of=("self",)).select_related("template").get(pk=number)
    today = local_day(now)
    if one.ended_at is not None or (day := _day_of(one, calendar)) > today:
        return False
    missed = 0
    while (after := next_day(one.every, one.on, day + timedelta(days=1), calendar)) <= today:
        day, missed = after, missed + 1
    seat = _seat_of(one.giver_id, today)
    because = _why_stop(one, seat, today)
    if seat is None or because:
        _end(one, because, now)
        Occasion.objects.create(recurrence=one, day=day, at=now, outcome="stopped", missed=missed)
        note(SYSTEM, "desk.recurrence_stopped", "recurrence", one.pk, {"because": because})
        return False
    Recurrence.objects.filter(pk=one.pk).update(next_on=after)
    due = calendar.close_of(calendar.add_working_days(today, one.template.days))
    try:
        must_be_there(one.lead_id, now, due)
    except Refused:
        Occasion.objects.create(recurrence=one, day=day, at=now, outcome="not_given", missed=missed)
        return False
    item = give_from(seat, one.template, one.lead_id, _there(one, seat, now, due), now=now)
    late = day < today
    told = (LATE.format(day=f"{day:%d/%m/%Y}") + (MISSED.format(n=missed) if missed else "")) if late else ""
    write(None, "desk.recur", item, [], now, why=told, recurrence=one.pk, day=day.isoformat())
    outcome = "given_late" if late else "given"
    Occasion.objects.create(recurrence=one, day=day, at=now, outcome=outcome, item_id=item, missed=missed)
    return True


def _why_stop(one: Recurrence, seat: Seat | None, today: date) -> str:
    """Why it can be given no more; empty while it can."""
    if not works(one.lead_id, today):
        return "lead_left"
    if seat is None or not over_unit(seat, Right.GIVE_WORK, one.template.unit_id):
        return "not_head"
    return "" if over_person(seat, Right.GIVE_WORK, one.lead_id) else "lead_elsewhere"


def _there(one: Recurrence, seat: Seat, now: datetime, due: datetime) -> tuple[int, ...]:
    """Who supports and is there to do so."""
    found = []
    for person in one.support:
        try:
            must_be_there(person, now, due)
        except Refused:
            continue
        if over_person(seat, Right.GIVE_WORK, person):
            found.append(person)
    return tuple(found)


def _seat_of(person: int, day: date) -> Seat | None:
    account = Account.objects.filter(person=person, is_active=True).first()
    if account is None or not works(person, day):
        return None
    seat = seat_of(account, day)
    return _ByRule(**{one.name: getattr(seat, one.name) for one in fields(seat)})


def _end(one: Recurrence, because: str, now: datetime) -> None:
    Recurrence.objects.filter(pk=one.pk).update(ended_at=now, stopped_because=because)


def _day_of(one: Recurrence, calendar: Calendar) -> date:
    """The day on which it is given next, by the calendar as it is known now: a holiday may have come in between."""
    day = _day_in(one.every, _start(one.every, one.next_on), one.on, calendar)
    return day or next_day(one.every, one.on, one.next_on, calendar)


def _day_in(every: str, start: date, on: int, calendar: Calendar) -> date | None:
    end = _end_of(every, start)
    there = calendar.working_days(start, end)
    return calendar.add_working_days(start - timedelta(days=1), min(on, there)) if there else None


def _start(every: str, day: date) -> date:
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS[every]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _end_of(every: str, start: date) -> date:
    """The first day after the week, month or quarter that begins on `start`."""
    if every == "week":
        return start + timedelta(days=7)
    return add_months(start, MONTHS[every])
