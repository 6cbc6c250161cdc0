"""The worker of live scores, as it runs: several at once, killed in between, without its database for a while."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import DataError, IntegrityError, connection, connections
from django.utils import timezone

from cast import Cast
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.scores import live, worker
from congtam.scores.models import Live, Mark, Progress, WakeUp
from congtam.scores.queries import benchmarks, freshness, live_of, place_of
from congtam.scores.units import live as units
from making import Works, adopt_rules, differences

pytestmark = pytest.mark.django_db(transaction=True)
RUN = "import django; django.setup(); import threading; from congtam.scores.worker import run; run(threading.Event())"


def eventually(holds: object, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < until, "it did not come to be in time"
        time.sleep(0.1)


@pytest.fixture
def works(cast: Cast) -> Works:
    adopt_rules()
    works = Works(cast)
    now = timezone.now()
    start = Period.of(PeriodKind.MONTH, local_day(now)).start
    for number, person in enumerate(list(cast.people) * 3):
        works.task(f"viec-{number}", person, start + (now - start) * 0.2, start + (now - start) * (0.3 + number / 100))
    return works


def test_the_worker_scores_what_is_told_and_stops_when_asked(works: Works) -> None:
    stop = threading.Event()
    running = threading.Thread(target=lambda: (worker.run(stop), connections.close_all()))
    running.start()
    try:
        eventually(lambda: freshness().as_of is not None)
        person = works.cast.people["an"]
        before = live_of(person, _label())[0].n_items
        now = timezone.now()
        works.task("moi", "an", now - (now - _month().start) * 0.01, now - (now - _month().start) * 0.005)
        eventually(lambda: live_of(person, _label())[0].n_items > before)
    finally:
        stop.set()
        running.join(timeout=30)
    assert not running.is_alive()


def test_a_lost_connection_is_taken_up_again(works: Works) -> None:
    stop = threading.Event()
    running = threading.Thread(target=lambda: (worker.run(stop), connections.close_all()))
    running.start()
    try:
        eventually(lambda: freshness().as_of is not None)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        live.mark([works.cast.people["an"].pk])
        eventually(lambda: not Mark.objects.exists())
    finally:
        stop.set()
        running.join(timeout=30)


def test_workers_killed_anywhere_leave_nothing_undone(works: Works) -> None:
    for round_ in range(3):
        live.mark_all()
        workers = [subprocess.Popen([sys.executable, "-c", RUN], env=_environment()) for _ in range(2)]
        eventually(_somebody_works)
        time.sleep(0.3 * round_)
        for one in workers:
            one.send_signal(signal.SIGKILL)
            one.wait()
    for _ in range(50):
        if not live.refresh(timezone.now()) and not units.refresh(timezone.now()):
            break
    progress = Progress.objects.get()
    assert differences(progress.complete_at) == []
    assert not Mark.objects.exists()


def test_an_official_who_cannot_be_scored_does_not_hold_up_the_others(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = str(works.cast.people["an"].pk)
    score = live.score_people

    def refuse(cards, persons, *rest, **more):
        if broken in map(str, persons):
            raise ValueError("no such rule")
        return score(cards, persons, *rest, **more)

    monkeypatch.setattr(live, "score_people", refuse)
    live.refresh(timezone.now())
    monkeypatch.undo()
    assert set(Live.objects.values_list("person", flat=True)) == {
        person.pk for person in works.cast.people.values() if str(person.pk) != broken
    }


def test_what_is_marked_while_an_official_cannot_be_scored_is_tried_again(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the database refuses what was to be written: it is not away."""
    person = works.cast.people["an"].pk
    live.refresh(timezone.now())
    Mark.objects.all().delete()
    live.mark([person])

    def refuse(*args, **more):
        meanwhile = threading.Thread(target=lambda: (live.mark([person]), connections.close_all()))
        meanwhile.start()
        meanwhile.join()
        raise DataError("value out of range")

    monkeypatch.setattr(live, "score_people", refuse)
    live.refresh(timezone.now())
    monkeypatch.undo()
    assert Mark.objects.filter(person=person).count() == 1
    assert live.refresh(timezone.now()) == 1
    assert not Mark.objects.exists()


def test_an_error_that_is_not_the_database_is_not_called_that(
    works: Works, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()

    def broken(_stop: threading.Event) -> int:
        stop.set()
        raise IntegrityError("bad row of somebody")

    monkeypatch.setattr(worker, "_until_done", broken)
    worker.run(stop)
    told = [one.msg for one in caplog.records if isinstance(one.msg, dict)]
    assert [one["event"] for one in told] == ["scoring_broke_off"]
    assert told[0]["exception"].endswith("IntegrityError") and "somebody" not in str(told)


def test_places_are_bands_and_benchmarks_need_a_group(works: Works) -> None:
    from congtam.scores.full import nightly

    now = timezone.now()
    nightly(now)
    row = live_of(works.cast.people["an"], _label())[0]
    place = place_of(row)
    assert place.n < 5 and place.band is None
    assert benchmarks([works.cast.units["phong-mot"].pk], _label()) == []
    assert WakeUp.objects.filter(person=None).count() == 1


def _somebody_works() -> bool:
    """Whether another session is in the middle of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start IS NOT NULL)"
        )
        return bool(cursor.fetchone()[0])


def _month() -> Period:
    return Period.of(PeriodKind.MONTH, local_day(timezone.now()))


def _label() -> str:
    return _month().label


def _environment() -> dict[str, str]:
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    return {**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)}
