"""What tests of digests share: the cast as an office at work."""

import pytest
from notices_scene import Office

from cast import Cast


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office(cast)
