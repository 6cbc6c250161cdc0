"""erase ended, list, person, approve, go-on: what has come to the end of its term, and one person's data."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from congtam.cli import terminal
from congtam.cli.on_site import database, refusals
from congtam.cli.opening import DAYS
from congtam.cli.sealing import agency_named
from congtam.engine.findings import did_you_mean, unusable

if TYPE_CHECKING:
    from congtam.access.gate import Right
    from congtam.access.seats import Seat
    from congtam.retention.models import Erasure

NOT_ALLOWED = 3
ACCOUNT = click.option("--as", "account", required=True, help="Tài khoản của người làm việc này.")


@click.group()
def erase() -> None:
    """Xóa dữ liệu hết thời hạn lưu giữ, hoặc của một người đã rời cơ quan. (Erases by decision.)"""


@erase.command()
@click.argument("agency")
@click.option("--as-of", "as_of", type=click.DateTime(DAYS), help="Tính đến ngày; mặc định hôm nay.")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
def ended(agency: str, as_of: datetime | None, as_json: bool) -> None:
    """Những gì đã hết thời hạn lưu giữ; cái nào đang giữ và vì sao. (Lists what has ended.)"""
    with refusals(), database():
        from django.utils import timezone

        from congtam.retention.kinds import KINDS
        from congtam.retention.queries import ended as ended_of

        now = timezone.now()
        found = ended_of(agency_named(agency), as_of.date() if as_of else timezone.localdate(now), now)
        told: dict[str, dict[str, Any]] = {
            kind: {
                "years": one.term.years if one.term else None,
                "free": [thing.key for thing in one.free],
                "held": {thing.key: why.vi for thing, why in one.held},
                "listed": one.listed,
            }
            for kind, one in found.items()
        }
        titles = {kind: KINDS[kind].title.vi for kind in told}
    if as_json:
        terminal.as_json(told)
        return
    for kind, one in told.items():
        years = f"{one['years']} năm" if one["years"] else "không thời hạn"
        terminal.say(f"{kind:<9} {titles[kind]}: {years}; {len(one['free'])} mục hết hạn, {len(one['held'])} đang giữ")


@erase.command("list")
@click.argument("agency")
@click.argument("kind")
@ACCOUNT
def list_(agency: str, kind: str, account: str) -> int:
    """Lập danh sách xóa mọi mục đã hết thời hạn của một loại. Mã thoát 3 khi không có quyền. (Makes a list.)"""
    with refusals(), database():
        from django.utils import timezone

        from congtam.access.gate import Right
        from congtam.retention.kinds import KINDS
        from congtam.retention.listing import propose

        if kind not in KINDS:
            raise unusable("no-kind", f"there is no kind {kind!r}", did_you_mean(kind, KINDS))
        number = agency_named(agency)
        seat = _seat(account, Right.KEEP_RETENTION, number)
        return _listed(propose(seat, number, kind, timezone.now())) if seat else NOT_ALLOWED


@erase.command()
@click.argument("person")
@click.option("--why", required=True, help="Lý do, như đơn của người ấy.")
@ACCOUNT
def person(person: str, why: str, account: str) -> int:
    """Lập danh sách xóa dữ liệu cá nhân của một người đã rời cơ quan, theo mã cán bộ. (Lists one person's data.)"""
    with refusals(), database():
        from django.utils import timezone

        from congtam.access.gate import Right
        from congtam.people.models import Person
        from congtam.retention.listing import propose_person
        from congtam.retention.of_people import agency_of

        found = Person.objects.filter(code=person).first()
        if found is None:
            codes = Person.objects.values_list("code", flat=True)
            raise unusable("no-person", f"there is no person {person!r}", did_you_mean(person, codes))
        agency = agency_of(found.pk)
        if agency is None:
            raise unusable("no-agency", f"{person} never held a post", "there is nothing of a period to erase")
        seat = _seat(account, Right.KEEP_RETENTION, agency)
        return _listed(propose_person(seat, agency, found, why, timezone.now())) if seat else NOT_ALLOWED


@erase.command()
@click.argument("number", type=int)
@click.option("--decision", required=True, help="Số quyết định cho phép xóa.")
@ACCOUNT
def approve(number: int, decision: str, account: str) -> int:
    """Duyệt một danh sách rồi xóa ngay; người duyệt khác người lập. (Approves a list and carries it out.)"""
    with refusals(), database():
        from django.utils import timezone

        from congtam.access.gate import Right
        from congtam.retention import listing
        from congtam.retention.carrying_out import carry_out
        from congtam.retention.models import Erasure

        found = Erasure.standing().filter(series=number).first()
        if found is None:
            raise unusable("no-list", f"there is no list {number}", "`congtam erase list` makes one")
        seat, now = _seat(account, Right.APPROVE_ERASURE, found.agency_id), timezone.now()
        if seat is None:
            return NOT_ALLOWED
        listing.approve(seat, found, decision, now)
        terminal.say(f"Đã xóa {carry_out(number, now)} mục của danh sách {number} theo quyết định số {decision}.")
    return 0


@erase.command("go-on")
def go_on() -> None:
    """Xóa tiếp các danh sách đã duyệt còn dở. (Goes on with what was cut off or held.)"""
    with refusals(), database():
        from django.utils import timezone

        from congtam.retention.carrying_out import carry_out, unfinished

        went = sum(carry_out(series, timezone.now()) for series in unfinished())
        terminal.say(f"Đã xóa {went} mục; còn {len(unfinished())} danh sách chưa xong.")


def _listed(made: "Erasure") -> int:
    from congtam.retention.models import Line

    count = Line.objects.filter(series=made.series).count()
    terminal.say(f"Đã lập danh sách xóa số {made.series}: {count} mục; chờ người đứng đầu duyệt.")
    return 0


def _seat(account: str, right: "Right", agency: int) -> "Seat | None":
    """The seat of an account, if it holds the right over the agency; else it is told and None."""
    from django.utils import timezone

    from congtam.access.gate import over_unit
    from congtam.access.models import Account
    from congtam.access.seats import seat_of

    who = Account.objects.filter(username=account, is_active=True).first()
    seat = seat_of(who, timezone.localdate()).writing if who else None
    if seat is None or not over_unit(seat, right, agency):
        terminal.say(f"Tài khoản {account} không có quyền làm việc này với cơ quan ấy.")
        return None
    return seat
