"""What tests of calibration share: June before the committee, written once for each file."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

import cast as casting
from calibration_scene import NOW, before_the_committee, committee
from congtam.cycles.models import Cycle


@pytest.fixture(scope="module")
def written_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[casting.Cast, Cycle]]:
    """The cast and its cycle in a transaction around all tests of a file; each goes back to a savepoint of its own."""
    cheap = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), transaction.atomic():
        with cheap:
            made = casting.build()
        with patch("django.utils.timezone.now", lambda: NOW):
            cycle = before_the_committee(made)
            committee(made)
        yield made, cycle
        transaction.set_rollback(True)


@pytest.fixture
def cast(written_once: tuple[casting.Cast, Cycle], db: None) -> casting.Cast:
    """The cast; whatever a test does to it is gone with the test."""
    return written_once[0]


@pytest.fixture
def cycle(written_once: tuple[casting.Cast, Cycle], db: None) -> Cycle:
    """June, before its committee."""
    return written_once[1]
