"""What waits for a head: grades and vetoes to decide, marks to give, work that may be one, work soon late."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.engine.explaining import formats
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.grades import By, ProposalState
from congtam.marking.queries import Waiting, asked_now
from congtam.people.queries import Staff, units_of_all
from congtam.ratings.models import Decision
from congtam.scores.models import RunScore
from congtam.scores.overview import nightly
from congtam.work.lists import Row
from congtam.work.load import Load
from congtam.work.same_work import holders_of, waiting_among

MOST = 7  # what nobody reads is not listed
OTHERWISE = "otherwise"
Scores = Mapping[tuple[int, str], RunScore]  # by person and label of the period


@dataclass(frozen=True)
class Matter:
    """One thing that waits: what it is in a sentence, why, and the button with its address."""

    what: Text
    why: Text
    button: Text
    address: str


@dataclass(frozen=True)
class ToDecide:
    """A matter of one person's score that the rules leave to people: a veto proposed, or a grade left open."""

    person: int
    row: RunScore
    matter: str
    title: Text


def may_judge(seat: Seat, staff: Staff) -> bool:
    """Whether the seat stands above somebody: as the gate has it for marks and decisions, without asking for each."""
    held = staff.unit in seat.leads or staff.unit in seat.leads_agency
    return held and staff.person != seat.person and (not staff.leads or staff.unit in seat.below)


def periods(today: date) -> tuple[Period, Period]:
    """The month that ended last, whose marks and decisions are due first, and the running one."""
    running = Period.of(PeriodKind.MONTH, today)
    return running.previous(), running


def to_decide(scores: Sequence[RunScore]) -> list[ToDecide]:
    """What the scores leave to people and nobody has decided since they were made. One query."""
    found = [one for row in scores for one in _matters(row)]
    about = Q(pk__in=[])
    for one in found:
        about |= Q(person=one.person, period=one.row.period, scorecard=one.row.card, matter=one.matter)
    done = set(Decision.standing().filter(about).values_list("person_id", "period", "matter")) if found else set()
    return [one for one in found if (one.person, one.row.period, one.matter) not in done]


def _matters(row: RunScore) -> list[ToDecide]:
    told: list[dict[str, Any]] = row.grading.get("proposals", [])
    found = [
        ToDecide(row.person_id, row, one["veto"], Text(vi=one["vi"], en=one["en"]))
        for one in told
        if one["state"] == ProposalState.PROPOSED
    ]
    if row.graded_by == By.TO_DECIDE and not found:
        reason = row.grading.get("reason") or {}
        title = Text(vi=reason.get("vi", OPEN.vi), en=reason.get("en", OPEN.en))
        found.append(ToDecide(row.person_id, row, OTHERWISE, title))
    return found


OPEN = Text(vi="Quy tắc để trống mức xếp loại", en="The rules leave the grade open")


def matters(
    seat: Seat,
    staff: Sequence[Staff],
    scores: Scores,
    rows: Sequence[Row],
    loads: Sequence[Load],
    now: datetime,
) -> list[Matter]:
    """What waits for the head of these people, the most pressing first; no more than anybody would read."""
    judged = {one.person: one for one in staff if may_judge(seat, one)}
    if not judged:
        return []
    ended, _ = periods(local_day(now))
    decisions = to_decide([row for (person, label), row in scores.items() if person in judged and label == ended.label])
    found = [_decision(one, judged[one.person]) for one in decisions]
    found += [_marks(one) for one in asked_now(seat, now)]
    found += _same_work(seat, judged.keys(), rows)
    found += _pressing(rows)
    return [*found, *_overloaded(loads, judged)][:MOST]


def decisions_on(person: int, period: Period) -> list[ToDecide]:
    """What the last night's score of a month leaves to be decided about one person."""
    return to_decide(list(nightly([person], [period]).values()))


def _decision(one: ToDecide, staff: Staff) -> Matter:
    month = Period.parse(one.row.period)
    return Matter(
        Text(
            vi=f"{staff.full_name}: {one.title.vi}, {month.title('vi')}",
            en=f"{staff.full_name}: {one.title.en}, {month.title('en')}",
        ),
        Text(
            vi="Máy chỉ đề xuất; người có thẩm quyền quyết định, có số văn bản.",
            en="The machine only proposes; a named person decides, by a numbered document.",
        ),
        Text(vi="Xem và quyết định", en="Look and decide"),
        f"{reverse('unit_decide', args=[staff.code])}?ky={one.row.period}",
    )


