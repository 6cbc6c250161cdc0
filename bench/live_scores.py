"""Record accepted → live score, under a steady stream of records, with the worker in a process of its own
(two of them at full size, as `congtam serve --scorers 2` starts them).

    python bench/live_scores.py           20,000 officials, 2 million shares, 200 records a second for a minute
    python bench/live_scores.py --small   1,000 officials, 60,000 shares, 50 records a second for 20 seconds

A record finishes an open item through intake as a push does. Its score is there when neither the item waits to be
folded nor its official to be scored: both marks go in the transactions that write what comes of them. That is looked
for every 50 ms. Budget: p95 ≤ 2 s.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from province import build, connect, timed

WORKER = (
    "import django; django.setup(); import threading; from congtam.scores.worker import run; run(threading.Event())"
)
TICK = 0.1  # seconds between two pushes


@dataclass
class Stream:
    """Records on their way: when each was accepted, and how long its score took."""

    waiting: dict[int, tuple[int, float]] = field(default_factory=dict)  # item: its official, since when
    took: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: bool = False


def push(stream: Stream, a_second: int, seconds: int) -> int:
    """Push records at a steady pace; how many were accepted."""
    from django.db import connection

    from congtam.history.actor import SYSTEM
    from congtam.intake.actions import accept
    from congtam.intake.telling import Happening, Told
    from congtam.sources.models import Source

    source = Source.objects.get(code="bench")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item.key, person.code, item.id, person.id FROM work_share share "
            "JOIN work_item item ON item.id = share.item_id "
            "JOIN people_person person ON person.id = share.official_id WHERE share.finished_at IS NULL "
            "ORDER BY hashint8(item.id) LIMIT %s",
            [a_second * seconds],
        )
        open_items = cursor.fetchall()
    step, accepted, begun = max(1, int(a_second * TICK)), 0, time.monotonic()
    for number in range(0, len(open_items), step):
        time.sleep(max(0.0, begun + number / a_second - time.monotonic()))
        now, chosen = datetime.now(UTC), open_items[number : number + step]
        told = [
            Told(f"xong-{key}", 1, item=key, events=(Happening(now, "finished", official=code),))
            for key, code, *_ in chosen
        ]
        outcome = accept(SYSTEM, source, told)
        done = time.monotonic()
        accepted += sum(answer.result == "accepted" for answer in outcome.answers)
        with stream.lock:
            stream.waiting.update({item: (person, done) for *_, item, person in chosen})
    print(f"pushed in {time.monotonic() - begun:.1f} s", file=sys.stderr)
    return accepted


def watch(stream: Stream) -> None:
    """Look for the scores of records that were accepted."""
    from django.db import connection

    while not (stream.over and not stream.waiting):
        with stream.lock:
            asked = dict(stream.waiting)
        if asked:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT item FROM unnest(%s::bigint[], %s::bigint[]) asked (item, person) "
                    "WHERE NOT EXISTS (SELECT FROM work_tofold WHERE item_id = item) "
                    "AND NOT EXISTS (SELECT FROM scores_mark WHERE person_id = person)",
                    [list(asked), [person for person, _ in asked.values()]],
                )
                found, now = {item for (item,) in cursor.fetchall()}, time.monotonic()
            with stream.lock:
                for item in found:
                    stream.took.append(now - stream.waiting.pop(item)[1])
        time.sleep(0.05)
    connection.close()


def begin() -> None:
    """Take the work as the fold left it: nothing of it is news."""
    from django.utils import timezone

    from congtam.scores.cards import live_cards, rules_digest
    from congtam.scores.known import cut
    from congtam.scores.models import Progress
    from congtam.scores.rows import clocks_digest

    told, now = cut(), timezone.now()
    rules, clocks = rules_digest(live_cards(now, told.rules)), clocks_digest(now, told.rules)
    Progress.objects.create(id=1, rules=rules, clocks=clocks, seq=told.seq)


def score_everyone() -> None:
    """Live scores of everybody."""
    from django.utils import timezone

    from congtam.people.models import Person
    from congtam.scores import live
    from congtam.scores.models import Mark

    begin()
    live.mark(Person.objects.values_list("pk", flat=True))
    while Mark.objects.exists():
        live.refresh(timezone.now())


def live_scores(*, small: bool = False) -> dict[str, float]:
    """How long scores took to follow their records, in seconds."""
    officials, shares, a_second, seconds = (1_000, 60, 50, 20) if small else (20_000, 100, 200, 60)
    scorers = 1 if small else 2
    with tempfile.TemporaryDirectory(prefix="congtam-live-") as folder:
        connect(Path(folder))
        with timed(f"{officials:,} officials, {officials * shares:,} shares written"):
            build(officials, shares, datetime.now(UTC))
        with timed("everyone scored once") as first:
            score_everyone()
        workers = [subprocess.Popen([sys.executable, "-c", WORKER]) for _ in range(scorers)]
        try:
            time.sleep(5)
            stream = Stream()
            watcher = threading.Thread(target=watch, args=(stream,))
            watcher.start()
            accepted = push(stream, a_second, seconds)
            stream.over = True
            watcher.join(timeout=120)
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait()
    cuts = quantiles(stream.took, n=100)
    return {
        "officials": officials,
        "records_a_second": a_second,
        "scorers": scorers,
        "accepted": accepted,
        "scored": len(stream.took),
        "never_seen": len(stream.waiting),
        "p50": cuts[49],
        "p95": cuts[94],
        "p99": cuts[98],
        "everyone_once": first["seconds"],
    }


if __name__ == "__main__":
    print(json.dumps(live_scores(small="--small" in sys.argv), indent=2))
