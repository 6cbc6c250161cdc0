"""Writing the ledger: one person enters a row, another signs or refuses it. A fund never goes below zero."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.engine.explaining.rule_words import AMOUNTS
from congtam.engine.rewarding.ledger import IN, LOST, PAID, RELEASED, RESERVED, Row, balance
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take
from congtam.reward.fund import entries_of, fund_of, rows_of
from congtam.reward.models import Entry, PayList, Why
from congtam.reward.schemes import dong

_COPIED = ("series", "agency_id", "year", "purse", "kind", "amount", "day", "number", "list_id", "by_id")


@dataclass(frozen=True)
class Line:
    """What is to be entered: of which fund, what kind of row, how much, by which document of which day."""

    agency: int
    year: int
    purse: str
    kind: str
    amount: Decimal
    day: date
    number: str
    list: PayList | None = None


def enter(seat: Seat, line: Line) -> Entry:
    """Enter a row, to be signed by another person. Raises `Refused` without the right or a document, for a day still
    to come, when the fund is too small, when more would come in than the rule gives, or when money is used after it
    was lost."""
    by = _person(seat, Right.KEEP_FUND, line.agency)
    if not line.number.strip() and line.kind != RESERVED:
        raise Refused(
            "Chưa có số văn bản hoặc chứng từ. Hãy ghi số rồi lưu lại.",
            "The number of the document or voucher is missing. Write it and save again.",
        )
    if line.day > seat.day:
        raise Refused(
            f"Ngày {line.day:%d/%m/%Y} chưa tới nên chưa có chứng từ của ngày ấy. Ghi ngày trên chứng từ, muộn nhất là "
            f"hôm nay {seat.day:%d/%m/%Y}.",
            f"{line.day:%d/%m/%Y} is still to come, so no voucher is of that day. Enter the day of the voucher, at the "
            f"latest today, {seat.day:%d/%m/%Y}.",
        )
    with in_order():
        _fits(line, waiting=True)
        [series] = take(1)
        row = Entry(
            series=series, agency_id=line.agency, year=line.year, purse=line.purse, kind=line.kind, amount=line.amount,
            day=line.day, number=line.number.strip(), list=line.list, by_id=by,
        )  # fmt: skip
        made = put(seat.actor, row)
        note(seat.actor, "reward.enter", "fund_entry", made.series, _told(made))
    return made


def sign(seat: Seat, entry: Entry) -> Entry:
    """The second signature: from now on the row counts. Raises `Refused` for who entered it or lacks the right, and
    when the fund is by now too small; `Conflict` when somebody was faster."""
    by = _person(seat, Right.APPROVE_FUND, entry.agency_id)
    with in_order():
        standing = _open(entry)
        _another(standing, by)
        _fits(_line(standing), waiting=False)
        made = put(seat.actor, _copy(standing, state="signed", signed_by_id=by), instead_of=standing)
        note(seat.actor, "reward.sign", "fund_entry", made.series, _told(made))
    return made


def refuse(seat: Seat, entry: Entry, why: str) -> Entry:
    """The row is not signed, for a reason, and never counts; a list it was to pay falls with it. Raises `Refused` as
    `sign` does, without a reason, and for what a withdrawn list must release."""
    by = _person(seat, Right.APPROVE_FUND, entry.agency_id)
    if not why.strip():
        raise Refused("Không ký thì phải nêu lý do. Hãy ghi lý do.", "Refusing needs a reason. Write it.")
    with in_order():
        standing = _open(entry)
        _another(standing, by)
        if standing.kind == RELEASED:
            raise Refused(
                "Danh sách này đã hủy nên tiền giữ cho nó phải được thôi giữ. Hãy ký dòng này.",
                "The list was withdrawn, so what was reserved for it must be released. Sign this row.",
            )
        made = put(seat.actor, _copy(standing, state="refused", signed_by_id=by), instead_of=standing)
        Why.objects.create(seq=made.seq, text=why.strip())
        note(seat.actor, "reward.refuse", "fund_entry", made.series, _told(made))
        if made.kind == RESERVED and made.list is not None and made.list.replaced_by is None:
            withdraw(made.list)
    return made


def _fits(line: Line, *, waiting: bool) -> None:
    """Raises `Refused` when the row cannot stand beside those that were signed; with `waiting`, beside those, too, that
    would take money and wait for a signature."""
    counted = [
        one
        for one in entries_of(line.agency, line.year, line.purse)
        if one.state == "signed" or (waiting and one.state == "proposed" and one.kind in (RESERVED, PAID, LOST))
    ]
    held = balance(rows_of(counted))
    if not held.takes(Row(line.kind, line.amount, line.list.pk if line.list else None)):
        most = held.most(line.kind, line.list.pk if line.list else None) or Decimal(0)
        wanted, there, left = dong(line.amount), dong(most), dong(held.left)
        raise Refused(
            f"Quỹ không đủ: cần {wanted.vi}, chỉ ghi được tối đa {there.vi} (quỹ năm {line.year} còn {left.vi}, "
            "đã trừ các khoản đang chờ ký). Hãy giảm số tiền, hoặc ghi thêm tiền vào quỹ trước.",
            f"The fund is too small: {wanted.en} are asked, at most {there.en} can be entered ({left.en} are left of "
            f"{line.year}, less what waits for a signature). Ask for less, or enter more money first.",
        )
    fund = fund_of(line.agency, line.year, line.purse)
    if fund.lost_on is None:
        return
    last = f"{fund.lost_on:%d/%m/%Y}"
    if line.kind in (RESERVED, PAID) and line.day > fund.lost_on:
        raise Refused(
            f"Quỹ năm {line.year} đã hết hạn dùng ngày {last}. Khoản này phải chi từ quỹ năm khác.",
            f"The fund of {line.year} could be used until {last}. Pay this out of another year's.",
        )
    if line.kind == LOST and line.day <= fund.lost_on:
        raise Refused(
            f"Quỹ năm {line.year} còn dùng được đến hết {last}; chưa ghi “mất hạn” trước ngày ấy.",
            f"The fund of {line.year} can be used until {last}; nothing is lost before.",
        )
    if line.kind == IN:
        _within_rule(line, fund.due, held.money_in)


def _within_rule(line: Line, due: Decimal | None, there: Decimal) -> None:
    if due is None:
        told = AMOUNTS["salary_fund"]
        raise Refused(
            f"Chưa có {told.vi} {line.year}, nên chưa biết quỹ được bao nhiêu. Nhập ở mục Mức tiền.",
            f"The {told.en} {line.year} is missing, so what the fund may hold is unknown. Enter it first.",
        )
    if there + line.amount > due:
        most, now = dong(due), dong(there)
        raise Refused(
            f"Quy định cho quỹ năm {line.year} tối đa {most.vi}; sổ đã ghi vào {now.vi}. Xem lại số tiền.",
            f"The rule gives the fund of {line.year} at most {most.en}; {now.en} came in. Check the amount, or the "
            "salary fund.",
        )


def _person(seat: Seat, right: Right, agency: int) -> int:
    if seat.person is None or not over_unit(seat, right, agency):
        kept = right is Right.KEEP_FUND
        raise Refused(
            f"Bạn không có quyền {'ghi sổ' if kept else 'ký duyệt'} quỹ của cơ quan này. "
            f"Việc này của {'kế toán' if kept else 'người đứng đầu cơ quan'}.",
            f"You may not {'keep' if kept else 'approve'} the fund of this agency. That is for the "
            f"{'accountant' if kept else 'head of the agency'}.",
        )
    return seat.person


def _another(entry: Entry, by: int) -> None:
    if entry.by_id == by:
        raise Refused(
            "Bạn là người ghi dòng này nên không thể tự ký. Hãy để người khác có thẩm quyền ký.",
            "You entered this row and cannot sign it. Let another competent person sign.",
        )


def _open(entry: Entry) -> Entry:
    standing = expect_standing(Entry, entry.seq)
    if standing.state != "proposed":
        raise Refused(
            "Dòng này đã được xử lý. Hãy mở lại trang để xem.", "This row is done with. Open the page again to see it."
        )
    return standing


def _copy(entry: Entry, **changed: object) -> Entry:
    return Entry(**{name: getattr(entry, name) for name in _COPIED} | changed)


def _line(entry: Entry) -> Line:
    return Line(entry.agency_id, entry.year, entry.purse, entry.kind, entry.amount, entry.day, entry.number, entry.list)


def _told(entry: Entry) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "amount": str(entry.amount),
        "year": entry.year,
        "purse": entry.purse,
        "number": entry.number,
    }
