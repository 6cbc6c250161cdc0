"""The worker reads queued files, and takes up a reading whose worker was killed."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from congtam.history.actor import SYSTEM
from congtam.intake import uploads
from congtam.intake.models import Upload
from congtam.intake.tasks import go_on, read_file
from congtam.people.models import Person
from congtam.sources.actions import add_source
from congtam.work.models import Item

pytestmark = pytest.mark.django_db(transaction=True)

MAPPING = "source: {format: csv}\nitem: event\nkey: k\nreceived: at\nofficial: who\n"
FILE = b"k,at,who\n" + b"".join(b"%d,2026-03-02T08:00:00+07:00,an\n" % number for number in range(20))


def take_up() -> None:
    """What the worker does every minute; in a thread of its own, for tests in a browser leave a loop in this one."""

    async def run() -> None:
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as running:
            async with running.open_async():
                jobs = type("Context", (), {"app": running})()
                await go_on.func(jobs, 0)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(run())).result()


@pytest.fixture
def queued(tmp_path: Path, settings: Any) -> Upload:
    settings.SITE = tmp_path
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # no model of ours, so they outlive a test
    Person.objects.create(code="an")
    source = add_source(SYSTEM, "so", "Sổ", first=date(2026, 1, 1))
    upload = uploads.begin(SYSTEM, source, "so.csv", len(FILE))
    uploads.append_piece(upload, 0, FILE)
    upload.refresh_from_db()
    uploads.keep_mapping(SYSTEM, upload, MAPPING)
    return uploads.enqueue(SYSTEM, upload)


def jobs() -> list[tuple[str, dict[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, args FROM procrastinate_jobs WHERE task_name = 'intake.read_file'")
        return [(status, json.loads(args) if isinstance(args, str) else args) for status, args in cursor.fetchall()]


def test_a_queued_file_is_read_by_the_worker(queued: Upload) -> None:
    assert jobs() == [("todo", {"upload_id": queued.pk})]
    read_file(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, Item.objects.count()) == ("done", 20)
    read_file(queued.pk)  # a job that comes twice finds nothing to do
    assert queued.batches.count() == 1


def test_a_reading_whose_worker_was_killed_is_taken_up_again(queued: Upload) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    Upload.objects.update(state="reading")
    take_up()
    assert jobs() == [("todo", {"upload_id": queued.pk})]
    read_file(queued.pk)
    assert Item.objects.count() == 20
