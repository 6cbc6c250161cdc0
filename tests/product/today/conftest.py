"""What tests of the pages of the desk share: the department, on a Wednesday morning."""

import pytest
from today_scene import NOW, Desk

from cast import Cast


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The department; pages speak of its own instant, which moves when told."""
    made = Desk(cast, NOW)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made
