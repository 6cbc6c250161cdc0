"""seal make, list, export, erase; verify: a month fixed for good, and whether it still holds."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from congtam.cli import terminal
from congtam.cli.serving import database, refusals
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.periods import Period

if TYPE_CHECKING:
    from congtam.engine.sealing.verify import Verdict
    from congtam.scores.checking import Checked
    from congtam.scores.models import Seal

FINDINGS, NOT_ALLOWED = 1, 3


@click.group()
def seal() -> None:
    """Bản chốt: chốt kỳ, liệt kê, xuất tệp, xóa lời. (Seals.)"""


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

        now, unit = timezone.now(), _agency(agency)
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
        told = [_row(one) for one in _seals(agency, None)]
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

        found = _seals(agency, period)
        chosen = next((one for one in found if number in (None, one.number)), None)
        if chosen is None:
            numbers = ", ".join(str(one.number) for one in found) or "none"
            raise unusable("no-seal", f"{agency} has no such seal of {period}", f"its seals: {numbers}")
        out.write_bytes(file_of(chosen))
        terminal.say(f"Đã ghi {out}: {agency}, kỳ {period}, lần {chosen.number}. Mã bản chốt: {chosen.body}")


@seal.command()
@click.argument("person")
@click.option("--decision", required=True, help="Số quyết định cho phép xóa.")
def erase(person: str, decision: str) -> None:
    """Xóa tên và lời lẽ về một người khỏi mọi bản chốt; bản chốt vẫn kiểm chứng được. (Erases texts.)"""
    with refusals(), database():
        from congtam.history.actor import Actor
        from congtam.people.models import Person
        from congtam.scores.keeping import erase_texts

        found = Person.objects.filter(code=person).first()
        if found is None:
            codes = Person.objects.values_list("code", flat=True)
            raise unusable("no-person", f"there is no person {person!r}", did_you_mean(person, codes))
        count = erase_texts(Actor(name="cli"), found, decision)
        terminal.say(f"Đã xóa {count} dòng chữ về {person} khỏi các bản chốt.")


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", is_flag=True, help="Kiểm chứng mọi bản chốt trong cơ sở dữ liệu, đối chiếu với số liệu gốc.")
@click.option("--agency", help="Với --site: chỉ của một cơ quan.")
@click.option("--period", help="Với --site: chỉ một kỳ.")
@click.option("--body", help="Mã bản chốt ghi trên văn bản, để so với tệp.")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
def verify(
    file: Path | None, site: bool, agency: str | None, period: str | None, body: str | None, as_json: bool
) -> int:
    """Bản chốt có nguyên vẹn, tính lại có ra đúng không; chỗ nào sai thì nêu tên. Mã thoát 1 khi có. (Verifies.)"""
    if (file is None) != site:
        raise unusable("which-seal", "verify takes a file, or --site", "name a .seal file, or write --site alone")
    if file is None:
        with refusals(), database():
            from congtam.scores.checking import check

            checked = [check(one) for one in _seals(agency, period)]
        return _say_site(checked, as_json)
    from congtam.engine.sealing.archive import read_seal
    from congtam.engine.sealing.verify import verify as verify_seal

    verdict = verify_seal(read_seal(file.read_bytes()), body)
    if as_json:
        terminal.as_json(_told(verdict))
    else:
        terminal.findings(verdict.findings)
        terminal.say(_sentence(verdict))
    return 0 if verdict.holds else FINDINGS


def _say_site(checked: "Sequence[Checked]", as_json: bool) -> int:
    if as_json:
        terminal.as_json(
            [
                {
                    **_row(one.seal),
                    "holds": one.holds,
                    "verdict": _told(one.verdict) if one.verdict else None,
                    "findings": [{"code": found.code, "message": found.message} for found in one.findings],
                }
                for one in checked
            ]
        )
    else:
        for one in checked:
            terminal.findings((*(one.verdict.findings if one.verdict else ()), *one.findings))
            said = _sentence(one.verdict) if one.verdict else "Tệp của bản chốt đã hỏng."
            same = "" if one.findings else " Cơ sở dữ liệu khớp với bản chốt."
            terminal.say(f"{one.seal.agency}, kỳ {one.seal.period}, lần {one.seal.number}: {said}{same}")
        terminal.say(f"{len(checked)} bản chốt, {sum(not one.holds for one in checked)} bản có điều bất thường.")
    return 0 if all(one.holds for one in checked) else FINDINGS


def _sentence(verdict: "Verdict") -> str:
    whole = "Nguyên vẹn" if verdict.intact else "Đã bị sửa"
    again = {
        True: "tính lại ra đúng như đã chốt",
        False: "tính lại ra khác",
        None: "không tính lại vì không còn nguyên",
    }
    other = f"; máy tính bằng phiên bản khác ({', '.join(verdict.engine_differs)})" if verdict.engine_differs else ""
    gone = f"; {sum(verdict.erased.values())} dòng chữ đã xóa theo quyết định" if verdict.erased else ""
    return f"{whole}; {again[verdict.recomputes]}: {verdict.people} người{other}{gone}. Mã bản chốt: {verdict.body}"


def _told(verdict: "Verdict") -> dict[str, Any]:
    return {
        "body": verdict.body,
        "intact": verdict.intact,
        "recomputes": verdict.recomputes,
        "engine_differs": list(verdict.engine_differs),
        "erased": dict(verdict.erased),
        "people": verdict.people,
        "findings": [{"code": one.code, "message": one.message, "place": str(one.place)} for one in verdict.findings],
    }


def _row(one: "Seal") -> dict[str, Any]:
    told = {"agency": one.agency.code, "period": one.period, "number": one.number, "people": one.people}
    return told | {"made_at": one.made_at.isoformat(), "body": one.body, "head": one.head}


def _seals(agency: str | None, period: str | None) -> "list[Seal]":
    from congtam.scores.models import Seal

    found = Seal.objects.select_related("agency").order_by("-id")
    if agency is not None:
        found = found.filter(agency=_agency(agency))
    if period is not None:
        found = found.filter(period=Period.parse(period).label)
    return list(found)


def _agency(code: str) -> int:
    from congtam.orgs.models import Unit

    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise unusable(
            "no-agency", f"there is no agency {code!r}", did_you_mean(code, Unit.objects.values_list("code", flat=True))
        )
    return unit.pk
