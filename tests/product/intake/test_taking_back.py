"""Batches withdrawn: whatever came and went, the events that stand are those of the version that stands."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import permutations, product
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.intake.actions import accept, withdraw_batch
from congtam.intake.models import Batch, Record
from congtam.intake.telling import Happening, Told
from congtam.sources.actions import add_source
from congtam.sources.models import Source
from congtam.work.events import events_of
from congtam.work.models import Item

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
SAID = {  # mostly the same, so that events stay under the number of the version that said them first
    1: [("registered", 0), ("assigned", 0), ("finished", 5)],
    2: [("registered", 0), ("assigned", 0), ("finished", 6)],
    3: [("registered", 0), ("assigned", 0), ("finished", 5), ("returned", 7)],
}


@pytest.fixture
def source(cast: Cast) -> Source:
    return add_source(SYSTEM, "voffice", "Văn phòng điện tử", first=date(2025, 3, 1))


def told(version: int, counted: bool = True, key: str = "a") -> Told:
    events = tuple(
        Happening(AT + timedelta(hours=hours), activity, official="an" if activity == "assigned" else None)
        for activity, hours in SAID[version]
    )
    return Told(key, version if counted else None, events=events)


def standing() -> list[tuple[str, int]]:
    rows = events_of(list(Item.objects.filter(key="a").values_list("pk", flat=True)))
    gone = {int(row.value or 0) for row in rows if row.activity == "withdrawn"}
    left = [row for row in rows if row.activity != "withdrawn" and row.seq not in gone]
    return [
        (row.activity, (row.at - AT) // timedelta(hours=1)) for row in sorted(left, key=lambda one: (one.at, one.seq))
    ]


def runs() -> Iterator[list[tuple[str, int]]]:
    """Every order in which three versions come and their batches are withdrawn; then one comes again."""
    for come, go in product(permutations(SAID), permutations(SAID)):
        for cut in (0, 2):  # how many were withdrawn before the last came
            steps = [("accept", version) for version in come[:2]]
            steps += [("withdraw", version) for version in go[:cut]]
            steps += [("accept", come[2]), *(("withdraw", version) for version in go), ("accept", come[0])]
            yield steps


@pytest.mark.parametrize("counted", [True, False])
def test_events_that_stand_are_those_of_the_version_that_stands(source: Source, counted: bool) -> None:
    for steps in runs():
        with transaction.atomic():
            came: dict[int, Batch] = {}
            for what, version in steps:
                if what == "accept":
                    came[version] = Batch.objects.get(pk=accept(SYSTEM, source, [told(version, counted)]).batch)
                elif version in came:
                    withdraw_batch(SYSTEM, came.pop(version), "sai")
                record = Record.objects.filter(standing=True).select_related("payload").first()
                said = record.payload.body["events"] if record else []
                assert [one[0] for one in standing()] == [one["activity"] for one in said], steps
                assert standing() in ([], *SAID.values()), steps
            assert standing() == SAID[steps[-1][1]]
            transaction.set_rollback(True)


def test_a_batch_that_is_still_read_is_not_withdrawn(source: Source) -> None:
    batch = Batch.objects.create(source=source, kind="upload")
    with pytest.raises(Refused, match="still being read"):
        withdraw_batch(SYSTEM, batch, "sai")
    accept(SYSTEM, source, [told(1)], batch=batch)
    withdraw_batch(SYSTEM, batch, "sai")
    assert standing() == []


def test_a_reading_stops_when_its_batch_was_withdrawn(source: Source, monkeypatch: Any) -> None:
    """As when its worker was given up for dead, another one read it to its end, and then it was withdrawn."""
    monkeypatch.setattr("congtam.intake.actions.CHUNK", 2)
    batch = Batch.objects.create(source=source, kind="upload")

    def given_up() -> None:
        if not batch.withdrawals.exists():
            Batch.objects.filter(pk=batch.pk).update(ended_at=timezone.now())
            withdraw_batch(SYSTEM, batch, "sai")

    rows = [told(1, key=f"k{number}") for number in range(6)]
    assert accept(SYSTEM, source, rows, batch=batch, after=given_up).accepted == 2
    assert not Record.objects.filter(standing=True).exists()
