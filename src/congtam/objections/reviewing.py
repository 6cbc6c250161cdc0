"""Who gave a line, and who answers a request to review it: the next one up who did not, from the posts of the day."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from congtam.engine.explaining.parts import figures_behind
from congtam.engine.periods import Period
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.tree import PartScore
from congtam.engine.trace import Trace
from congtam.marking.line import Line, line_on
from congtam.objections.models import Request
from congtam.orgs.queries import agencies_of
from congtam.ratings.models import Decision
from congtam.scores.models import RunScore
from congtam.scores.opening import opened
from congtam.work.models import Event

JUDGING = ("accepted", "returned", "fault", "rated", "reopened")  # what people say of another's work


def opened_of(row: RunScore) -> tuple[Run, Trace]:
    """What a run gave somebody, opened to its records. Raises `Unusable` where it cannot be opened any more."""
    period = Period.parse(row.run.period)
    return opened(row.person_id, period, row.rulebook, row.scorecard, as_of=row.run.as_of, seq=row.run.seq)


def part_of(trace: Trace, line: str) -> PartScore | None:
    """The part of a trace that a line is; None for the grade."""
    return next((one for part in trace.parts for one in part.leaves() if one.id == line), None)


def indicators_of(run: Run, trace: Trace, line: str) -> list[str]:
    """The figures a line stands on, those behind a formula included."""
    part = part_of(trace, line)
    found: dict[str, None] = {}

    def add(name: str) -> None:
        if name in trace.indicators and name not in found:
            found[name] = None
            for behind in figures_behind(run, name):
                add(behind)

    for name in part.indicators if part else ():
        add(name)
    return list(found)


def items_of(run: Run, trace: Trace, line: str) -> list[int]:
    """The work that a line counts, in the order of its rows."""
    rows = (row for name in indicators_of(run, trace, line) for row in trace.indicators[name].rows)
    return list(dict.fromkeys(int(row.item) for row in rows if row.item.isdecimal()))


def deciders_of(row: RunScore) -> list[int]:
    """Who decided on anything about the grade of somebody."""
    decided = Decision.standing().filter(person=row.person_id, period=row.run.period, scorecard=row.card)
    return sorted(set(decided.values_list("by", flat=True)))


def raters_of(person: int, run: Run, trace: Trace, line: str, indicator: str, item: int | None) -> list[int]:
    """Who gave a line of somebody: its marks and figures, or what was said of the item."""
    if item is not None:
        found = _judges(person, trace, item)
    else:
        names = [indicator] if indicator else indicators_of(run, trace, line)
        found = (int(by) for name in names if (by := trace.indicators[name].given_by) and by.isdecimal())
    return sorted({one for one in found if one != person})


def responders_of(request: Request, day: date) -> tuple[int, ...]:
    """Any of whom answers a request on a day, the one who is asked first; none when nobody is left."""
    return responders_of_all([request], day)[request.seq]


def responders_of_all(requests: Iterable[Request], day: date) -> dict[int, tuple[int, ...]]:
    """`responders_of` for many requests, by their numbers. Six queries, however many they are; none for none."""
    found = list(requests)
    if not found:
        return {}
    line = line_on({one.person_id for one in found}, day)
    agencies = _agencies_in(line, day)
    return {
        one.seq: _next_up(line, agencies, one.person_id, one.raters, exempting=one.item_id is not None) for one in found
    }


def next_up(person: int, raters: Collection[int], day: date, *, exempting: bool) -> tuple[int, ...]:
    """The nearest level above a person and above everybody who gave the line; with `exempting`, of an agency at least:
    nobody below may say that a fault does not count."""
    line = line_on([person], day)
    return _next_up(line, _agencies_in(line, day), person, raters, exempting=exempting)


def with_responders(requests: Iterable[Request], day: date) -> list[Request]:
    """Requests, each with who is to answer it on a day."""
    found = list(requests)
    responders = responders_of_all(found, day)
    for one in found:
        one.responder_id = next(iter(responders[one.seq]), None)
    return found


def _agencies_in(line: Line, day: date) -> dict[int, int]:
    return agencies_of({unit for units in line.over.values() for unit in units}, day)


def _next_up(
    line: Line, agencies: Mapping[int, int], person: int, raters: Collection[int], *, exempting: bool
) -> tuple[int, ...]:
    over, led = line.over.get(person, ()), line.led.get(person, frozenset())
    last = max((place for place, unit in enumerate(over) if set(line.heads.get(unit, ())) & set(raters)), default=-1)
    for place, unit in enumerate(over):
        if place <= last or unit in led or (exempting and agencies.get(unit) != unit):
            continue
        heads = tuple(one for one in line.heads.get(unit, ()) if one != person and one not in raters)
        if heads:
            return heads
    return ()


def _judges(person: int, trace: Trace, item: int) -> Iterator[int]:
    record = next((one for one in trace.records if one.item == str(item)), None)
    for share in record.shares if record else ():
        if share.accepted_by and share.accepted_by.isdecimal():
            yield int(share.accepted_by)
    said = Event.objects.filter(item=item, activity__in=JUDGING).exclude(counterpart="")
    for official, by in said.values_list("official", "counterpart"):
        if official in (None, person) and by.isdecimal():
            yield int(by)
