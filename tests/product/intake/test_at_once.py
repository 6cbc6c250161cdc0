"""Several push, and one folds, at the same time: nothing is lost and nothing doubled."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from congtam.history.actor import SYSTEM
from congtam.intake.actions import accept
from congtam.intake.models import Record
from congtam.intake.telling import Happening, Told
from congtam.people.models import Person
from congtam.sources.actions import add_source
from congtam.sources.models import Source
from congtam.work.folding import fold_waiting
from congtam.work.models import Event, Share, Standing, ToFold

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
KEYS, VERSIONS = 30, 3


def told(key: int, version: int) -> Told:
    events = (Happening(AT, "registered"), Happening(AT, "assigned", official="binh" if version % 2 else "an"))
    return Told(f"k{key}", version, events=events)


def test_pushes_and_folds_at_once_end_as_one_after_the_other(db: None) -> None:
    for code in ("an", "binh"):
        Person.objects.create(code=code)
    source = add_source(SYSTEM, "so", "Sổ", first=date(2026, 1, 1))
    problems: list[BaseException] = []

    def alone(work: Callable[[], None]) -> Thread:
        def run() -> None:
            try:
                work()
            except BaseException as problem:
                problems.append(problem)
            finally:
                connection.close()

        return Thread(target=run)

    threads = [alone(lambda seed=seed: push(source, seed)) for seed in range(3)]  # type: ignore[misc]
    threads.append(alone(fold))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not problems
    while fold_waiting(100, timezone.now()).items:
        pass
    assert Record.objects.count() == KEYS * VERSIONS
    assert Record.objects.filter(standing=True, version=VERSIONS).count() == KEYS
    assert Standing.objects.count() == Share.objects.filter(official__code="binh").count() == KEYS
    taken_back = Event.objects.filter(activity="withdrawn").count()
    assert Event.objects.count() - 2 * taken_back == 2 * KEYS
    assert not ToFold.objects.exists()


def push(source: Source, seed: int) -> None:
    records = [told(key, version) for key in range(KEYS) for version in range(1, VERSIONS + 1)]
    Random(seed).shuffle(records)
    for at in range(0, len(records), 10):
        accept(SYSTEM, source, records[at : at + 10])


def fold() -> None:
    for _ in range(30):
        fold_waiting(7, timezone.now())
