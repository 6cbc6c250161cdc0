"""Who is paid what for a sealed period by one scheme: counted from grades and reported amounts, nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congtam.engine.explaining.rule_words import AMOUNTS
from congtam.engine.periods import Period
from congtam.engine.rewarding.differing import differences
from congtam.engine.rewarding.paying import Pay, by_grade, over_limit
from congtam.engine.rulebook.model.reward import OF_PERSON
from congtam.history.refused import Refused
from congtam.people.queries import names_of
from congtam.reward.amounts import Base, base_of_agency, bases_of
from congtam.reward.models import PayLine, PayList
from congtam.reward.schemes import Scheme, dong
from congtam.reward.sealed import Graded

NOTHING = Decimal(0)
NAMED = 5  # so many names of whom something is missing


@dataclass(frozen=True)
class Payment:
    """One person's line. `due`: what the whole result gives; `amount`: what this list pays of it, below 0 what it takes
    back; `whence`: the documents the base was read from."""

    person: int
    grade: str
    base: Decimal | None
    factor: Decimal | None
    due: Decimal
    amount: Decimal
    floored: bool
    whence: str


@dataclass(frozen=True)
class Payments:
    """A list of payments as it would be. `difference`: it holds only what differs from earlier lists."""

    scheme: Scheme
    agency: int
    period: Period
    lines: tuple[Payment, ...]
    difference: bool = False

    @property
    def to_pay(self) -> Decimal:
        return sum((one.amount for one in self.lines if one.amount > 0), NOTHING)

    @property
    def to_take_back(self) -> Decimal:
        return -sum((one.amount for one in self.lines if one.amount < 0), NOTHING)


def payments(scheme: Scheme, graded: Graded) -> Payments:
    """The whole list for the grades of a period. Raises `Refused` saying which amounts are missing, or that the list
    comes to more than the scheme allows."""
    rule = scheme.reward.by_grade
    if rule is None or rule.graded != graded.period.kind.value:
        raise Refused(
            f"Chế độ “{scheme.title.vi}” không chi theo xếp loại của kỳ {graded.period.label}. Hãy chọn chế độ khác.",
            f"The scheme “{scheme.title.en}” does not pay by grades of {graded.period.label}. Choose another.",
        )
    paid = {one: grade for one, grade in graded.grades.items() if _is_paid(scheme, grade)}
    bases = _bases(scheme, graded, list(paid))
    pays = {one: by_grade(scheme.reward, grade, bases[one].value, bases[one].months) for one, grade in paid.items()}
    known = {one: pay for one, pay in pays.items() if pay is not None}
    _within_limit(scheme, known)
    lines = [_payment(one, paid[one], pay, bases[one]) for one, pay in known.items()]
    return Payments(scheme, graded.agency, graded.period, tuple(lines))


def less(whole: Payments, listed: Mapping[int, Decimal]) -> Payments:
    """What a list leaves once earlier ones have listed so much of each person: only differences."""
    due = {one.person: one for one in whole.lines}
    changed = differences(listed, {person: one.due for person, one in due.items()})
    lines = [
        Payment(
            person,
            due[person].grade if person in due else "",
            due[person].base if person in due else None,
            due[person].factor if person in due else None,
            due[person].due if person in due else NOTHING,
            amount,
            person in due and due[person].floored,
            due[person].whence if person in due else "",
        )
        for person, amount in changed.items()
    ]
    return Payments(whole.scheme, whole.agency, whole.period, tuple(lines), difference=True)


def listed(agency: int, period: Period, scheme: str) -> dict[int, Decimal]:
    """What standing lists of a period and scheme come to for each person."""
    found: dict[int, Decimal] = {}
    lines = PayLine.objects.filter(list__in=lists_of(agency, period.label, scheme))
    for person, amount in lines.values_list("person_id", "amount"):
        found[person] = found.get(person, NOTHING) + amount
    return found


def lists_of(agency: int, period: str, scheme: str) -> "list[PayList]":
    """The standing lists of a period and scheme, the first one first."""
    rows = PayList.standing().filter(agency=agency, period=period, scheme=scheme, seal__isnull=False)
    return list(rows.order_by("seq"))


def _is_paid(scheme: Scheme, grade: str | None) -> bool:
    return by_grade(scheme.reward, grade, NOTHING) is not None


def _bases(scheme: Scheme, graded: Graded, people: list[int]) -> dict[int, Base]:
    assert scheme.reward.by_grade is not None
    name = scheme.reward.by_grade.base
    if name not in OF_PERSON:
        last = date.fromordinal(graded.period.until.toordinal() - 1)
        return dict.fromkeys(people, base_of_agency(graded.agency, name, last)) if people else {}
    found = bases_of(people, name, graded.period)
    missing = [one for one in people if one not in found]
    if missing:
        told, names = AMOUNTS[name], names_of(missing[:NAMED])
        who = ", ".join(names.get(one, f"#{one}") for one in missing[:NAMED])
        more = len(missing) - NAMED
        raise Refused(
            f"Chưa có {told.vi} kỳ {graded.period.label} của {len(missing)} người: {who}"
            f"{f' và {more} người nữa' if more > 0 else ''}. Nhập ở trang Quỹ thưởng, mục Lương.",
            f"The {told.en} for {graded.period.label} of {len(missing)} people is missing: {who}"
            f"{f' and {more} more' if more > 0 else ''}. Enter it on the page Fund, under Pay.",
        )
    return found


def _within_limit(scheme: Scheme, pays: Mapping[int, Pay]) -> None:
    most = over_limit(scheme.reward, list(pays.values()))
    if most is None:
        return
    total, limit = dong(sum((pay.amount for pay in pays.values()), NOTHING)), dong(most)
    raise Refused(
        f"Danh sách cộng {total.vi}, quá mức tối đa {limit.vi} của chế độ. Xem lại số lương đã nhập, hoặc hỏi cơ "
        "quan ban hành cách giảm.",
        f"The list comes to {total.en}, more than the scheme's limit of {limit.en}. Check the pay entered, or ask who "
        "issued the scheme how to lower it.",
    )


def _payment(person: int, grade: str | None, pay: Pay, base: Base) -> Payment:
    return Payment(person, grade or "", pay.base, pay.factor, pay.amount, pay.amount, pay.floored, base.whence)
