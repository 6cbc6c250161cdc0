"""What waits for a head: grades and vetoes to decide, marks to give, work that may be one, work soon late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from congtam.access.seats import Seat
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.grades import By, ProposalState
from congtam.people.queries import Staff
from congtam.ratings.models import Decision
from congtam.ratings.queries import Waiting, waiting_for_marks
from congtam.scores.models import RunScore
from congtam.scores.queries import last_night
from congtam.work.lists import Row
from congtam.work.load import Load
from congtam.work.models import SameWork

MOST = 7  # what nobody reads is not listed
OTHERWISE = "otherwise"


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
    seat: Seat, staff: Sequence[Staff], units: frozenset[int], rows: Sequence[Row], loads: Sequence[Load], today: date
) -> list[Matter]:
    """What waits for the head of these units, the most pressing first; no more than anybody would read."""
    judged = {one.person: one for one in staff if may_judge(seat, one)}
    if not judged:
        return []
    found: list[Matter] = []
    for period in periods(today):
        found += [_decision(one, judged[one.person]) for one in decisions(judged, period)]
        found += _marks([one for one in waiting_for_marks(units, period.label) if one.person in judged], period)
    return [*found, *_same_work(rows), *_pressing(rows), *_overloaded(loads, judged)][:MOST]


def decisions(people: dict[int, Staff], period: Period) -> list[ToDecide]:
    """What the last night's scores leave to be decided about people, once the period is over: before, it may still
    change by itself."""
    return to_decide(list(last_night(people, period.label).values()))


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


def _marks(waiting: Sequence[Waiting], period: Period) -> list[Matter]:
    if not waiting:
        return []
    people, marks = len({one.person for one in waiting}), len(waiting)
    return [
        Matter(
            Text(
                vi=f"Chấm {marks} điểm còn thiếu của {people} người, {period.title('vi')}",
                en=f"{marks} marks of {people} people are missing, {period.title('en')}",
            ),
            Text(vi="Chỉ chấm những gì dữ liệu không biết được.", en="Only what data cannot know."),
            Text(vi="Chấm điểm", en="Give marks"),
            f"{reverse('unit_marks')}?ky={period.label}",
        )
    ]


def _same_work(rows: Sequence[Row]) -> list[Matter]:
    """Open work of these people that may be the same as other work. One query."""
    items = {row.item for row in rows}
    waiting = SameWork.objects.filter(Q(one__in=items) | Q(other__in=items), state="proposed").order_by("pk")
    return [
        Matter(
            Text(vi=f"Hai công việc cùng số {one.why} có phải là một?", en=f"Are two items numbered {one.why} one?"),
            Text(vi="Nếu là một, việc chỉ tính một lần.", en="If they are, the work counts once."),
            Text(vi="So sánh", en="Compare"),
            reverse("unit_same_work", args=[one.pk]),
        )
        for one in waiting[:MOST]
    ]


def _pressing(rows: Sequence[Row]) -> list[Matter]:
    untouched = [row for row in rows if row.state == "soon" and row.taken_up_at is None]
    if not untouched:
        return []
    n = len(untouched)
    return [
        Matter(
            Text(
                vi=f"{n} việc đến hạn trong 2 ngày làm việc mà chưa ai bắt đầu",
                en=f"{n} items are due within 2 working days and nobody has begun",
            ),
            Text(vi="Nhắc người giữ việc, hoặc chuyển cho người khác.", en="Remind who has them, or pass them on."),
            Text(vi="Mở danh sách", en="Open the list"),
            f"{reverse('worklist')}?{urlencode({'pham-vi': 'don-vi', 'tt': 'soon'})}",
        )
    ]


def _overloaded(loads: Sequence[Load], judged: dict[int, Staff]) -> list[Matter]:
    """Whoever is overloaded, with what could be passed on."""
    found = []
    for load in loads:
        if load.overloaded and load.person in judged and load.open > 1:
            name = judged[load.person].full_name
            vi = "vắng cả tuần" if load.percent is None else f"tải {load.percent} %"
            en = "away all week" if load.percent is None else f"load {load.percent} %"
            found.append(
                Matter(
                    Text(vi=f"{name}: {vi}, {load.open} việc đang mở", en=f"{name}: {en}, {load.open} open items"),
                    Text(
                        vi="Có thể chuyển bớt việc; xem tác động trước.",
                        en="Work can be passed on; see the effect first.",
                    ),
                    Text(vi="Chuyển việc", en="Pass work on"),
                    f"{reverse('unit_move')}?{urlencode({'nguoi': judged[load.person].code})}",
                )
            )
    return found
