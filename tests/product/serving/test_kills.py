"""Web, worker and database killed at random while records are pushed: every accepted record is there once, live scores
are what a full run says, the audit verifies.

CONGTAM_KILLS is how many records are pushed (20,000 for the whole test).
"""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request

import pytest
from running import OPEN, Site, until

from congtam.serving.packaged import Packaged

RECORDS = int(os.environ.get("CONGTAM_KILLS", "1500"))
BATCH = max(50, RECORDS // 50)
KILLS_EVERY = (1.0, 4.0)  # seconds
LEAST_KILLS = 5
VICTIMS = ("web", "live", "database", "jobs")
SCENE = Path(__file__).with_name("kill_scene.py")


def test_nothing_is_lost_or_doubled_while_everything_is_killed(started_before: Path):
    site = Site(started_before, "--workers", "2").wait()
    try:
        scene = ask(site, "fill")
        over, kills = threading.Event(), []
        killer = threading.Thread(target=kill_at_random, args=(site, over, kills))
        killer.start()
        try:
            repeated = push_everything(site, scene["token"], scene["codes"])
            while len(kills) < LEAST_KILLS:  # said again it changes nothing, whoever dies meanwhile
                repeated += push_everything(site, scene["token"], scene["codes"])
        finally:
            over.set()
            killer.join()
        until(lambda: settled(site), 600)
        found = ask(site, "count")
    finally:
        code = site.stop()
    print(f"{RECORDS} records, {len(kills)} kills ({', '.join(kills)}), {repeated} pushes repeated: {found}")  # noqa: T201
    assert code == 0, site.said[-2000:]
    updated = len(range(0, RECORDS, 10))
    assert found["records"] == found["items"] == RECORDS
    assert found["versions"] == RECORDS + updated
    assert found["events"] == 4 * RECORDS + updated
    assert found["set_aside"] == found["waiting"] == 0
    assert found["compared"] > 0
    assert found["differing"] == 0
    assert found["intact"] is True


def kill_at_random(site: Site, over: threading.Event, kills: list[str]) -> None:
    rng = Random(7)
    while not over.wait(rng.uniform(*KILLS_EVERY)):
        victim = rng.choice(VICTIMS)
        if (pid := site.children().get(victim)) is not None:
            with suppress(ProcessLookupError):  # it had died and was not started again yet
                os.kill(pid, signal.SIGKILL)
                kills.append(victim)


def push_everything(site: Site, token: str, codes: list[str]) -> int:
    """Push batch after batch, each until it is answered, then every tenth record again at a higher version; how many
    pushes had to be repeated."""
    repeated = 0
    for start in range(0, RECORDS, BATCH):
        told = [record(number, 1, codes) for number in range(start, min(start + BATCH, RECORDS))]
        repeated += push(site, token, told)
    changed = [record(number, 2, codes) for number in range(0, RECORDS, 10)]
    for start in range(0, len(changed), BATCH):
        repeated += push(site, token, changed[start : start + BATCH])
    return repeated


def record(number: int, version: int, codes: list[str]) -> dict[str, Any]:
    """A task received, assigned, due and finished; from version 2 on it is accepted as well."""
    official, unit = codes[number % len(codes)], "phong-mot"
    at = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=3 + number % 15)
    happened = [
        (0, "registered", {"attributes": {"kind": "task", "unit": unit, "coefficient": "1"}}),
        (1, "assigned", {"official": official, "attributes": {"role": "lead"}}),
        (2, "due", {"value": (at + timedelta(days=2)).isoformat().replace("+00:00", "Z")}),
        (60, "finished", {"official": official}),
        *([(90, "accepted", {"official": official, "counterpart": "truong-mot"})] if version > 1 else []),
    ]
    events = [
        {"at": (at + timedelta(minutes=minutes)).isoformat(), "activity": activity, "unit": unit, **more}
        for minutes, activity, more in happened
    ]
    return {"key": f"viec-{number}", "version": version, "title": f"Việc {number}", "events": events}


def push(site: Site, token: str, records: list[dict[str, Any]]) -> int:
    """Push until it is answered; how often it had to be repeated."""
    body = json.dumps({"records": records}).encode()
    told = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    tries = 0

    def answered() -> bool:
        nonlocal tries
        tries += 1
        try:
            with OPEN(Request(f"http://127.0.0.1:{site.port}/api/v1/records", body, told), timeout=30) as answer:
                outcome = json.load(answer)
        except HTTPError as error:
            if error.code < 500:
                pytest.fail(f"{error.code}: {error.read()[:500]!r}")
            return False
        except (URLError, HTTPException, OSError, ValueError):
            return False
        assert outcome["set_aside"] == 0, outcome["answers"][:3]
        return True

    until(answered, 300)
    return tries - 1


def settled(site: Site) -> bool:
    """Whether everything runs and nothing waits."""
    checks = site.health().get("checks", {})
    return str(checks.get("waiting", {}).get("found", "")).startswith("0 items, 0 officials")


def ask(site: Site, what: str) -> dict[str, Any]:
    """What the scene says; it runs in a process of its own with the site's database."""
    url = Packaged(site.folder / "postgres").url
    environment = {**site.environment, "DATABASE_URL": url, "CONGTAM_LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        [sys.executable, str(SCENE), what], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