def _marks(one: Waiting) -> Matter:
    period = Period.parse(one.cycle.period)
    until = {lang: formats.moment(one.due_at, lang) for lang in ("vi", "en")}
    return Matter(
        Text(
            vi=f"Chấm {one.marks} điểm của {one.people} người, {period.title('vi')}, trước {until['vi']}",
            en=f"{one.marks} marks of {one.people} people are asked of you, {period.title('en')}, by {until['en']}",
        ),
        Text(vi="Chỉ chấm những gì dữ liệu không biết được.", en="Only what data cannot know."),
        Text(vi="Chấm điểm", en="Give marks"),
        f"{reverse('marking')}?ky={period.label}",
    )


def _same_work(seat: Seat, judged: Collection[int], rows: Sequence[Row]) -> list[Matter]:
    """Open work of these people that may be the same as other work, where the seat may decide on all who hold a part
    of it. Two queries, and more only for holders who are not among the `judged`."""
    waiting = waiting_among({row.item for row in rows})
    holders = holders_of(waiting)
    may = _decided_by(seat, judged, {one for held in holders.values() for one in held})
    return [
        Matter(
            Text(vi=f"Hai công việc cùng số {one.why} có phải là một?", en=f"Are two items numbered {one.why} one?"),
            Text(vi="Nếu là một, việc chỉ tính một lần.", en="If they are, the work counts once."),
            Text(vi="So sánh", en="Compare"),
            reverse("unit_same_work", args=[one.pk]),
        )
        for one in waiting
        if holders[one.pk] <= may
    ][:MOST]


def _decided_by(seat: Seat, judged: Collection[int], people: Collection[int]) -> frozenset[int]:
    """Those of the people on whom the seat may decide: the judged, and of the others those the gate says."""
    others = set(people) - set(judged) - {seat.person}
    homes = units_of_all(others, seat.day) if others else {}
    led = seat.leads | seat.leads_agency
    near = [one for one in others if led.intersection(homes.get(one, ()))]
    seat.homes.update({one: homes[one] for one in near})
    return frozenset(judged) | {one for one in near if over_person(seat.writing, Right.DECIDE, one)}


def _pressing(rows: Sequence[Row]) -> list[Matter]:
    untouched = [row for row in rows if row.state == "soon" and row.taken_up_at is None]
    if not untouched:
        return []
    n = len(untouched)
    return [
        Matter(
            Text(
                vi=f"{n} việc đến hạn trong 2 ngày làm việc mà chưa ai bắt đầu",
                en=f"Due within 2 working days and not begun by anybody: {n}",
            ),
            Text(vi="Nhắc người giữ việc, hoặc chuyển cho người khác.", en="Remind who has them, or pass them on."),
            Text(vi="Mở danh sách", en="Open the list"),
            f"{reverse('worklist')}?{urlencode({'pham-vi': 'don-vi', 'tt': 'soon'})}",
        )
    ]


def _overloaded(loads: Sequence[Load], judged: dict[int, Staff]) -> list[Matter]:
    """Who is overloaded beside the others, together, with where to look at what could be passed on."""
    over = [load for load in loads if load.overloaded and load.person in judged and load.open > 1]
    if not over:
        return []
    named = "; ".join(_with_load(load, judged[load.person].full_name, "vi") for load in over[:3])
    named_en = "; ".join(_with_load(load, judged[load.person].full_name, "en") for load in over[:3])
    first = judged[over[0].person].code if len(over) == 1 else None
    return [
        Matter(
            Text(
                vi=f"Quá tải so với người bên cạnh: {named}{' …' if len(over) > 3 else ''}",
                en=f"Overloaded beside the others: {named_en}{' …' if len(over) > 3 else ''}",
            ),
            Text(vi="Có thể chuyển bớt việc; xem trước tác động.", en="Pass work on; see the effect first."),
            Text(vi="Chuyển việc", en="Pass work on"),
            f"{reverse('unit')}?{urlencode({'nguoi': first} if first else {'chuyen': 1})}#chuyen-viec",
        )
    ]


def _with_load(load: Load, name: str, lang: str) -> str:
    if load.percent is None:
        return f"{name} ({'away' if lang == 'en' else 'vắng'})"
    return f"{name} ({load.percent} %)"
