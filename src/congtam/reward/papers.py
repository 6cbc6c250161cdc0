"""A list of payments as the paper of a bonus list wants it (`documents.papers`)."""

from datetime import date
from decimal import Decimal

from congtam.documents.papers import Bonus
from congtam.engine.rewarding.ledger import PAID, RESERVED, balance
from congtam.history.refused import Refused
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of, posts_held, units_of_all
from congtam.reward.fund import entries_of, rows_of
from congtam.reward.models import PayLine, PayList
from congtam.reward.schemes import in_words


def bonus_lines(one: PayList, grades: dict[str, str], day: date) -> tuple[Bonus, ...]:
    """The lines of a list with names, posts and units as of a day, in the order of the list; `grades`: what they are
    called. Raises `Refused` for parts of a đồng, which no paper can order to be paid."""
    lines = list(one.lines.order_by("pk"))
    people = [line.person_id for line in lines]
    names, homes = names_of(people), units_of_all(people, day)
    units = units_named({unit for found in homes.values() for unit in found}, day)
    return tuple(
        Bonus(
            name=names.get(line.person_id, f"#{line.person_id}"),
            post=next((post.title for post in posts_held(line.person_id, day)), ""),
            unit=", ".join(units[unit] for unit in homes.get(line.person_id, ()) if unit in units),
            grade=grades.get(line.grade, line.grade),
            base=None if line.base is None else _whole(line.base),
            factor="" if line.factor is None else in_words(line.factor),
            amount=_whole(line.amount),
            note=_note(line, one.difference),
        )
        for line in lines
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
