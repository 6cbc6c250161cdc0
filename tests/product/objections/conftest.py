"""What tests of slips and requests share: the cast with June's slips shown, written once for each file."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

import cast as casting
from congtam.cycles.models import Cycle
from objection_scene import SHOWN, shown


@pytest.fixture(scope="module")
def written_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[casting.Cast, Cycle]]:
    """The scene in a transaction around all tests of a file; each goes back to a savepoint of its own."""
    cheap = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), transaction.atomic():
        with cheap, pytest.MonkeyPatch.context() as clock:
            clock.setattr("django.utils.timezone.now", lambda: SHOWN)
            made = casting.build()
            cycle = shown(made)
        yield made, cycle
        transaction.set_rollback(True)


@pytest.fixture
def cast(written_once: tuple[casting.Cast, Cycle], db: None) -> casting.Cast:
    """The cast; whatever a test does to it is gone with the test."""
    return written_once[0]


@pytest.fixture
def cycle(written_once: tuple[casting.Cast, Cycle], db: None) -> Cycle:
    """June, with draft slips shown at `SHOWN`."""
    return written_once[1]
