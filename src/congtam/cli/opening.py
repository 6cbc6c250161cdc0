"""init: an empty site is opened; people come in from a workbook."""

from datetime import datetime
from pathlib import Path

import click

from congtam.cli import terminal
from congtam.cli.asking import today
from congtam.cli.keeping import any_database
from congtam.cli.on_site import database, refusals

FINDINGS = 1
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


@click.command()
@click.option("--agency", help="Mã cơ quan, ví dụ SKHCN.")
@click.option("--agency-name", help="Tên cơ quan.")
@click.option("--admin", help="Mã cán bộ của người quản trị.")
@click.option("--admin-name", help="Họ và tên người quản trị.")
@click.option("--username", default="quantri", show_default=True, help="Tên đăng nhập của người quản trị.")
@click.option("--since", type=click.DateTime(DAYS), help="Ngày bắt đầu theo dõi (01/01/2026); mặc định: đầu năm.")
@click.option("--templates", type=click.Path(file_okay=False, path_type=Path), help="Ghi tệp mẫu XLSX vào THƯ MỤC này.")
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Nạp đơn vị, con người, vị trí, thời gian công tác, ngày nghỉ từ TỆP mẫu đã điền.",
)
@click.option("--try", "rehearsed", is_flag=True, help="Với --people: chỉ kiểm tra, không ghi gì.")
def init(
    agency: str | None,
    agency_name: str | None,
    admin: str | None,
    admin_name: str | None,
    username: str,
    since: datetime | None,
    templates: Path | None,
    people: Path | None,
    rehearsed: bool,
) -> int:
    """Khởi tạo trang trống của cơ quan: bảng dữ liệu, đơn vị đầu tiên, người quản trị. (Opens an empty site.)"""
    if templates is not None:
        return _templates(templates)
    if people is not None:
        return _people(people, rehearsed)
    from congtam.serving.preparing import check_version, migrate

    with refusals(), any_database() as url:
        from congtam.serving.opening import Opening, check_empty, check_told, open_site

        check_version(url)
        migrate(url)
        check_empty()
        told = Opening(
            agency or click.prompt("Mã cơ quan (ví dụ SKHCN)"),
            agency_name or click.prompt("Tên cơ quan"),
            admin or click.prompt("Mã cán bộ của người quản trị"),
            admin_name or click.prompt("Họ và tên người quản trị"),
            username,
            since.date() if since else today().replace(month=1, day=1),
        )
        check_told(told, today())
        password = open_site(told)
    terminal.say(f"Đã khởi tạo {told.agency_name} ({told.agency}) từ ngày {told.since:%d/%m/%Y}.")
    terminal.say(f"Tên đăng nhập: {username.lower()}    Mật khẩu tạm: {password}", style="bold")
    terminal.say("Mật khẩu này chỉ hiện một lần và phải đổi ở lần đăng nhập đầu tiên.")
    terminal.heading("Tiếp theo")
    for step in (
        "congtam init --templates mau/          # tệp mẫu để điền đơn vị, con người, vị trí",
        "congtam init --people mau/TỆP.xlsx --try   # kiểm tra từng dòng, chưa ghi",
        "congtam init --people mau/TỆP.xlsx     # nạp",
        "congtam serve                          # mở trang; người quản trị cấp tài khoản",
    ):
        click.echo(f"  {step}")
    return 0


def _templates(folder: Path) -> int:
    from congtam.people.sheets import write_templates

    try:
        for path in write_templates(folder):
            terminal.say(f"Đã ghi {path}")
    except FileExistsError as error:
        raise click.ClickException(f"{error.filename} đã có và có thể đã điền. Hãy chọn thư mục khác.") from None
    return 0


def _people(file: Path, rehearsed: bool) -> int:
    with refusals(), database():
        from congtam.people.sheet_apply import apply, rehearse
        from congtam.people.sheet_report import EXAMPLE
        from congtam.people.sheet_rows import read_people_workbook
        from congtam.serving.opening import ACTOR

        report = read_people_workbook(file)
        report = rehearse(ACTOR, report) if rehearsed else apply(ACTOR, report)
    for line in report.lines():
        terminal.say(line)
    if report.refused:
        terminal.say("Chưa ghi dòng nào. Sửa các dòng trên rồi chạy lại.", style="bold")
        return FINDINGS
    if not report.counts.keys() - {EXAMPLE}:
        terminal.say("Tệp chưa có dòng nào được điền; không có gì để ghi.", style="bold")
        return FINDINGS
    terminal.say("Mọi dòng đều dùng được; chưa ghi." if rehearsed else "Đã ghi.", style="bold")
    return 0
