"""What is reported: amounts of an agency, and what its people earn; and what of it holds for a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congtam.access.gate import Right, over_person, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.engine.explaining.rule_words import AMOUNTS
from congtam.engine.periods import Period, add_months
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.models import Person, Spell
from congtam.reward.models import Amount, Earning

MOST = Decimal("1e15")


@dataclass(frozen=True)
class Base:
    """A base in đồng, and the documents it was read from; over how many months."""

    value: Decimal
    numbers: tuple[str, ...]
    months: int = 1

    @property
    def whence(self) -> str:
        return "; ".join(self.numbers)[:64]


def set_amount(seat: Seat, agency: int, name: str, value: Decimal, first: date, number: str) -> Amount:
    """Report an amount of an agency from a day on. Raises `Refused` without the right, a number, or a sum of money."""
    _may(seat, agency)
    _check(value, number)
    with in_order():
        before = Amount.standing().filter(agency=agency, name=name, first=first).first()
        if before is not None and (before.value, before.number) == (value, number.strip()):
            return before
        new = Amount(agency_id=agency, name=name, value=value, first=first, number=number.strip())
        made = put(seat.actor, new, instead_of=before)
        told = {"name": name, "value": str(value), "first": first.isoformat(), "number": made.number}
        note(seat.actor, "reward.set_amount", "unit", agency, told)
    return made


def set_earning(seat: Seat, person: Person, new: Earning) -> Earning:
    """Report what a person earns from a day on; said twice it is written once. The amounts stay out of the journal.
    Raises `Refused` without the right over the person, a number, or any amount."""
    if not over_person(seat, Right.KEEP_FUND, person.pk):
        raise Refused(
            f"{person.code} thuộc cơ quan khác, ngoài phạm vi của bạn. Bỏ dòng này.",
            f"{person.code} belongs to another agency. Leave the row out.",
        )
    given = [one for one in (new.salary, new.base_fund, new.coefficient) if one is not None]
    if not given:
        raise Refused(
            "Chưa có số nào. Điền lương, hệ số hoặc quỹ lương cơ bản.", "No amount is given. Fill in at least one."
        )
    for one in given:
        _check(one, new.number)
    with in_order():
        before = Earning.standing().filter(person=person, first=new.first).first()
        columns = ("salary", "coefficient", "base_fund", "source", "number")
        if before is not None and all(getattr(before, one) == getattr(new, one) for one in columns):
            return before
        made = put(seat.actor, new, instead_of=before)
        note(seat.actor, "reward.set_earning", "person", person.pk, {"first": new.first.isoformat()})
    return made


def amount_on(agency: int, name: str, day: date) -> Amount | None:
    """What an agency reported of an amount that holds on a day; a salary fund only of that day's year."""
    rows = Amount.standing().filter(agency=agency, name=name, first__lte=day)
    if name == "salary_fund":
        rows = rows.filter(first__year=day.year)
    return rows.order_by("-first").first()


def base_of_agency(agency: int, name: str, day: date) -> Base:
    """The same as a base. Raises `Refused` saying what is missing."""
    found = amount_on(agency, name, day)
    if found is None:
        told = AMOUNTS[name]
        raise Refused(
            f"Chưa có {told.vi} cho ngày {day:%d/%m/%Y}. Nhập số tiền kèm số văn bản ở trang Quỹ thưởng, mục Mức tiền.",
            f"The {told.en} for {day:%d/%m/%Y} is missing. Enter it with its document on the page Fund, under Amounts.",
        )
    return Base(found.value, (found.number,))


def bases_of(people: Iterable[int], name: str, period: Period) -> dict[int, Base]:
    """What each person's `salary` or `base_fund` adds up to over the months of a period in which they held a post; of a
    month the amount that holds on its last day. Who has none for some such month is left out."""
    wanted = list(people)
    earned = _by_person(
        Earning.standing().filter(person__in=wanted, first__lt=period.until, **{f"{name}__isnull": False})
    )
    spells: dict[int, list[tuple[date, date]]] = {}
    for person, days in Spell.standing().filter(person__in=wanted).values_list("person_id", "days"):
        spells.setdefault(person, []).append((days.lower or date.min, days.upper or date.max))
    found = {}
    for person in wanted:
        months = [one for one in _months(period) if any(a < one[1] and b > one[0] for a, b in spells.get(person, ()))]
        rows = [_last_before(earned.get(person, []), until) for _, until in months]
        if months and all(rows):
            held = [row for row in rows if row is not None]
            total = sum((getattr(row, name) for row in held), Decimal(0))
            found[person] = Base(total, tuple(dict.fromkeys(row.number for row in held)), len(months))
    return found


def earnings_of(people: Iterable[int]) -> Mapping[int, list[Earning]]:
    """What people earn, by person, the latest first."""
    rows = Earning.standing().filter(person__in=list(people))
    return {person: found[::-1] for person, found in _by_person(rows).items()}


def _by_person(rows: Iterable[Earning]) -> dict[int, list[Earning]]:
    found: dict[int, list[Earning]] = {}
    for row in sorted(rows, key=lambda one: one.first):
        found.setdefault(row.person_id, []).append(row)
    return found


def _last_before(rows: list[Earning], until: date) -> Earning | None:
    return next((row for row in reversed(rows) if row.first < until), None)


def _months(period: Period) -> list[tuple[date, date]]:
    found, first = [], period.first
    while first < period.until:
        found.append((first, add_months(first, 1)))
        first = add_months(first, 1)
    return found


def _may(seat: Seat, agency: int) -> None:
    if not over_unit(seat, Right.KEEP_FUND, agency):
        raise Refused(
            "Chỉ kế toán của cơ quan nhập mức tiền. Hãy chuyển cho kế toán.",
            "Only the agency's accountant enters amounts. Pass it on to them.",
        )


def _check(value: Decimal, number: str) -> None:
    if not 0 < value < MOST:
        raise Refused(
            f"Số tiền {value} không hợp lệ. Viết số lớn hơn 0, ví dụ 2340000.",
            f"The amount {value} cannot be. Write a number above 0, such as 2340000.",
        )
    if not number.strip():
        raise Refused(
            "Chưa có số văn bản làm căn cứ của số tiền. Hãy ghi số, ký hiệu văn bản.",
            "The document the amount stands in is missing. Write its number and symbol.",
        )
