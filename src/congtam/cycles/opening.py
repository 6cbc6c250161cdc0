"""Opening a cycle: for everyone whom a scorecard is legal for, with the deadlines that the rulebooks give."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import Cycle, Step, Term
from congtam.cycles.planning import Timed, deadlines, own_deadlines
from congtam.cycles.population import Member, entries_for, members
from congtam.cycles.special import is_special
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.model import STEPS, StepTerm
from congtam.engine.working_time import Calendar
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.queries import agencies_of
from congtam.scores.overview import sight


def open_cycle(
    seat: Seat, agency: int, period: str | Period, number: str = "", *, now: datetime | None = None
) -> Cycle:
    """Open a period of an agency; its first step is open from now on. Deadlines are counted from the end of the
    period, or from now when that has been.

    Raises `Refused`: no right over the agency, a period that has not begun or is open already, nobody to grade, or
    rulebooks that name no steps.
    """
    with in_order():
        seen = now or timezone.now()
        of = _checked(seat, agency, period, seen)
        people = [one for one in members(agency, of, seen) if not one.elsewhere]
        terms = _terms(_cards(people, of), of, special=is_special(agency))
        calendar = sight(seen).calendar
        fixed = any(one.before for one in terms if one.step == "cut_off")
        begins = seen if fixed else max(seen, of.end)
        cycle = Cycle.objects.create(
            agency_id=agency, period=of.label, number=number.strip(), opened_at=seen, opened_by=seat.account
        )
        _write(seat, cycle, terms, of, begins, calendar)
        told = {"period": of.label, "number": cycle.number, "people": len(people)}
        note(seat.actor, "cycles.open", "cycle", cycle.pk, told)
    return cycle


def _checked(seat: Seat, agency: int, period: str | Period, now: datetime) -> Period:
    if not over_unit(seat, Right.KEEP_CYCLE, agency):
        raise Refused(
            "Bạn không giữ việc đánh giá của cơ quan này. Hãy nhờ bộ phận tổ chức cán bộ của cơ quan mở kỳ.",
            "You do not keep the evaluation of this agency. Ask its personnel office to open the period.",
        )
    if agencies_of([agency], local_day(now)).get(agency) != agency:
        raise Refused("Kỳ đánh giá mở cho cả cơ quan. Hãy chọn cơ quan.", "A period is opened for a whole agency.")
    try:
        of = Period.parse(period) if isinstance(period, str) else period
    except Unusable:
        raise Refused(
            f"{period!r} không phải là một kỳ. Hãy ghi như 2026-10, 2026-Q4 hoặc 2026.",
            f"{period!r} is no period. Write it like 2026-10, 2026-Q4 or 2026.",
        ) from None
    if of.kind is PeriodKind.WINDOW or of.start > now:
        raise Refused(
            f"Kỳ {of.title('vi')} chưa bắt đầu hoặc không phải tháng, quý, năm nên chưa mở được. Hãy chọn kỳ khác.",
            f"{of.title('en')} has not begun, or is no month, quarter or year. Choose another period.",
        )
    if Cycle.objects.filter(agency=agency, period=of.label).exists():
        raise Refused(
            f"Kỳ {of.title('vi')} đã được mở trước đó. Hãy mở trang Chốt kỳ để xem tiếp.",
            f"{of.title('en')} was opened before. Open its page to go on.",
        )
    return of


def _cards(people: Iterable[Member], period: Period) -> Counter[str]:
    """How many people each legal scorecard grades. Raises `Refused` for nobody."""
    found = Counter(one.card for one in people if one.card is not None)
    if not found:
        raise Refused(
            f"Không có ai trong cơ quan được xếp loại ở kỳ {period.title('vi')}: chưa ai giữ vị trí, hoặc chưa bảng "
            "điểm nào có giá trị pháp lý cho họ. Hãy xem lại vị trí của cán bộ và trang Quy tắc.",
            f"Nobody of the agency is graded in {period.title('en')}: nobody held a post, or no scorecard is legal for "
            "them. Look at posts and at the page of rules.",
        )
    return found


def _terms(cards: Iterable[str], period: Period, *, special: bool) -> list[Timed]:
    """The steps of every card that names some, as they are for special agencies or for all others. Raises `Refused`
    when none does."""
    entries = entries_for(period)
    found = [
        Timed(card, one.id, one.days, one.count, _before(one, special), one.by_itself)
        for card in sorted(cards)
        for one in entries[card].card.model.timetable
    ]
    if not found:
        raise Refused(
            "Bảng điểm đang dùng chưa nêu các bước của kỳ và hạn của từng bước. Hãy áp dụng bản mới của bộ quy tắc "
            "ở trang Quy tắc rồi mở kỳ.",
            "The scorecards in use name no steps with deadlines. Adopt the newer copy of the rulebook, then open.",
        )
    return found


def _before(step: StepTerm, special: bool) -> str:
    """The day of the year before which a step is over; blank where it is counted in days."""
    return step.special.before if special and step.special is not None else step.before or ""


def _write(seat: Seat, cycle: Cycle, terms: list[Timed], period: Period, begins: datetime, calendar: Calendar) -> None:
    own = own_deadlines(terms, period, begins, calendar)
    Term.objects.bulk_create(
        Term(
            cycle=cycle,
            card=one.card,
            step=one.step,
            place=STEPS.index(one.step),
            days=one.days,
            count=one.count,
            before=one.before,
            by_itself=one.by_itself,
            due_at=own[one.card, one.step],
        )
        for one in terms
    )
    for number, (step, due) in enumerate(deadlines(own).items()):
        state = "ahead" if number else "open"
        put(
            seat.actor,
            Step(
                cycle=cycle,
                step=step,
                place=STEPS.index(step),
                due_at=due,
                counted_from=begins,
                state=state,
                since=cycle.opened_at,
            ),
        )
