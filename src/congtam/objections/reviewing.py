"""Who gave a line, and who answers a request to review it: the next one up who did not, from the posts of the day."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from congtam.engine.explaining.parts import figures_behind
from congtam.engine.periods import Period
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.tree import PartScore
from congtam.engine.trace import Trace
from congtam.marking.line import line_on
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
    return next_up(request.person_id, request.raters, day, exempting=request.item_id is not None)


def next_up(person: int, raters: Collection[int], day: date, *, exempting: bool) -> tuple[int, ...]:
    """The nearest level above a person and above everybody who gave the line; with `exempting`, of an agency at least:
    nobody below may say that a fault does not count."""
    line = line_on([person], day)
    over, led = line.over.get(person, ()), line.led.get(person, frozenset())
    agencies = agencies_of(over, day)
    last = max((place for place, unit in enumerate(over) if set(line.heads.get(unit, ())) & set(raters)), default=-1)
    for place, unit in enumerate(over):
        if place <= last or unit in led or (exempting and agencies.get(unit) != unit):
            continue
        heads = tuple(one for one in line.heads.get(unit, ()) if one != person and one not in raters)
        if heads:
            return heads
    return ()


def with_responders(requests: Iterable[Request], day: date) -> list[Request]:
    """Requests, each with who is to answer it on a day."""
    found = list(requests)
    for one in found:
        one.responder_id = next(iter(responders_of(one, day)), None)
    return found


def _judges(person: int, trace: Trace, item: int) -> Iterator[int]:
    record = next((one for one in trace.records if one.item == str(item)), None)
    for share in record.shares if record else ():
        if share.accepted_by and share.accepted_by.isdecimal():
            yield int(share.accepted_by)
    said = Event.objects.filter(item=item, activity__in=JUDGING).exclude(counterpart="")
    for official, by in said.values_list("official", "counterpart"):
        if official in (None, person) and by.isdecimal():
            yield int(by)
