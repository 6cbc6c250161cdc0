"""Rules of the cast's department: two adopted rulebooks, with a scorecard by law."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

import cast as casting
from congtam.access.models import Account
from congtam.history.actor import Actor
from congtam.registry import actions

DECREE, HUE = "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025"


def actor(account: Account) -> Actor:
    return Actor(account=account.pk)


@pytest.fixture
def adopted(cast: casting.Cast) -> casting.Cast:
    """The cast, holding the decree (by law) and Huế's monthly card (for reference) since January 2026."""
    owner, second = actor(cast.account("owner")), actor(cast.account("second_owner"))
    for rulebook, card, legal in ((DECREE, "civil_servant_month", True), (HUE, "official_month", False)):
        actions.approve_copy(second, actions.adopt(owner, rulebook, first=date(2026, 1, 1), number="12/QĐ-SA"))
        actions.add_card(owner, rulebook, card, legal, date(2026, 1, 1))
    return cast


@pytest.fixture
def signed_in(cast: casting.Cast) -> Callable[..., Client]:
    """A browser of a role, in a language."""

    def of(role: str, lang: str = "vi") -> Client:
        client = Client()
        client.force_login(cast.account(role))
        client.cookies["lang"] = lang
        return client

    return of
