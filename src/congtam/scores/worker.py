"""The worker of live scores: waits until something is told or comes due, and scores until nothing is left; units by
turns."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import cycle
from threading import Event
from time import monotonic

import structlog
from django.db import Error, connection
from django.utils import timezone

from congtam.scores import forecasts, live, losses
from congtam.scores.guarding import AWAY
from congtam.scores.reading import kept_open
from congtam.scores.units import live as units

log = structlog.get_logger(__name__)
CHANNEL = "congtam_live"
LONGEST_WAIT = 1.0  # seconds between two looks, whoever told something
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before another try when the database is away
UNITS_REST = 4  # times as long as scoring units took is left to everything else before it is done again

Filling = Callable[[datetime, int], int]  # at an instant, so many at most; how many were left
BESIDE: tuple[Filling, ...] = (forecasts.fill, losses.fill)


def run(stop: Event) -> None:
    """Score until `stop` is set. A lost database connection is tried again, ever more patiently; so is whatever else
    went wrong, told as the error it is."""
    pause, rested, turns = FIRST_PAUSE, Rested(), cycle(BESIDE)
    while not stop.is_set():
        try:
            _listen()
            with kept_open():
                while not stop.is_set():
                    scored = _until_done(stop)
                    pause = FIRST_PAUSE
                    if scored:
                        log.info("scored", officials=scored)
                    rested.score_units()
                    if not _beside(turns):
                        _wait(stop)
        except Exception as problem:
            if isinstance(problem, AWAY):
                log.warning("database_away", again_in=pause, exc_info=problem)
            else:
                log.error("scoring_broke_off", again_in=pause, exc_info=problem)
            _drop()
            stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
    _drop()


class Rested:
    """Scores units by turns: the more work a unit holds, the longer that takes, and officials do not wait for it."""

    def __init__(self) -> None:
        self._until = 0.0

    def score_units(self) -> None:
        """Score units that wait, unless it is too soon."""
        began = monotonic()
        if began < self._until:
            return
        if scored := units.refresh(timezone.now()):
            took = monotonic() - began
            self._until = monotonic() + UNITS_REST * took
            log.info("units_scored", scores=scored, seconds=round(took, 3))


def _until_done(stop: Event) -> int:
    """Refresh until nothing is left; how many officials were scored."""
    total = 0
    while not stop.is_set():
        scored = live.refresh(timezone.now())
        total += scored
        if not scored:
            break
    return total


def _beside(turns: Iterator[Filling]) -> bool:
    """What can wait until nothing else is left, one at a time and by turns: looking ahead, and what cost points.
    Whether there was any."""
    return any(next(turns)(timezone.now(), 1) for _ in BESIDE)


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")


def _wait(stop: Event) -> None:
    """Until something is told, the next wake-up comes, or the longest wait is over."""
    ends = monotonic() + min(LONGEST_WAIT, _until_next(timezone.now()))
    while not stop.is_set() and (left := ends - monotonic()) > 0:
        if any(True for _ in connection.connection.notifies(timeout=min(left, 0.25), stop_after=1)):
            return


def _until_next(now: datetime) -> float:
    """Seconds to the next wake-up."""
    at = live.next_wake_up()
    return LONGEST_WAIT if at is None else max(0.0, (at - now).total_seconds())


def _drop() -> None:
    """Close the connection, also one that is broken."""
    try:
        connection.close()
    except Error:
        connection.connection = None
