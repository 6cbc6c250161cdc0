"""A small department for tests, built through the actions: who works where, who may what. All names are invented.

    Sở A (so-a)                leader: giam-doc; clerk: van-thu; a deputy who leads nothing, accountant: pho-giam-doc
    ├── Văn phòng (van-phong)  personnel: nhan-su; owner of rules: quy-tac; administrator: quan-tri
    ├── Phòng Một (phong-mot)  head: truong-mot; officials: an, binh
    └── Phòng Hai (phong-hai)  head: truong-hai; officials: chi, dung
    Sở B (so-b)                leader: giam-doc-b; official: em

The auditor holds a mandate over Sở A and no post. Everybody began on `BEGAN`; passwords are `PASSWORD`.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

from django.core.cache import cache

import written_rows
from congtam.access.actions import give_mandate, open_account
from congtam.access.models import Account
from congtam.history.actor import SYSTEM
from congtam.orgs.actions import set_unit
from congtam.orgs.models import Unit
from congtam.people.actions import add_person, begin_spell, set_post
from congtam.people.models import Person, Post, Spell

BEGAN = date(2025, 3, 1)
MANDATE_ENDS = date(2100, 1, 1)
PASSWORD = "mật khẩu thử 2025"

# code: full name, honorific, unit, title, duty group, leads, functions, rank
PEOPLE: dict[str, tuple[str, str, str, str, str, bool, tuple[str, ...], int]] = {
    "giam-doc": ("Trần Văn Đức", "Ông", "so-a", "Giám đốc", "leader", True, (), 10),
    "pho-giam-doc": ("Lê Thị Ánh", "Bà", "so-a", "Phó Giám đốc", "leader", False, ("finance",), 20),
    "nhan-su": ("Phạm Thu Hà", "Bà", "van-phong", "Chuyên viên tổ chức", "staff", False, ("personnel",), 60),
    "quy-tac": ("Hồ Quang Minh", "Ông", "van-phong", "Chuyên viên cải cách", "staff", False, ("rules", "reform"), 60),
    "duyet-quy-tac": ("Vũ Ngọc Lan", "Bà", "van-phong", "Phó Chánh Văn phòng", "staff", False, ("rules",), 50),
    "quan-tri": ("Đỗ Hữu Phước", "Ông", "van-phong", "Quản trị hệ thống", "staff", False, ("administrator",), 70),
    "du-lieu": ("Tôn Nữ Diệu", "Bà", "van-phong", "Phụ trách dữ liệu", "staff", False, ("sources",), 70),
    "van-thu": ("Cao Thị Thư", "Bà", "so-a", "Văn thư", "staff", False, ("registers",), 70),
    "truong-mot": ("Nguyễn Văn Bảo", "Ông", "phong-mot", "Trưởng phòng", "head", True, (), 30),
    "an": ("Nguyễn Thị An", "Bà", "phong-mot", "Chuyên viên", "staff", False, (), 80),
    "binh": ("Hoàng Bình", "Ông", "phong-mot", "Chuyên viên", "staff", False, (), 80),
    "truong-hai": ("Đặng Thị Cúc", "Bà", "phong-hai", "Trưởng phòng", "head", True, (), 30),
    "chi": ("Võ Mai Chi", "Bà", "phong-hai", "Chuyên viên", "staff", False, (), 80),
    "dung": ("Lý Anh Dũng", "Ông", "phong-hai", "Chuyên viên", "staff", False, (), 80),
    "giam-doc-b": ("Bùi Thanh Tùng", "Ông", "so-b", "Giám đốc", "leader", True, (), 10),
    "em": ("Mai Văn Em", "Ông", "so-b", "Chuyên viên", "staff", False, (), 80),
}
UNITS = {
    "so-a": ("Sở A", "department", None),
    "van-phong": ("Văn phòng", "section", "so-a"),
    "phong-mot": ("Phòng Một", "section", "so-a"),
    "phong-hai": ("Phòng Hai", "section", "so-a"),
    "so-b": ("Sở B", "department", None),
}
ROLES = {  # what each role is called in tests → who has it
    "official": "an",
    "head": "truong-mot",
    "other_head": "truong-hai",
    "leader": "giam-doc",
    "other_leader": "giam-doc-b",
    "personnel": "nhan-su",
    "owner": "quy-tac",
    "second_owner": "duyet-quy-tac",
    "keeper": "du-lieu",
    "clerk": "van-thu",
    "accountant": "pho-giam-doc",
    "administrator": "quan-tri",
    "auditor": "kiem-tra",
}


@dataclass
class Cast:
    """The department by codes. `account("head")` is the account of a role, `accounts` are by user name."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    spells: dict[str, Spell] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def account(self, role: str) -> Account:
        """The account of a role of `ROLES`."""
        return self.accounts[ROLES[role]]


def build() -> Cast:
    """Write the department into an empty database: through the actions once in a process, later as the rows these
    wrote."""
    alone = written_rows.are_none(ROOMS)
    if _kept and alone:
        made, rows = _kept[0]
        written_rows.lay(rows)
        cache.clear()  # what was remembered of the same people by number
        return deepcopy(made)
    made = _by_actions()
    if alone:
        _kept.append((made, written_rows.taken(ROOMS)))
    return deepcopy(made)


ROOMS = ("audit", "orgs", "people", "access")
_kept: list[tuple["Cast", written_rows.Laid]] = []


def _by_actions() -> Cast:
    cast = Cast()
    for code, (name, level, above) in UNITS.items():
        parent = cast.units[above] if above else None
        cast.units[code] = set_unit(SYSTEM, code, name=name, level=level, parent=parent, agency=parent, first=BEGAN)
    for code, (name, honorific, unit, title, duty_group, leads, functions, rank) in PEOPLE.items():
        cast.people[code] = add_person(SYSTEM, code, full_name=name, honorific=honorific)
        cast.posts[code] = set_post(
            SYSTEM,
            f"vi-tri-{code}",
            unit=cast.units[unit],
            title=title,
            duty_group=duty_group,
            leads=leads,
            rank=rank,
            functions=functions,
            first=BEGAN,
        )
        cast.spells[code] = begin_spell(
            SYSTEM,
            code=f"ct-{code}",
            person=cast.people[code],
            post=cast.posts[code],
            staff_kind="civil_servant",
            first=BEGAN,
            decision="01/QĐ-SA",
        )
        cast.accounts[code] = open_account(SYSTEM, code, PASSWORD, person=cast.people[code])
    auditor = open_account(SYSTEM, "kiem-tra", PASSWORD)
    cast.accounts["kiem-tra"] = auditor
    give_mandate(SYSTEM, auditor, "12/QĐ-TTr", cast.units["so-a"], BEGAN, MANDATE_ENDS)
    return cast
