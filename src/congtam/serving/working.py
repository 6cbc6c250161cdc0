"""The two workers of a site: live scores, and jobs (files that were uploaded, what is done at night)."""

import os
import signal
import sys
import time
from threading import Event, Thread
from typing import Any

from congtam.web.pages.machine.health import JOBS_WORKER, LIVE_WORKER, Level, clock_steady

EVERY_MINUTE = "* * * * *"
LOOK = 10.0  # seconds between two looks at the clock
AGAIN = 75  # exit code of a worker that wants to be started again


def live() -> None:
    """Score whoever is marked and take due wake-ups, until SIGTERM."""
    from congtam.scores.worker import run

    _called(LIVE_WORKER)
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    run(stop)


def jobs() -> None:
    """Do queued jobs and periodic ones, until SIGTERM; a job that runs is finished first."""
    from procrastinate.contrib.django import app

    _called(JOBS_WORKER)
    task = app.task(name="serving.take_up_again", queueing_lock="serving.take_up_again", pass_context=True)
    app.periodic(cron=EVERY_MINUTE)(task(take_up_again))
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    watch = Thread(target=_stop_when_the_clock_is_set, daemon=True)
    watch.start()
    with app.replace_connector(connector) as running:
        running.run_worker(name=JOBS_WORKER, concurrency=1, delete_jobs="successful")
    if not watch.is_alive():
        sys.exit(AGAIN)


async def take_up_again(context: Any, timestamp: int) -> None:
    """Queue again what a worker was doing when it was killed. Tasks may be done twice: they go on where they were.

    Here and nowhere else, for it is the worker that dies, whatever room its job is of: readings of files, withdrawals,
    the nightly run, the closing of the audit.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


def _stop_when_the_clock_is_set() -> None:
    """What is done every minute or night is next done after the time it was done last: on a clock that was ahead and is
    set back, not for as long as it was ahead. A worker that begins anew goes by the clock as it is."""
    while clock_steady(time.time() - time.monotonic()).level is Level.WELL:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)


def _called(name: str) -> None:
    """What this process is called in the list of the database's sessions, for `/healthz`."""
    os.environ["PGAPPNAME"] = name
