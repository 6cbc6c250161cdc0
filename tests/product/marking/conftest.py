"""The month that is being marked, opened once for the tests of a module; each test takes back what it does."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

import cast as casting
from cast import Cast
from congtam.cycles.models import Cycle
from marking_scene import open_rating


@pytest.fixture(scope="module")
def opened(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[Cast, Cycle]]:
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        cast = casting.build()
        cycle = open_rating(cast)
        connection.check_constraints()
        yield cast, cycle
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def cast(opened: tuple[Cast, Cycle]) -> Cast:
    return opened[0]


@pytest.fixture
def cycle(opened: tuple[Cast, Cycle], db: None) -> Cycle:
    return opened[1]
