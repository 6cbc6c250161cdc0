"""Lists of payments: made from a seal, reserved in the fund, paid by a voucher; after that only differences."""

from datetime import date
from decimal import Decimal

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.engine.rewarding.ledger import GIVEN_BACK, PAID, RELEASED, RESERVED
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.reward.ledger import Line, enter
from congtam.reward.models import Entry, PayLine, PayList
from congtam.reward.payments import Payments, less, listed, lists_of, payments
from congtam.reward.schemes import payable_from, scheme_on
from congtam.reward.sealed import Graded

NOTHING = Decimal(0)
STATES = ("waiting", "approved", "paying", "paid")


def make_list(seat: Seat, told: Graded, scheme: str, day: date) -> PayList:
    """The list of a seal by a scheme, its sum reserved in the fund to be signed. Once an earlier list of the period is
    paid, it holds only what differs (truy lĩnh, truy thu).

    Raises `Refused`: no right, a list not yet paid stands, nothing differs, amounts missing, a fund too small.
    """
    person = _accountant(seat, told.agency)
    with in_order():
        found = to_list(told, scheme)
        if not found.lines:
            raise Refused(
                "Không có khoản nào để chi: kết quả không khác các danh sách đã chi. Không cần lập thêm.",
                "There is nothing to pay: nothing differs from the lists that were paid. No list is needed.",
            )
        new = PayList(
            agency_id=told.agency,
            period=told.period.label,
            year=told.period.first.year,
            purse=found.scheme.reward.purse,
            scheme=scheme,
            meaning=found.scheme.meaning,
            seal_id=told.seal,
            difference=found.difference,
            payable=max(day, payable_from(found.scheme, told.period)) if found.difference else
            payable_from(found.scheme, told.period),
            by_id=person,
        )  # fmt: skip
        return write(seat, new, found, day)


def to_list(told: Graded, scheme: str) -> Payments:
    """What a list would hold now. Raises `Refused` as `make_list` does."""
    if not told.standing:
        raise Refused(
            "Bản chốt này đã có bản sau thay thế. Hãy lập danh sách từ bản chốt mới nhất của kỳ.",
            "A later seal took the place of this one. Make the list from the last seal of the period.",
        )
    before = lists_of(told.agency, told.period.label, scheme)
    unpaid = [one for one in before if state_of(one) != "paid"]
    if unpaid:
        number = number_of(unpaid[0])
        raise Refused(
            f"Danh sách số {number} của kỳ này chưa chi xong. Hãy chi xong, hoặc hủy danh sách ấy rồi lập lại.",
            f"List {number} of this period is not paid yet. Pay it, or withdraw it and make a new one.",
        )
    whole = payments(scheme_on(scheme, told.period.first), told)
    return less(whole, listed(told.agency, told.period, scheme)) if before else whole


def write(seat: Seat, new: PayList, found: Payments, day: date) -> PayList:
    """Write a list with its lines, and enter its sum into the ledger. Inside `in_order()`."""
    made = put(seat.actor, new)
    PayLine.objects.bulk_create(
        PayLine(
            list=made, person_id=one.person, grade=one.grade, base=one.base, factor=one.factor, due=one.due,
            amount=one.amount, floored=one.floored, whence=one.whence,
        )
        for one in found.lines
    )  # fmt: skip
    told = {"scheme": made.scheme, "period": made.period, "people": len(found.lines), "seal": made.seal_id}
    note(seat.actor, "reward.make_list", "pay_list", made.pk, told)
    if found.to_pay:
        enter(seat, Line(made.agency_id, made.year, made.purse, RESERVED, found.to_pay, day, "", made))
    return made


def pay(seat: Seat, one: PayList, day: date, voucher: str) -> None:
    """The list was paid on a day by a voucher: entered into the ledger, to be signed; of a list of differences also
    what was taken back. Raises `Refused` before it is approved, before its day, or twice."""
    _accountant(seat, one.agency_id)
    with in_order():
        state = state_of(one)
        if one.replaced_by is not None or state != "approved":
            raise Refused(
                "Danh sách chưa được ký duyệt, hoặc đã ghi chi. Hãy mở lại trang để xem tình trạng.",
                "The list is not approved yet, or its payment is entered. Open the page again to see where it stands.",
            )
        if day < one.payable:
            raise Refused(
                f"Chế độ này chỉ chi từ {one.payable:%d/%m/%Y}. Hãy ghi ngày chi từ ngày ấy.",
                f"By this scheme it is paid from {one.payable:%d/%m/%Y}. Enter a day from then on.",
            )
        wanted = {kind: amount for kind, amount in _wanted(one).items() if kind not in _entered(one)}
        for kind, amount in wanted.items():
            enter(seat, Line(one.agency_id, one.year, one.purse, kind, amount, day, voucher, one))
        told = {"day": day.isoformat(), "voucher": voucher, **{kind: str(amount) for kind, amount in wanted.items()}}
        note(seat.actor, "reward.pay", "pay_list", one.pk, told)


