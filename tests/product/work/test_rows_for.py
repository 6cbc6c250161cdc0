"""What live scores read of work that stands folded is what the engine makes of the events, at any later instant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.engine.clock_rule import ClockRule
from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.facts.tables import ACTIVITIES
from congtam.engine.measuring.rows import Rows, make_rows
from congtam.engine.measuring.select import select
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import InPeriod, Measure, SharedWork
from congtam.engine.working_time import Calendar
from congtam.history.sequence import in_order
from congtam.orgs.models import Unit
from congtam.people.facts import spells_of
from congtam.people.models import Person
from congtam.sources.models import Source
from congtam.work.appending import Line, append, items_named, mark
from congtam.work.folding import fold_waiting
from congtam.work.queries import events_of, items_touching, rows_for

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 8, 31, 1, tzinfo=UTC)
FOLDED = FIRST + timedelta(hours=26, minutes=20, seconds=50)  # in office hours, near the end of a minute
HOURS = {"day": (timedelta(hours=8), timedelta(hours=17))}
CALENDAR = Calendar("plain", frozenset(range(5)), HOURS, 60, date(2024, 1, 1), date(2030, 1, 1), {})
RULES = [
    ClockRule("given", {"vi": "hạn", "en": "deadline"}, unit, budget=budget)
    for unit, budget in (("working_days", 1), ("hours", 20))
]
WHOLE_YEAR, MONTH = Period.parse("2026"), Period.parse("2026-09")
DAY_AFTER = timedelta(days=1)

values = st.sampled_from(
    ("", "a", "b", "c", "1", "5", "9", "4", "quality", "delay", "f1", "delay:a:an", "delay:a:binh:2", "delay:b:an",
     "2026-09-02T08:00:00+07:00", "9999-12-31T00:00:00Z")
)  # fmt: skip
attributes = st.dictionaries(
    st.sampled_from(("role", "weight", "due_at", "coefficient", "fault", "charged_to", "time_limit", "colour")),
    st.sampled_from(("lead", "support", "0.5", "f1", "2026-09-02", "2026-09-02T08:00:00+07:00", "-1", "")),
    max_size=2,
)
STEERED = ("assigned", "assigned", "finished", "paused", "resumed", "requested", "supplied", "same_as", "voided")


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Events of three items within fifty hours, sensible or not; often at the same instant. Each item is registered."""
    made: list[dict[str, Any]] = [{"item": item, "hours": 0, "activity": "registered"} for item in "abc"]
    activities = st.sampled_from((*ACTIVITIES, *STEERED, *STEERED))
    for _ in range(draw(st.integers(1, 14))):
        made.append(
            {
                "item": draw(st.sampled_from("aabc")),
                "hours": draw(st.integers(0, 10)) * 5,
                "activity": draw(activities),
                "official": draw(st.sampled_from((None, "an", "binh"))),
                "counterpart": draw(st.sampled_from(("", "an", "binh"))),
                "value": draw(values),
                "decision": draw(st.sampled_from(("", "1/QD"))),
                "attributes": draw(attributes),
            }
        )
    return made


@pytest.fixture
def people(db: None) -> dict[str, int]:
    return {code: Person.objects.create(code=code).pk for code in ("an", "binh")}


def stored(history: list[dict[str, Any]], source: Source, people: dict[str, int]) -> dict[str, int]:
    """The history as events of three new items; their numbers."""
    unit = Unit.objects.create(code="p")
    with in_order():
        items = items_named(source.pk, "abc")
        lines = [line(one, items, people, unit) for one in history]
        told = [one for one in lines if one.activity != "withdrawn"]
        append(told, FIRST)
        numbers = [one.seq for one in sorted(events_of(items.values()), key=lambda one: one.seq)]
        of = {
            item: [seq for seq, one in zip(numbers, told, strict=True) if one.item == item] for item in items.values()
        }
        back = [one for one in lines if one.activity == "withdrawn"]
        append([one._replace(value=str(of[one.item][at % len(of[one.item])])) for at, one in enumerate(back, 1)], FIRST)
        mark(items.values())
    return items


def line(one: dict[str, Any], items: dict[str, int], people: dict[str, int], unit: Unit) -> Line:
    value = one.get("value", "")
    if one["activity"] == "same_as":
        value = str(items.get(value, items["b"]))
    if value.startswith("delay:"):
        _, item, official, *turn = value.split(":")
        value = ":".join(["delay", str(items[item]), str(people[official]), *turn])
    official, counterpart = one.get("official"), one.get("counterpart", "")
    return Line(
        items[one["item"]],
        FIRST + timedelta(hours=one["hours"]),
        one["activity"],
        people[official] if official else None,
        unit.pk if official else None,
        str(people[counterpart]) if counterpart else "",
        value,
        one.get("decision", ""),
        str(one.get("attributes", {})).replace("'", '"'),
        None,
        "",
    )


def engine_rows(items: set[int], persons: set[int], as_of: datetime, clocks: Clocks) -> Rows:
    made = make_rows(fold(events_of(items), as_of, clocks=clocks, spells=spells_of(persons)), as_of)
    named = {str(person) for person in persons}
    return Rows(
        {table: {who: own for who, own in rows.items() if who in named} for table, rows in made.by_official.items()}
    )


def instants() -> Iterator[datetime]:
    """From the fold on: soon after, in office hours and outside, at an event and a moment after it, much later."""
    for hours in (0, 0.002, 0.01, 2.6, 12.7, 30, 24 * 40):
        yield FOLDED + timedelta(hours=hours)
    yield FIRST + timedelta(hours=30)
    yield FIRST + timedelta(hours=30, microseconds=1)


@settings(max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=histories(), rule=st.sampled_from(RULES), both=st.booleans())
def test_rows_from_the_database_are_those_of_the_fold(
    people: dict[str, int], history: list[dict[str, Any]], rule: ClockRule, both: bool
) -> None:
    clocks = Clocks(CALENDAR, lambda *_: rule)
    persons = set(people.values()) if both else {people["an"]}
    with transaction.atomic():
        source = Source.objects.create(code="s", name="s", first=date(2026, 1, 1))
        items = set(stored(history, source, people).values())
        fold_waiting(10, FOLDED, clocks)
        assert items_touching(persons) <= items
        for as_of in instants():
            expected = engine_rows(items, persons, as_of, clocks)
            assert rows_for(persons, WHOLE_YEAR, as_of, clocks=clocks) == expected
            same_in_the_month(rows_for(persons, MONTH, as_of, clocks=clocks), expected, as_of)
        transaction.set_rollback(True)


def same_in_the_month(found: Rows, expected: Rows, as_of: datetime) -> None:
    """Fewer rows may be read for a month, but whatever a measure selects is the same."""
    for table in expected.by_official:
        for rule in InPeriod:
            for shared in (SharedWork(), SharedWork(due="item")):
                measure = Measure.model_construct(in_period=rule, carry_over="each_period", charged_later=True)
                assert chosen(found, table, measure, shared, as_of) == chosen(expected, table, measure, shared, as_of)


def chosen(rows: Rows, table: str, measure: Measure, shared: SharedWork, as_of: datetime) -> dict[str, Any]:
    selected = {who: list(select(own, measure, shared, MONTH, as_of)) for who, own in rows.by_official[table].items()}
    return {who: own for who, own in selected.items() if own}
