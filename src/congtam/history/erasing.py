"""Erasing words from rows that are kept: a transaction in which the database lets named columns lose what they say."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def erasing() -> Iterator[None]:
    """A transaction in which columns that are `erasable` may change; everything else stays kept."""
    with transaction.atomic():
        _say("on")
        yield
        _say("off")


def _say(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('congtam.erasing', %s, true)", [value])
