"""Running a site: one of them per folder, from the database to the address it answers at."""

import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from congtam.serving.packaged import Packaged
from congtam.serving.preparing import check_version, collect_static, migrate, set_up_django
from congtam.serving.processes import AskedToStop, Database, Program, Say, Supervisor

THREADS = 4  # of one web process
ANSWERS_WITHIN = 60.0  # seconds
BEHIND_A_PROXY = ("0.0.0.0", "::")


class CannotServe(RuntimeError):  # noqa: N818
    """The site cannot be started here; the message says why and what to do."""


@dataclass(frozen=True)
class Where:
    """Where a site answers, how many processes do and how many score, and where its files are."""

    host: str
    port: int
    workers: int
    scorers: int
    folder: Path

    @property
    def address(self) -> str:
        """As somebody types it into a browser on this machine."""
        host = "127.0.0.1" if self.host in BEHIND_A_PROXY else self.host
        return f"http://{host}:{self.port}{_prefix()}/"


@dataclass(frozen=True)
class Told:
    """What whoever starts a site hears of it: `log` a process's line, `news` what happens, `open` once it answers."""

    log: Say
    news: Callable[[str], None]
    open: Callable[[str], None]


def serve(where: Where, told: Told, *, fill: Callable[[], None] | None = None, beside: tuple[str, ...] = ()) -> None:
    """Start everything, say when it answers, watch it until Ctrl-C or SIGTERM, and stop it cleanly.

    `fill` is called once the tables are there. `beside`: arguments of one more command of ours to run beside the
    rest. Raises `CannotServe`, `NotStarted` or `Unfit`; nothing is left running then.
    """
    supervisor = Supervisor(told.log)
    with only_one(where.folder):
        _check_port(where)
        supervisor.listen()
        try:
            with supervisor.interrupting():
                _start_database(supervisor, where.folder, told)
                _prepare(told, fill)
            _start_programs(supervisor, where, told, beside)
            _wait_for_answer(supervisor, where)
            if not supervisor.stopping:
                told.open(where.address)
                supervisor.watch()
        except AskedToStop:
            pass
        finally:
            supervisor.stop()


def _start_database(supervisor: Supervisor, folder: Path, told: Told) -> None:
    if "DATABASE_URL" in os.environ:
        return
    told.news("Khởi động PostgreSQL đóng gói kèm…")
    packaged = Packaged(folder / "postgres")
    supervisor.start(Database(packaged))
    os.environ["DATABASE_URL"] = packaged.url


def _prepare(told: Told, fill: Callable[[], None] | None) -> None:
    url = os.environ["DATABASE_URL"]
    check_version(url)
    set_up_django()
    from django.db import connections

    from congtam.serving.demo import is_demo

    told.news("Cập nhật bảng dữ liệu…")
    migrate(url)
    collect_static()
    if fill is not None:
        fill()
    os.environ["CONGTAM_DEMO"] = "1" if is_demo() else ""
    connections.close_all()


def _start_programs(supervisor: Supervisor, where: Where, told: Told, beside: tuple[str, ...]) -> None:
    """The web, the workers, and what else was asked for."""
    figures = where.folder / "metrics"
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(parents=True)
    supervisor.start(Program("web", web_command(where), told.log, {"PROMETHEUS_MULTIPROC_DIR": str(figures)}))
    for number in range(where.scorers):
        supervisor.start(Program(f"live-{number + 1}" if number else "live", _ours("worker", "live"), told.log))
    supervisor.start(Program("jobs", _ours("worker", "jobs"), told.log))
    if beside:
        supervisor.start(Program(beside[-1], _ours(*beside), told.log, {"CONGTAM_ADDRESS": where.address}))


def web_command(where: Where) -> list[str]:
    """How the web processes are started."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--http", "1"]
    command += ["--host", where.host, "--port", str(where.port), "--workers", str(where.workers)]
    command += ["--blocking-threads", str(THREADS), "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    command += ["--log-level", "warning"]
    if _prefix():
        command += ["--url-path-prefix", _prefix()]
    return [*command, "congtam.web.wsgi:application"]


def _ours(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "congtam.cli", *arguments]


def _prefix() -> str:
    return os.environ.get("CONGTAM_PATH", "").rstrip("/")


def _wait_for_answer(supervisor: Supervisor, where: Where) -> None:
    ask = build_opener(ProxyHandler({}))
    asked = Request(f"{where.address}healthz", headers={"Host": "localhost"})  # a name every site answers to
    until = monotonic() + ANSWERS_WITHIN
    while monotonic() < until and not supervisor.stopping:
        with suppress(URLError, OSError), ask.open(asked, timeout=5) as answer:
            if answer.status == 200:
                return
        supervisor.look()
        sleep(0.1)
    if not supervisor.stopping:
        raise CannotServe(f"Trang không trả lời sau {ANSWERS_WITHIN:.0f} giây. Xem các dòng nhật ký ở trên.")


def _check_port(where: Where) -> None:
    """Raises `CannotServe` when something else listens there, or nobody may."""
    kind = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    with socket.socket(kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((where.host, where.port))
        except OSError as error:
            raise CannotServe(
                f"Không mở được cổng {where.port} trên {where.host} ({error.strerror}). Có thể một chương trình khác "
                f"đang dùng cổng này: hãy dừng nó, hoặc chọn cổng khác, ví dụ `congtam serve --port {where.port + 1}`."
            ) from None


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """One site per folder. Raises `CannotServe` when another runs in it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotServe(
                f"Một `congtam serve` khác đang chạy với thư mục {folder}. Hãy dùng trang đó, dừng nó bằng Ctrl-C, "
                "hoặc đặt CONGTAM_SITE là một thư mục khác."
            ) from None
        yield
