"""Rules are made ready once in a process, however many threads ask for them."""

from datetime import date
from threading import Thread

import pytest

from congtam.calendars.actions import clear_day, set_day
from congtam.engine.periods import Period
from congtam.history.actor import SYSTEM
from congtam.scores import cards
from congtam.scores.known import cut, rules_known

MONTH, RULES = Period.parse("2024-02"), -1


def test_threads_that_ask_at_once_wait_for_the_first_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    made, others = [], []

    def entries(period: Period, **_: object) -> dict[str, object]:
        made.append(period)
        if len(made) == 1:  # while the first one is at it, another asks
            others.append(Thread(target=cards.cards_of, args=(MONTH, RULES)))
            others[0].start()
            others[0].join(0.1)
        return {}

    monkeypatch.setattr(cards, "_kept", {})
    monkeypatch.setattr(cards, "entries_of", entries)
    first = cards.cards_of(MONTH, RULES)
    others[0].join()
    assert made == [MONTH]
    assert cards.cards_of(MONTH, RULES) is first


def test_rules_that_changed_are_made_anew_and_the_old_ones_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "_kept", {})
    monkeypatch.setattr(cards, "entries_of", lambda period, **_: {})
    first = cards.cards_of(MONTH, RULES)
    assert cards.cards_of(MONTH, RULES + 1) is not first
    assert list(cards._kept) == [(MONTH, RULES + 1)]


@pytest.mark.django_db
def test_the_last_number_of_rules_is_known_without_reading_through_everyone() -> None:
    numbers = []
    for change in (
        lambda: None,
        lambda: set_day(SYSTEM, date(2026, 11, 30), "off", "12/QĐ-SA"),
        lambda: clear_day(SYSTEM, date(2026, 11, 30)),
    ):
        change()
        assert rules_known() == cut().rules
        numbers.append(rules_known())
    assert numbers == sorted(set(numbers))
