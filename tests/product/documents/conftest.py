"""What tests of papers share: a site folder with a trusted root, seats of the cast, and a kept decision."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from cast import Cast
from congtam.access.models import Account
from congtam.access.seats import Seat, seat_of
from congtam.documents.models import KeptPaper
from kept_papers import NOW, TODAY, keep_decision
from signing import authority


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> Path:
    settings.SITE = tmp_path
    settings.TRUST = authority().trusted_in(tmp_path / "trust")
    settings.TSA = ""
    settings.ADDRESS = "https://congtam.example.vn"
    return tmp_path


@pytest.fixture
def seat(cast: Cast) -> Callable[[str], Seat]:
    """The seat of an account on the day of the tests."""
    return lambda username: seat_of(Account.objects.get(username=username), TODAY)


@pytest.fixture
def kept(cast: Cast) -> KeptPaper:
    """A decision as it was made, not signed yet."""
    return keep_decision(cast, NOW)
