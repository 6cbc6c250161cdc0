"""The worker reads queued files, and takes up a reading whose worker was killed."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from congtam.history.actor import SYSTEM
from congtam.intake import uploads
from congtam.intake.models import Upload
from congtam.intake.tasks import go_on
from congtam.people.models import Person
from congtam.sources.actions import add_source
from congtam.work.models import Item

pytestmark = pytest.mark.django_db(transaction=True)

MAPPING = "source: {format: csv}\nitem: event\nkey: k\nreceived: at\nofficial: who\n"
FILE = b"k,at,who\n" + b"".join(b"%d,2026-03-02T08:00:00+07:00,an\n" % number for number in range(20))


def work() -> None:
    """Everything that is queued, by a worker."""

    async def run() -> None:
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as running:
            async with running.open_async():
                await running.run_worker_async(wait=False, install_signal_handlers=False, queues=["files"])

    asyncio.run(run())


def take_up() -> None:
    """What the worker does every minute."""

    async def run() -> None:
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as running:
            async with running.open_async():
                jobs = type("Context", (), {"app": running})()
                await go_on.func(jobs, 0)

    asyncio.run(run())


def clean() -> None:
    """Jobs go with the test, and so do the sessions of the worker's threads."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def queued(tmp_path: Path, settings: Any) -> Iterator[Upload]:
    clean()
    settings.SITE = tmp_path
    Person.objects.create(code="an")
    source = add_source(SYSTEM, "so", "Sổ", first=date(2026, 1, 1))
    upload = uploads.begin(SYSTEM, source, "so.csv", len(FILE))
    uploads.append_piece(upload, 0, FILE)
    upload.refresh_from_db()
    uploads.keep_mapping(SYSTEM, upload, MAPPING)
    yield uploads.enqueue(SYSTEM, upload)
    clean()


def test_a_queued_file_is_read_by_the_worker(queued: Upload) -> None:
    work()
    queued.refresh_from_db()
    assert (queued.state, Item.objects.count()) == ("done", 20)


def test_a_reading_whose_worker_was_killed_goes_on(queued: Upload) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    Upload.objects.update(state="reading")
    work()
    queued.refresh_from_db()
    assert queued.state == "reading"
    take_up()
    work()
    queued.refresh_from_db()
    assert (queued.state, Item.objects.count()) == ("done", 20)
