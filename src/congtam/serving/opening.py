"""Opening an empty site: its agency, and the administrator who lets the others in."""

import re
import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from congtam.access.actions import open_account
from congtam.access.models import Account
from congtam.history.actor import Actor
from congtam.orgs.actions import set_unit
from congtam.orgs.models import Unit
from congtam.people.actions import add_person, begin_spell, set_post
from congtam.serving.demo import is_demo
from congtam.serving.preparing import Unfit

ACTOR = Actor(name="init")
CODE, USERNAME = re.compile(r"[\w./-]{1,32}"), re.compile(r"[\w.@-]{2,64}")
LONGEST_NAME = 120


@dataclass(frozen=True)
class Opening:
    """What is asked of whoever opens a site. `since`: the first day from which it keeps account."""

    agency: str
    agency_name: str
    administrator: str
    administrator_name: str
    username: str
    since: date


def check_empty() -> None:
    """Raises `Unfit` when the site was opened before."""
    if is_demo():
        raise Unfit(
            "Trang này đang chứa dữ liệu mẫu. Chạy `congtam demo remove` để xóa, rồi khởi tạo; hoặc đặt CONGTAM_SITE "
            "là một thư mục khác."
        )
    if Unit.objects.exists() or Account.objects.exists():
        raise Unfit(
            "Trang này đã được khởi tạo. Muốn làm lại từ đầu, dùng một cơ sở dữ liệu trống khác; muốn nạp thêm "
            "người, chạy `congtam init --people TỆP.xlsx`."
        )


def check_told(told: Opening, today: date) -> None:
    """Raises `Unfit` with everything that cannot be used, and why."""
    wrong = [
        f"{what} “{said}” chưa dùng được: viết 1–32 chữ cái, chữ số, dấu chấm hoặc gạch, không có dấu cách."
        for what, said in (("Mã cơ quan", told.agency), ("Mã cán bộ", told.administrator))
        if not CODE.fullmatch(said)
    ]
    if not USERNAME.fullmatch(told.username):
        wrong.append(f"Tên đăng nhập “{told.username}” chưa dùng được: viết 2–64 chữ cái, chữ số, dấu chấm hoặc gạch.")
    wrong += [
        f"{what} phải có và không quá {LONGEST_NAME} chữ."
        for what, said in (("Tên cơ quan", told.agency_name), ("Họ và tên", told.administrator_name))
        if not 0 < len(said.strip()) <= LONGEST_NAME
    ]
    if told.since > today:
        wrong.append(f"Ngày bắt đầu theo dõi {told.since:%d/%m/%Y} chưa đến: người quản trị sẽ chưa có quyền gì.")
    if wrong:
        raise Unfit("\n".join([*wrong, "Chưa ghi gì; hãy chạy lại."]))


def open_site(told: Opening) -> str:
    """Make the agency, its administrator with a post, and their account; the temporary password, told only here.

    Raises `Unfit` when the site was opened before. What was told must have passed `check_told`.
    """
    with transaction.atomic():
        check_empty()
        agency = set_unit(
            ACTOR, told.agency, name=told.agency_name, level="agency", parent=None, agency=None, first=told.since
        )
        person = add_person(ACTOR, told.administrator, full_name=told.administrator_name)
        post = set_post(
            ACTOR,
            f"{told.agency}-QTHT",
            unit=agency,
            title="Quản trị hệ thống",
            duty_group="ho_tro",
            functions=("administrator",),
            first=told.since,
        )
        begin_spell(
            ACTOR,
            code=f"{told.administrator}-1",
            person=person,
            post=post,
            staff_kind="civil_servant",
            first=told.since,
        )
        password = secrets.token_urlsafe(12)
        open_account(ACTOR, told.username, password, person=person, temporary=True)
    return password
