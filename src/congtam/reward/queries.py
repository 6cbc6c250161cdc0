"""What others ask of the fund of rewards: a fund, the payments of a seal, what a later seal changes, one's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.people.models import Spell
from congtam.reward.amounts import bases_of, earnings_of
from congtam.reward.fund import Fund, entries_of, fund_of
from congtam.reward.lists import state_of, to_list
from congtam.reward.models import Entry, PayLine, PayList, Proposal, Why
from congtam.reward.payments import Payments, less, listed, lists_of, payments
from congtam.reward.schemes import Scheme, of_period, scheme_on, schemes_on
from congtam.reward.sealed import graded
from congtam.scores.models import Seal
from congtam.scores.seals import seals_of


@dataclass(frozen=True)
class Own:
    """One line of a list about a person, as that person sees it."""

    list: int
    period: str
    title: Text
    grade: str
    base: Decimal | None
    factor: Decimal | None
    amount: Decimal
    difference: bool
    state: str


def schemes_of(seal: Seal) -> list[Scheme]:
    """The adopted schemes that pay by the grades of a seal."""
    return of_period(graded(seal).period)


def payment_list(seal: Seal, scheme: str) -> Payments:
    """Who is due what by a seal and a scheme. Raises `Refused` saying what is missing."""
    told = graded(seal)
    return payments(scheme_on(scheme, told.period.first), told)


def back_pay(seal: Seal, superseding: Seal, scheme: str) -> Payments:
    """What changes by a seal that supersedes another: of each person what they still get, or owe. Against what was
    listed; where nothing was, against what the first seal gave."""
    told = graded(superseding)
    before = listed(told.agency, told.period, scheme)
    if not lists_of(told.agency, told.period.label, scheme):
        before = {one.person: one.due for one in payment_list(seal, scheme).lines}
    return less(payment_list(superseding, scheme), before)


def to_be_listed(agency: int, year: int) -> list[tuple[int, Period]]:
    """The numbers and periods of the seals of a fund's year of which a list is to be made by some adopted scheme, the
    last first. Of a period sealed again only the last seal counts."""
    made: dict[tuple[str, str], list[PayList]] = defaultdict(list)
    for one in PayList.standing().filter(agency=agency, year=year, seal__isnull=False):
        made[one.period, one.scheme].append(one)
    last = {one.period: one for one in reversed(seals_of(agency))}
    found = [(one, Period.parse(one.period)) for one in sorted(last.values(), reverse=True, key=lambda one: one.pk)]
    return [
        (seal.pk, period)
        for seal, period in found
        if period.first.year == year
        and any(_to_be_listed(seal, one.key, made[seal.period, one.key]) for one in of_period(period))
    ]


def _to_be_listed(seal: Seal, scheme: str, made: Iterable[PayList]) -> bool:
    """Whether a list is to be made after those of its period: not of the same seal, not before they are paid, and not
    where nothing differs. What is missing for it is told where it is made."""
    lists = list(made)
    if any(one.seal_id == seal.pk or state_of(one) != "paid" for one in lists):
        return False
    try:
        return not lists or bool(to_list(graded(seal), scheme).lines)
    except Refused:
        return True


def lists_in(agency: int, year: int) -> list[PayList]:
    """Every list of payments of a fund's year, the latest first; also those that fell."""
    return list(PayList.objects.filter(agency=agency, year=year).order_by("-seq"))


def proposals_in(agency: int) -> list[Proposal]:
    """Every proposal for an achievement, the latest first."""
    return list(Proposal.standing().filter(agency=agency).order_by("-series"))


def own(person: int) -> list[Own]:
    """What standing lists say about a person, the latest first."""
    lines = PayLine.objects.filter(person=person, list__replaced_by__isnull=True).select_related("list")
    return [
        Own(
            line.list_id, line.list.period, title_of(line.list), line.grade, line.base, line.factor, line.amount,
            line.list.difference, state_of(line.list),
        )
        for line in lines.order_by("-list")
    ]  # fmt: skip


def title_of(one: PayList) -> Text:
    """What the scheme of a list is called; its key when the site no longer holds it."""
    found = schemes_on(date(one.year, 12, 31)).get(one.scheme)
    return found.title if found else Text(vi=one.scheme, en=one.scheme)


def left_since(people: Iterable[int], day: date) -> dict[int, date]:
    """Who holds no post on a day, and from which day on."""
    wanted = set(people)
    ends: dict[int, date] = {}
    for person, days in (
        Spell.standing().filter(person__in=wanted, days__startswith__lte=day).values_list("person_id", "days")
    ):
        ends[person] = max(ends.get(person, date.min), days.upper or date.max)
    return {person: end for person, end in ends.items() if end <= day}


def why_of(seqs: Iterable[int]) -> dict[int, str]:
    """What was written about facts, by their numbers."""
    return dict(Why.objects.filter(seq__in=list(seqs)).values_list("seq", "text"))


__all__ = [
    "Entry",
    "Fund",
    "Own",
    "back_pay",
    "bases_of",
    "earnings_of",
    "entries_of",
    "fund_of",
    "left_since",
    "lists_in",
    "own",
    "payment_list",
    "proposals_in",
    "schemes_of",
    "title_of",
    "to_list",
    "why_of",
]
