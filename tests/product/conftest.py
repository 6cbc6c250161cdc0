"""What product tests share: the cast, and a password hasher that costs nothing."""

import pytest
from pytest_django import Settings

import cast as casting


@pytest.fixture(autouse=True)
def cheap_passwords(settings: Settings) -> None:
    """Argon2 is slow on purpose; tests open many accounts."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """The small department of `tests/cast.py`, in a database of its own for the test."""
    return casting.build()
