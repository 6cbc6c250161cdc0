"""A month of the demo on its way to the seal: opened, slips shown and answered by silence, opened again for the
one who has no marks yet; one line is contested, and nobody has answered. Everything else is ready: the committee, a
scheme of extra income with what people earn, keys to sign with."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from congtam.access.models import Account
from congtam.access.seats import Seat, seat_of
from congtam.calibration.committee import set_up
from congtam.calibration.models import CHAIR, MEMBER, SECRETARY
from congtam.closing.filing import set_letterhead
from congtam.cycles.models import Cycle
from congtam.cycles.moving import finish, move, reopen
from congtam.cycles.opening import open_cycle
from congtam.documents.certificates import register_certificate
from congtam.engine.periods import Period, PeriodKind
from congtam.history.refused import Refused
from congtam.marking.admitting import admit
from congtam.objections.requests import About, object_to
from congtam.objections.slips import settle_silence, show_slips
from congtam.people.queries import names_of
from congtam.registry.actions import adopt, approve_copy
from congtam.reward.amounts import set_earning
from congtam.reward.ledger import Line, enter, sign
from congtam.reward.models import Earning
from congtam.simulate.days import local, shipped_calendar
from congtam.simulate.demo.people import PEOPLE, SUPERIOR_OF_HEAD
from congtam.simulate.site.cast import PASSWORD
from congtam.simulate.site.house import DECISION, House
from congtam.simulate.site.keys import make_keys

SCHEME = "vn/da-nang/extra-income-2026"
SCHEME_FROM = date(2026, 1, 1)
UNRATED = {1: "CB040", 2: "CB017"}  # who has no marks, by how many months before the running one
RATER = "CB015"  # heads CB017
COMMITTEE = {"CB001": CHAIR, "CB006": SECRETARY, "CB002": MEMBER, "CB003": MEMBER, "CB004": MEMBER}
SALARIES = {"GD": 15_210_000, "PGD": 13_572_000}
SALARY = 8_892_000  # of everybody else
MONEY = Decimal(900_000_000)
WORKED = 5  # working days after the end of the month until slips were answered
WAITS = "Còn một người chưa có điểm của người chấm"
CONTESTED = "Hai việc xong đúng hạn trong tháng chưa được tính; đề nghị đối chiếu với sổ văn bản."


def fill_month(accounts: dict[str, Account], house: House, today: date) -> None:
    """The cycle of the month that is being closed, on whatever day the demo begins."""
    period = month_to_close(today)
    personnel = seat_of(accounts["nhansu"], today)
    agency = house.agency
    _committee(personnel, house, period)
    _raters(personnel, house, period, today)
    _reward(accounts, house, period, today)
    _keys(personnel, house, today)
    set_letterhead(personnel, agency.pk, "UBND thành phố (DỮ LIỆU MẪU)", "Huế")
    days = worked_after(period, today)
    opened = local(days[0], 8)
    cycle = open_cycle(personnel, agency.pk, period, f"05/KH-{DECISION}", now=opened)
    for step in ("cut_off", "self_report"):
        finish(personnel, cycle, step, now=opened)
    _once_through(personnel, cycle, days)
    move(personnel, cycle, "rating", local(_next_worked(today), 17), WAITS)
    official, now = seat_of(accounts["congchuc"], today), local(days[WORKED], 8, 30)
    object_to(official, cycle, About("results"), CONTESTED, now=now)


def month_to_close(today: date) -> Period:
    """The last month whose slips could be shown and answered by silence before `today`: in the first days of a month
    the one before last."""
    last = Period.of(PeriodKind.MONTH, today).previous()
    worked = [day for day in worked_after(last, today) if day < today]
    return last if len(worked) > WORKED else last.previous()


def _once_through(seat: Seat, cycle: Cycle, days: list[date]) -> None:
    """Slips shown on the first day, silence after three, and back to rating: one has no marks."""
    shown, answered = local(days[0], 9), local(days[WORKED - 1], 8)
    finish(seat, cycle, "rating", now=shown)
    show_slips(seat, cycle, now=shown)
    finish(seat, cycle, "draft_slip", now=shown)
    finish(seat, cycle, "review", now=answered)
    settle_silence(answered)
    reopen(seat, cycle, "rating", WAITS, now=local(days[WORKED], 8))


def worked_after(period: Period, today: date) -> list[date]:
    """The working days from the end of a period up to `today`."""
    calendar = shipped_calendar()
    span = (today - period.until).days + 1
    return [day for n in range(span) if calendar.is_working(day := period.until + timedelta(days=n))]


def _next_worked(today: date) -> date:
    return shipped_calendar().add_working_days(today, 1)


def _committee(seat: Seat, house: House, period: Period) -> None:
    members = {house.people[code].pk: role for code, role in COMMITTEE.items()}
    set_up(seat, house.agency, f"41/{DECISION}", period.first, members)


def _raters(seat: Seat, house: House, period: Period, today: date) -> None:
    """Who marks the head, above whom nobody in the agency stands; and, for who has no marks yet, one admitted from
    outside the section (where it is not the head of the section anyway)."""
    first, until, number = period.first, period.until + timedelta(days=365), f"42/{DECISION}"
    unrated = UNRATED[1 if period == Period.of(PeriodKind.MONTH, today).previous() else 2]
    admitted = [(SUPERIOR_OF_HEAD, "CB001")] + ([(RATER, unrated)] if unrated == UNRATED[1] else [])
    for rater, person in admitted:
        by, of = house.people[rater], house.people[person]
        admit(seat.actor, rater=by, decision=number, first=first, until=until, person=of)


def _reward(accounts: dict[str, Account], house: House, period: Period, today: date) -> None:
    """A scheme that pays by monthly grades, what everybody earns, and money in the fund, signed by two people."""
    owner, approver = seat_of(accounts["quytac"], today).actor, seat_of(accounts["duyetquytac"], today).actor
    approve_copy(approver, adopt(owner, SCHEME, first=SCHEME_FROM, number=f"29/{DECISION}"))
    accountant, leader = seat_of(accounts["ketoan"], today), seat_of(accounts["giamdoc"], today)
    number = f"43/{DECISION}"
    for code, _, _, post, *_ in PEOPLE:
        salary = Decimal(SALARIES.get(post, SALARY))
        person = house.people[code]
        new = Earning(person=person, first=SCHEME_FROM, salary=salary, number=number, source="DỮ LIỆU MẪU")
        try:
            set_earning(accountant, person, new)
        except Refused:
            continue  # who left long ago belongs to no section any more
    year = period.first.year
    row = Line(house.agency.pk, year, "extra_income", "in", MONEY, today, f"44/{DECISION}")
    sign(leader, enter(accountant, row))


def _keys(seat: Seat, house: House, today: date) -> None:
    """A key of the leader's, and one of the agency's own."""
    leader = house.people["CB001"]
    names = {"giamdoc": names_of([leader.pk])[leader.pk], "coquan": "Sở Khoa học và Công nghệ (DỮ LIỆU MẪU)"}
    made = make_keys(names, PASSWORD, datetime.combine(today, datetime.min.time()))
    register_certificate(seat, made["giamdoc"].certificate, person=leader.pk)
    register_certificate(seat, made["coquan"].certificate, agency=house.agency.pk)
