"""serve, worker: a site that runs."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from congtam.cli import terminal

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
        site.serve(where, told, fill=_fill if demo else None, beside=("demo", "source") if demo else ())
    terminal.say("Đã dừng.")


@click.command()
@click.argument("kind", type=click.Choice(["live", "jobs"]))
def worker(kind: str) -> None:
    """Một tiến trình làm việc: `live` tính điểm trực tiếp, `jobs` đọc tệp và chạy việc ban đêm. (One worker.)"""
    with refusals(), database():
        from congtam.serving import working  # it reads models, which need Django

        (working.live if kind == "live" else working.jobs)()


def site_folder() -> Path:
    """Where the site keeps its files, as its settings find it."""
    return Path(os.environ.get("CONGTAM_SITE", "var/site")).resolve()


@contextmanager
def refusals() -> Iterator[None]:
    """What keeps a site from running leaves as a sentence and exit code 2."""
    from django.db import OperationalError
    from procrastinate.exceptions import ConnectorException

    from congtam.history.refused import Refused
    from congtam.serving.packaged import NotStarted
    from congtam.serving.preparing import Unfit, unusable_now
    from congtam.serving.site import CannotServe

    try:
        yield
    except (CannotServe, NotStarted, Unfit) as error:
        raise click.ClickException(str(error)) from None
    except Refused as refused:
        raise click.ClickException(refused.text.vi) from None
    except (OperationalError, ConnectorException) as error:
        raise click.ClickException(unusable_now(error.__cause__ or error)) from None


@contextmanager
def database() -> Iterator[str]:
    """DATABASE_URL, or the packaged database of the site (started for the while, if it does not run), with Django."""
    from congtam.serving.packaged import joined
    from congtam.serving.preparing import Unfit, set_up_django

    if url := os.environ.get("DATABASE_URL"):
        set_up_django()
        yield url
        return
    folder = site_folder() / "postgres"
    if not (folder / "PG_VERSION").exists():
        raise Unfit(
            f"Chưa có trang nào trong {site_folder()}, và DATABASE_URL chưa được đặt. Hãy chạy `congtam init` trước, "
            "hoặc đặt CONGTAM_SITE hay DATABASE_URL của trang đang có."
        )
    with joined(folder) as found:
        os.environ["DATABASE_URL"] = found
        set_up_django()
        try:
            yield found
        finally:
            _close()
            del os.environ["DATABASE_URL"]


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _log(process: str, line: str) -> None:
    """A line of a process: headed by its name where a person looks, as it is where a program reads it."""
    if sys.stderr.isatty() or not re.match(r"\s*\{", line):
        line = f"{process:<{LONGEST_NAME}} │ {line}"
    click.echo(line, err=True)


def _fill() -> None:
    from congtam.cli.demo_site import fill

    fill()


def _open(address: str, demo: bool) -> None:
    terminal.say()
    terminal.say(f"Công Tâm đang chạy tại {address}", style="bold")
    if demo:
        from congtam.cli.demo_site import show_accounts

        show_accounts()
    terminal.say("Ctrl-C để dừng; lần chạy sau tiếp tục với dữ liệu này.")
