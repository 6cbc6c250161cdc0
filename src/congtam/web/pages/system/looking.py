"""What the page of the system looks at besides health: versions, the size of the data, what the site chose."""

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django
from django.conf import settings
from django.db import connection

from congtam import __version__
from congtam.notices import queries as notices
from congtam.registry.queries import choice
from congtam.web.words import both

A_WEEK = timedelta(days=7)
NAMES = {
    "database": both("Cơ sở dữ liệu", "Database"),
    "migrations": both("Bảng đã cập nhật", "Tables up to date"),
    "live_worker": both("Tiến trình tính điểm", "Process that scores"),
    "jobs_worker": both("Tiến trình đọc tệp", "Process that reads files"),
    "waiting": both("Hàng đợi", "Queues"),
    "clock": both("Đồng hồ so với cơ sở dữ liệu", "Clock beside the database's"),
    "clock_steady": both("Đồng hồ chạy đều", "Clock runs steadily"),
    "backup": both("Bản sao lưu cuối", "Last backup"),
    "disk": both("Chỗ trống trên đĩa", "Room on the disk"),
    "time_synchronised": both("Đồng bộ giờ", "Time kept by NTP"),
}
LEVELS = {
    "well": ("ok", both("tốt", "well")),
    "warning": ("soon", both("cần xem", "look at it")),
    "ill": ("late", both("hỏng", "does not work")),
    "unknown": ("none", both("không rõ", "not known")),
}
FOUND = (  # what the checks say in English, and in Vietnamese
    (r"none yet", r"chưa có bản sao lưu nào"),
    (r"(\d+)-(\d+)-(\d+) (\S+), ([\d.]+) MiB, read back", r"\4 \3/\2/\1, \5 MiB, đã đọc lại và khớp mã kiểm"),
    (r"none waiting", r"không còn bảng nào chờ"),
    (r"no jump", r"không nhảy"),
    (r"jumped by (.*) s", r"đã nhảy \1 giây"),
    (r"(\d+) waiting", r"\1 bảng chờ cập nhật"),
    (r"running", r"đang chạy"),
    (r"not running", r"không chạy"),
    (r"no answer", r"không trả lời"),
    (r"by NTP", r"theo NTP"),
    (r"not synchronised", r"chưa đồng bộ"),
    (r"not known", r"không hỏi được máy"),
    (r"([\d.]+) GiB free", r"còn \1 GiB"),
    (r"([\d.]+) s from the database's", r"lệch \1 giây"),
    (
        r"(\d+) items, (\d+) officials, (\d+) jobs; oldest (\d+) s",
        r"\1 việc, \2 người, \3 tác vụ; lâu nhất \4 giây",
    ),
)
TABLES = (
    ("work_event", both("sự kiện", "events")),
    ("work_item", both("công việc", "work items")),
    ("intake_record", both("bản ghi đã nhận", "records taken in")),
    ("people_person", both("cán bộ", "officials")),
    ("audit_entry", both("dòng nhật ký", "entries of the journal")),
)


@dataclass(frozen=True)
class Choice:
    """One thing a site decides: its name, what it is about, and the values it may have."""

    name: str
    title: Any
    about: Any
    values: tuple[tuple[str, Any, Any], ...]  # how it is sent, what it is, what it is called
    otherwise: Any


CHOICES = (
    Choice(
        "heads_see_points",
        both("Trưởng đơn vị xem điểm của người khác", "Heads see others' points"),
        both(
            "Mặc định là số liệu đêm qua, để việc trong ngày không thành theo dõi từng phút.",
            "As of last night unless the site says otherwise, so that a day's work is not watched by the minute.",
        ),
        (
            ("last_night", "last_night", both("số liệu đêm qua", "as of last night")),
            ("live", "live", both("tức thời", "live")),
        ),
        "last_night",
    ),
    Choice(
        "dossier.show_official",
        both("Tra cứu hồ sơ công khai nêu tên cán bộ", "The public page of dossiers names the official"),
        both(
            "Mặc định chỉ nêu vị trí và đơn vị đang giữ hồ sơ.",
            "Only the post and the unit that hold a dossier are named unless the site says otherwise.",
        ),
        (("no", False, both("chỉ vị trí và đơn vị", "post and unit only")), ("yes", True, both("nêu tên", "by name"))),
        False,
    ),
)


def in_words(found: str) -> str:
    """What a check found, in the language of the page."""
    for english, vietnamese in FOUND:
        if re.fullmatch(english, found):
            told = re.sub(english, vietnamese, found)
            return str(both(re.sub(r"(\d)\.(\d)", r"\1,\2", told), found))
    return found


def versions() -> list[tuple[str, str]]:
    """What the site runs on."""
    return [
        ("Công Tâm", __version__),
        ("PostgreSQL", str(connection.pg_version // 10_000)),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
    ]


def size() -> str:
    """How large the database is, as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        return str(cursor.fetchone()[0])


def counts() -> Iterator[tuple[int, Any]]:
    """About how many rows the largest tables hold, as the planner counts them."""
    with connection.cursor() as cursor:
        for table, word in TABLES:
            cursor.execute("SELECT GREATEST(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass", [table])
            yield int(cursor.fetchone()[0]), word


def leaving(day: date) -> dict[str, Any]:
    """The digests made last, and what did not leave the site in the last week."""
    return {
        "last": notices.last_round(),
        "mail": (settings.SMTP or {}).get("host", ""),
        "hooks": notices.hooks().count(),
        "given_up": notices.given_up(day - A_WEEK),
    }


def chosen(day: date) -> list[tuple[Choice, Any]]:
    """Each choice of the site, with what holds on a day in words."""
    found = []
    for one in CHOICES:
        value = choice(one.name, day, one.otherwise)
        found.append((one, next((word for _, kept, word in one.values if kept == value), value)))
    return found
