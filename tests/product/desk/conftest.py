"""What tests of the desk share: the cast at its desk, on a working day that lies ahead."""

import pytest
from desk_scene import Desk

from cast import Cast


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """The cast, and a clock that begins at nine on a Monday."""
    return Desk(cast)
