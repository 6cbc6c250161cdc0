"""prepare: files in."""

from pathlib import Path

import click

from congtam.cli import terminal
from congtam.cli.asking import Moment, now
from congtam.engine.findings import unusable
from congtam.files import Progress, Report, load_mapping, mapping_path, propose, shipped_mappings
from congtam.files import prepare as take_in

FINDINGS = 1  # exit code: done, but some rows were set aside
WHY = {
    "missing-key": "thiếu mã (missing-key)",
    "missing-receipt": "thiếu ngày tiếp nhận (missing-receipt)",
    "unreadable-date": "ngày giờ không đọc được (unreadable-date)",
    "finished-before-received": "xong trước khi nhận (finished-before-received)",
    "unknown-code": "giá trị chưa có mã trong ánh xạ (unknown-code)",
    "bad-number": "số viết sai (bad-number)",
    "duplicate-key": "mã trùng với dòng trước (duplicate-key)",
    "contradiction": "các dòng của một hồ sơ nói khác nhau (contradiction)",
    "cell-count": "thừa hoặc thiếu ô (cell-count)",
    "not-csv": "dấu ngoặc kép đặt sai (not-csv)",
    "not-decodable": "sai bảng mã (not-decodable)",
    "nul": "có ký tự NUL (nul)",
    "unknown-person": "tên không có trong danh sách cán bộ (unknown-person)",
    "namesakes": "trùng họ tên, chưa rõ là ai (namesakes)",
    "two-leads": "hai người cùng chủ trì (two-leads)",
    "no-lead": "chưa ghi ai chủ trì (no-lead)",
    "formula-error": "ô công thức bị lỗi (formula-error)",
    "formula-without-value": "ô công thức chưa có giá trị (formula-without-value)",
    "total-row": "dòng tổng cộng (total-row)",
    "heading-row": "dòng tiêu đề nhóm (heading-row)",
    "header-again": "dòng tiêu đề lặp lại (header-again)",
    "empty-row": "dòng mới có số thứ tự (empty-row)",
    "below-the-table": "phần ký tên dưới bảng (below-the-table)",
}


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="Tệp ánh xạ (YAML), hoặc tên một ánh xạ có sẵn.")
@click.option("--mappings", is_flag=True, help="Liệt kê các ánh xạ có sẵn.")
@click.option(
    "--people", type=click.Path(path_type=Path), help="Danh sách cán bộ (mã, họ tên, đơn vị) để tra tên ra mã."
)
@click.option("--out", type=click.Path(path_type=Path), help="Thư mục ghi các bảng; phải mới hoặc trống.")
@click.option("--propose", "propose_", is_flag=True, help="Viết nháp ánh xạ từ tiêu đề và dòng mẫu.")
@click.option("--recorded-at", type=Moment(), help="Coi như biết được lúc này; mặc định: bây giờ.")
@click.option("--json", "json_", is_flag=True, help="In báo cáo bằng JSON.")
def prepare(
    files: tuple[Path, ...],
    mapping: Path | None,
    mappings: bool,
    people: Path | None,
    out: Path | None,
    propose_: bool,
    recorded_at: object,
    json_: bool,
) -> None:
    """Đọc CSV, XES (cả .gz), XLSX, Parquet thành các bảng dữ liệu. (Turn lists and logs into contract tables.)"""
    if mappings:
        _list_mappings()
        return
    if propose_:
        click.echo(propose(files))
        return
    if mapping is None or out is None:
        raise unusable(
            "nothing-asked",
            "prepare needs --mapping and --out",
            "begin with `congtam prepare FILE --propose > mapping.yaml`, review it, then run again",
        )
    mapped = load_mapping(mapping_path(mapping), people)
    report = take_in(files, mapped, out, recorded_at or now(), _told)  # type: ignore[arg-type]
    terminal.progress_done()
    if json_:
        terminal.as_json(report.as_dict())
    else:
        _say(report, out)
    if report.rows_set_aside:
        raise click.exceptions.Exit(FINDINGS)


def _list_mappings() -> None:
    for name, title in shipped_mappings().items():
        terminal.say(f"{name}: {title}")
        terminal.say(str(mapping_path(Path(name))), indent=2)


def _told(progress: Progress) -> None:
    share = 100 * progress.bytes_read // max(1, progress.bytes_total)
    terminal.progress(f"{progress.file}: {_many(progress.rows_read)} dòng ({share} %)")


def _many(number: int) -> str:
    """A count as Vietnamese write it: 12.345."""
    return f"{number:,}".replace(",", ".")


def _say(report: Report, out: Path) -> None:
    terminal.say(
        f"{_many(report.rows_read)} dòng đọc = {_many(report.rows_used)} dùng + "
        f"{_many(report.rows_set_aside)} để riêng + {_many(report.rows_left_out)} ngoài phạm vi"
    )
    if report.rows_repaired:
        terminal.say(f"{_many(report.rows_repaired)} dòng đã được sửa và đưa vào lại")
    terminal.say(f"{_many(report.items)} công việc, {_many(report.events)} sự kiện → {out}")
    for title, counts in (
        ("Để riêng", report.set_aside),
        ("Ngoài phạm vi", report.left_out),
        ("Giữ lại, nên xem", report.kept),
    ):
        for reason, count in sorted(counts.items()):
            terminal.say(f"{title}: {_many(count)} dòng, {WHY.get(reason, reason)}", indent=1)
    terminal.findings([*report.warnings, *report.first_set_aside])
    if report.rows_set_aside:
        terminal.say(
            f"Sửa {out / 'intake' / 'set_aside.csv'} rồi đưa vào lại cùng tệp gốc: xem docs/how-to/map-a-log.md"
        )
