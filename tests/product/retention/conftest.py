"""The sealed June of `tests/retention_scene.py`, made once for a file of tests."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from retention_scene import Scene, play


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """The scene in a transaction around all tests of a file; each goes back to a savepoint of its own."""
    site = tmp_path_factory.mktemp("site")
    cheap = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], SITE=site)
    with django_db_blocker.unblock(), transaction.atomic(), cheap:
        yield play(site)
        transaction.set_rollback(True)


@pytest.fixture
def scene(made: Scene, db: None) -> Scene:
    """The scene; whatever a test does to it is gone with the test, but for files it erased."""
    return made
