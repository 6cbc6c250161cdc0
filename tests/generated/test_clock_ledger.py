"""Generated ledgers: the same instant again, order-free, and no policy that takes time away unasked."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.clock import ClockEvent, ClockRule, Ledger, render, replay, run_clock
from congtam.engine.periods import VIETNAM, local_day

SHIPPED = Path(congtam.__file__).parent / "rulebooks/vn/national/calendar/calendar.yaml"
CALENDAR = load_calendar(SHIPPED).as_known()
TITLE = {"vi": "Đồng hồ", "en": "Clock"}
FIRST, UNTIL = datetime(2019, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
UNITS = ("hours", "working_days", "calendar_days", "months")
MINUTES_IN_ALL = int((UNTIL - FIRST) / timedelta(minutes=1))

starts = st.integers(0, MINUTES_IN_ALL).map(lambda minutes: FIRST + timedelta(minutes=minutes))
limits = st.one_of(st.none(), st.integers(0, 3))


@st.composite
def rules(draw: st.DrawFn, **fixed: Any) -> ClockRule:
    drawn: dict[str, Any] = {
        "unit": draw(st.sampled_from(UNITS)),
        "budget": draw(st.integers(0, 30)),
        "cut_off": draw(st.sampled_from(("none", "last_hour_next_day"))),
        "supplement": draw(st.sampled_from(("restart", "subtract"))),
        "max_requests": draw(limits),
        "over_limit": draw(st.sampled_from(("overdue", "ignored"))),
        "supplement_reply_days": draw(limits),
        "max_extensions": draw(limits),
        "extension_after_expiry": draw(st.sampled_from(("needs_authority", "never"))),
        "last_day_off": draw(st.sampled_from(("next_working_day", "stays"))),
    }
    return ClockRule("drawn", TITLE, **(drawn | fixed))


@st.composite
def histories(
    draw: st.DrawFn, start: datetime, kinds: tuple[str, ...] = ("stops", "extended")
) -> tuple[ClockEvent, ...]:
    """Events in the months after receipt, sensible or not: unmatched, doubled, late, before receipt."""
    stops = ("paused", "resumed", "requested", "supplied")
    known = [kind for group in kinds for kind in (stops if group == "stops" else (group,))]
    hours = st.integers(-30, 24 * 60)
    names = st.sampled_from((None, "Giám đốc"))
    events = []
    for seq in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from(known))
        at, to = (start + timedelta(hours=draw(hours)) for _ in range(2))
        new_due = to if kind == "extended" else None
        events.append(ClockEvent(at, kind, seq, new_due, draw(names), draw(names)))
    return tuple(events)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(starts)
    after = st.integers(0, 90 * 24).map(lambda hours: start + timedelta(hours=hours))
    return {
        "rule": draw(rules()),
        "start": start,
        "events": draw(histories(start)),
        "given_due": draw(st.one_of(st.none(), after)),
        "as_of": draw(st.one_of(st.none(), after)),
    }


def run(case: dict[str, Any], **other: Any) -> Ledger:
    return run_clock(**{"calendar": CALENDAR, **case, **other})


@given(cases())
@settings(deadline=None, max_examples=300)
def test_a_ledger_replays_to_the_same_instant(case: dict[str, Any]) -> None:
    ledger = run(case)
    again = replay(ledger)
    assert again.due_at == ledger.due_at == ledger.entries[-1].due_at
    assert again.digest == ledger.digest
    assert len(render(ledger, "vi")) == len(render(ledger, "en")) == len(ledger.entries)


@given(cases(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=200)
def test_the_order_in_which_events_are_told_does_not_matter(case: dict[str, Any], random: Random) -> None:
    shuffled = list(case["events"])
    random.shuffle(shuffled)
    assert run(case, events=tuple(shuffled)).digest == run(case).digest


@given(cases(), st.integers(0, 500))
@settings(deadline=None, max_examples=200)
def test_a_later_extension_by_an_authority_never_takes_time_away(case: dict[str, Any], hours: int) -> None:
    before = run(case, as_of=None)
    last = max([own.at for own in case["events"]] + [case["start"], before.due_at])
    at, to = last + timedelta(hours=1), before.due_at + timedelta(hours=hours)
    signed = ClockEvent(at, "extended", 99, to, "Giám đốc", "12/QĐ")
    assert run(case, events=(*case["events"], signed), as_of=None).due_at >= before.due_at


@given(cases(), st.integers(1, 500))
@settings(deadline=None, max_examples=200)
def test_a_late_extension_without_an_authority_moves_nothing(case: dict[str, Any], hours: int) -> None:
    before = run(case, as_of=None)
    standing = any(entry.message == "standing" for entry in before.entries)
    last = max([own.at for own in case["events"]] + [case["start"], before.due_at])
    late = ClockEvent(last + timedelta(hours=1), "extended", 99, before.due_at + timedelta(hours=hours))
    after = run(case, events=(*case["events"], late), as_of=None)
    if not standing:
        assert after.due_at == before.due_at
        assert after.late_extensions == before.late_extensions + 1


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_starting_afresh_never_ends_before_subtracting(data: st.DataObject) -> None:
    start = data.draw(starts)
    events = data.draw(histories(start, ("stops",)))
    subtract = data.draw(rules(supplement="subtract"))
    restart = ClockRule(**{**vars(subtract), "supplement": "restart"})
    case = {"start": start, "events": events}
    assert run(case, rule=restart).due_at >= run(case, rule=subtract).due_at


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_a_larger_budget_never_ends_earlier(data: st.DataObject) -> None:
    start = data.draw(starts)
    case = {"start": start, "events": data.draw(histories(start, ("stops",))), "rule": data.draw(rules())}
    smaller, larger = sorted(data.draw(st.tuples(st.integers(0, 40), st.integers(0, 40))))
    assert run(case, budget=smaller).due_at <= run(case, budget=larger).due_at


@given(cases(), st.integers(0, 24 * 120))
@settings(deadline=None, max_examples=200)
def test_passed_holds_only_due_instants_before_the_end(case: dict[str, Any], hours: int) -> None:
    until = case["start"] + timedelta(hours=hours)
    ledger = run(case)
    assert all(due < until for due in ledger.passed(until))
    assert set(ledger.passed(until)) <= {point.due_at for point in ledger.due_points}
    plain = run(case, events=())
    assert plain.passed(until) == ((plain.due_at,) if plain.due_at < until else ())


POLICIES = list(product(UNITS, ("none", "last_hour_next_day"), ("restart", "subtract")))


@pytest.mark.parametrize(("unit", "cut_off", "supplement"), POLICIES)
def test_every_day_under_every_policy(unit: Any, cut_off: Any, supplement: Any) -> None:
    rule = ClockRule("every", TITLE, unit, 3, cut_off, supplement)
    day = date(2019, 1, 1)
    while day < date(2028, 1, 1):
        start = datetime(day.year, day.month, day.day, 7 + day.day % 12, 20, tzinfo=VIETNAM)
        wait = (
            ClockEvent(start + timedelta(hours=2), "requested", 1),
            ClockEvent(start + timedelta(hours=50), "supplied", 2),
        )
        plain, waited = run_clock(rule, start, CALENDAR), run_clock(rule, start, CALENDAR, events=wait)
        assert start <= plain.due_at <= waited.due_at
        assert replay(waited).due_at == run_clock(rule, start, CALENDAR, events=wait[::-1]).due_at == waited.due_at
        assert CALENDAR.is_working(local_day(plain.due_at))
        day += timedelta(days=1)
