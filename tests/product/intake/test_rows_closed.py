"""Rows set aside that are closed: the phone of an applicant goes, whatever closed them; what a file says stays."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.intake import reading, uploads
from congtam.intake.actions import accept, drop, withdraw_batch
from congtam.intake.mending import replay
from congtam.intake.models import Batch, SetAside
from congtam.intake.telling import Happening, Told, Unread
from congtam.sources.actions import add_source
from congtam.sources.models import Source

pytestmark = pytest.mark.django_db

PHONE = "0905123456"


@pytest.fixture
def source(cast: Cast) -> Source:
    return add_source(SYSTEM, "motcua", "Một cửa", first=date(2025, 3, 1))


def refused(source: Source) -> list[SetAside]:
    """A pushed record of a person nobody knows, and something that is no record; both name the applicant's phone."""
    at = datetime(2026, 3, 2, 1, tzinfo=UTC)
    said = (Happening(at, "registered"), Happening(at, "assigned", official="ai"))
    none = Unread("push#2", "not-a-record", "", "", {"phone": PHONE, "events": 7})
    accept(SYSTEM, source, [Told("H1", events=said, phone=PHONE, place="push#1"), none])
    rows = list(SetAside.objects.order_by("pk"))
    assert [row.cells["phone"] for row in rows] == [PHONE, PHONE]
    return rows


def phones() -> list[SetAside]:
    return list(SetAside.objects.filter(cells__icontains=PHONE))


def test_dropped_rows_lose_the_phone_and_keep_the_rest(source: Source) -> None:
    rows = refused(source)
    drop(SYSTEM, [row.pk for row in rows], "thử")
    assert phones() == []
    assert SetAside.objects.get(pk=rows[0].pk).cells["key"] == "H1"


def test_mended_rows_lose_the_phone(source: Source) -> None:
    row = refused(source)[0]
    cells = row.cells | {"events": [row.cells["events"][0]]}
    [outcome] = replay(SYSTEM, [row.pk], {row.pk: cells})
    assert outcome.accepted == 1
    assert [one.place for one in phones()] == ["push#2"]  # still open, to be mended


def test_rows_of_a_withdrawn_batch_lose_the_phone(source: Source) -> None:
    refused(source)
    withdraw_batch(SYSTEM, Batch.objects.get(), "nhầm")
    assert phones() == []
    assert set(SetAside.objects.values_list("state", flat=True)) == {"dropped"}


def test_rows_of_a_file_keep_what_the_file_says(source: Source, tmp_path: Path, settings: Any) -> None:
    settings.SITE = tmp_path
    data = f"k,at,phone\nH1,ngày mai,{PHONE}\n".encode()
    upload = uploads.begin(SYSTEM, source, "so.csv", len(data))
    uploads.append_piece(upload, 0, data)
    mapping = "source: {format: csv}\nitem: event\nkey: k\nreceived: at\ncalled: {phone: phone}\n"
    reading.read_upload(SYSTEM, uploads.keep_mapping(SYSTEM, upload, mapping))
    drop(SYSTEM, SetAside.objects.values_list("pk", flat=True), "thử")
    assert len(phones()) == 1
