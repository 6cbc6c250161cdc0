"""Everything the page of the self-report shows, read at one instant."""

from dataclasses import dataclass, replace
from datetime import datetime

from congtam.access.seats import Seat
from congtam.cycles.models import Claim, Cycle, SelfReport
from congtam.cycles.population import Member
from congtam.cycles.queries import (
    claims_of,
    claims_to_answer,
    cycles_of,
    handed_in,
    is_open,
    member_of,
    period_of,
    steps_of,
    words_of,
)
from congtam.cycles.standing import Stand
from congtam.cycles.telling import criteria_of
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import agencies_of
from congtam.people.queries import names_of
from congtam.ratings.asked import Criterion
from congtam.web.pages.month.points import Card
from congtam.web.pages.month.reading import own_month


@dataclass(frozen=True)
class Told:
    """A claim as it is shown. `who`: the counterpart, or who claims, for the one who is asked."""

    row: Claim
    text: str
    criterion: Text
    who: str
    period: str = ""


@dataclass(frozen=True)
class Report:
    """The self-report of one person in one cycle. `facts`: what data know, shown and not asked for."""

    cycle: Cycle
    period: Period
    step: Stand
    open: bool
    done: SelfReport | None
    member: Member
    criteria: list[Criterion]
    claims: list[Told]
    facts: Card | None


def report_of(seat: Seat, period: str, now: datetime) -> Report | None:
    """The seat's own self-report in a period (empty: the latest cycle of their agency that asks for one); None where
    there is none."""
    cycles = [one for agency in sorted(agencies_of(seat.units, seat.day).values()) for one in cycles_of(agency)]
    for cycle in cycles:
        if period in ("", cycle.period) and (found := _report(seat, cycle, now)) is not None:
            return found
    return None


def asked_of(person: int) -> list[Told]:
    """What waits for somebody to confirm it."""
    rows = claims_to_answer(person)
    words, names = words_of(rows), names_of({row.person_id for row in rows})
    titles: dict[str, Text] = {}
    for row in rows:
        member = member_of(row.cycle, row.person_id, row.recorded_at)
        if member is not None:
            titles |= {one.criterion: one.title for one in criteria_of(member, period_of(row.cycle))}
    return [
        Told(
            row,
            words.get(row.series, ""),
            _title(titles, row),
            names.get(row.person_id, f"#{row.person_id}"),
            row.cycle.period,
        )
        for row in rows
    ]


def _report(seat: Seat, cycle: Cycle, now: datetime) -> Report | None:
    person = seat.person
    step = steps_of(cycle, now).get("self_report")
    member = member_of(cycle, person, now) if step is not None and person is not None else None
    if step is None or member is None or person is None or not member.graded:
        return None
    period = period_of(cycle)
    criteria = criteria_of(member, period)
    rows = claims_of(cycle, person)
    titles = {one.criterion: one.title for one in criteria}
    words, names = words_of(rows), names_of({row.counterpart_id for row in rows if row.counterpart_id})
    return Report(
        cycle,
        period,
        step,
        is_open(cycle, "self_report", now),
        handed_in(cycle, person),
        member,
        criteria,
        [Told(row, words.get(row.series, ""), _title(titles, row), names.get(row.counterpart_id, "")) for row in rows],
        known_of(own_month(person, period, now).card, criteria) if period.kind is PeriodKind.MONTH else None,
    )


def known_of(card: Card | None, criteria: list[Criterion]) -> Card | None:
    """A card without the parts people mark: what data know."""
    marked = {one.criterion for one in criteria}
    return card and replace(card, parts=tuple(part for part in card.parts if part.id not in marked))


def _title(titles: dict[str, Text], row: Claim) -> Text:
    return titles.get(row.criterion, Text(vi=row.criterion, en=row.criterion))
