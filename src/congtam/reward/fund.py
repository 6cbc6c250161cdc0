"""A fund as its ledger tells it: money in, reserved, used, left, and when what is left is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from congtam.engine.rewarding.ledger import Balance, Row, balance
from congtam.engine.rewarding.paying import fund_money
from congtam.engine.rulebook.model import Text
from congtam.reward.amounts import amount_on
from congtam.reward.models import Entry
from congtam.reward.schemes import dong, fund_rule, in_next_year


@dataclass(frozen=True)
class Fund:
    """What a fund of an agency holds in a year, by what two people signed, in đồng. `due`: what the rule gives it, once
    the salary fund is reported; `waiting`: rows that still want a signature; `lost_on`: the last day on which it may be
    used (None: no rule says so); `warn_from`: the day from which people are warned of it."""

    agency: int
    year: int
    purse: str
    held: Balance
    due: Decimal | None
    waiting: int
    lost_on: date | None
    warn_from: date | None

    @property
    def money_in(self) -> Decimal:
        return self.held.money_in

    @property
    def used(self) -> Decimal:
        return self.held.used

    @property
    def reserved(self) -> Decimal:
        return self.held.reserved

    @property
    def left(self) -> Decimal:
        return self.held.left

    def warning(self, day: date) -> Text | None:
        """What is said when money is about to be lost, or is past its day and not yet written off."""
        unused = self.left + self.reserved
        if self.lost_on is None or self.warn_from is None or day < self.warn_from or unused <= 0:
            return None
        told, last = dong(unused), f"{self.lost_on:%d/%m/%Y}"
        if day > self.lost_on:
            return Text(
                vi=f"Quỹ năm {self.year} còn {told.vi} chưa dùng, đã hết hạn ngày {last}. Kế toán ghi dòng “mất hạn”.",
                en=f"{told.en} of {self.year} were not used by {last}. The accountant writes them off as lost.",
            )
        return Text(
            vi=f"Quỹ năm {self.year} còn {told.vi} chưa chi; hết ngày {last} phần chưa dùng bị mất.",
            en=f"{told.en} of {self.year} are still unpaid; what is not used by {last} is lost.",
        )


def fund_of(agency: int, year: int, purse: str = "bonus") -> Fund:
    """A fund of an agency in a year."""
    rows = list(entries_of(agency, year, purse))
    rule = fund_rule(purse, year)
    scheme = rule.reward.fund if rule else None
    reported = amount_on(agency, scheme.of, date(year, 12, 31)) if scheme else None
    lost_on = in_next_year(scheme.lost_on, year) if scheme else None
    return Fund(
        agency,
        year,
        purse,
        balance(rows_of(one for one in rows if one.state == "signed")),
        fund_money(rule.reward, reported.value) if rule and reported else None,
        sum(one.state == "proposed" for one in rows),
        lost_on,
        lost_on - timedelta(days=scheme.warn.days) if scheme and lost_on else None,
    )


def entries_of(agency: int, year: int, purse: str) -> "list[Entry]":
    """The standing rows of a ledger, in the order in which they came."""
    rows = Entry.standing().filter(agency=agency, year=year, purse=purse)
    return list(rows.select_related("list").order_by("series"))


def rows_of(entries: Iterable[Entry]) -> list[Row]:
    """Entries as the ledger counts them."""
    return [Row(one.kind, one.amount, one.list_id) for one in entries]
