"""What tests of the board share: the department, on a Wednesday morning."""

import pytest

from board_scene import Office
from cast import Cast


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The department; pages speak of its own instant, which moves when told."""
    made = Office(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made
