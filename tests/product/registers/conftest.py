"""What tests of registers share: seats of the cast, a site folder with a trusted root, and the fold."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from registers_scene import NOW, TODAY

from cast import Cast
from congtam.access.models import Account
from congtam.access.seats import Seat, seat_of
from congtam.work.folding import fold_waiting
from signing import authority


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> Path:
    settings.SITE = tmp_path
    settings.TRUST = authority().trusted_in(tmp_path / "trust")
    return tmp_path


@pytest.fixture
def seat(cast: Cast) -> Callable[[str], Seat]:
    """The seat of an account on the day of the tests."""
    return lambda username: seat_of(Account.objects.get(username=username), TODAY)


@pytest.fixture
def fold() -> Callable[..., None]:
    """What was written is folded, as it would be once it is committed."""
    return lambda hours=1: fold_waiting(500, NOW + timedelta(hours=hours)) and None
