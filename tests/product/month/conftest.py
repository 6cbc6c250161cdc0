"""What tests of the month share: nothing remembered from the test before."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """What the site keeps for some seconds is of this test's database."""
    cache.clear()
    yield
    cache.clear()
