"""backup, restore, move-to: a site in one file, and another database under it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from congtam.cli import terminal
from congtam.cli.asking import now
from congtam.cli.on_site import database, refusals, site_folder

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
def backup_(file: Path) -> None:
    """Sao lưu cả trang vào một TỆP: cơ sở dữ liệu, tệp đã tải lên, mã kiểm từng bảng. (Backs a site up.)"""
    from congtam.serving import keeping

    with _refusals(), database() as url:
        held = keeping.backup(url, site_folder(), file.resolve(), now(), terminal.say)
        keeping.write_down(file)
    rows = sum(content.rows for content in held.values())
    size = file.stat().st_size / 1024**2
    terminal.say(f"Đã sao lưu {len(held)} bảng, {rows} dòng vào {file} ({size:.1f} MiB); đã đọc lại, khớp mã kiểm.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--replace", is_flag=True, help="Xóa những gì cơ sở dữ liệu đang có rồi mới nạp.")
def restore(file: Path, replace: bool) -> None:
    """Khôi phục trang từ một TỆP sao lưu, rồi kiểm tra từng bảng giống bản gốc. (Restores a site.)"""
    from congtam.serving import keeping, site
    from congtam.serving.preparing import migrate

    with _refusals(), site.only_one(site_folder()), any_database() as url:
        held = keeping.bring_back(file.resolve(), url, site_folder(), terminal.say, replace=replace)
        terminal.say("Cập nhật bảng dữ liệu…")
        migrate(url)
    terminal.say(f"Đã khôi phục {len(held)} bảng; mã kiểm từng bảng giống bản gốc.")
    terminal.say("Tiếp theo: `congtam audit verify`, rồi `congtam serve`.")


@click.command("move-to")
@click.argument("target", metavar="DATABASE_URL")
def move_to(target: str) -> None:
    """Chuyển sang PostgreSQL (từ bản 16) của cơ quan; cơ sở dữ liệu đích phải trống. (Moves to another database.)"""
    from congtam.serving import keeping, site

    with _refusals(), site.only_one(site_folder()), database() as url:
        held = keeping.move(url, target, terminal.say)
    rows = sum(content.rows for content in held.values())
    terminal.say(f"Đã chuyển {len(held)} bảng, {rows} dòng; số dòng và mã kiểm từng bảng trước và sau giống nhau.")
    terminal.say("Từ nay đặt biến môi trường DATABASE_URL là địa chỉ ấy rồi chạy `congtam serve`.")


@contextmanager
def any_database() -> Iterator[str]:
    """As `database`, but a packaged one is made when there is none yet."""
    from congtam.serving.packaged import Packaged

    if "DATABASE_URL" not in os.environ and not (site_folder() / "postgres" / "PG_VERSION").exists():
        made = Packaged(site_folder() / "postgres")
        made.start()
        made.stop()
    with database() as url:
        yield url


@contextmanager
def _refusals() -> Iterator[None]:
    from congtam.serving.keeping import CannotKeep, NotCarried

    try:
        with refusals():
            yield
    except (CannotKeep, NotCarried) as error:
        raise click.ClickException(str(error)) from None
