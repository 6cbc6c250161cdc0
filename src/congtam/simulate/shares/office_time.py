"""Office time in columns: positions (see `days`) to microseconds since 1970 in UTC."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from congtam.simulate.days import Workdays
from congtam.simulate.shares.draws import Floats, Rows

_MINUTE = 60_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


class OfficeTime:
    """The working days from `first` to `last`, with their sessions as arrays."""

    def __init__(self, first: date, last: date) -> None:
        self.days = Workdays.between(first, last)
        sessions = [self.days.calendar.sessions(day) for day in self.days.days]
        self._morning = np.array([microseconds(own[0][0]) for own in sessions])
        self._later = np.array([microseconds(own[-1][0]) for own in sessions])
        self._close = np.array([microseconds(own[-1][1]) for own in sessions])
        minutes = [[(end - start) // timedelta(minutes=1) for start, end in own] for own in sessions]
        self._first = np.array([own[0] for own in minutes])
        self._all = np.array([sum(own) for own in minutes])

    def at(self, position: Floats) -> NDArray[np.int64]:
        """The whole minute of office time at each position."""
        day = position.astype(np.int64)
        gone = ((position - day) * self._all[day]).astype(np.int64)
        later = gone >= self._first[day]
        start = np.where(later, self._later[day], self._morning[day])
        return np.asarray(start + np.where(later, gone - self._first[day], gone) * _MINUTE)

    def close(self, day: Rows) -> NDArray[np.int64]:
        """The end of each working day."""
        return np.asarray(self._close[day])
