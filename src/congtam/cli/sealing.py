"""seal make, list, export: a month fixed for good."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from congtam.cli import terminal
from congtam.cli.on_site import database, refusals
from congtam.engine.findings import Finding, Unusable, did_you_mean, unusable
from congtam.engine.periods import Period

if TYPE_CHECKING:
    from congtam.scores.models import Seal

NOT_ALLOWED = 3


@click.group()
def seal() -> None:
    """Bản chốt: chốt kỳ, liệt kê, xuất tệp. (Seals.)"""


@seal.command()
@click.argument("agency")
@click.argument("period")
@click.option("--as", "account", required=True, help="Tài khoản của người đứng đầu cơ quan.")
def make(agency: str, period: str, account: str) -> int:
    """Chốt một kỳ của một cơ quan, như nút “Chốt”. Mã thoát 3 khi tài khoản không có quyền. (Seals a period.)"""
    with refusals(), database():
        from django.utils import timezone

        from congtam.access.gate import Right, over_unit
        from congtam.access.models import Account
        from congtam.access.seats import seat_of
        from congtam.closing.sealing import close
        from congtam.cycles.queries import cycle_of

        now, unit = timezone.now(), agency_named(agency)
        who = Account.objects.filter(username=account, is_active=True).first()
        seat = seat_of(who, timezone.localdate(now)) if who else None
        if seat is None or not over_unit(seat, Right.SEAL, unit):
            terminal.say(
                f"Tài khoản {account} không có quyền chốt kết quả của {agency}: hãy dùng tài khoản người đứng đầu."
            )
            return NOT_ALLOWED
        cycle = cycle_of(unit, Period.parse(period))
        if cycle is None:
            raise unusable("no-cycle", f"{agency} has no cycle for {period}", "open it on the page Chốt tháng")
        made = close(seat, cycle, now)
        terminal.say(f"Đã chốt {agency}, kỳ {made.period}: {made.people} người. Mã bản chốt: {made.body}")
    return 0


@seal.command("list")
@click.option("--agency", help="Chỉ của một cơ quan.")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
def list_(agency: str | None, as_json: bool) -> None:
    """Các bản chốt, mới nhất trước. (Lists seals.)"""
    with refusals(), database():
        told = [row(one) for one in seals(agency, None)]
    if as_json:
        terminal.as_json(told)
        return
    for one in told:
        what = f"{one['agency']}  {one['period']}  lần {one['number']}  {one['people']} người"
        terminal.say(f"{what}  {one['made_at']}  {one['body']}")
    terminal.say(f"{len(told)} bản chốt.")


@seal.command()
@click.argument("agency")
@click.argument("period")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--number", type=int, help="Lần chốt thứ mấy; mặc định là bản đang có hiệu lực.")
def export(agency: str, period: str, out: Path, number: int | None) -> None:
    """Xuất một bản chốt ra tệp .seal, để kiểm chứng ở nơi khác. (Writes a seal to a file.)"""
    with refusals(), database():
        from congtam.scores.keeping import file_of

        found = seals(agency, period)
        chosen = next((one for one in found if number in (None, one.number)), None)
        if chosen is None:
            numbers = ", ".join(str(one.number) for one in found) or "none"
            raise unusable("no-seal", f"{agency} has no such seal of {period}", f"its seals: {numbers}")
        out.write_bytes(file_of(chosen))
        terminal.say(f"Đã ghi {out}: {agency}, kỳ {period}, lần {chosen.number}. Mã bản chốt: {chosen.body}")


def row(one: "Seal") -> dict[str, Any]:
    """A seal as JSON tells it."""
    told = {"agency": one.agency.code, "period": one.period, "number": one.number, "people": one.people}
    return told | {"made_at": one.made_at.isoformat(), "body": one.body, "head": one.head}


def seals(agency: str | None, period: str | None) -> "list[Seal]":
    """The seals of a site, the last first; of one agency or period where one is named."""
    from congtam.scores.models import Seal

    found = Seal.objects.select_related("agency").order_by("-id")
    if agency is not None:
        found = found.filter(agency=agency_named(agency))
    if period is not None:
        found = found.filter(period=Period.parse(period).label)
    return list(found)


def agency_named(code: str) -> int:
    """The number of an agency by its code. Raises `Unusable` when there is none."""
    from congtam.orgs.models import Unit

    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        advice = did_you_mean(code, Unit.objects.values_list("code", flat=True))
        vi = (f"không có cơ quan nào mang mã {code}", f"hãy xem lại mã; {advice}")
        raise Unusable([Finding("no-agency", f"there is no agency {code!r}", advice, vi=vi)])
    return unit.pk
