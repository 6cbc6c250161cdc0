"""What a site needs before it answers: a database of the right age with our tables, and static files collected."""

import hashlib
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

from congtam import __version__

LEAST_VERSION = 16  # of PostgreSQL
_LOCK = 4_277_009  # any number nobody else locks by
_TLS = re.compile("certificate|SSL|encryption")


class Unfit(RuntimeError):  # noqa: N818
    """The database cannot be used; the message says why and what to do."""


def set_up_django() -> None:
    """Load settings and rooms; DATABASE_URL must be set."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.web.settings")
    django.setup()


def check_version(url: str) -> int:
    """The server's main version. Raises `Unfit` when it cannot be reached or is older than `LEAST_VERSION`."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.ProgrammingError:  # what it says quotes the address, with its password
        raise Unfit("DATABASE_URL không đọc được. Hãy viết postgresql://người_dùng:mật_khẩu@máy_chủ/tên.") from None
    except psycopg.OperationalError as error:
        raise Unfit(unusable_now(error)) from None
    if version < LEAST_VERSION:
        raise Unfit(f"Máy chủ là PostgreSQL {version}; Công Tâm cần từ {LEAST_VERSION} trở lên. Hãy nâng cấp máy chủ.")
    return version


def unusable_now(error: BaseException) -> str:
    """Why a database cannot be reached or does not work, as PostgreSQL says it, and what to do."""
    why = " ".join(str(error).split()).rstrip(".")
    advice = "Xem lại DATABASE_URL, máy chủ PostgreSQL, chỗ trống trên đĩa và tường lửa."
    if _TLS.search(why):
        advice = (
            "Kết nối mã hóa chưa được: thêm ?sslmode=verify-full&sslrootcert=/đường/dẫn/chứng-thư-gốc.pem vào "
            "DATABASE_URL; tệp ấy phải có ở đây, và tên máy chủ phải đúng như trong chứng thư của nó."
        )
    return f"Không kết nối được cơ sở dữ liệu: {why}. {advice}"


@contextmanager
def one_at_a_time(url: str) -> Iterator[None]:
    """Whoever else prepares the same database waits until we are done."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield  # the lock goes with the session


def migrate(url: str) -> None:
    """Bring the tables to this version, from empty or from any earlier state; two that start at once do not collide."""
    from django.core.management import call_command

    from congtam.serving.migrating import each_model_alone

    with one_at_a_time(url), each_model_alone():
        call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Collect, fingerprint and compress static files, unless the folder already holds these very ones."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    mark, fingerprint = root / ".collected", _static_fingerprint()
    if mark.exists() and mark.read_text() == fingerprint:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(fingerprint)


def _static_fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    told = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            told.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return told.hexdigest()