def withdraw_list(seat: Seat, one: PayList, day: date, why: str) -> None:
    """A list that was not paid falls; what the fund reserved for it is released, once that is signed. Raises `Refused`
    when it was paid, or without a reason."""
    _accountant(seat, one.agency_id)
    if not why.strip():
        raise Refused("Hủy danh sách phải nêu lý do. Hãy ghi lý do.", "Withdrawing a list needs a reason. Write it.")
    with in_order():
        if one.replaced_by is not None or _entered(one):
            raise Refused(
                "Danh sách đã ghi chi nên không hủy được; nếu kết quả đổi, lập danh sách truy lĩnh, truy thu.",
                "The list's payment is entered, so it stays; if the result changes, make a list of differences.",
            )
        for row in Entry.standing().filter(list=one, kind=RESERVED, state="proposed"):
            withdraw(row)  # nobody signed it, so it never counted
        for row in Entry.standing().filter(list=one, kind=RESERVED, state="signed"):
            enter(seat, Line(one.agency_id, one.year, one.purse, RELEASED, row.amount, day, why.strip()[:64], one))
        withdraw(one)
        note(seat.actor, "reward.withdraw_list", "pay_list", one.pk, {"why": why.strip()})


def number_of(one: PayList) -> str:
    """What people call a list: its place among those of its fund's year, as 3/2026; those that fell keep theirs."""
    return numbers_in(one.agency_id, one.year)[one.pk]


def numbers_in(agency: int, year: int) -> dict[int, str]:
    """What the lists of a fund's year are called, by their keys."""
    made = PayList.objects.filter(agency=agency, year=year).order_by("seq").values_list("pk", flat=True)
    return {one: f"{place}/{year}" for place, one in enumerate(made, 1)}


def state_of(one: PayList) -> str:
    """Where a list stands: waiting for a signature, approved, paying (entered, to be signed), paid."""
    rows = dict(Entry.standing().filter(list=one).exclude(state="refused").values_list("kind", "state"))
    wanted = _wanted(one)
    if wanted and all(rows.get(kind) == "signed" for kind in wanted):
        return "paid"
    if any(rows.get(kind) == "proposed" for kind in wanted):
        return "paying"
    return "approved" if PAID not in wanted or rows.get(RESERVED) == "signed" else "waiting"


def _wanted(one: PayList) -> dict[str, Decimal]:
    """What kinds of rows its payment makes in the ledger, and of how much."""
    gets, owes = sums_of(one)
    return {kind: amount for kind, amount in ((PAID, gets), (GIVEN_BACK, owes)) if amount}


def _entered(one: PayList) -> set[str]:
    """The kinds of rows of its payment that stand in the ledger, signed or to be signed."""
    rows = Entry.standing().filter(list=one, kind__in=(PAID, GIVEN_BACK)).exclude(state="refused")
    return set(rows.values_list("kind", flat=True))


def sums_of(one: PayList) -> tuple[Decimal, Decimal]:
    """What a list pays, and what it takes back."""
    amounts = list(one.lines.values_list("amount", flat=True))
    gets = sum((amount for amount in amounts if amount > 0), NOTHING)
    return gets, -sum((amount for amount in amounts if amount < 0), NOTHING)


def _accountant(seat: Seat, agency: int) -> int:
    if seat.person is None or not over_unit(seat, Right.KEEP_FUND, agency):
        raise Refused(
            "Chỉ kế toán của cơ quan lập và chi danh sách. Hãy chuyển cho kế toán.",
            "Only the agency's accountant makes and pays lists. Pass it on to them.",
        )
    return seat.person


__all__ = ["make_list", "number_of", "numbers_in", "pay", "state_of", "sums_of", "to_list", "withdraw_list"]
