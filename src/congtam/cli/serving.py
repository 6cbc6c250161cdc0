"""serve, worker: a site that runs."""

import os
import re
import sys

import click

from congtam.cli import terminal
from congtam.cli.demo_site import fill, show_accounts
from congtam.cli.on_site import database, refusals, site_folder

LONGEST_NAME = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ mạng để nghe.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Cổng.")
@click.option("--workers", type=click.IntRange(1), help="Số tiến trình web; mặc định bằng số nhân của máy.")
@click.option("--scorers", default=1, show_default=True, type=click.IntRange(1), help="Số tiến trình tính điểm.")
@click.option("--demo", is_flag=True, help="Đưa dữ liệu mẫu vào một trang còn trống, và cho dữ liệu tiếp tục đến.")
def serve(host: str, port: int, workers: int | None, scorers: int, demo: bool) -> None:
    """Chạy cả trang: cơ sở dữ liệu (khi chưa có DATABASE_URL), web, tính điểm. Ctrl-C để dừng. (Runs a site.)"""
    from congtam.serving import site

    where = site.Where(host, port, workers or _cores(), scorers, site_folder())
    told = site.Told(_log, terminal.say, lambda address: _open(address, demo))
    if sys.stdout.isatty():
        os.environ.setdefault("CONGTAM_LOG_LEVEL", "WARNING")
    with refusals():
        site.serve(where, told, fill=fill if demo else None, beside=("demo", "source") if demo else ())
    terminal.say("Đã dừng.")


@click.command()
@click.argument("kind", type=click.Choice(["live", "jobs"]))
def worker(kind: str) -> None:
    """Một tiến trình làm việc: `live` tính điểm trực tiếp, `jobs` đọc tệp và chạy việc ban đêm. (One worker.)"""
    with refusals(), database():
        from congtam.serving import working  # it reads models, which need Django

        (working.live if kind == "live" else working.jobs)()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _log(process: str, line: str) -> None:
    """A line of a process: headed by its name where a person looks, as it is where a program reads it."""
    if sys.stderr.isatty() or not re.match(r"\s*\{", line):
        line = f"{process:<{LONGEST_NAME}} │ {line}"
    click.echo(line, err=True)


def _open(address: str, demo: bool) -> None:
    terminal.say()
    terminal.say(f"Công Tâm đang chạy tại {address}", style="bold")
    if demo:
        show_accounts()
    terminal.say("Ctrl-C để dừng; lần chạy sau tiếp tục với dữ liệu này.")
