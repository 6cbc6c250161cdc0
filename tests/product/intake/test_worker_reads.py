"""The worker reads queued files, reads them again for rows that were mended, and withdraws large batches; and takes up
what it was doing when it was killed: the end is that of one nobody disturbed."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from congtam.history.actor import SYSTEM, Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.intake import reading, uploads
from congtam.intake.actions import drop, withdraw_batch
from congtam.intake.mending import replay
from congtam.intake.models import Batch, Record, SetAside, Upload
from congtam.intake.tasks import TRIES, read_file, withdraw
from congtam.people.models import Person
from congtam.serving.working import take_up_again
from congtam.sources.actions import add_source
from congtam.work.events import events_of
from congtam.work.models import Item

pytestmark = pytest.mark.django_db(transaction=True)

MAPPING = "source: {format: csv}\nitem: event\nkey: k\nreceived: at\nofficial: who\n"
BETTER = MAPPING.replace("official: who", "official: {from: who, codes: {b: binh}, otherwise: keep}")
HEADER = "k,at,who\n"
ROWS = [f"{number},2026-03-02T08:00:00+07:00,{'an' if number % 3 else 'b'}\n" for number in range(20)]
FILE = (HEADER + "".join(ROWS)).encode()
CASES = """
source: {format: csv}
item: case
key: case
received: in
steps: {at: time, what: what, official: who}
"""
CASE_FILE = (
    "case,in,time,what,who\n"
    + "".join(
        f"C{case:02},2026-03-01,2026-03-1{step}T08:00:00+07:00,step{step},{'b' if case else 'an'}\n"
        for case in range(12)
        for step in range(2)
    )
).encode()
LATER = (HEADER + "".join(row.replace("T08", "T09") for row in ROWS[5:])).encode()


class Killed(BaseException):
    """The worker is gone: nothing it would have done on an error is done."""


@pytest.fixture(autouse=True)
def office(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two officials; steps small enough for small files."""
    settings.SITE = tmp_path
    for name, size in (("actions.CHUNK", 4), ("actions.AT_ONCE", 4), ("mending.AT_ONCE", 4), ("taking_back.STEP", 4)):
        monkeypatch.setattr(f"congtam.intake.{name}", size)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # no model of ours, so they outlive a test
    Person.objects.bulk_create([Person(code="an"), Person(code="binh")])


@pytest.fixture
def queued() -> Upload:
    return uploads.enqueue(SYSTEM, uploaded("so"))


def uploaded(source: str, data: bytes = FILE) -> Upload:
    made = add_source(SYSTEM, source, "Sổ", first=date(2026, 1, 1))
    return sent(made, data)


def sent(source: Any, data: bytes, mapping: str = MAPPING) -> Upload:
    upload = uploads.begin(SYSTEM, source, "so.csv", len(data))
    return uploads.keep_mapping(SYSTEM, uploads.append_piece(upload, 0, data), mapping)


def cases(source: str) -> tuple[Upload, list[SetAside]]:
    """A file whose records are made of several rows each, read; and what of it was set aside."""
    upload = sent(add_source(SYSTEM, source, "Sổ", first=date(2026, 1, 1)), CASE_FILE, CASES)
    assert reading.read_upload(SYSTEM, upload) is not None
    return upload, list(SetAside.objects.filter(batch__upload=upload).order_by("pk"))


def mended(rows: list[SetAside]) -> dict[int, dict[str, Any]]:
    return {
        row.pk: {"rows": {number: one | {"who": "binh"} for number, one in row.cells["rows"].items()}} for row in rows
    }


