"""Who is in a cycle: everyone with a post in the agency in the period, each with the legal scorecard, or why none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from congtam.calendars.queries import calendar_for, national_calendar
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.everyone import of_kind
from congtam.engine.scoring.legal import Entry, Legal, LegalBy, legal_cards
from congtam.engine.scoring.run import admitted
from congtam.engine.scoring.validity import on_any_day
from congtam.engine.structure import Person
from congtam.registry import queries as registry
from congtam.scores.cards import cards_of
from congtam.scores.census import CENSUSES
from congtam.scores.facts import said_about
from congtam.scores.known import cut

log = structlog.get_logger(__name__)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Member:
    """One person in a period of an agency. `card`: the legal scorecard (rulebook#scorecard), None where `by` says why
    not: none, several, kind_changed, rule_changed, place_unknown.

    `days`: working days at work so far, outside absences; `least`: below so many the rule gives no grade. `elsewhere`:
    another agency grades them, for they began the period (of a year: work by now) there; `spell` is the one that
    decides role and unit."""

    person: int
    unit: int
    post: int
    card: str | None
    by: LegalBy
    role: str
    staff_kind: str
    duty_group: str
    spell: str
    days: int
    least: int
    over: bool
    elsewhere: bool = False

    @property
    def absent(self) -> bool:
        """Away for the whole period, which is over."""
        return self.over and self.days == 0

    @property
    def too_few(self) -> bool:
        """Fewer days at work than a grade asks for."""
        return self.over and self.days < self.least

    @property
    def graded(self) -> bool:
        """Whether this agency scores them under a legal scorecard."""
        return self.card is not None and not self.elsewhere


def members(
    agency: int, period: Period, now: datetime, only: Collection[int] | None = None, seen: datetime | None = None
) -> list[Member]:
    """Everyone (or `only` these) with a post in an agency in a period, by number, as known now. `seen`: the instant
    from which the period is scored, where that is not now: it decides who grades whom, and how many days count."""
    told, asked = cut(), Asked(period, min(seen or now, period.end))
    entries = entries_for(period)
    calendar = next((entry.calendar for entry in entries.values()), None) or national_calendar()
    everyone = CENSUSES.of(told.structure, calendar, period, asked.until).everyone
    wanted = None if only is None else {str(person) for person in only}
    here = [
        one
        for one in everyone
        if (wanted is None or one.official in wanted) and any(spell.agency == str(agency) for spell in one.spells)
    ]
    legal = _legal(here, entries, period, told.structure)
    over = now >= period.end
    found = [_member(one, legal[one.official], entries, str(agency), over) for one in here]
    return sorted(found, key=lambda one: one.person)


def worked(people: Collection[int], period: Period, now: datetime) -> dict[int, int]:
    """Who of some people was at work in a period for a day at least, by number, and which agency grades them in it."""
    if not people:
        return {}
    calendar = next((entry.calendar for entry in entries_for(period).values()), None) or national_calendar()
    census = CENSUSES.of(cut().structure, calendar, period, Asked(period, min(now, period.end)).until)
    there = [one for one in census.everyone if int(one.official) in people and one.working_days]
    return {int(one.official): int(one.spell.agency) for one in sorted(there, key=lambda one: int(one.official))}


def entries_for(period: Period) -> dict[str, Entry]:
    """The scorecards of officials in a period by rulebook#scorecard, a year that averages its months included."""
    found = dict(cards_of(period, cut().rules).entries)
    days = {period.first, period.until - A_DAY} if period.kind is not PeriodKind.MONTH else {period.first}
    for day in sorted(days, reverse=True):
        for one in registry.cards_on(day):
            key = f"{one.rulebook}#{one.scorecard}"
            if key in found or not one.legal:
                continue
            try:
                book = registry.book(one.rulebook, day)
                model = book.scorecards[one.scorecard].model
                if model.roll_up is None or model.period != period.kind.value:
                    continue
                card, trial = admitted(book, one.scorecard, Asked(period, period.end), on_any_day)
            except (Unusable, KeyError) as problem:
                log.warning("scorecard_left_out", card=key, period=period.label, exc_info=problem)
                continue
            found[key] = Entry(key, book, card, calendar_for(book, day), trial)
    return found


def _legal(people: list[Person], entries: Mapping[str, Entry], period: Period, structure: int) -> dict[str, Legal]:
    persons = frozenset(int(one.official) for one in people)
    said = said_about(CENSUSES.facts(structure), persons, period)
    scored = {key: frozenset(one.official for one in of_kind(people, entry.card)) for key, entry in entries.items()}
    return legal_cards(people, entries, scored, said.decisions, period)


def _member(one: Person, legal: Legal, entries: Mapping[str, Entry], agency: str, over: bool) -> Member:
    spell = one.spell
    least = entries[legal.card].card.model.minimum.working_days if legal.card else 0
    return Member(
        person=int(one.official),
        unit=int(spell.unit),
        post=int(spell.post),
        card=legal.card,
        by=legal.by,
        role=one.role,
        staff_kind=spell.staff_kind,
        duty_group=spell.duty_group,
        spell=spell.spell,
        days=one.working_days,
        least=least,
        over=over,
        elsewhere=spell.agency != agency,
    )
