"""Bảng việc: every piece of work stands in the column its events say, once, and only for who may see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from board_scene import Office, column
from cast import ROLES
from congtam.desk import doing
from congtam.desk.board import COLUMNS
from congtam.web.models import Kept

pytestmark = pytest.mark.django_db
MOST = 15
STANDS = {
    "untaken": ["Chưa nhận một"],
    "in_hand": ["Đang làm một"],
    "waiting": ["Chờ bên khác một"],
    "delivered": ["Chờ nghiệm thu một"],
    "returned": ["Trả lại một"],
    "done": ["Xong một"],
}


def test_work_stands_where_its_events_put_it(office: Office) -> None:
    office.in_every_column()
    page = office.get("an", "/bang-viec/")
    assert {name: column(page, name) for name in COLUMNS} == STANDS
    assert "Xin không nhận" in page and "còn 5 ngày làm việc" in page
    assert [page.count(f"</svg>{word}</span>") for word in ("Chưa nhận", "Chờ nghiệm thu", "Đã xong")] == [1, 1, 1]


def test_a_head_s_board_holds_the_unit_and_nobody_else_s_work(office: Office) -> None:
    office.in_every_column()
    office.given("Của Chi", "chi", "truong-hai")
    page = office.get("truong-mot", "/bang-viec/")
    assert column(page, "untaken") == ["Chưa nhận một", "Của Bình"]
    assert "Nguyễn Thị An" in page and "Của Chi" not in page
    assert "Của Chi" in office.get("giam-doc", "/bang-viec/")
    assert "Của Bình" not in office.get("an", "/bang-viec/", **{"pham-vi": "don-vi"})
    assert office.client(ROLES["auditor"]).get("/bang-viec/").status_code == 403


def test_work_moves_on_with_what_happens_to_it(office: Office) -> None:
    office.in_every_column()
    item = office.items["Trả lại một"]
    doing.deliver(office.seat("an"), item, "Bản hai", now=office.at)
    office.later(minutes=1)
    office.fold()
    page = office.get("an", "/bang-viec/")
    assert "Trả lại một" in column(page, "delivered") and column(page, "returned") == []
    office.at = office.at.replace(day=24, hour=11)  # three working days later silence has accepted
    page = office.get("an", "/bang-viec/")
    assert column(page, "delivered") == [] and len(column(page, "done")) == 3
    office.at = office.at.replace(month=12, day=1)
    assert column(office.get("an", "/bang-viec/"), "done") == []


def test_work_cut_out_for_another_unit_waits_until_that_answers(office: Office) -> None:
    from congtam.desk.coordinating import ask_unit
    from congtam.desk.deciding import answer
    from congtam.desk.giving import Order
    from congtam.desk.models import Question

    item = office.taken_up("Đề án chung")
    order = Order(
        title="Số liệu phòng Hai", lead=0, due=office.at.replace(day=24), product="Bảng số liệu", part_of=item
    )
    ask_unit(office.seat("an"), order, office.cast.units["phong-hai"].pk, now=office.at)
    office.later(minutes=1)
    assert column(office.get("an", "/bang-viec/"), "waiting") == ["Đề án chung"]
    answer(office.seat("truong-hai"), Question.objects.get(kind="coordination"), True, now=office.at)
    office.fold()
    assert column(office.get("an", "/bang-viec/"), "in_hand") == ["Đề án chung"]


def test_the_most_pressing_stands_first_and_the_rest_is_counted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("congtam.web.pages.board.reading.EACH", 2)
    for n, day in enumerate((30, 20, 25, 18)):
        office.given(f"Hạn ngày {day}", due=office.at.replace(day=day, hour=3 + n))
    office.later(days=1)
    page = office.get("an", "/bang-viec/")
    assert column(page, "untaken") == ["Hạn ngày 18", "Hạn ngày 20"]
    assert "Chưa nhận (4)" in page and "trễ 1 ngày làm việc" in page and "còn 1 ngày làm việc" in page
    assert 'href="?cot=untaken"' in page
    whole = office.get("an", "/bang-viec/", cot="untaken")
    places = [whole.index(f"Hạn ngày {day}<") for day in (18, 20, 25, 30)]
    assert places == sorted(places)


def test_filters_are_one_for_board_list_and_calendar_and_are_kept(office: Office) -> None:
    office.in_every_column()
    office.given("Góp ý dự thảo", symbol="07/QĐ-SA", lead="binh")
    head = office.client("truong-mot")
    for asked in ("gop y du thao", "7/qd-sa", "07/QĐ"):
        for address in ("/bang-viec/", "/cong-viec/", "/lich-viec/"):
            page = head.get(address, {"q": asked, "nguoi": office.person("binh")}).content.decode()
            assert "Góp ý dự thảo" in page and "Chưa nhận một" not in page, (asked, address)
    assert Kept.objects.get().query == f"nguoi={office.person('binh')}"
    for address in ("/bang-viec/", "/lich-viec/"):
        assert head.get(address)["Location"] == f"{address}?nguoi={office.person('binh')}"
        page = head.get(address, {"nguoi": office.person("binh"), "cot": "", "thang": "2026-12"}).content.decode()
        assert f'href="/cong-viec/?nguoi={office.person("binh")}"' in page.replace("cot=&amp;", "")
    assert head.get("/bang-viec/", {"bo-loc": "1"})["Location"] == "/bang-viec/"
    assert head.get("/bang-viec/").status_code == 200


def test_nonsense_in_the_address_breaks_nothing(office: Office) -> None:
    office.given("Việc của An")
    for name, value in {"cot": "x' OR 1", "trang": "-7", "q": "\x00%<script>", "tt": "?"}.items():
        page = office.get("an", "/bang-viec/", **{name: value})
        assert "<script>" not in page and ("Việc của An" in page or name == "q")
    for name, value in {"thang": "2026-99", "han": "31/31", "trang": "9" * 30}.items():
        assert "Việc của An" in office.get("an", "/lich-viec/", **{name: value})


def test_pages_ask_few_times_however_much_there_is(office: Office) -> None:
    def asked(who: str, address: str) -> int:
        client = office.client(who)
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    pages = [("an", "/bang-viec/"), *(("truong-mot", page) for page in ("/bang-viec/", "/cong-viec/", "/lich-viec/"))]
    office.in_every_column()
    for page in pages:
        asked(*page)  # what is kept for a while is read
    before = {page: asked(*page) for page in pages}
    for n in range(4):
        office.taken_up(f"Thêm {n}", ("an", "binh")[n % 2], support=("binh", "an")[n % 2 : n % 2 + 1])
    assert {page: asked(*page) for page in pages} == before
    assert {page: n for page, n in before.items() if n > MOST} == {}
