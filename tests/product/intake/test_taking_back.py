"""Batches withdrawn: whatever came and went, the events that stand are those of the version that stands."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import permutations, product
from typing import Any

import pytest
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


def standing() -> dict[str, list[tuple[str, int]]]:
    """The events of each item that were not taken back, in order."""
    keys = dict(Item.objects.values_list("pk", "key"))
    rows = events_of(list(keys))
    gone = {int(row.value or 0) for row in rows if row.activity == "withdrawn"}
    found: dict[str, list[tuple[str, int]]] = {key: [] for key in keys.values()}
    for row in sorted(rows, key=lambda one: (one.at, one.seq)):
        if row.activity != "withdrawn" and row.seq not in gone:
            found[keys[int(row.item)]].append((row.activity, (row.at - AT) // timedelta(hours=1)))
    return found


def runs() -> Iterator[list[tuple[str, int]]]:
    """Every order in which three versions come and their batches are withdrawn; then one comes again."""
    for come, go in product(permutations(SAID), permutations(SAID)):
        for cut in (0, 2):  # how many were withdrawn before the last came
            steps = [("accept", version) for version in come[:2]]
            steps += [("withdraw", version) for version in go[:cut]]
            steps += [("accept", come[2]), *(("withdraw", version) for version in go), ("accept", come[0])]
            yield steps


def lives(steps: list[tuple[str, int]]) -> Iterator[tuple[int, int, int | None]]:
    """Each version that comes, the step at which it does, and the one at which its batch is withdrawn."""
    here: dict[int, int] = {}
    for at, (what, version) in enumerate(steps):
        if what == "accept":
            here[version] = at
        elif version in here:
            yield version, here.pop(version), at
    yield from ((version, began, None) for version, began in here.items())


@pytest.mark.parametrize("counted", [True, False])
def test_events_that_stand_are_those_of_the_version_that_stands(source: Source, counted: bool) -> None:
    """Each run has a key of its own; whatever comes and goes at the same steps shares a batch."""
    every = {f"run{number}": steps for number, steps in enumerate(runs())}
    sharing: dict[tuple[int, int | None], list[Told]] = {}
    for key, steps in every.items():
        for version, comes, goes in lives(steps):
            sharing.setdefault((comes, goes), []).append(told(version, counted, key))
    came: dict[tuple[int, int | None], Batch] = {}
    for at in range(max(map(len, every.values()))):
        for (comes, goes), records in sharing.items():
            if comes == at:
                came[comes, goes] = Batch.objects.get(pk=accept(SYSTEM, source, records).batch)
            elif goes == at:
                withdraw_batch(SYSTEM, came.pop((comes, goes)), "sai")
        bodies = dict(Record.objects.filter(standing=True).values_list("key", "payload__body__events"))
        for key, events in standing().items():
            assert [one[0] for one in events] == [one["activity"] for one in bodies.get(key, [])], (at, every[key])
            assert events in ([], *SAID.values()), (at, every[key])
    assert standing() == {key: SAID[steps[-1][1]] for key, steps in every.items()}


def test_a_batch_that_is_still_read_is_not_withdrawn(source: Source) -> None:
    batch = Batch.objects.create(source=source, kind="upload")
    with pytest.raises(Refused, match="still being read"):
        withdraw_batch(SYSTEM, batch, "sai")
    accept(SYSTEM, source, [told(1)], batch=batch)
    withdraw_batch(SYSTEM, batch, "sai")
    assert standing() == {"a": []}


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
