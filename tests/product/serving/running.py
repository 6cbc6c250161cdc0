"""A site in processes of its own, as `congtam serve` runs it, for tests that start, ask, kill and stop it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from congtam.serving.packaged import Packaged

OPEN = build_opener(ProxyHandler({})).open
ONE = ("--workers", "1")  # of the web: each takes seconds to start
PATIENCE = 90.0  # seconds a site may take to answer on a busy machine


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What `holds` returns once it is true. Fails when that takes too long."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := holds():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s")


class Site:
    """One `congtam serve`, with everything it says in `said`."""

    def __init__(self, folder: Path, *options: str, port: int | None = None, **environment: str):
        self.folder, self.port = folder, port or free_port()
        self.log = folder.parent / f"{folder.name}-{self.port}.log"
        self.environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment |= {"CONGTAM_SITE": str(folder), **environment}
        command = [sys.executable, "-m", "congtam.cli", "serve", "--port", str(self.port), *options]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait(self) -> "Site":
        """Until it says that it is open."""
        until(lambda: "đang chạy tại" in self.said or self.process.poll() is not None)
        assert self.process.poll() is None, self.said
        return self

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of an answer; 0 when there is none."""
        try:
            with OPEN(Request(f"http://127.0.0.1:{self.port}{path}", headers=headers), timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except (URLError, OSError):
            return 0, ""

    def health(self) -> dict[str, Any]:
        status, text = self.get("/healthz")
        return json.loads(text) if status else {"well": False}

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ask it to stop; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)

    def children(self) -> dict[str, int]:
        """The processes it started, by what they do; and the database's first one."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(path.read_text().rsplit(")", 1)[1].split()[1])
                told = (path.parent / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if parent == self.process.pid:
                for name, word in (("web", b"granian"), ("live", b"live"), ("jobs", b"jobs"), ("source", b"source")):
                    if word in told:
                        found[name] = int(path.parent.name)
        if pid := Packaged(self.folder / "postgres").pid:  # never a number that another process took meanwhile
            found["database"] = pid
        return found
