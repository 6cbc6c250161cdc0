"""The accountant and the leader of Sở A, schemes adopted, pay and amounts reported."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import cast as casting
from congtam.access.seats import Seat, seat_of
from congtam.engine.periods import Period
from congtam.history.actor import Actor
from congtam.registry import actions as registry
from congtam.reward.amounts import set_amount, set_earning
from congtam.reward.ledger import Line, enter, sign
from congtam.reward.lists import pay
from congtam.reward.models import Earning, Entry, PayList
from congtam.reward.sealed import Graded, graded
from congtam.scores.models import Seal, SealedScore

BOOKS = ("vn/national/decree-73-2024", "vn/national/moha-bonus-2024", "vn/da-nang/extra-income-2026")
ANNUAL, MONTHLY = "vn/national/moha-bonus-2024#annual", "vn/da-nang/extra-income-2026#monthly"
SPOT = "vn/national/moha-bonus-2024#spot"
DAY, OCTOBER = date(2026, 11, 20), Period.parse("2026-10")
GRADES = {"an": "excellent", "binh": "good", "chi": "complete", "dung": "not_completed"}


@dataclass
class Office:
    """The cast, with the seats of who keeps, signs and sees the fund on `DAY`."""

    cast: casting.Cast
    accountant: Seat
    leader: Seat

    @property
    def agency(self) -> int:
        return self.cast.units["so-a"].pk

    def person(self, code: str) -> int:
        return self.cast.people[code].pk

    def seat(self, code: str, day: date = DAY) -> Seat:
        return seat_of(self.cast.accounts[code], day)

    def seal(self, before: Seal | None = None, period: Period = OCTOBER, **grades: str | None) -> Seal:
        """A seal that gives `GRADES`, some of them otherwise, instead of the one `before`: the rows it would write."""
        number = before.number + 1 if before else 1
        made = Seal.objects.create(
            agency_id=self.agency, period=period.label, number=number, seq=1, as_of=period.end, body="",
            head=f"{period.label}-{number}", envelope={}, supersedes=before, people=len(GRADES), made_at=period.end,
            by=1,
        )  # fmt: skip
        told = GRADES | {code.replace("_", "-"): grade for code, grade in grades.items()}
        SealedScore.objects.bulk_create(
            SealedScore(
                seal=made, person_id=self.person(code), rulebook="r", scorecard="c", grade=grade, by="rule",
                role="staff", unit=self.cast.units["phong-mot"], post_title="", duty_group="", staff_kind="",
            )
            for code, grade in told.items()
        )  # fmt: skip
        return made

    def graded(self, before: Seal | None = None, period: Period = OCTOBER, **grades: str | None) -> Graded:
        """The grades of such a seal."""
        return graded(self.seal(before, period, **grades))

    def pays(self, one: PayList, day: date) -> None:
        """The accountant enters on a day that a list was paid."""
        pay(self.seat("pho-giam-doc", day), one, day, "PC-12")

    def row(self, kind: str, amount: int, *, purse: str = "bonus", year: int = 2026, day: date = DAY) -> Entry:
        """A row entered by the accountant."""
        line = Line(self.agency, year, purse, kind, Decimal(amount), day, "15/QĐ-SA")
        return enter(self.seat("pho-giam-doc", max(day, DAY)), line)

    def fill(self, amount: int, purse: str = "bonus") -> None:
        """Money in, signed."""
        sign(self.leader, self.row("in", amount, purse=purse))

    def earns(self, code: str, salary: int, first: date = date(2026, 1, 1)) -> None:
        """A salary from a day on."""
        new = Earning(person=self.cast.people[code], first=first, salary=Decimal(salary), number="8/QĐ-SA")
        set_earning(self.accountant, self.cast.people[code], new)


def furnish(cast: casting.Cast) -> Office:
    """The cast with schemes, amounts and pay."""
    office = Office(cast, seat_of(cast.account("accountant"), DAY), seat_of(cast.account("leader"), DAY))
    for book in BOOKS:
        registry.approve_copy(Actor(account=2), registry.adopt(Actor(account=1), book, first=date(2026, 1, 1)))
    for name, value in (("base_salary", 2_000_000), ("salary_fund", 2_000_000_000)):
        set_amount(office.accountant, office.agency, name, Decimal(value), date(2026, 1, 1), "01/QĐ-SA")
    for code, salary in (("an", 10_000_000), ("binh", 9_000_000), ("chi", 4_000_000)):
        office.earns(code, salary)
    return office
