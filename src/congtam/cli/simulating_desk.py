"""simulate-desk: an invented office lives through a month at the work desk, in a database of its own."""

import json
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from congtam.cli import terminal
from congtam.cli.on_site import refusals
from congtam.engine.findings import unusable
from congtam.engine.periods import Period, PeriodKind

FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")  # it is thrown away


@click.command()
@click.option("--people", type=click.IntRange(8, 50), default=50, show_default=True, help="Số người của văn phòng.")
@click.option("--month", required=True, help="Tháng mô phỏng, ví dụ 2026-10.")
@click.option("--days", type=click.IntRange(1), help="Chỉ bấy nhiêu ngày đầu tháng; mặc định cả tháng.")
@click.option("--seed", type=int, default=7, show_default=True, help="Số gieo: cùng số thì cùng một tháng.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Thư mục ghi báo cáo.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ.")
def simulate_desk(people: int, month: str, days: int | None, seed: int, out: Path, lang: str) -> None:
    """Mô phỏng một tháng ở bàn việc qua trang và API, đo thời gian gõ. (A month of an office through the pages.)"""
    from datetime import timedelta

    period = Period.parse(month)
    if period.kind is not PeriodKind.MONTH:
        raise unusable("which-months", f"{month} is no month", "write it like 2026-10")
    until = period.until if days is None else min(period.until, period.first + timedelta(days=days))
    with refusals(), _empty_site():
        from congtam.simulate.desk.month import Plan, live_through
        from congtam.simulate.desk.report import as_json, as_markdown, report

        told = report(live_through(Plan(people, period.first, until, seed), terminal.progress))
        terminal.progress_done()
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.md").write_text(as_markdown(told, lang), encoding="utf-8")
    (out / "report.json").write_text(json.dumps(as_json(told), ensure_ascii=False, indent=1), encoding="utf-8")
    everybody = told.typing["everybody"]
    terminal.say(
        f"{people} người, {told.forms_sent} biểu mẫu; gõ mỗi tuần: trung vị {everybody.median:.1f} phút, nhiều nhất "
        f"{everybody.most:.1f} phút; trực tiếp khác tính đủ: {told.differing} → {out / 'report.md'}"
    )


@contextmanager
def _empty_site() -> Iterator[None]:
    """A site with nothing in it, in a folder thrown away at the end; no site that exists is touched."""
    from congtam.serving.packaged import joined
    from congtam.serving.preparing import migrate, set_up_django

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended as by Ctrl-C: the database is stopped too
    with (
        tempfile.TemporaryDirectory(prefix="congtam-desk-", ignore_cleanup_errors=True) as name,
        joined(Path(name) / "postgres") as url,
    ):
        os.environ |= {"CONGTAM_SITE": str(Path(name) / "site"), "DATABASE_URL": url}
        os.environ.setdefault("CONGTAM_LOG_LEVEL", "ERROR")
        _fast(url)
        set_up_django()
        migrate(url)
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()


def _fast(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for setting in FAST:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
