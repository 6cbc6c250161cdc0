"""The next step is made while the last one is dealt with; nothing else differs."""

import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.intake import reading, uploads
from congtam.intake import rows as intake_rows
from congtam.intake.ahead import ahead
from congtam.intake.models import SetAside
from congtam.sources.actions import add_source
from congtam.work.models import Event, Item

MAPPING = "source: {format: csv}\nitem: event\nkey: k\nreceived: at\nofficial: who\n"


def test_steps_come_in_order_each_made_while_the_one_before_is_dealt_with() -> None:
    made: list[int] = []
    begun = threading.Event()

    def steps() -> Iterator[int]:
        for number in range(5):
            made.append(number)
            begun.set()
            yield number

    seen = []
    for step in ahead(steps()):
        seen.append(step)
        if step < 4:
            begun.wait(10)
            while step + 1 not in made:
                begun.wait(0.01)
        begun.clear()
    assert seen == [0, 1, 2, 3, 4]


def test_what_breaks_the_making_breaks_the_dealing_after_what_was_made() -> None:
    def steps() -> Iterator[int]:
        yield 1
        raise OSError("the disk")

    seen, before = [], sys.getswitchinterval()
    with pytest.raises(OSError, match="the disk"):
        for step in ahead(steps()):
            seen.append(step)
    assert seen == [1]
    assert sys.getswitchinterval() == before


def test_who_stops_early_leaves_no_thread_behind() -> None:
    before = (threading.active_count(), sys.getswitchinterval())
    with closing(ahead(iter(range(1, 100)))) as steps:
        assert next(steps) == 1
    assert (threading.active_count(), sys.getswitchinterval()) == before


@pytest.mark.django_db
def test_a_file_of_several_steps_is_read_like_one_of_one(
    cast: Cast, tmp_path: Path, settings: Any, monkeypatch: Any
) -> None:
    """And the thread that reads it does not speak with the database."""
    settings.SITE = tmp_path
    rows = [f"{n},2026-03-02T08:00:00+07:00,{'an' if n % 7 else 'nobody'}\n" for n in range(40)]
    data = ("k,at,who\n" + "".join(rows)).encode()
    found, spoke = [], set()
    for chunk in (1000, 6):
        monkeypatch.setattr("congtam.intake.actions.CHUNK", chunk)
        source = add_source(SYSTEM, f"so-{chunk}", "Sổ", first=date(2026, 1, 1))
        upload = uploads.begin(SYSTEM, source, "so.csv", len(data))
        uploads.append_piece(upload, 0, data)
        upload.refresh_from_db()
        upload = uploads.keep_mapping(SYSTEM, upload, MAPPING)
        real = intake_rows.told

        def watched(*args: Any, real: Any = real, chunk: int = chunk) -> Any:
            spoke.add((chunk, threading.current_thread() is threading.main_thread(), connections["default"].connection))
            return real(*args)

        with monkeypatch.context() as watching:
            watching.setattr(intake_rows, "told", watched)
            outcome = reading.read_upload(SYSTEM, upload)
        assert outcome is not None
        upload.refresh_from_db()
        assert (upload.state, upload.report["rows_read"]) == ("done", 40)
        items = dict(Item.objects.filter(source=source).values_list("pk", "key"))
        said = Event.objects.filter(item__in=items).order_by("seq").values_list("item_id", "activity", "at", "place")
        aside = SetAside.objects.filter(batch__source=source).order_by("pk").values_list("place", "code", "cells")
        found.append((outcome.counts(), [(items[item], *rest) for item, *rest in said], list(aside)))
    assert found[0] == found[1]
    assert {(chunk, in_main) for chunk, in_main, _ in spoke} == {(1000, True), (6, True), (6, False)}
    assert not [connection for _, in_main, connection in spoke if not in_main and connection]
