"""Scorecards the site scores, and its own choices, by day."""

from datetime import date

import pytest
from django.utils import timezone

from congtam.engine.periods import Period, PeriodKind
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.registry import actions, queries
from congtam.registry.queries import ScoredCard

pytestmark = pytest.mark.django_db

ONE, OTHER = Actor(account=1), Actor(account=2)
DECREE, HUE = "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025"
BEGIN = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def rulebooks() -> None:
    for name in (DECREE, HUE):
        actions.approve_copy(OTHER, actions.adopt(ONE, name, first=BEGIN))


def test_the_cards_of_a_period_are_those_of_its_length_by_law_first() -> None:
    actions.add_card(ONE, HUE, "official_month", False, BEGIN)
    actions.add_card(ONE, DECREE, "civil_servant_month", True, BEGIN)
    actions.add_card(ONE, DECREE, "civil_servant_year", True, BEGIN)
    month = [ScoredCard(DECREE, "civil_servant_month", True), ScoredCard(HUE, "official_month", False)]
    assert queries.cards_for(Period.parse("2026-10")) == month
    assert queries.cards_for("2026") == [ScoredCard(DECREE, "civil_servant_year", True)]
    assert queries.cards_for("2025-12") == []


def test_a_card_ends_with_a_period_and_not_inside_one() -> None:
    card = actions.add_card(ONE, HUE, "official_month", False, BEGIN)
    today = timezone.localdate()
    with pytest.raises(Refused, match="Rules change neither inside a period"):
        actions.end_card(ONE, card, today)
    actions.end_card(ONE, card, queries.next_period(today))
    this = Period.of(PeriodKind.MONTH, today)
    assert len(queries.cards_for(this)) == 1
    assert queries.cards_for(this.next()) == []


def test_what_decides_by_law_changes_from_the_next_period() -> None:
    actions.add_card(ONE, HUE, "official_month", False, BEGIN)
    with pytest.raises(Refused, match="Rules change neither inside a period"):
        actions.add_card(ONE, HUE, "official_month", True, BEGIN)
    coming = queries.next_period(timezone.localdate())
    actions.add_card(ONE, HUE, "official_month", True, coming)
    asked = [queries.cards_for(Period.of(PeriodKind.MONTH, day))[0].legal for day in (timezone.localdate(), coming)]
    assert asked == [False, True]


def test_one_card_by_law_for_the_same_people() -> None:
    actions.approve_copy(OTHER, actions.adopt(ONE, "vn/hue/decree-335-local", first=BEGIN))
    actions.add_card(ONE, DECREE, "civil_servant_month", True, BEGIN)
    with pytest.raises(Refused, match="already decides by law"):
        actions.add_card(ONE, "vn/hue/decree-335-local", "civil_servant_month", True, BEGIN)
    actions.add_card(ONE, "vn/hue/decree-335-local", "civil_servant_month", False, BEGIN)


def test_a_card_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="there are: civil_servant_month"):
        actions.add_card(ONE, DECREE, "civil_servant_week", True, BEGIN)
    with pytest.raises(Refused, match="does not hold this rulebook"):
        actions.add_card(ONE, "vn/national/decree-233-2026", "public_employee_month", True, BEGIN)


def test_a_choice_holds_from_its_day_and_can_be_made_again() -> None:
    actions.set_choice(ONE, "heads_see_live", True, date(2026, 5, 1), "7/QĐ")
    actions.set_choice(ONE, "heads_see_live", False, date(2026, 9, 1))
    asked = [queries.choice("heads_see_live", date(2026, month, 1), default=None) for month in (4, 5, 8, 9)]
    assert asked == [None, True, True, False]
    actions.set_choice(ONE, "heads_see_live", True, date(2026, 9, 1))
    assert queries.choice("heads_see_live", date(2026, 12, 1)) is True
