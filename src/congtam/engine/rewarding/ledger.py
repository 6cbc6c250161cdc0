"""The ledger of a fund: rows that are only ever added, and what they come to. Never below zero."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

IN, RESERVED, RELEASED, PAID, GIVEN_BACK, LOST = KINDS = ("in", "reserved", "released", "paid", "given_back", "lost")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Row:
    """One row: money that came in, is reserved for a list, released from it, paid by it, given back, or lost.
    `list`: of which list of payments; None where it is of none."""

    kind: str
    amount: Decimal
    list: int | None = None


@dataclass(frozen=True)
class Balance:
    """What rows come to, in đồng. `of_list`: what is still reserved for each list."""

    money_in: Decimal
    used: Decimal
    lost: Decimal
    of_list: dict[int | None, Decimal]

    @property
    def reserved(self) -> Decimal:
        return sum(self.of_list.values(), NOTHING)

    @property
    def left(self) -> Decimal:
        """What can still be reserved."""
        return self.money_in - self.used - self.reserved - self.lost

    def most(self, kind: str, of: int | None) -> Decimal | None:
        """The most that another row of a kind may be, for a list; None where there is no limit."""
        match kind:
            case "in":
                return None
            case "reserved" | "lost":
                return self.left
            case "released" | "paid":
                return self.of_list.get(of, NOTHING)
            case "given_back":
                return self.used
        raise ValueError(f"a ledger has no rows of kind {kind!r}")

    def takes(self, row: Row) -> bool:
        """Whether another row can stand beside those there are."""
        most = self.most(row.kind, row.list)
        return row.amount > 0 and (most is None or row.amount <= most)


def balance(rows: Iterable[Row]) -> Balance:
    """What rows come to."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    of_list: dict[int | None, Decimal] = defaultdict(Decimal)
    for row in rows:
        totals[row.kind] += row.amount
        if row.kind in (RESERVED, RELEASED, PAID):
            of_list[row.list] += row.amount if row.kind == RESERVED else -row.amount
    return Balance(totals[IN], totals[PAID] - totals[GIVEN_BACK], totals[LOST], dict(of_list))
