"""demo remove, demo source: the demo site's own commands, and what a demo tells when it opens."""

import os

import click

from congtam.cli import terminal
from congtam.cli.asking import now
from congtam.cli.on_site import database, refusals, site_folder


@click.command()
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
def remove(yes: bool) -> None:
    """Xóa trang mẫu: mọi tài khoản và dữ liệu mẫu, để lại một trang trống. (Removes the demo site.)"""
    from congtam.serving import site

    if not yes:
        click.confirm("Xóa mọi tài khoản và dữ liệu mẫu?", abort=True)
    with refusals(), site.only_one(site_folder()), database() as url:
        from congtam.serving.demo import remove as remove_demo

        remove_demo(url)
        (site_folder() / "demo" / "told.json").unlink(missing_ok=True)
    terminal.say("Đã xóa dữ liệu mẫu. Tiếp theo: `congtam init` để mở trang của cơ quan.")


@click.command(hidden=True)
def source() -> None:
    """Nguồn mẫu: gửi tiếp dữ liệu mẫu qua API khi thời gian trôi. (The demo's source.)"""
    address = os.environ.get("CONGTAM_ADDRESS", "http://127.0.0.1:8000/")
    with refusals(), database():
        from congtam.simulate.site.living import live

        live(address, site_folder() / "demo" / "told.json", now)


def fill() -> None:
    """Fill an empty site with the demo."""
    from congtam.serving.demo import fill as fill_demo

    fill_demo(terminal.say)


def show_accounts() -> None:
    """Who can sign in to the demo, in which right."""
    from django.db import connections

    from congtam.serving.demo import accounts

    found = accounts()
    connections.close_all()
    if not found:
        return
    terminal.say()
    terminal.say("DỮ LIỆU MẪU: mọi người và mọi việc ở đây đều là hư cấu. Tài khoản để thử:")
    rows = [[one.player.username, one.password, one.player.role.vi] for one in found]
    terminal.table(["Tên đăng nhập", "Mật khẩu", "Vai"], rows)
    terminal.say("Xóa dữ liệu mẫu: `congtam demo remove`.")
    terminal.say()
