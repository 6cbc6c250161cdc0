"""Everything the cockpit of one period says at one instant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import resolve, reverse

from congtam.access.gate import Right, holds, over_unit
from congtam.access.seats import Seat
from congtam.calibration.sheets import NO_GRADE
from congtam.closing.blocks import Block, Readiness, readiness
from congtam.closing.distribution import Distribution, distributions
from congtam.closing.queries import Published, difference, grade_titles, history_of_seals
from congtam.cycles.models import Cycle
from congtam.cycles.queries import Deed, deeds_of, period_of, steps_of
from congtam.cycles.reminding import reminders_of
from congtam.cycles.standing import Stand
from congtam.cycles.words import DEED_TITLES, STATE_TITLES, STEP_TITLES
from congtam.cycles.year import sealed_again_since
from congtam.engine.explaining.formats import points
from congtam.engine.periods import Period, local_day
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of
from congtam.reward.fund import Fund, fund_of
from congtam.reward.models import PURSES
from congtam.scores.models import SealedScore
from congtam.scores.overview import sight
from congtam.web.pages.closing.words import DO_NOW, NOBODY, named

MINUTE = 60


@dataclass(frozen=True)
class RailStep:
    """One step on the rail. `left`: working minutes until its deadline, below 0 since it; None unless it is open."""

    stand: Stand
    title: Text
    state: Text
    left: int | None

    @property
    def is_late(self) -> bool:
        """Whether its deadline has passed."""
        return self.left is not None and self.left < 0

    @property
    def late_by(self) -> int:
        """Working minutes since its deadline."""
        return max(0, -(self.left or 0))


@dataclass(frozen=True)
class BlockRow:
    """A block as a row: the names, where it is mended, and whether somebody can be reminded of it (`reminded`: when it
    was done last)."""

    block: Block
    person: str
    who: str
    address: str
    can_remind: bool
    reminded: datetime | None


@dataclass(frozen=True)
class Cockpit:
    """The page of a period. `since`: its months that were sealed again after it was. `do_now`: what the open step asks
    of whom, and where."""

    cycle: Cycle
    period: Period
    agency: str
    now: datetime
    ready: Readiness
    rail: tuple[RailStep, ...]
    blocks: tuple[BlockRow, ...]
    distributions: tuple[Distribution, ...]
    seals: tuple[Published, ...]
    history: tuple[tuple[Text, Text, Deed], ...]
    changes: tuple[tuple[str, str, str], ...]
    since: tuple[Period, ...]
    funds: tuple[Fund, ...]
    do_now: tuple[Text, str] | None
    keeps: bool
    seals_it: bool

    @property
    def title(self) -> Text:
        """The period as people say it."""
        return named(self.period)

    @property
    def current(self) -> RailStep | None:
        """The step that is open or paused."""
        return next((one for one in self.rail if one.stand.state in ("open", "paused")), None)

    @property
    def published(self) -> Published | None:
        """The seal that holds."""
        return next((one for one in self.seals if one.holds), None)

    @property
    def done(self) -> list[RailStep]:
        """The steps that are over."""
        return [one for one in self.rail if one.stand.state == "done"]

    @property
    def must_show_again(self) -> bool:
        """Whether somebody's figures changed since they saw their slip."""
        return any(row.block.kind == "changed" for row in self.blocks)

    @property
    def slips_are_out(self) -> bool:
        """Whether slips were shown and may still be shown again: figures that came since then make others."""
        return self.published is None and any(one.stand.step == "draft_slip" for one in self.done)

    @property
    def can_seal(self) -> bool:
        """Whether nothing is in the way of the seal."""
        return self.published is None and not self.reasons

    @property
    def reasons(self) -> list[Text]:
        """Why the period cannot be sealed; also for who may not."""
        return self.ready.reasons


