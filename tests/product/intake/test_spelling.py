"""The text of a record is what JSON gives for its body, whatever it says and in whatever order records come."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.facts.cells import parse_instant
from congtam.intake.checking import Codes
from congtam.intake.spelling import JSON, spelled, spelled_with
from congtam.intake.telling import Happening, Told

BERLIN = ZoneInfo("Europe/Berlin")
TEXTS = st.text(max_size=6) | st.sampled_from(['"', "\\", "\n", "\0", "\x7f", "\u2028", "Phòng 2"])
SCALARS = TEXTS | st.booleans() | st.integers(0, 1) | st.sampled_from([0.0, 1.0]) | st.none()
INSTANTS = st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26), timezones=st.just(BERLIN))  # noqa: DTZ001
HAPPENINGS = st.tuples(
    INSTANTS | st.sampled_from([parse_instant("2026-11-02T08:00:00.5+07:00"), parse_instant("2026-11-02T01:00:00Z")]),
    st.sampled_from(["registered", "assigned"]),
    *[st.none() | TEXTS] * 5,
    st.dictionaries(TEXTS, SCALARS, max_size=2),
    TEXTS,
).map(lambda said: Happening(*said))
RECORDS = st.tuples(
    TEXTS,
    st.none() | st.integers(0, 9),
    TEXTS,
    st.lists(HAPPENINGS, max_size=3).map(tuple),
    TEXTS,
    TEXTS,
    TEXTS,
    st.booleans(),
).map(lambda said: Told(*said))


def text_of(told: Told, codes: Codes) -> str:
    parts = [(event, codes.part(event)) for event in told.events]
    return spelled(told, [spelled_with(event, part.start, part.end) for event, part in parts])


@given(st.lists(RECORDS, max_size=4))
@settings(deadline=None)
def test_a_record_is_spelled_as_json_does(records: list[Told]) -> None:
    codes = Codes()
    for told in [*records, *records]:
        assert text_of(told, codes) == JSON.encode(told.body())


@pytest.mark.parametrize("values", [(True, 1, 1.0, "1"), (0, False, 0.0)])
def test_values_that_are_equal_are_still_told_apart(values: tuple[Any, ...]) -> None:
    codes, at = Codes(), parse_instant("2026-11-02T01:00:00Z")
    said = [text_of(Told("a", events=(Happening(at, "step", attributes={"x": one}),)), codes) for one in values]
    assert len(set(said)) == len(values)


def test_instants_that_a_clock_change_makes_look_alike_stay_apart() -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    said = {text_of(Told("a", events=(Happening(at, "step"),)), Codes()) for at in (twice, twice.replace(fold=1))}
    assert len(said) == 2
    assert twice + timedelta(0) == twice.replace(fold=1)


def test_what_is_kept_at_hand_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congtam.intake.checking.PARTS", 3)
    codes, at = Codes(), parse_instant("2026-11-02T01:00:00Z")
    for number in [*range(8), *range(8)]:
        told = Told("a", events=(Happening(at, "step", value=str(number)),))
        assert text_of(told, codes) == JSON.encode(told.body())
