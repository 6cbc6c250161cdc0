"""Two accountants at the same instant cannot reserve the same money."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

import cast as casting
from congtam.history.refused import Refused
from congtam.reward.models import Entry
from congtam.reward.queries import fund_of
from reward_scene import furnish

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_at_once_one_is_refused() -> None:
    office = furnish(casting.build())
    office.fill(1_000_000)
    ready = Barrier(2)

    def reserve(_: int) -> str:
        try:
            ready.wait(10)
            office.row("reserved", 600_000)
            return "entered"
        except Refused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(reserve, range(2))) == ["entered", "refused"]
    assert Entry.standing().filter(kind="reserved").count() == 1
    assert fund_of(office.agency, 2026).left == 1_000_000
