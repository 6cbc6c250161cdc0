"""The demo department: the same for the same day, within the contract, and holding what it is meant to show."""

from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from congtam.engine.clock import ClockRule
from congtam.engine.facts.cells import PARSERS, parse_instant
from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.facts.known import known
from congtam.engine.facts.store import read_facts, write_facts
from congtam.engine.facts.tables import ACTIVITIES, ACTIVITY_ATTRIBUTES, Facts
from congtam.engine.periods import local_day
from congtam.engine.states import State
from congtam.engine.working_time import Calendar
from congtam.simulate.days import local, month_first
from congtam.simulate.demo import build_demo, demo_truths, people
from congtam.simulate.truths import Pattern, Planted, read_truths, write_truths

TODAY = date(2026, 11, 22)
SPRING = [date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)]


@cache
def demo(today: date) -> Facts:
    return build_demo(today)


@pytest.fixture(params=["2026-11-22", "2026-03-31", "2027-01-02", "2028-02-29", "2025-10-01"], ids=str, name="today")
def _today(request: pytest.FixtureRequest) -> date:
    return date.fromisoformat(request.param)


def overdue_shares(facts: Facts, month: date) -> dict[str, tuple[int, int]]:
    """Officials with the items of theirs due in `month`, and how many of those were not finished by then.

    A plain count that knows no pauses, extensions or carried items: enough to see who is planted as late.
    """
    counts: Counter[tuple[str, str]] = Counter()
    due: dict[str, str] = {}
    lead: dict[str, str] = {}
    finished: dict[str, str] = {}
    for event in facts.events:
        at = event.at.isoformat()
        if event.activity == "due":
            due[event.item] = str(event.value)
        elif event.activity == "assigned" and event.attributes["role"] == "lead":
            lead[event.item] = str(event.official)
            due.setdefault(event.item, event.attributes.get("due_at", ""))
        elif event.activity == "finished" and event.official == lead.get(event.item):
            finished[event.item] = max(at, finished.get(event.item, ""))
        elif event.activity in ("cancelled", "same_as"):
            del lead[event.item]
    for item, official in lead.items():
        if local_day(parse_instant(due[item])).replace(day=1) == month:
            counts[official, "all"] += 1
            counts[official, "late"] += finished.get(item, "9") > due[item].replace("Z", "+00:00")
    return {official: (counts[official, "all"], counts[official, "late"]) for official, _ in counts}


def test_same_day_and_seed_give_the_same_rows() -> None:
    assert build_demo(TODAY) == demo(TODAY)
    assert build_demo(TODAY, seed=1).events != demo(TODAY).events


def test_spring_is_the_same_from_whichever_day_it_is_seen() -> None:
    def spring(facts: Facts) -> list[tuple[str, str, str]]:
        return [(e.item, e.at.isoformat(), e.activity) for e in facts.events if e.item.startswith("CV2501-")]

    assert spring(demo(TODAY)) == spring(demo(date(2028, 2, 29)))


def test_refuses_a_day_too_close_to_spring_2025() -> None:
    with pytest.raises(ValueError, match="2025-10-01"):
        build_demo(date(2025, 9, 30))


def test_reads_back_as_written(tmp_path: Path) -> None:
    write_facts(demo(TODAY), tmp_path / "demo")
    assert read_facts(tmp_path / "demo") == demo(TODAY)


def test_attributes_are_those_of_the_contract(today: date) -> None:
    for event in demo(today).events:
        known_here = ACTIVITY_ATTRIBUTES.get(event.activity, {})
        assert set(event.attributes) <= set(known_here), event
        for name, text in event.attributes.items():
            PARSERS[known_here[name]](text)


def test_fifty_officials_are_in_force(today: date) -> None:
    spells = known(demo(today)).spells
    in_force = [s.official for s in spells if s.first <= today and (s.until is None or today < s.until)]
    assert len(in_force) == len(set(in_force)) == 50
    named = {name.code for name in demo(today).names if name.kind == "official"}
    assert set(in_force) <= named


def test_every_agency_says_that_it_is_made_up() -> None:
    agencies = {unit.agency for unit in demo(TODAY).units}
    texts = {name.code: name.text for name in demo(TODAY).names if name.kind == "unit"}
    assert agencies and all("DỮ LIỆU MẪU" in texts[agency] for agency in agencies)


def test_nothing_happens_or_is_learned_after_noon_of_today(today: date) -> None:
    noon = local(today, 12)
    assert all(event.at <= event.recorded_at <= noon for event in demo(today).events)


def test_numbers_grow_with_what_was_learned(today: date) -> None:
    facts = demo(today)
    for rows in (facts.events, facts.spells, facts.absences, facts.units, facts.ratings, facts.decisions):
        assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
        assert [row.seq for row in rows] == sorted({row.seq for row in rows})


def test_some_records_arrive_days_late() -> None:
    delays = [event.recorded_at - event.at for event in demo(TODAY).events]
    assert 50 < sum(delay > timedelta(days=1) for delay in delays) < len(delays) // 20


def test_who_does_something_has_a_spell_that_day(today: date) -> None:
    spells = known(demo(today)).spells
    for event in demo(today).events:
        day = local_day(event.at)
        here = [s for s in spells if s.official == event.official and s.first <= day]
        assert event.official is None or any(s.until is None or day < s.until for s in here), event


def test_every_activity_appears() -> None:
    assert {event.activity for event in demo(TODAY).events} == set(ACTIVITIES)


