"""Opening an empty site: its agency, and the administrator who lets the others in."""

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
from congtam.serving.preparing import Unfit

ACTOR = Actor(name="init")


@dataclass(frozen=True)
class Opening:
    """What is asked of whoever opens a site. `since`: the first day from which it keeps account."""

    agency: str
    agency_name: str
    administrator: str
    administrator_name: str
    username: str
    since: date


def open_site(told: Opening) -> str:
    """Make the agency, its administrator with a post, and their account; the temporary password, told only here.

    Raises `Unfit` when the site was opened before, `Refused` when something told makes no sense.
    """
    with transaction.atomic():
        if Unit.objects.exists() or Account.objects.exists():
            raise Unfit(
                "Trang này đã được khởi tạo. Muốn làm lại từ đầu, dùng một cơ sở dữ liệu trống khác; muốn nạp thêm "
                "người, chạy `congtam init --people TỆP.xlsx`."
            )
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
