""" "My month" under load: requests a second, p50/p95/p99 at 16 connections, queries and bytes per page (budget row 8).

A province's month (`province.py`), a sample of its officials signed in, the site's own web server with one worker per
core, and a lean client in a process of its own (`asking.py`) that asks for a random official's page again and again.
Beside it, in the same run, a plain Django page (`plain_page.py`) started and asked in the same way, so that figures can
be read as ratios; `/healthz`; and the processor milliseconds of each request by web, database and client, which stay
nearly the same on a busy machine.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import province
from weighing import weigh

CONNECTIONS = 16
WARM = 4 * CONNECTIONS  # answers in a second, from when on it counts
BACKEND = "congtam.web.backends.SignIn"


def main() -> None:
    """Build, serve, ask, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--officials", type=int, default=20_000)
    asked.add_argument("--shares", type=int, default=130)
    asked.add_argument("--sample", type=int, default=500)
    asked.add_argument("--seconds", type=int, default=20)
    asked.add_argument("--months", type=int, default=1)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="congtam-bench-", ignore_cleanup_errors=True) as folder:
        province.connect(Path(folder))
        with province.timed("built"):
            province.build(told.officials, told.shares, datetime.now(UTC))
            if told.months > 1:
                province.earlier(told.months - 1)
        with province.timed("scored the sample"):
            cookies = _signed_in(told.sample)
        page, short = _one_page(), max(5, told.seconds // 2)
        with _served(Path(folder)) as site:
            pages = _load(*site, "/thang-cua-toi/", cookies, told.seconds)
            health = _load(*site, "/healthz", cookies, short)
        with _served(Path(folder), "plain_page:application") as site:
            plain = _load(*site, "/", cookies, short)
    print(
        json.dumps(
            {
                "officials": told.officials,
                "shares": told.officials * told.shares * told.months,
                "month": pages,
                "plain": plain,
                "health": health,
                **page,
                "of_plain": round(pages["per_second"] / plain["per_second"], 3),
            },
            indent=2,
        )
    )


def _signed_in(sample: int) -> list[str]:
    """Session cookies of so many officials, whose live points are made."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone
    from live_scores import begin

    from congtam.access.models import Account
    from congtam.people.models import Person
    from congtam.scores import forecasts, live, losses

    call_command("collectstatic", verbosity=0, interactive=False)
    begin()
    people = list(Person.objects.order_by("?")[:sample])
    live.mark([one.pk for one in people])
    while live.refresh(timezone.now(), 500):
        pass
    while forecasts.fill(timezone.now(), 50) + losses.fill(timezone.now(), 50):
        pass
    cookies = []
    for person in people:
        account = Account.objects.create(username=person.code, person=person, password="!")
        store = SessionStore()
        store[SESSION_KEY] = str(account.pk)
        store[BACKEND_SESSION_KEY] = BACKEND
        store[HASH_SESSION_KEY] = account.get_session_auth_hash()
        store.save()
        cookies.append(f"sessionid={store.session_key}")
    return cookies


def _one_page() -> dict[str, Any]:
    """Queries of one page, its bytes, and what it weighs as it is sent: at the first visit and after, with the seconds
    until it can be read at 400 kbit/s and 400 ms."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from congtam.access.models import Account

    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.filter(person__isnull=False).first(), backend=BACKEND)
    first = client.get("/thang-cua-toi/")
    assert first.status_code == 200, first.headers
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/thang-cua-toi/")
    assert page.status_code == 200, page.status_code
    queries = len(seen)
    weight = weigh(client, "/thang-cua-toi/")
    return {
        "queries": queries,
        "bytes": len(page.content),
        "bytes_first": weight.first,
        "bytes_after": weight.page,
        "seconds_to_read_first": round(weight.seconds, 2),
        "seconds_to_read_after": round(weight.seconds_after, 2),
    }


@contextmanager
def _served(folder: Path, application: str = "") -> Iterator[tuple[int, int]]:
    """The web processes as the site itself starts them (with another application when one is named): the number of the
    first of them, and the port."""
    from congtam.serving.site import Where, web_command

    port, figures = _free_port(), folder / "metrics"
    figures.mkdir(exist_ok=True)
    where = Where(host="127.0.0.1", port=port, workers=os.cpu_count() or 1, scorers=1, folder=folder)
    *words, ours = web_command(where)
    told = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(figures)}
    if application:
        told["PYTHONPATH"] = str(Path(__file__).parent)
    served = [*words, application or ours]
    web = subprocess.Popen(served, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield web.pid, port
    finally:
        web.terminate()
        web.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the web server did not start")


def _load(web: int, port: int, path: str, cookies: list[str], seconds: int) -> dict[str, float]:
    """Ask for a page over 16 connections for so long: requests a second, quantiles of the answer time in ms, and the
    processor milliseconds each request took."""
    asked = {"port": port, "path": path, "cookies": cookies, "connections": CONNECTIONS}
    while len(_ask(asked | {"seconds": 1})["took"]) < WARM:  # the first answers read the rules
        pass
    database = _database()
    before = _processor(web), _processor(database)
    told = _ask(asked | {"seconds": seconds})
    after = _processor(web), _processor(database)
    took, n = told["took"], len(told["took"])
    cut = quantiles(took, n=100)
    found = {
        "per_second": round(n / seconds, 1),
        "p50": round(cut[49], 1),
        "p95": round(cut[94], 1),
        "p99": round(cut[98], 1),
        "web_ms": round((after[0] - before[0]) / n * 1000, 2),
        "database_ms": round((after[1] - before[1]) / n * 1000, 2),
        "client_ms": round(told["processor"] / n * 1000, 2),
    }
    print(f"{path}: {found}", file=sys.stderr)
    return found


def _ask(asked: dict[str, Any]) -> dict[str, Any]:
    words = [sys.executable, str(Path(__file__).with_name("asking.py"))]
    done = subprocess.run(words, input=json.dumps(asked), stdout=subprocess.PIPE, check=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    if told["wrong"]:
        raise SystemExit(f"{asked['path']}: {len(told['wrong'])} answers were not 200, such as {told['wrong'][0]}")
    return told


def _database() -> int:
    """The first process of the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(_stat(cursor.fetchone()[0])[1])


def _processor(root: int) -> float:
    """Processor seconds of a process and of all below it, so far."""
    below, wanted = {}, {root}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = _stat(int(folder.name))
        except OSError:  # it has ended
            continue
        below[int(folder.name)] = int(told[1]), sum(map(int, told[11:15]))
    for _ in below:
        more = {pid for pid, (parent, _) in below.items() if parent in wanted} - wanted
        if not more:
            break
        wanted |= more
    return sum(below[pid][1] for pid in wanted if pid in below) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """What the kernel tells of a process from its state on: at 1 its parent, at 11 to 14 its ticks."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


if __name__ == "__main__":
    main()
