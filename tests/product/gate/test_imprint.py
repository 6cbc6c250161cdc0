"""What every file and printed page says of itself, and the code that leads back to it."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from cast import Cast
from congtam.audit.actions import erase_texts
from congtam.audit.models import Entry
from congtam.engine.periods import Period, PeriodKind
from congtam.history.actor import Actor
from congtam.registry import actions as registry
from congtam.scores.models import Run, RunScore

pytestmark = pytest.mark.django_db
DECREE, CARD = "vn/national/decree-335-2025", "civil_servant_month"
RULES = r"12/QĐ-SA, áp dụng từ 01/01/2026, mã băm [0-9a-f]{8}\)"
MOMENT = r"\d\d:\d\d \d\d/\d\d/\d{4}"


@pytest.fixture
def ruled(cast: Cast) -> Cast:
    """The cast under the decree, with a nightly run of the running month that graded An."""
    owner, second = (Actor(account=cast.account(role).pk) for role in ("owner", "second_owner"))
    registry.approve_copy(second, registry.adopt(owner, DECREE, first=date(2026, 1, 1), number="12/QĐ-SA"))
    registry.add_card(owner, DECREE, CARD, True, date(2026, 1, 1))
    card = {"rulebook": DECREE, "scorecard": CARD}
    card["period"] = Period.of(PeriodKind.MONTH, timezone.localdate()).label
    digests = {"meaning": "", "wording": "", "calendar": "", "engine": ""}
    run = Run.objects.create(kind="nightly", seq=1, as_of=timezone.now(), **card, **digests)
    score: dict[str, Any] = dict.fromkeys(("lowest", "highest", "earned", "measurable"), 60_000_000)
    RunScore.objects.create(
        run=run, person=cast.people["an"], unit=cast.units["phong-mot"], agency=cast.units["so-a"], role="staff",
        duty_group="x", staff_kind="civil_servant", working_days=20, grade="complete", graded_by="rule", n_items=12,
        parts=[], **score, **card,
    )  # fmt: skip
    return cast


@pytest.fixture
def get(ruled: Cast) -> Callable[..., Any]:
    """What a role is answered."""

    def of(role: str, address: str, status: int = 200, lang: str = "vi", **given: str) -> Any:
        client = Client()
        client.force_login(ruled.account(role))
        client.cookies["lang"] = lang
        answer = client.get(address, given)
        assert answer.status_code == status, answer.content
        return answer

    return of


def head_of(answer: Any) -> dict[str, str]:
    """The lines before the first row of a file."""
    if "spreadsheet" in answer["Content-Type"]:
        rows = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
        return {str(row[0]): str(row[2]) for row in rows if row[0] and row[2]}
    body = b"".join(answer).decode().removeprefix("\ufeff")
    lines = [line for line in body.split("\r\n\r\n")[0].splitlines() if not line[0].isdigit()]
    parted = (line.removeprefix("# ").partition(": " if line[0] == "#" else ";") for line in lines)
    return {label.strip('"'): value.strip('"') for label, _, value in parted}


def foot_of(answer: Any) -> str:
    """What a page prints at its foot."""
    [foot] = re.findall(r'<p class="print-only imprint">(.*?)</p>', answer.content.decode())
    return unescape(foot)


FILES = [
    ("leader", "/cong-viec/danh-sach.csv", {"tt": "late"}, "work.export",
     {"Bộ lọc": "Trạng thái: .+", "Bộ quy tắc": RULES}),
    ("leader", "/cong-viec/danh-sach.xlsx", {}, "work.export", {"Bộ lọc": "không lọc", "Bộ quy tắc": RULES}),
    ("leader", "/nhat-ky/nhat-ky.csv", {"viec": "people", "ve": "an"}, "audit.export",
     {"Bộ lọc": "Loại việc: Nhân sự; Về ai, đơn vị nào: an"}),
    ("leader", "/nhat-ky/dau-chuoi.txt", {}, "audit.export", {"Bộ lọc": "không lọc"}),
]  # fmt: skip


def test_a_file_says_where_it_comes_from_and_its_code_leads_back(get: Callable[..., Any]) -> None:
    known = {"Nội dung": ".+", "Số liệu đến": MOMENT, "Người xuất": "Trần Văn Đức", "Xuất lúc": MOMENT}
    for role, address, given, action, more in FILES:
        told = head_of(get(role, address, **given))
        entry = Entry.objects.filter(action=action).latest("pk")
        code = rf"{entry.pk} \(http://testserver/ma/{entry.pk}/\)"
        for label, said in (known | more | {"Mã truy nguyên": code}).items():
            assert re.search(said, told.get(label, "")), (address, label, told)
        page = get(role, f"/ma/{entry.pk}/").content.decode()
        assert all(told[label] in unescape(page) for label in ("Nội dung", "Bộ lọc", "Số liệu đến"))
        back = unescape(re.findall(r'<a class="button" href="([^"]+)"', page)[0])
        assert f"Bộ lọc: {told['Bộ lọc']}" in foot_of(get(role, back))


def test_a_code_opens_for_who_exported_it_and_who_may_see_their_records(get: Callable[..., Any]) -> None:
    get("official", "/cong-viec/danh-sach.csv")
    code = f"/ma/{Entry.objects.get(action='work.export').pk}/"
    for role, status in {"official": 200, "head": 200, "leader": 200, "personnel": 200, "auditor": 200,
                         "other_head": 404, "other_leader": 404, "owner": 404, "keeper": 404}.items():  # fmt: skip
        answer = get(role, code, status)
        assert ("Nguyễn Thị An" in answer.content.decode()) is (status == 200)
    assert "Không mở được mã" in get("official", "/ma/999999999/", 404).content.decode()
    other = Entry.objects.exclude(action="work.export").first()
    assert other is not None
    get("official", f"/ma/{other.pk}/", 404)


def test_a_code_whose_text_was_erased_opens_no_more(get: Callable[..., Any]) -> None:
    get("official", "/cong-viec/danh-sach.csv")
    entry = Entry.objects.get(action="work.export")
    assert erase_texts(Entry.objects.filter(pk=entry.pk)) == 1
    get("official", f"/ma/{entry.pk}/", 404)


NIGHT = r"Điểm: lần tính đêm số \d+, đến "
PAGES = [
    ("official", "/thang-cua-toi/", {}, ["Kết quả tháng", RULES, "Điểm: tạm tính trực tiếp"]),
    ("head", "/thang/an/", {}, ["Người: an", RULES, NIGHT]),
    ("head", "/phong-toi/", {}, ["Đơn vị: Phòng Một", RULES, NIGHT]),
    ("head", "/phong-toi/giao-ban/", {}, ["Phiếu giao ban", "Đơn vị: Phòng Một", r"\?dv=phong-mot", RULES]),
    ("leader", "/don-vi/", {}, ["Đơn vị: Sở A", r"\?dv=so-a", RULES, NIGHT]),
    ("leader", "/cong-viec/", {"tt": "late"}, ["Bộ lọc: Trạng thái: ", RULES]),
    ("official", "/quy-tac/", {}, ["Có hiệu lực ngày: ", RULES]),
    ("official", f"/quy-tac/{DECREE}/", {}, ["Có hiệu lực ngày: ", RULES]),
    ("leader", "/nhat-ky/", {"ve": "an"}, ["Về ai, đơn vị nào: an"]),
    ("personnel", "/to-chuc/", {"ngay": "01/06/2026"}, ["Vào ngày: 01/06/2026"]),
    ("personnel", "/to-chuc/nguoi/an/", {}, []),
]  # fmt: skip


def test_a_printed_page_says_the_same_at_its_foot(ruled: Cast, get: Callable[..., Any]) -> None:
    for role, address, given, said in PAGES:
        foot = foot_of(get(role, address, **given))
        who, back = f"Người in: {ruled.account(role).username}", f"Mở lại tại: http://testserver{re.escape(address)}"
        for one in (f"Số liệu đến: {MOMENT}", who, back, *said):
            assert re.search(one, foot), (address, one, foot)
        assert all(f"{name}=" in foot for name in given), foot


def test_it_is_said_in_english_too(get: Callable[..., Any]) -> None:
    foot = foot_of(get("leader", "/don-vi/", lang="en"))
    for one in ("As of: ", "Unit: Sở A", "in force since 01/01/2026", "nightly run", "Printed by: ", "Leads back to: "):
        assert one in foot
