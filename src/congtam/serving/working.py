"""The two workers of a site: live scores, and jobs (files that were uploaded, what is done at night)."""

import os
import signal
from threading import Event
from typing import Any

from congtam.web.pages.machine.health import JOBS_WORKER, LIVE_WORKER

EVERY_MINUTE = "* * * * *"


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
    with app.replace_connector(connector) as running:
        running.run_worker(name=JOBS_WORKER, concurrency=1, delete_jobs="successful")


async def take_up_again(context: Any, timestamp: int) -> None:
    """Queue again what a worker was doing when it was killed. Tasks may be done twice: they go on where they were.

    Here and nowhere else, for it is the worker that dies, whatever room its job is of: readings of files, withdrawals,
    the nightly run, the closing of the audit.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


def _called(name: str) -> None:
    """What this process is called in the list of the database's sessions, for `/healthz`."""
    os.environ["PGAPPNAME"] = name