def test_a_withdrawal_names_an_earlier_record_of_its_item(today: date) -> None:
    by_seq = {event.seq: event for event in demo(today).events}
    taken_back = [event for event in by_seq.values() if event.activity == "withdrawn"]
    assert taken_back
    for event in taken_back:
        wrong = by_seq[int(event.value or "")]
        assert (wrong.item, wrong.activity) == (event.item, "finished") and wrong.at < event.at


def test_every_event_has_an_effect() -> None:
    """Folded, no event of the demo is one that moves nothing; and the item of three months is still open."""
    hours = {"day": (timedelta(hours=8), timedelta(hours=17))}
    calendar = Calendar("plain", frozenset(range(5)), hours, 60, date(2024, 1, 1), date(2030, 1, 1), {})
    rule = ClockRule("given", {"vi": "hạn đã giao", "en": "given deadline"}, "working_days")
    facts = known(demo(TODAY))
    work = fold(facts.events, local(TODAY, 12), clocks=Clocks(calendar, lambda *_: rule), spells=facts.spells)
    assert work.findings == ()
    old = [item.item for item in work.items if item.state == "open" and local_day(item.received_at).month == 8]
    held = [share.official for share in work.shares if share.item in old]
    assert people.STUCK in held


def test_items_are_due_later_this_month() -> None:
    dues = [parse_instant(e.value or "") for e in demo(TODAY).events if e.activity == "due"]
    later = [due for due in dues if due > local(TODAY, 12) and local_day(due).month == TODAY.month]
    assert len(later) > 20


def test_planted_officials_are_what_they_are(today: date) -> None:
    for month in [*SPRING, month_first(today, -2), month_first(today, -1)]:
        counts = overdue_shares(demo(today), month)
        for official in (people.LATE, people.FAILING):
            items, late = counts[official]
            assert items >= 8 and late / items > 0.2, (official, month)
        assert counts[people.SPOTLESS][0] >= 8 and counts[people.SPOTLESS][1] == 0
        assert 1 <= counts[people.FEW][0] < 5


def test_an_item_goes_through_three_hands() -> None:
    passed = Counter(e.item for e in demo(TODAY).events if e.activity == "passed_on")
    assert max(passed.values()) >= 2


def test_ratings_are_final_for_past_months_and_absent_for_the_live_one(today: date) -> None:
    ratings = [r for r in demo(today).ratings if r.stage == "final"]
    months = [*SPRING, month_first(today, -2), month_first(today, -1)]
    assert {r.period for r in ratings} == {f"{month:%Y-%m}" for month in months}
    states = Counter(r.state for r in ratings)
    assert states[State.MISSING] == 2 and states[State.EXCUSED] == 1
    assert all(0 <= r.value <= 30_000_000 for r in ratings if r.criterion == "general" and r.value)
    assert {r.value for r in ratings if r.criterion != "general"} == {50_000_000, 100_000_000}


def test_a_veto_of_a_past_month_was_upheld_by_the_director() -> None:
    upheld = [d for d in demo(TODAY).decisions if (d.subject, d.period) == (people.LATE, "2026-09")]
    assert [(d.matter, d.outcome, d.by) for d in upheld] == [("overdue", "upheld", people.AGENCY_HEAD)]


def test_seven_truths_are_planted_on_people_and_units_of_the_department(today: date) -> None:
    truths = demo_truths(today)
    facts = demo(today)
    assert [truth.pattern for truth in truths] == list(Pattern)
    units, officials = {unit.unit for unit in facts.units}, {spell.official for spell in facts.spells}
    assert all(set(truth.units) <= units and set(truth.officials) <= officials for truth in truths)
    assert {(truth.first, truth.until) for truth in truths} == {(month_first(today, -2), month_first(today, 1))}


def test_what_is_planted_begins_on_its_day(today: date) -> None:
    first = local(month_first(today, -2), 0)
    own = {truth.pattern: truth.officials for truth in demo_truths(today)}
    (reopens,), (splits,) = own[Pattern.REOPENS], own[Pattern.SPLITS]
    again = [e.at for e in demo(today).events if e.activity == "reopened" and e.official == reopens == e.counterpart]
    assert len(again) > 10 and min(again) > first
    parts = {name.code for name in demo(today).names if name.kind == "item" and "(phần " in name.text}
    received = [e for e in demo(today).events if e.item in parts and e.activity == "assigned"]
    assert len(received) > 60 and min(e.at for e in received) > first
    assert splits in {e.official for e in received}


def test_truths_come_back_as_written(tmp_path: Path) -> None:
    write_truths(demo_truths(TODAY), tmp_path)
    assert read_truths(tmp_path) == demo_truths(TODAY) and read_truths(tmp_path / "elsewhere") == ()


def test_a_truth_holds_for_whom_and_when_it_says() -> None:
    planted = Planted(demo_truths(TODAY))
    during, before, after = date(2026, 10, 1), date(2026, 8, 31), date(2026, 12, 1)
    assert planted.strength(Pattern.BOTTLENECK, during, "QLKH", "KHTC") == 6
    assert planted.strength(Pattern.BOTTLENECK, during, "KHTC", "QLKH") == 0
    assert (
        planted.strength(Pattern.OVERLOADED, before, "TDC") == planted.strength(Pattern.OVERLOADED, after, "TDC") == 0
    )
    assert planted.touches("CB044") and not planted.touches("CB019")
