"""Work for tests of scores: events appended as intake appends them, rules adopted, time simulated.

All of it happens in a month that lies ahead of whenever the tests run, so that the clock of the test is the clock of
the product too.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from cast import Cast
from congtam.engine.periods import Period
from congtam.history.actor import Actor
from congtam.history.sequence import in_order
from congtam.registry import actions as registry
from congtam.scores import forecasts, full, live
from congtam.scores.cards import Cards, live_cards
from congtam.scores.known import cut
from congtam.scores.models import Live, LiveUnit
from congtam.scores.runs import held
from congtam.scores.units import live as units
from congtam.scores.units.full import every_unit, records_of
from congtam.sources.models import Source
from congtam.work.appending import Line, append, items_named, mark

MONTH, BEFORE = Period.parse("2030-06"), Period.parse("2030-05")
DECREE, HUE = "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025"
ONE, OTHER = Actor(account=1), Actor(account=2)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, hour: int = 9, minute: int = 0, month: int = 6) -> datetime:
    """An instant of 2030 in Vietnam."""
    return datetime(2030, month, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


def adopt_rules(*, hue: bool = True) -> None:
    """The decree's month by law, Huế's beside it."""
    for name in (DECREE, HUE) if hue else (DECREE,):
        registry.approve_copy(OTHER, registry.adopt(ONE, name, first=date(2026, 1, 1)))
    registry.add_card(ONE, DECREE, "civil_servant_month", True, date(2026, 1, 1))
    if hue:
        registry.add_card(ONE, HUE, "official_month", False, date(2026, 1, 1))
        registry.add_card(ONE, HUE, "unit_month", False, date(2026, 1, 1))


class Works:
    """A source of work that tells events by key of item and code of person."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.source = Source.objects.get_or_create(code="thu", defaults={"name": "Thử", "first": date(2025, 1, 1)})[0]

    def tell(self, key: str, events: Iterable[tuple]) -> int:
        """Append events `(at, activity, person code or None, {further fields})` to an item; its number."""
        with in_order():
            item = items_named(self.source.pk, [key])[key]
            append([self._line(item, *event) for event in events], datetime.now(UTC))
            mark([item])
        return item

    def task(
        self, key: str, person: str, received: datetime, due: datetime | None, finished: datetime | None = None
    ) -> int:
        """One task of one person."""
        events = [
            (
                received,
                "registered",
                None,
                {"attributes": '{"kind": "task", "origin": "assigned", "coefficient": "1"}'},
            ),
            (received, "assigned", person, {}),
        ]
        if due:
            events.append((received, "due", None, {"value": due.isoformat()}))
        if finished:
            events += [
                (finished, "finished", person, {}),
                (finished, "accepted", person, {"counterpart": str(self.cast.people["truong-mot"].pk)}),
            ]
        return self.tell(key, events)

    def _line(self, item: int, when: datetime, activity: str, person: str | None, further: dict) -> Line:
        official = self.cast.people[person].pk if person else None
        said = {"unit": None, "counterpart": "", "value": "", "decision": "", "attributes": "{}"} | further
        return Line(item, when, activity, official, record=None, place="thu", **said)


def settle(now: datetime) -> int:
    """Refresh until nothing is left; how many were scored."""
    total = 0
    for _ in range(50):
        scored = live.refresh(now)
        total += scored
        if not scored and not units.refresh(now):
            while forecasts.fill(now):
                pass
            return total
    raise AssertionError("live scoring does not come to an end")


def differences(now: datetime) -> list[tuple]:
    """Every live score that is not what the engine says of the records at `now`, and those that are missing; of units
    too."""
    found = []
    rules = cut().rules
    for cards in live_cards(now, rules):
        for key, rows in full.everyone(cards, now).items():
            expected = {row["person_id"]: held(row) for row in rows}
            own = {row.person_id: held(vars(row)) for row in _standing(Live, cards, key)}
            found += _differing(now, cards, key, own, expected)
    records = records_of()
    for cards in live_cards(now, rules, "unit"):
        for key, rows in every_unit(cards, now, records).items():
            expected = {row["unit_id"]: held(row) for row in rows}
            own = {row.unit_id: held(vars(row)) for row in _standing(LiveUnit, cards, key)}
            found += _differing(now, cards, key, own, expected)
    return found


def _standing(kind: type[Live] | type[LiveUnit], cards: Cards, key: str) -> Iterable:
    book, _, card = key.partition("#")
    return kind.objects.filter(period=cards.period.label, rulebook=book, scorecard=card)


def _differing(now: datetime, cards: Cards, key: str, own: dict, expected: dict) -> list[tuple]:
    return [
        (now.isoformat(), cards.period.label, key, who, own.get(who), expected.get(who))
        for who in sorted(expected.keys() | own.keys())
        if own.get(who) != expected.get(who)
    ]


def hours(first: datetime, count: int) -> list[datetime]:
    """So many hours from an instant on."""
    return [first + timedelta(hours=number) for number in range(count)]
