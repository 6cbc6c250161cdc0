"""The fold depends on the set of events, never on the order in which they are handed over, and never raises."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.clock_rule import ClockRule
from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.facts.tables import ACTIVITIES, Event
from congtam.engine.working_time import Calendar

FIRST = datetime(2026, 9, 1, 1, tzinfo=UTC)
AS_OF = FIRST + timedelta(hours=30)
HOURS = {"day": (timedelta(hours=8), timedelta(hours=17))}
CALENDAR = Calendar("plain", frozenset(range(5)), HOURS, 60, date(2024, 1, 1), date(2030, 1, 1), {})
RULE = ClockRule("given", {"vi": "hạn", "en": "deadline"}, "working_days", budget=1)
CLOCKS = Clocks(CALENDAR, lambda *_: RULE)

people = st.sampled_from((None, "an", "binh"))
values = st.sampled_from(
    (None, "a", "b", "c", "1", "5", "9", "4", "quality", "delay", "f1", "delay:a:an", "2026-09-02T08:00:00+07:00",
     "9999-12-31T00:00:00Z", "")
)  # fmt: skip
attributes = st.dictionaries(
    st.sampled_from(("role", "weight", "due_at", "coefficient", "fault", "charged_to", "time_limit", "colour")),
    st.sampled_from(("lead", "support", "0.5", "f1", "2026-09-02", "2026-09-02T08:00:00+07:00", "-1", "")),
    max_size=2,
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events of three items within forty hours, sensible or not; often at the same instant."""
    activities = st.sampled_from((*ACTIVITIES, "registered", "assigned", "assigned", "finished", "no such thing"))
    made = []
    for seq in range(1, draw(st.integers(1, 14)) + 1):
        at = FIRST + timedelta(hours=draw(st.integers(0, 8)) * 5)
        said: dict[str, Any] = {
            "official": draw(people),
            "counterpart": draw(people),
            "value": draw(values),
            "decision": draw(st.sampled_from((None, "1/QD"))),
            "attributes": draw(attributes),
        }
        made.append(Event(seq, at, draw(st.sampled_from("aabc")), at, draw(activities), **said))
    return made


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(events=histories(), shuffle=st.randoms(use_true_random=False))
def test_any_order_of_events_gives_the_same_work(events: list[Event], shuffle: Random) -> None:
    turned = list(events)
    shuffle.shuffle(turned)
    assert fold(turned, AS_OF, clocks=CLOCKS) == fold(events, AS_OF, clocks=CLOCKS)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(events=histories())
def test_whatever_is_handed_over_the_work_holds_together(events: list[Event]) -> None:
    """Codes and keys are unique, shares and faults name items that count, findings say what to do."""
    work = fold(events, AS_OF, clocks=CLOCKS)
    counting = {item.item for item in work.items if item.state not in ("same_as", "cancelled")}
    assert len({item.item for item in work.items}) == len(work.items)
    assert len({share.key for share in work.shares}) == len(work.shares)
    assert len({(fault.item, fault.fault) for fault in work.faults}) == len(work.faults)
    assert {share.item for share in work.shares} | {fault.item for fault in work.faults} <= counting
    assert all(finding.advice for finding in work.findings)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(events=histories(), cut=st.integers(0, 14))
def test_a_limit_on_seq_is_as_if_later_events_had_never_come(events: list[Event], cut: int) -> None:
    known = [event for event in events if event.seq <= cut]
    assert fold(events, AS_OF, cut, clocks=CLOCKS) == fold(known, AS_OF, clocks=CLOCKS)