def jobs() -> list[tuple[str, dict[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, args FROM procrastinate_jobs WHERE task_name LIKE 'intake.%' ORDER BY id")
        return [(status, json.loads(args) if isinstance(args, str) else args) for status, args in cursor.fetchall()]


def begin() -> None:
    """A worker takes what is queued."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE status = 'todo'")


def end() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def take_up() -> None:
    """What the worker does every minute; in a thread of its own, for tests in a browser leave a loop in this one."""

    async def run() -> None:
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as running:
            async with running.open_async():
                await take_up_again(SimpleNamespace(app=running), 0)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(run())).result()


def read(upload: Upload, attempts: int = 0) -> None:
    read_file(SimpleNamespace(job=SimpleNamespace(attempts=attempts)), upload.pk)


@contextmanager
def dying_in(monkeypatch: pytest.MonkeyPatch, module: str, step: int) -> Iterator[None]:
    """Kill the worker before it commits the given step; what was committed before stays."""
    steps = 0

    @contextmanager
    def dying() -> Iterator[None]:
        nonlocal steps
        with in_order():
            yield
            steps += 1
            if steps == step:
                raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(f"congtam.intake.{module}.in_order", dying)
        yield


def as_it_stands(source: Any) -> dict[str, Any]:
    """What a source's records say, whose they are, what is set aside, and what its batches counted."""
    items = Item.objects.filter(source=source).order_by("key").values_list("key", "pk")
    said = Record.objects.filter(source=source, standing=True).order_by("key")
    aside = SetAside.objects.filter(batch__source=source, state="open").order_by("place")
    counted = Batch.objects.filter(source=source, ended_at__isnull=False).order_by("pk")
    return {
        "records": list(said.values_list("key", "version", "payload__body")),
        "events": {key: standing_events(item) for key, item in items},
        "aside": list(aside.values_list("place", "code")),
        "batches": list(counted.values_list("kind", "accepted", "updated", "unchanged", "set_aside", "taken")),
    }


def standing_events(item: int) -> list[tuple[Any, ...]]:
    rows = events_of([item])
    gone = {row.value for row in rows if row.activity == "withdrawn"}
    left = [row for row in rows if row.activity != "withdrawn" and str(row.seq) not in gone]
    return sorted((row.activity, row.at, row.official, row.value) for row in left)


def test_a_queued_file_is_read_by_the_worker(queued: Upload) -> None:
    assert jobs() == [("todo", {"upload_id": queued.pk})]
    read(queued)
    queued.refresh_from_db()
    assert (queued.state, queued.report["rows_read"]) == ("done", 20)
    read(queued)  # a job that comes twice finds nothing to do
    assert queued.batches.count() == 1


def test_a_reading_that_fails_to_the_end_says_so_and_can_be_asked_for_again(
    queued: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("secret words")

    with monkeypatch.context() as patched:
        patched.setattr(reading, "accept", broken)
        for attempts, state in ((TRIES - 1, "reading"), (TRIES, "refused")):
            with pytest.raises(RuntimeError):
                read(queued, attempts)
            queued.refresh_from_db()
            assert queued.state == state
    assert "RuntimeError" in queued.problem
    assert "secret" not in queued.problem
    assert uploads.enqueue(SYSTEM, queued).state == "queued"


def test_another_mapping_whose_reading_was_killed_ends_as_if_nobody_had_disturbed_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disturbed, calm = uploaded("so"), uploaded("so-khac")
    for upload in (disturbed, calm):
        reading.read_upload(SYSTEM, upload)
        upload.refresh_from_db()
        uploads.keep_mapping(SYSTEM, upload, BETTER)
        for _ in range(2):  # asked twice, done once
            assert uploads.enqueue(SYSTEM, upload).state == "queued"
    assert len(jobs()) == 2
    read(calm)
    begin()
    with dying_in(monkeypatch, "actions", 3):
        read(disturbed)
    disturbed.refresh_from_db()
    assert disturbed.state == "reading"
    assert disturbed.batches.filter(ended_at=None).get().taken == 8
    with pytest.raises(Refused, match="being read"):
        uploads.keep_mapping(SYSTEM, disturbed, MAPPING)
    with pytest.raises(Refused, match="being read"):
        withdraw_batch(SYSTEM, disturbed.batches.earliest("pk"), "sai")
    take_up()
    assert [status for status, _ in jobs()] == ["todo", "todo"]
    read(disturbed)
    disturbed.refresh_from_db()
    assert disturbed.state == "done"
    assert as_it_stands(disturbed.source) == as_it_stands(calm.source)
    assert as_it_stands(calm.source)["aside"] == []


def test_rows_of_a_large_file_are_mended_by_the_worker_and_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congtam.files.counting.EVERY", 10)
    upload, rows = cases("so")
    [outcome] = replay(Actor(account=7), [row.pk for row in rows], mended(rows), "đã hỏi lại")
    assert (len(rows), outcome.ended, outcome.accepted) == (11, False, 0)
    assert jobs() == [("todo", {"upload_id": upload.pk})]
    upload.refresh_from_db()
    assert (upload.state, upload.report) == ("queued", None)
    numbers = [row.pk for row in rows]
    assert replay(SYSTEM, numbers) == []  # once more: nothing is left to be handed in
    assert drop(SYSTEM, numbers, "thôi") == 0
    for refused in (
        lambda: uploads.keep_mapping(SYSTEM, upload, CASES),
        lambda: withdraw_batch(SYSTEM, upload.batches.earliest("pk"), "sai"),
    ):
        with pytest.raises(Refused, match="being read"):
            refused()
    told, real = [], reading._HowFar.write
    monkeypatch.setattr(
        reading._HowFar, "write", lambda one: (real(one), told.append(Upload.objects.get(pk=upload.pk).report))
    )
    read(upload)
    assert [one["rows_read"] for one in told][:3] == [10, 20, 24]  # before anything was taken in
    upload.refresh_from_db()
    assert (upload.state, upload.report["rows_read"]) == ("done", 24)
    mend = upload.batches.get(kind="mend")
    assert (mend.accepted, mend.set_aside, mend.reason, mend.made_by) == (11, 0, "đã hỏi lại", 7)
    assert set(SetAside.objects.values_list("state", "replayed_in")) == {("replayed", mend.pk)}
    read(upload)  # a job that comes twice finds nothing to do
    assert upload.batches.count() == 2


def test_a_mend_that_was_killed_ends_as_if_nobody_had_disturbed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for name, step in (("so", None), ("so-khac", 2), ("so-ba", 4)):  # the fourth is that which ends it
        upload, rows = cases(name)
        replay(SYSTEM, [row.pk for row in rows], mended(rows))
        if step:
            begin()
            with dying_in(monkeypatch, "actions", step):
                read(upload)
            assert SetAside.objects.filter(batch__upload=upload, state="open").count() == 11
            take_up()
        read(upload)
        end()
        found.append(as_it_stands(upload.source))
    assert found[0] == found[1] == found[2]
    assert found[0]["aside"] == []
    assert found[0]["batches"] == [("upload", 1, 0, 0, 11, 12), ("mend", 11, 0, 0, 0, 11)]


def test_a_mend_whose_file_cannot_be_read_leaves_the_rows_open_as_they_were_mended() -> None:
    upload, rows = cases("so")
    kept = uploads.file_of(upload).read_bytes()
    replay(SYSTEM, [row.pk for row in rows], mended(rows))
    uploads.file_of(upload).write_bytes(b"\x1f\x8b\x08 broken")
    read(upload)
    upload.refresh_from_db()
    assert upload.state == "refused"
    left = SetAside.objects.filter(state="open", replayed_in=None)
    assert {one["who"] for row in left for one in row.cells["rows"].values()} == {"binh"}
    uploads.file_of(upload).write_bytes(kept)
    assert [one.ended for one in replay(SYSTEM, [row.pk for row in left])] == [False]
    read(upload)
    assert upload.batches.latest("pk").accepted == 11


def test_a_withdrawal_that_was_killed_ends_as_if_nobody_had_disturbed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    batches = {}
    for name in ("so", "so-khac"):
        first = uploaded(name)
        reading.read_upload(SYSTEM, first)
        later = sent(first.source, LATER)
        reading.read_upload(SYSTEM, later)
        batches[name] = later.batches.get()
    (disturbed, calm), found = batches.values(), {}
    for batch in (calm, disturbed):
        before = as_it_stands(batch.source)
        withdrawal = withdraw_batch(SYSTEM, batch, "tệp nhầm")
        assert jobs() == [("todo", {"withdrawal_id": withdrawal.pk})]
        with pytest.raises(Refused, match="withdrawn already"):
            withdraw_batch(SYSTEM, batch, "lần nữa")
        with pytest.raises(Refused, match="being withdrawn"):
            uploads.enqueue(SYSTEM, batch.upload)
        assert as_it_stands(batch.source) == before
        if batch is disturbed:
            begin()
            with dying_in(monkeypatch, "taking_back", 3):
                withdraw(withdrawal.pk)
            withdrawal.refresh_from_db()
            assert (withdrawal.taken, withdrawal.ended_at) == (8, None)
            take_up()
            assert [status for status, _ in jobs()] == ["todo"]
        for _ in range(2):  # a job that comes twice finds nothing to do
            withdraw(withdrawal.pk)
        end()
        found[batch] = as_it_stands(batch.source)
    assert found[disturbed] == found[calm]
    assert found[calm]["batches"][-1] == ("withdrawal", 0, 10, 0, 0, 10)
    assert uploads.enqueue(SYSTEM, calm.upload).state == "queued"
