""" "My month" under load: requests a second, p50/p95/p99 at 16 connections, queries and bytes per page (budget row 8).

A province's month (`province.py`), a sample of its officials signed in, the site's own web server with one worker per
core, and a client that asks for a random official's page again and again. Beside it, in the same run, a plain page of
the same server (`/healthz`), so that the figures can be read as ratios.
"""

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles

import province

CONNECTIONS = 16
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def main() -> None:
    """Build, serve, ask, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--officials", type=int, default=20_000)
    asked.add_argument("--shares", type=int, default=130)
    asked.add_argument("--sample", type=int, default=500)
    asked.add_argument("--seconds", type=int, default=20)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="congtam-bench-", ignore_cleanup_errors=True) as folder:
        province.connect(Path(folder))
        with province.timed("built"):
            province.build(told.officials, told.shares, datetime.now(UTC))
        with province.timed("scored the sample"):
            cookies = _signed_in(told.sample)
        queries, size = _one_page()
        port = _free_port()
        web = _serve(port)
        try:
            _wait(port)
            pages = _load(port, "/thang-cua-toi/", cookies, told.seconds)
            plain = _load(port, "/healthz", cookies, max(3, told.seconds // 4))
        finally:
            web.terminate()
            web.wait(timeout=20)
    print(
        json.dumps(
            {
                "officials": told.officials,
                "shares": told.officials * told.shares,
                "month": pages,
                "plain": plain,
                "queries": queries,
                "bytes": size,
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


def _one_page() -> tuple[int, int]:
    """Queries of one page, and its bytes as sent (compressed by nobody)."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from congtam.access.models import Account

    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.first(), backend=BACKEND)
    first = client.get("/thang-cua-toi/")
    assert first.status_code == 200, first.headers
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/thang-cua-toi/")
    assert page.status_code == 200, page.status_code
    return len(seen), len(page.content)


def _serve(port: int) -> "subprocess.Popen[bytes]":
    words = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--no-ws",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    words += ["--workers", str(os.cpu_count() or 1), "--log-level", "error", "congtam.web.wsgi:application"]
    return subprocess.Popen(words, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


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


def _load(port: int, path: str, cookies: list[str], seconds: int) -> dict[str, float]:
    """Ask for a page over 16 connections for so long: requests a second and quantiles of the answer time in ms."""
    until, took, wrong = time.monotonic() + seconds, [], []
    gate = threading.Lock()

    def ask(seed: int) -> None:
        draw, own = random.Random(seed), []
        wire = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until:
            begun = time.perf_counter()
            wire.request("GET", path, headers={"Cookie": draw.choice(cookies)})
            answer = wire.getresponse()
            answer.read()
            own.append((time.perf_counter() - begun) * 1000)
            if answer.status != 200:
                wrong.append(answer.status)
        with gate:
            took.extend(own)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(CONNECTIONS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if wrong:
        raise SystemExit(f"{path}: {len(wrong)} answers were not 200, such as {wrong[0]}")
    cut = quantiles(took, n=100)
    return {
        "per_second": round(len(took) / seconds, 1),
        "p50": round(cut[49], 1),
        "p95": round(cut[94], 1),
        "p99": round(cut[98], 1),
    }


if __name__ == "__main__":
    main()
