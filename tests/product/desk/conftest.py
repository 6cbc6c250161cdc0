"""What tests of the desk share: the cast, written once for each file, at its desk on a working day that lies ahead."""

from collections.abc import Iterator

import pytest
from desk_scene import Desk
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

import cast as casting


@pytest.fixture(scope="module")
def written_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[casting.Cast]:
    """The cast in a transaction around all tests of a file; each of them goes back to a savepoint of its own. So tests
    that need connections of their own stand in another file."""
    cheap = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), transaction.atomic():
        with cheap:
            made = casting.build()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def cast(written_once: casting.Cast, db: None) -> casting.Cast:
    """The cast; whatever a test does to it is gone with the test."""
    return written_once


@pytest.fixture
def desk(cast: casting.Cast) -> Desk:
    """The cast, and a clock that begins at nine on a Monday."""
    return Desk(cast)
