"""The pages of lists of work: by role, kept filters, files, hostile input, one item."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from congtam.access.models import Account, Look
from congtam.audit.models import Entry
from congtam.orgs.models import Unit, UnitSpan
from congtam.people.models import Person
from congtam.web.models import Kept
from congtam.web.pages.worklist.exports import harmless
from drawn_office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    made = Office()
    now = timezone.now()
    for person, title in ((made.an, "Việc của An"), (made.binh, "Việc của Bình"), (made.duc, "Việc của Đức")):
        unit = made.second if person is made.duc else made.first
        made.share(
            person, title, now - timedelta(days=8), received=now - timedelta(days=20), unit=unit, giver=made.head
        )
    return made


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def opened(person: Person, address: str = "/cong-viec/", **given: Any) -> str:
    answer = signed_in(person).get(address, given, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_role_sees_the_work_of_its_own_people_only(office: Office) -> None:
    seen = {
        "an": opened(office.an),
        "ha": opened(office.head),
        "giam": opened(office.leader),
        "ha, own": opened(office.head, **{"pham-vi": "toi"}),
    }
    told = {who: [name for name in ("An", "Bình", "Đức") if f"Việc của {name}" in page] for who, page in seen.items()}
    assert told == {"an": ["An"], "ha": ["An", "Bình"], "giam": ["An", "Bình", "Đức"], "ha, own": []}


def test_an_official_cannot_widen_the_scope_by_the_address(office: Office) -> None:
    page = opened(office.an, **{"pham-vi": "don-vi", "nguoi": str(office.duc.pk)})
    assert "Việc của Đức" not in page
    assert "Việc của Bình" not in page


def test_filters_are_kept_for_the_account_but_not_what_was_searched_for(office: Office) -> None:
    client = signed_in(office.head)
    client.get("/cong-viec/", {"tt": "late", "q": "bi mat", "trang": "1"})
    assert Kept.objects.get().query == "tt=late"
    again = signed_in(office.head).get("/cong-viec/")
    assert again.status_code == 302
    assert again["Location"] == "/cong-viec/?tt=late"
    client.get("/cong-viec/", {"bo-loc": "1"})
    assert client.get("/cong-viec/").status_code == 200


def test_nonsense_in_the_address_narrows_nothing_and_breaks_nothing(office: Office) -> None:
    nonsense = {
        "tt": "x' OR 1=1", "ky": "2026-99", "nguoi": "abc", "dv": "-1", "ngay": "31/31/31", "tre": "9" * 30,
        "sap": "-drop", "trang": "-7", "q": "\x00%_\\'\"<script>", "mien": "?", "loai": "|", "giao": "1e9",
    }  # fmt: skip
    for name, value in nonsense.items():
        page = opened(office.head, **{name: value})
        assert "<script>" not in page
        assert "Việc của An" in page or name == "q"


def test_names_with_html_are_escaped(office: Office) -> None:
    bad = office.person("xss", "<b>Nguyễn</b> <img src=x onerror=alert(1)>", office.first)
    now = timezone.now()
    office.share(bad, '"><script>alert(1)</script>', None, received=now - timedelta(days=3), symbol="<i>1</i>")
    page = opened(office.head)
    assert "<script>alert" not in page and "<img src=x" not in page and "<i>1</i>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-2", "@sum(a1)", "\t=1", "\r=1"])
def test_what_begins_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("Công văn số =1") == "Công văn số =1"


def test_a_csv_says_what_it_holds_and_computes_nothing(office: Office) -> None:
    office.share(office.an, '=HYPERLINK("http://x")', None, received=timezone.now() - timedelta(days=2), symbol="@1")
    answer = signed_in(office.head).get("/cong-viec/danh-sach.csv", {"nguoi": str(office.an.pk)})
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffNội dung;Việc của đơn vị tôi phụ trách\r\n")
    for part in (
        "Bộ lọc;Người làm: Nguyễn Văn An",
        "Số liệu đến;",
        "Người xuất;Trần Thị Hà",
        "Mã truy nguyên;",
        "'=HYPERLINK",
        "'@1",
    ):
        assert part in text
    assert "Việc của Bình" not in text
    entry = Entry.objects.get(action="work.export")
    assert f"Mã truy nguyên;{entry.pk} (http://testserver/ma/{entry.pk}/)" in text


def test_a_workbook_holds_texts_and_days_and_no_formula(office: Office) -> None:
    office.share(office.an, "=1+1", None, received=timezone.now() - timedelta(days=2))
    answer = signed_in(office.head).get("/cong-viec/danh-sach.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=1+1" in [cell.value for cell in cells]
    assert [cell for cell in cells if cell.is_date]
    assert Entry.objects.filter(action="work.export").count() == 1


def test_an_item_shows_who_had_it_and_what_happened(office: Office) -> None:
    share = office.an.shares.get()
    wrong = office.event(share.item, share.received_at + timedelta(days=1), "extended", value="2026-12-31T10:00:00Z")
    office.event(share.item, share.received_at + timedelta(days=2), "withdrawn", value=str(wrong.seq))
    page = opened(office.head, f"/cong-viec/{share.item_id}/")
    for part in ("Việc của An", "Giao việc", "Trần Thị Hà → Nguyễn Văn An", "đã rút lại", "17:00 31/12/2026"):
        assert part in page
    assert Look.objects.get(person=office.an).what == "work_item"


def test_who_looked_through_a_list_is_told_to_those_on_it(office: Office) -> None:
    opened(office.head)
    opened(office.an)
    told = set(Look.objects.values_list("viewer__username", "person__code", "what", "role"))
    assert told == {("ha", "an", "work", "head"), ("ha", "binh", "work", "head")}


def test_an_item_of_others_does_not_exist_for_who_may_not_see_it(office: Office) -> None:
    item = office.duc.shares.get().item_id
    assert signed_in(office.an).get(f"/cong-viec/{item}/").status_code == 404
    assert signed_in(office.head).get(f"/cong-viec/{item}/").status_code == 404
    assert signed_in(office.leader).get(f"/cong-viec/{item}/").status_code == 200
    assert signed_in(office.leader).get("/cong-viec/999999999/").status_code == 404


def test_a_page_takes_few_queries_however_long_the_list(office: Office) -> None:
    client = signed_in(office.head)
    client.get("/cong-viec/", {"tt": "late"})

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/cong-viec/", {"tt": "late"}).status_code == 200
        return len(queries)

    before = asked()
    for n in range(60):
        office.share(
            office.an, f"thêm {n}", timezone.now() - timedelta(days=5), received=timezone.now() - timedelta(days=9)
        )
    assert asked() == before


def test_units_are_taken_as_the_tree_stood_on_the_day_chosen(office: Office) -> None:
    """A group that moved from one section to another: filtered by its old section as of before, its work is there."""
    group = Unit.objects.create(code="TO1")
    moved = date(2026, 6, 1)
    for parent, days in ((office.first, (date(2025, 1, 1), moved)), (office.second, (moved, None))):
        UnitSpan.objects.create(unit=group, parent=parent, agency=office.agency, name="Tổ Một", days=days)
    office.share(office.an, "Việc của tổ", None, received=timezone.now() - timedelta(days=2), unit=group)
    before, today = "2026-05-04", f"{timezone.localdate():%Y-%m-%d}"
    assert "Việc của tổ" in opened(office.leader, dv=str(office.first.pk), ngay=before)
    assert "Việc của tổ" not in opened(office.leader, dv=str(office.first.pk), ngay=today)
    assert "Việc của tổ" in opened(office.leader, dv=str(office.second.pk), ngay=today)
