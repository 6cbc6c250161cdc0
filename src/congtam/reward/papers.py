"""A list of payments as the paper of a bonus list wants it (`documents.papers`)."""

from datetime import date
from decimal import Decimal

from congtam.documents.papers import Bonus
from congtam.engine.rewarding.ledger import PAID, RESERVED, balance
from congtam.history.refused import Refused
from congtam.reward.fund import entries_of, rows_of
from congtam.reward.models import PayLine, PayList
from congtam.reward.payees import payees
from congtam.reward.schemes import in_words


def bonus_lines(one: PayList, grades: dict[str, str], day: date) -> tuple[Bonus, ...]:
    """The lines of a list with names, posts and units as of a day, by unit, then by name; `grades`: what they are
    called. Raises `Refused` for parts of a đồng, which no paper can order to be paid."""
    return tuple(
        Bonus(
            name=who.name,
            post=who.post,
            unit=who.unit,
            grade=grades.get(who.line.grade, who.line.grade),
            base=None if who.line.base is None else _whole(who.line.base),
            factor="" if who.line.factor is None else in_words(who.line.factor),
            amount=_whole(who.line.amount),
            note=_note(who.line, one.difference),
        )
        for who in payees(one, day)
    )


def fund_around(one: PayList) -> tuple[int, int]:
    """What the fund held before a list was reserved in it, and after; by what two people signed until then."""
    rows = [row for row in entries_of(one.agency_id, one.year, one.purse) if row.state == "signed"]
    own = {row.series for row in rows if row.list_id == one.pk and row.kind in (RESERVED, PAID)}
    before = balance(rows_of(row for row in rows if row.series < min(own, default=row.series + 1))).left
    gets = sum((line.amount for line in one.lines.all() if line.amount > 0), Decimal(0))
    return _whole(before), _whole(before - gets)


def _note(line: PayLine, difference: bool) -> str:
    if difference:
        return "Truy lĩnh" if line.amount > 0 else "Truy thu"
    return "Mức tối thiểu" if line.floored else ""


def _whole(amount: Decimal) -> int:
    if amount != amount.to_integral_value():
        raise Refused(
            f"Số tiền {amount} lẻ đồng vì chế độ không quy định làm tròn. Đặt quy tắc làm tròn rồi lập lại danh sách.",
            f"{amount} has parts of a đồng, for the scheme does not round. Set its rounding, then make the list again.",
        )
    return int(amount)
