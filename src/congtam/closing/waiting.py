"""What a period of evaluation and its money ask of one seat now: in words, with the page on which it is done. Nothing
is asked of the database for a role the seat does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from congtam.access.gate import Right, holds, units_over
from congtam.access.seats import Role, Seat
from congtam.calibration.queries import called_to
from congtam.closing.signing import to_be_signed
from congtam.cycles.models import Cycle, Step
from congtam.cycles.queries import claims_to_answer, current, handed_in, is_open, member_of, period_of, steps_of
from congtam.cycles.words import STEP_TITLES
from congtam.documents.models import KeptPaper
from congtam.engine.rulebook.model import Text
from congtam.marking.queries import asked_now
from congtam.objections.models import Slip
from congtam.objections.queries import to_answer, waiting_among
from congtam.orgs.models import UnitSpan
from congtam.orgs.queries import agencies_of
from congtam.reward.lists import number_of, state_of
from congtam.reward.models import Entry, Nominee, PayList, Proposal
from congtam.reward.queries import to_be_listed

RATERS = frozenset({Role.HEAD, Role.LEADER, Role.RATER})


@dataclass(frozen=True)
class Asked:
    """One thing that waits for somebody: what, the page (a name, what stands in its address, what follows it), and by
    when, where there is a term."""

    what: Text
    page: str
    args: tuple[str | int, ...] = ()
    query: str = ""
    until: datetime | None = None


def asked_of(seat: Seat, now: datetime) -> list[Asked]:
    """Everything that waits for a seat: of itself, of those it marks and answers, of the committee, of the agency."""
    if seat.person is None:
        return []
    going = _going(seat)
    found = [*_of_oneself(seat.person, going, now), *_of_the_committee(seat, seat.person)]
    if seat.rates or (seat.roles & RATERS and any(one.step == "rating" and one.state != "done" for one in going)):
        found += _marks(seat, now)
    if going and holds(seat.writing, Right.ANSWER):
        found += _answers(seat)
    found += [*_of_the_leader(seat, going), *_of_the_registrar(seat), *_of_the_accountant(seat)]
    return [*found, *_of_who_keeps(seat, going, now)]


def _going(seat: Seat) -> list[Step]:
    """The steps, as they are written, of every period not sealed in the agencies the seat works in, leads or keeps."""
    reach = seat.units | seat.leads | seat.personnel
    if not reach:
        return []
    agencies = UnitSpan.standing().filter(unit__in=reach, days__contains=seat.day).values("agency")
    sealing = Step.standing().filter(cycle__agency__in=agencies, step="seal").exclude(state="done").values("cycle")
    return list(Step.standing().filter(cycle__in=sealing).select_related("cycle").order_by("cycle", "place"))


def _of_oneself(person: int, going: list[Step], now: datetime) -> Iterator[Asked]:
    sealed = Step.standing().filter(step="seal", state="done").values("cycle")
    slips = Slip.objects.filter(person=person, replaced_by=None).exclude(cycle__in=sealed)
    for slip, until in waiting_among(slips.select_related("cycle", "run"), now):
        title = period_of(slip.cycle)
        what = Text(
            vi=f"Cho ý kiến về phiếu dự thảo {title.title('vi')}",
            en=f"Say whether you agree to your draft slip, {title.title('en')}",
        )
        yield Asked(what, "slip", query=f"ky={slip.cycle.period}", until=until)
    for cycle in [one.cycle for one in going if one.step == "self_report" and one.state in ("ahead", "open")]:
        if is_open(cycle, "self_report", now) and handed_in(cycle, person) is None:
            member = member_of(cycle, person, now)
            if member is not None and member.graded and not member.absent:
                title = period_of(cycle)
                what = Text(vi=f"Tự đánh giá {title.title('vi')}", en=f"Your self-report, {title.title('en')}")
                due = steps_of(cycle, now)["self_report"].due_at
                yield Asked(what, "self_report", query=f"ky={cycle.period}", until=due)
    if claims := claims_to_answer(person):
        what = Text(
            vi=f"Xác nhận {len(claims)} nội dung đồng nghiệp tự nêu",
            en=f"Confirm {_n(len(claims), 'thing')} colleagues say of themselves",
        )
        yield Asked(what, "self_report")


def _answers(seat: Seat) -> Iterator[Asked]:
    if requests := to_answer(seat):
        n = len(requests)
        what = Text(vi=f"Trả lời {n} đề nghị xem xét lại", en=f"Answer {_n(n, 'request')} to review")
        yield Asked(what, "review")


def _marks(seat: Seat, now: datetime) -> Iterator[Asked]:
    for one in asked_now(seat, now):
        title = period_of(one.cycle)
        what = Text(
            vi=f"Chấm {one.marks} điểm của {one.people} người, {title.title('vi')}",
            en=f"Give {_n(one.marks, 'mark')} of {one.people} {'person' if one.people == 1 else 'people'}, "
            f"{title.title('en')}",
        )
        yield Asked(what, "marking", query=f"ky={one.cycle.period}", until=one.due_at)


def _of_the_committee(seat: Seat, person: int) -> Iterator[Asked]:
    for cycle in called_to(person, seat.day):
        title = period_of(cycle)
        what = Text(
            vi=f"Hội đồng có bạn đang xét xếp loại {title.title('vi')}",
            en=f"Your committee is settling the grades of {title.title('en')}",
        )
        yield Asked(what, "calibration_board", (cycle.pk,))


def _of_the_leader(seat: Seat, going: list[Step]) -> Iterator[Asked]:
    agencies = units_over(seat.writing, Right.APPROVE_FUND)
    if not agencies:
        return
    rows = Entry.standing().filter(agency__in=agencies, state="proposed").exclude(by=seat.person)
    for year, n in _by_year(list(rows.values_list("year", flat=True))):
        what = Text(vi=f"Ký {n} dòng sổ quỹ năm {year}", en=f"Sign {_n(n, 'row')} of the fund of {year}")
        yield Asked(what, "fund", query=f"nam={year}")
    own = Nominee.objects.filter(person=seat.person).values("series")
    proposed = Proposal.standing().filter(agency__in=agencies, state="proposed").exclude(by=seat.person)
    for series in proposed.exclude(series__in=own).values_list("series", flat=True):
        what = Text(vi="Quyết định một đề xuất thưởng đột xuất", en="Decide on a proposed spot bonus")
        yield Asked(what, "achievement", (series,))
    yield from _papers(agencies, for_agency=False)
    for step in going:
        if step.step == "seal" and step.state == "open" and step.cycle.agency_id in agencies:
            title = period_of(step.cycle)
            what = Text(vi=f"Chốt {title.title('vi')}", en=f"Seal {title.title('en')}")
            yield Asked(what, "closing_cycle", (step.cycle_id,), until=step.due_at)


def _of_the_registrar(seat: Seat) -> Iterator[Asked]:
    agencies = units_over(seat.writing, Right.KEEP_REGISTERS)
    if agencies:
        yield from _papers(agencies, for_agency=True)


def _papers(agencies: frozenset[int], *, for_agency: bool) -> Iterator[Asked]:
    """Papers to be signed, by period: by a person, or, once that was done, by the agency, whose registrar finds them
    with the results."""
    kept = KeptPaper.objects.filter(agency__in=agencies, form="pdf").order_by("code", "-version").distinct("code")
    last = to_be_signed(KeptPaper.objects.filter(pk__in=kept.values("pk")))
    waiting = [one for one in last if bool(one.signer) == for_agency and not one.for_agency]
    cycles = {(one.agency_id, one.period): one for one in Cycle.objects.filter(agency__in=agencies)} if waiting else {}
    counted: dict[int, int] = {}
    for paper in waiting:
        cycle = cycles.get((paper.agency_id, paper.period))
        if cycle is not None:
            counted[cycle.pk] = counted.get(cycle.pk, 0) + 1
    for number, n in counted.items():
        title = next(period_of(one) for one in cycles.values() if one.pk == number)
        what = Text(
            vi=f"Ký {n} văn bản {'thay mặt cơ quan, ' if for_agency else ''}{title.title('vi')}",
            en=f"Sign {_n(n, 'paper')}{' for the agency' if for_agency else ''}, {title.title('en')}",
        )
        if for_agency:
            yield Asked(what, "results", query=f"ky={title.label}")
        else:
            yield Asked(what, "closing_cycle", (number,), query="#van-ban")


def _of_the_accountant(seat: Seat) -> Iterator[Asked]:
    units = units_over(seat.writing, Right.KEEP_FUND)
    if not units:
        return
    for agency in sorted(set(agencies_of(units, seat.day).values())):
        for year in (seat.day.year - 1, seat.day.year):
            for seal, title in to_be_listed(agency, year):
                what = Text(
                    vi=f"Lập danh sách chi theo kết quả {title.title('vi')}",
                    en=f"Make the list of payments of {title.title('en')}",
                )
                yield Asked(what, "pay_list_new", (seal,))
        for one in PayList.standing().filter(agency=agency, payable__lte=seat.day):
            if state_of(one) == "approved":
                number = number_of(one)
                what = Text(vi=f"Chi danh sách số {number} đã duyệt", en=f"Pay list {number}, which is approved")
                yield Asked(what, "pay_list", (one.pk,))


def _of_who_keeps(seat: Seat, going: list[Step], now: datetime) -> Iterator[Asked]:
    """The open step of each period that is not sealed, for the personnel office."""
    agencies = units_over(seat.writing, Right.KEEP_CYCLE)
    for cycle in [one.cycle for one in going if one.step == "seal" and one.cycle.agency_id in agencies]:
        stand = current(cycle, now)
        if stand is not None:
            step, title = STEP_TITLES[stand.step], period_of(cycle)
            what = Text(
                vi=f"Kỳ {title.title('vi')} đang ở bước “{step.vi}”", en=f"{title.title('en')} is at “{step.en}”"
            )
            yield Asked(what, "closing_cycle", (cycle.pk,), until=stand.due_at)


def _by_year(years: list[int]) -> list[tuple[int, int]]:
    return [(year, years.count(year)) for year in sorted(set(years))]


def _n(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
