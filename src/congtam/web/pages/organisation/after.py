"""What follows a change of units or people: everybody's scores are looked at again."""

from collections.abc import Iterator
from contextlib import contextmanager

from congtam.history.actor import Actor
from congtam.people.undo import as_one
from congtam.scores.live import mark_all


@contextmanager
def change(actor: Actor) -> Iterator[None]:
    """One change of units or people, to be taken back as one; scores follow it."""
    with as_one(actor):
        yield
        mark_all()