def cockpit(seat: Seat, cycle: Cycle, now: datetime, lang: str) -> Cockpit:
    """The page of a period as a seat sees it."""
    found, seals = readiness(cycle, now), history_of_seals(cycle)
    steps = steps_of(cycle, now)
    keeps = over_unit(seat.writing, Right.KEEP_CYCLE, cycle.agency_id)
    return Cockpit(
        cycle=cycle,
        period=period_of(cycle),
        agency=units_named([cycle.agency_id], local_day(now)).get(cycle.agency_id, ""),
        now=now,
        ready=found,
        rail=tuple(_rail(steps.values(), now)),
        blocks=tuple(_rows(seat, cycle, found.blocks, steps, keeps)),
        distributions=tuple(distributions(cycle)),
        seals=tuple(seals),
        history=tuple((STEP_TITLES[one.step], DEED_TITLES[one.kind], one) for one in deeds_of(cycle)),
        changes=tuple(_changes(cycle, seals, lang)),
        since=tuple(one for seal in seals if seal.holds for one in sealed_again_since(cycle, seal.seal)),
        funds=_funds(cycle),
        do_now=_do_now(seat, steps.values()),
        keeps=keeps,
        seals_it=over_unit(seat.writing, Right.SEAL, cycle.agency_id),
    )


def rail(cycle: Cycle, now: datetime) -> list[RailStep]:
    """The steps of a period alone."""
    return _rail(steps_of(cycle, now).values(), now)


def _rail(steps: Iterable[Stand], now: datetime) -> list[RailStep]:
    calendar = sight(now).calendar
    found = []
    for one in steps:
        left = None
        if one.state in ("open", "paused"):
            time = (
                calendar.working_time(now, one.due_at) if now <= one.due_at else -calendar.working_time(one.due_at, now)
            )
            left = round(time.total_seconds() / MINUTE)
        found.append(RailStep(one, STEP_TITLES[one.step], STATE_TITLES[one.state], left))
    return found


def _rows(
    seat: Seat, cycle: Cycle, blocks: Sequence[Block], steps: dict[str, Stand], keeps: bool
) -> Iterable[BlockRow]:
    names = names_of({one for block in blocks for one in (block.person, block.who) if one is not None})
    reminded = reminders_of(cycle)
    for block in blocks:
        stand = steps.get(block.step)
        told = reminded.get((block.who, block.about)) if block.who is not None else None
        open_ = stand is not None and stand.state in ("open", "paused")
        address = _address(seat, block.page, block.args)
        yield BlockRow(
            block=block,
            person=names.get(block.person or 0, ""),
            who=names.get(block.who, f"#{block.who}") if block.who is not None else "",
            address=f"{address}?{block.query}" if block.query and address else address,
            can_remind=keeps and open_ and block.who is not None and block.who != seat.person,
            reminded=told.at if told else None,
        )


def _do_now(seat: Seat, steps: Iterable[Stand]) -> tuple[Text, str] | None:
    """What the open step asks, and where the seat does it."""
    open_ = next((one.step for one in steps if one.state in ("open", "paused")), None)
    if open_ is None:
        return None
    told, page = DO_NOW[open_]
    return told, _address(seat, page)


def _address(seat: Seat, page: str, args: tuple[str | int, ...] = ()) -> str:
    """Where a page stands; blank where there is none, or where it asks for a right the seat does not hold."""
    if not page:
        return ""
    address = reverse(page, args=args)
    right = resolve(address).func.rule.right
    return address if right is None or holds(seat, right) else ""


def _changes(cycle: Cycle, seals: Sequence[Published], lang: str) -> Iterable[tuple[str, str, str]]:
    """In whom the seal that holds differs from the one before: the name, and both results."""
    if len(seals) < 2:
        return
    titles = grade_titles(period_of(cycle))
    found = difference(seals[1].seal, seals[0].seal)
    names = names_of([one.person for one in found])

    def result(one: SealedScore | None) -> str:
        if one is None:
            return NOBODY.in_(lang)
        title = titles.get((one.card, one.grade or ""))
        return f"{points(one.points, lang)}, {title.in_(lang) if title else NO_GRADE.in_(lang)}"

    for one in found:
        yield names.get(one.person, f"#{one.person}"), result(one.before), result(one.after)


def _funds(cycle: Cycle) -> tuple[Fund, ...]:
    """The funds of the year that hold, or should hold, anything."""
    year = period_of(cycle).first.year
    found = [fund_of(cycle.agency_id, year, purse) for purse in PURSES]
    return tuple(one for one in found if one.money_in or one.due)
