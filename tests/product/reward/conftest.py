"""What tests of reward share: the office, built once for each file; each test goes back to a savepoint of its own."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

import cast as casting
from reward_scene import Office, furnish


@pytest.fixture(scope="module")
def built_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    """The office in a transaction around all tests of a file."""
    cheap = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), transaction.atomic():
        with cheap:
            made = furnish(casting.build())
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def office(built_once: Office, db: None) -> Office:
    """The office; whatever a test does to it is gone with the test."""
    return built_once


@pytest.fixture
def cast(office: Office) -> casting.Cast:
    """The cast the office is made of."""
    return office.cast
