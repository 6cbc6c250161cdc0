"""audit verify, audit heads: whether the audit is as it was written, and its heads for keeping elsewhere."""

from pathlib import Path

import click

from congtam.cli import terminal
from congtam.cli.on_site import database, refusals
from congtam.engine.findings import unusable

FINDINGS = 1


@click.group()
def audit() -> None:
    """Nhật ký: kiểm tra nguyên vẹn, xuất các mã đầu chuỗi. (The audit.)"""


@audit.command()
@click.option(
    "--heads",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp mã đầu chuỗi đã cất ở nơi khác, để phát hiện cả phần bị cắt bỏ hay viết lại.",
)
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
def verify(kept: Path | None, as_json: bool) -> int:
    """Tìm mục bị sửa, mất hay cắt bỏ trong nhật ký. Mã thoát 1 khi có. (Finds what was changed.)"""
    with refusals(), database():
        from congtam.audit.queries import read_heads
        from congtam.audit.verify import verify as verify_audit

        try:
            told = read_heads(kept.read_text(encoding="utf-8").splitlines()) if kept else None
        except ValueError as error:
            raise unusable("not-heads", f"{kept}: {error}", "give the file `congtam audit heads` wrote") from None
        verdict = verify_audit(told)
    if as_json:
        found = [{"code": one.code, "message": one.message} for one in verdict.findings]
        told_counts = {"batches": verdict.batches, "entries": verdict.entries, "waiting": verdict.waiting}
        terminal.as_json({"intact": verdict.intact, **told_counts, "findings": found})
    else:
        terminal.findings(verdict.findings)
        state = "Nhật ký nguyên vẹn" if verdict.intact else f"Nhật ký có {len(verdict.findings)} điều bất thường"
        terminal.say(f"{state}: {verdict.entries} mục trong {verdict.batches} đợt; {verdict.waiting} mục chờ khép đợt.")
    return 0 if verdict.intact else FINDINGS


@audit.command()
@click.option("--after", default=0, show_default=True, help="Chỉ in các đợt sau đợt này.")
def heads(after: int) -> None:
    """Khép đợt đang mở rồi in mã đầu chuỗi của từng đợt, để cất ở máy khác. (Prints the heads.)"""
    with refusals(), database():
        from congtam.audit.actions import close_batch
        from congtam.audit.queries import heads as heads_of

        close_batch(patience_ms=5000)
        for head in heads_of(after):
            click.echo(head.line())
