"""Which points an exemption moves, and whose: it is written, the people are scored, and all of it is taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congtam.access.seats import Seat
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.model import Text
from congtam.exemptions.exempting import TICK, Basis, Chosen, exempt
from congtam.people.queries import names_of
from congtam.scores.batch import score_people
from congtam.scores.cards import cards_of
from congtam.scores.known import cut
from congtam.work.clocks import clocks_now
from congtam.work.folding import fold_items
from congtam.work.models import Fault, Share

MOST_PEOPLE, MOST_MONTHS = 30, 3


@dataclass(frozen=True)
class Gain:
    """Points of one person under one card in one month, in millionths, before and after."""

    name: str
    period: str
    card: Text
    before: int
    after: int


@dataclass(frozen=True)
class Moves:
    """What an exemption would move. `people`: how many it touches; `counted`: for how many of them it was counted."""

    people: int
    counted: int
    gains: list[Gain]


def moves(seat: Seat, chosen: Sequence[Chosen], basis: Basis, now: datetime) -> Moves:
    """What exempting would move. Raises `Refused` as the exemption itself would; nothing of it stays."""
    with transaction.atomic():
        exemption = exempt(seat, chosen, basis, now=now)
        touched = _people(chosen)
        counted = sorted(touched)[:MOST_PEOPLE]
        periods = _periods(chosen, now)
        before = {period: _scored(period, counted, now) for period in periods}
        fold_items(sorted({line.item_id for line in exemption.lines.all()}), now + TICK, clocks_now(now).clocks)
        after = {period: _scored(period, counted, now) for period in periods}
        names = names_of(counted)
        transaction.set_rollback(True)
    gains = [
        Gain(names.get(person, f"#{person}"), period.label, title, points, after[period][person, card][1])
        for period in periods
        for (person, card), (title, points) in before[period].items()
        if (person, card) in after[period] and after[period][person, card][1] != points
    ]
    return Moves(len(touched), len(counted), sorted(gains, key=lambda one: (one.name, one.period)))


def _scored(period: Period, people: Iterable[int], now: datetime) -> dict[tuple[int, str], tuple[Text, int]]:
    """What people earn in a month under each card: its title, and points in millionths."""
    told = cut()
    made = score_people(cards_of(period, told.rules), list(people), now + TICK, told)
    return {
        (int(code), card): (one.entry.card.model.title, one.score.earned)
        for code, by_card in made.items()
        for card, one in by_card.items()
    }


def _people(chosen: Iterable[Chosen]) -> set[int]:
    """Everybody who holds a share, or a fault, in what is chosen."""
    found: set[int] = set()
    for one in chosen:
        laid = Fault.objects.filter(item=one.item, fault=one.fault).values_list("official", flat=True).first()
        named = one.official or laid
        shares = Share.objects.filter(item=one.item).values_list("official", flat=True)
        found |= {named} if named else set(shares)
    return found


def _periods(chosen: Iterable[Chosen], now: datetime) -> list[Period]:
    """The months to which the faults belong, and the running one; the latest three."""
    days = {local_day(now)}
    for one in chosen:
        told = Fault.objects.filter(item=one.item)
        for at, charged in (told.filter(fault=one.fault) if one.fault else told).values_list("at", "charged_to"):
            days.add(charged or local_day(at))
    months = {Period.of(PeriodKind.MONTH, day) for day in days}
    return sorted(months, key=lambda one: one.first)[-MOST_MONTHS:]
