"""What tests of meetings share: the department on a Monday morning."""

import pytest
from meetings_scene import Office

from cast import Cast


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The department; pages speak of its own instant, which moves when told."""
    made = Office(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.now)
    return made
