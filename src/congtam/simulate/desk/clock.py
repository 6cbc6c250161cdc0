"""The clock of the process, set by hand: what the product asks for the time is told that of the simulated month."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from congtam.engine.periods import VIETNAM


class Clock:
    """A clock that stands until it is moved on; it never goes back."""

    def __init__(self, now: datetime):
        self.now = now

    def spend(self, seconds: float) -> None:
        """Time goes by, at least a thousandth of a second, so that no two deeds share an instant."""
        self.now += timedelta(seconds=max(seconds, 0.001))

    def reach(self, instant: datetime) -> None:
        """It is an instant, or later already."""
        self.now = max(self.now, instant)

    @contextmanager
    def ruling(self) -> Iterator[None]:
        """Whoever asks Django for the time inside is told this clock's."""
        real = timezone.now
        timezone.now = lambda: self.now
        try:
            yield
        finally:
            timezone.now = real


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day in Vietnam."""
    return datetime.combine(day, time(hour, minute), VIETNAM)
