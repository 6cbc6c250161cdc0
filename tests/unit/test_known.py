"""What was known: rows recorded by an instant, or numbered up to one, the latest version of each key."""

from datetime import UTC, datetime, timedelta

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Event, Facts, Name, Rating
from congtam.engine.states import State

FIRST = datetime(2026, 9, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def rating(seq: int, value: int, criterion: str = "general") -> Rating:
    return Rating(seq, day(seq), "an", criterion, "2026-09", "final", State.VALUE, value)


def event(seq: int, recorded: int) -> Event:
    return Event(seq, day(recorded), "a", FIRST, "registered")


FACTS = Facts(
    events=(event(1, 1), event(2, 9)),
    ratings=(rating(3, 30), rating(1, 10), rating(2, 20), rating(4, 99, "organising")),
    names=(Name("an", "official", "An"),),
)


def values(facts: Facts) -> dict[str, int | None]:
    return {row.criterion: row.value for row in facts.ratings}


def test_the_latest_version_of_a_key_counts() -> None:
    assert values(known(FACTS)) == {"general": 30, "organising": 99}


def test_an_earlier_instant_sees_the_earlier_version() -> None:
    assert values(known(FACTS, known_at=day(3))) == {"general": 20}
    assert values(known(FACTS, known_at=day(1))) == {}


def test_what_is_recorded_at_the_instant_itself_is_not_known_yet() -> None:
    assert values(known(FACTS, known_at=day(2))) == {"general": 10}


def test_a_number_limits_as_well() -> None:
    assert values(known(FACTS, seq=2)) == {"general": 20}
    assert values(known(FACTS, known_at=day(2), seq=2)) == {"general": 10}


def test_events_keep_every_row_that_was_known_and_names_are_always_there() -> None:
    assert known(FACTS).events == FACTS.events
    assert [row.seq for row in known(FACTS, known_at=day(5)).events] == [1]
    assert known(FACTS, known_at=day(0)).names == FACTS.names


def test_the_order_of_rows_does_not_matter() -> None:
    turned = Facts(ratings=tuple(reversed(FACTS.ratings)))
    assert known(turned).ratings == known(FACTS).ratings
