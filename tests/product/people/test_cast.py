"""The cast that other product tests stand on."""

from cast import Cast


def test_the_cast_stands(cast: Cast) -> None:
    assert len(cast.accounts) == 17
