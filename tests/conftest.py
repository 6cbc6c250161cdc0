"""What every test may ask for: a database of its worker's own. Who began the run stops the server at its end."""

import gc
import os
import signal
from collections.abc import Iterator

import django
import pytest
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

import database

LONGEST = tuple(f"tests/{area}/" for area in ("product/serving", "product/site", "product/scores", "product/gate"))
_began_here = database.begin()  # before the workers do, so that they know the folder
signal.signal(signal.SIGTERM, signal.default_int_handler)  # who is told to end does so as at Ctrl-C: nothing is left
os.environ["DJANGO_SETTINGS_MODULE"] = "congtam.web.settings"
django.setup()  # the plugin would have done it, had it known the settings before this file was read
TransactionTestCase._fixture_teardown = lambda _: database.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database with our tables for this worker; its tests leave it as they found it."""
    from django.db import connections

    name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock():
        database.copy(name)
    connections["default"].settings_dict["NAME"] = name
    yield
    connections.close_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """What was loaded stays, so that garbage is sought among what tests make: a sixth of the time went into that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_unconfigure() -> None:
    """Whatever was started is stopped before the command returns."""
    if _began_here:
        database.end()
