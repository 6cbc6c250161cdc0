"""Whether the site is well: questions to the database, the disk and the clock. Read by `/healthz`, `/metrics` and the
page of the system."""

import ctypes
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from congtam.audit.queries import entries
from congtam.engine.rulebook.model import Text

LIVE_WORKER, JOBS_WORKER = "congtam live", "congtam jobs"  # what the workers call themselves to the database
LEAST_FREE = 512 * 1024 * 1024  # bytes
BEHIND = 60  # seconds an official may wait to be scored again
OLDEST_BACKUP = timedelta(days=7)
APART = 2.0  # seconds between our clock and the database's
_ERROR, _UNSYNCHRONISED = 5, 0x0040  # of adjtimex(2)
_OFFSET = time.time() - time.monotonic()  # of the wall clock from the steady one, when this process began


class Level(StrEnum):
    """How well one thing is."""

    WELL = "well"
    WARNING = "warning"  # the site answers, but somebody should look
    ILL = "ill"  # the site does not do its work
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and what to do when it is not well."""

    name: str
    level: Level
    found: str
    advice: Text | None = None


def checks() -> list[Check]:
    """Everything looked at, in a fixed order. Without a database only what needs none."""
    found = [_database()]
    if found[0].level is Level.WELL:
        found += [_asked("migrations", _migrations), *_workers(), _asked("waiting", _waiting), _asked("clock", _clock)]
        found.append(_asked("backup", _backup))
    return [*found, clock_steady(time.time() - time.monotonic()), _disk(), time_synchronised()]


def well(found: list[Check]) -> bool:
    """Whether nothing is ill."""
    return all(check.level is not Level.ILL for check in found)


def _database() -> Check:
    began = time.monotonic()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        advice = Text(
            vi="Xem cơ sở dữ liệu có chạy không; `congtam serve` tự khởi động lại bản đóng gói.",
            en="See whether the database runs; `congtam serve` starts the packaged one again by itself.",
        )
        return Check("database", Level.ILL, "no answer", advice)
    version = connection.pg_version // 10_000
    return Check("database", Level.WELL, f"PostgreSQL {version}, {1000 * (time.monotonic() - began):.0f} ms")


def _migrations() -> Check:
    applied = set(MigrationRecorder(connection).migration_qs.values_list("app", "name"))
    if _migrations_on_disk() <= applied:
        return Check("migrations", Level.WELL, "none waiting")
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return Check("migrations", Level.WELL, "none waiting")
    advice = Text(
        vi="Khởi động lại bằng `congtam serve`: lệnh này cập nhật bảng trước khi trả lời.",
        en="Start again with `congtam serve`: it brings the tables up to date before it answers.",
    )
    return Check("migrations", Level.ILL, f"{len(waiting)} waiting", advice)


@cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    """Read once: reading them costs more than all other questions, and this process runs the code of its start."""
    return frozenset(MigrationLoader(None).graph.nodes)


def running(process: str) -> int:
    """How many sessions a kind of worker holds with this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND datname = current_database()",
            [process],
        )
        return int(cursor.fetchone()[0])


def _workers() -> list[Check]:
    advice = Text(
        vi="Tiến trình tính điểm hoặc đọc tệp không chạy: xem nhật ký của `congtam serve`, hoặc chạy `congtam worker`.",
        en="The process that scores or reads files is not running: see the log of `congtam serve`, or run "
        "`congtam worker`.",
    )
    return [
        Check(name, Level.WELL, "running") if running(process) else Check(name, Level.WARNING, "not running", advice)
        for name, process in (("live_worker", LIVE_WORKER), ("jobs_worker", JOBS_WORKER))
    ]


@dataclass(frozen=True)
class Waiting:
    """What waits to be worked on: how many, and for how long the oldest (seconds)."""

    to_fold: int
    marks: int
    jobs: int
    set_aside: int
    oldest: float


def waiting(now: datetime) -> Waiting:
    """The queues as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM work_tofold), (SELECT count(*) FROM scores_mark),"
            " (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')),"
            " (SELECT count(*) FROM intake_setaside WHERE state = 'open'),"
            " (SELECT min(since) FROM (SELECT since FROM work_tofold UNION ALL SELECT since FROM scores_mark) AS waits)"
        )
        to_fold, marks, jobs, set_aside, since = cursor.fetchone()
    oldest = max(0.0, (now - since).total_seconds()) if since else 0.0
    return Waiting(to_fold, marks, jobs, set_aside, oldest)


def _waiting() -> Check:
    found = waiting(timezone.now())
    told = f"{found.to_fold} items, {found.marks} officials, {found.jobs} jobs; oldest {found.oldest:.0f} s"
    if found.oldest <= BEHIND:
        return Check("waiting", Level.WELL, told)
    advice = Text(
        vi="Điểm trực tiếp đang chậm: chờ đợt dữ liệu lớn xử lý xong, hoặc chạy thêm `congtam worker live`.",
        en="Live scores lag: wait until a large delivery is worked off, or run another `congtam worker live`.",
    )
    return Check("waiting", Level.WARNING, told, advice)


def _clock() -> Check:
    """Our clock beside the database's. On one machine they are one; on two, a difference moves deadlines."""
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
        after = timezone.now()
    apart = max((before - theirs).total_seconds(), (theirs - after).total_seconds(), 0.0)
    if apart <= APART:
        return Check("clock", Level.WELL, f"{apart:.1f} s from the database's")
    advice = Text(
        vi="Đồng hồ máy này lệch với đồng hồ cơ sở dữ liệu; thời hạn tính theo đồng hồ. Đồng bộ cả hai qua NTP.",
        en="This machine's clock differs from the database's, and deadlines follow the clock. Synchronise both by NTP.",
    )
    return Check("clock", Level.ILL, f"{apart:.1f} s from the database's", advice)


def _backup() -> Check:
    """The last backup as the audit tells it: none is written down that was not read back."""
    last = entries(subject_kind="backup").first()
    if last is None:
        advice = Text(
            vi="Chạy `congtam backup TỆP`, vào một đĩa khác, rồi đặt lịch cho mỗi đêm.",
            en="Run `congtam backup FILE`, onto another disk, and have it run every night.",
        )
        return Check("backup", Level.WARNING, "none yet", advice)
    size = last.text.body.get("size", 0) / 1024**2
    told = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}, {size:.1f} MiB, read back"
    if timezone.now() - last.at <= OLDEST_BACKUP:
        return Check("backup", Level.WELL, told)
    advice = Text(
        vi="Bản sao lưu cuối đã quá 7 ngày: chạy `congtam backup TỆP`, rồi xem vì sao lịch sao lưu không chạy.",
        en="The last backup is older than 7 days: run `congtam backup FILE`, and see why the schedule does not run.",
    )
    return Check("backup", Level.WARNING, told, advice)


def clock_steady(offset: float) -> Check:
    """Whether the clock was set since this process began: the wall clock then moved against the steady one."""
    jumped = offset - _OFFSET
    if abs(jumped) <= APART:
        return Check("clock_steady", Level.WELL, "no jump")
    advice = Text(
        vi="Đồng hồ máy đã bị chỉnh (hoặc máy đã ngủ). Xem các bản ghi và thời hạn quanh lúc ấy, rồi khởi động lại.",
        en="The machine's clock was set (or it slept). Look at records and deadlines of that time, then start again.",
    )
    return Check("clock_steady", Level.WARNING, f"jumped by {jumped:+.0f} s", advice)


def _disk() -> Check:
    settings.SITE.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.SITE).free
    told = f"{free / 1024**3:.1f} GiB free"
    if free >= LEAST_FREE:
        return Check("disk", Level.WELL, told)
    advice = Text(
        vi="Sắp hết chỗ trên đĩa: xóa tệp không dùng hoặc thêm đĩa, trước khi nhận thêm dữ liệu.",
        en="The disk is nearly full: remove what is not needed or add a disk before more data arrive.",
    )
    return Check("disk", Level.WARNING, told, advice)


class _Timex(ctypes.Structure):
    """What adjtimex(2) fills; only the first fields are read, the rest is room."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("room", ctypes.c_char * 256),
    )


def time_synchronised() -> Check:
    """Whether the kernel says that the clock is kept by NTP; where it cannot be asked, that is not known."""
    told = _Timex()
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.byref(told))
    except (OSError, AttributeError, TypeError):
        state = -1
    if state < 0:
        return Check("time_synchronised", Level.UNKNOWN, "not known")
    if state != _ERROR and not told.status & _UNSYNCHRONISED:
        return Check("time_synchronised", Level.WELL, "by NTP")
    advice = Text(
        vi="Máy chưa đồng bộ giờ; thời hạn là căn cứ pháp lý. Bật chrony hoặc systemd-timesyncd.",
        en="The machine's time is not synchronised, and deadlines are law. Switch on chrony or systemd-timesyncd.",
    )
    return Check("time_synchronised", Level.WARNING, "not synchronised", advice)


def _asked(name: str, ask: Callable[[], Check]) -> Check:
    """One question to the database; what it cannot answer is ill, and the others are asked all the same."""
    try:
        with transaction.atomic():
            return ask()
    except DatabaseError as error:
        return Check(name, Level.ILL, type(error).__name__)
