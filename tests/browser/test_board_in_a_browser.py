"""The board in a real browser: by keys, by boxes, without scripts; narrow and wide, in both languages, no barriers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from board_scene import Office
from cast import Cast
from congtam.desk.models import Question

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Báo cáo kết quả giải quyết kiến nghị của cử tri trước kỳ họp thứ mười"

PAGES = ("/bang-viec/", "/bang-viec/?cot=done", "/lich-viec/", "/lich-viec/?han=2026-11-25", "/cong-viec/")


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The department with work in every column; pages speak of its own instant."""
    made = Office(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    made.in_every_column()
    made.delivered(TITLE, "binh", symbol="125/STC-VP")
    return made


@pytest.fixture
def head(
    office: Office, live_server: LiveServer, open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> Callable[..., Page]:
    """Opens a page for the head of the section."""

    def opened(address: str, width: str = "desk", lang: str = "vi", scripts: bool = True) -> Page:
        page = open_page(width, scripts=scripts)
        sign_in(page, "truong-mot")
        page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
        page.goto(f"{live_server.url}{address}")
        return page

    return opened


def work(page: Page, title: str):
    """A card or a row."""
    return page.locator("[data-work]", has_text=title)


def accepted() -> int:
    return Question.objects.filter(kind="acceptance", state="granted").count()


def test_keys_go_from_work_to_work_tick_and_accept_with_one_refused(office: Office, head: Callable[..., Page]):
    page, before = head("/bang-viec/"), accepted()
    page.keyboard.press("j")
    expect(work(page, "Chưa nhận một").locator("a")).to_be_focused()
    page.keyboard.press("x")
    expect(work(page, "Chưa nhận một").get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(work(page, "Chưa nhận một").locator("a")).to_be_focused()
    for title in ("Chờ nghiệm thu một", TITLE):
        work(page, title).get_by_role("checkbox").check()
    expect(page.locator("[data-ticked]")).to_have_text("(3)")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Đã nghiệm thu 2 việc.")
    expect(page.get_by_role("status")).to_contain_text("“Chưa nhận một”: Việc này chưa được giao nộp")
    assert accepted() == before + 2
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Dùng phím tắt trên máy này").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("[data-work] a:focus")).to_have_count(0)
    page.get_by_role("button", name="Phím tắt").click()
    page.get_by_label("Dùng phím tắt trên máy này").check()
    page.get_by_role("button", name="Đóng").click()
    page.keyboard.press("/")
    page.keyboard.type("ajx")
    expect(page.get_by_role("searchbox")).to_have_value("ajx")
    page.get_by_role("searchbox").blur()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Chưa nhận một")


def test_many_are_passed_on_without_scripts(office: Office, head: Callable[..., Page]):
    page = head("/cong-viec/?tt=chua-xong", "phone", scripts=False)
    for title in ("Chưa nhận một", "Đang làm một"):
        work(page, title).get_by_role("checkbox").check()
    page.get_by_label("Với việc đã đánh dấu").select_option("chuyen")
    page.get_by_role("button", name="Thực hiện").click()
    page.get_by_label("Người nhận").select_option(label="Hoàng Bình (Chuyên viên)")
    page.get_by_label("Lý do").fill("An đi học")
    page.get_by_role("button", name="Xem tác động").click()
    expect(page.get_by_text("Sẽ chuyển 2 việc")).to_be_visible()
    page.get_by_role("button", name="Chuyển các việc này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chuyển 2 việc.")
    assert page.url.endswith("/cong-viec/?tt=chua-xong")
    page.get_by_role("link", name="Bảng", exact=True).click()
    assert page.url.endswith("/bang-viec/?tt=chua-xong")
    page.get_by_role("link", name="Lịch", exact=True).click()
    expect(page.get_by_role("heading", name="Tháng 11/2026")).to_be_visible()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_board_and_calendar_fit_and_have_no_barriers(
    office: Office,
    head: Callable[..., Page],
    read_at_every_width: Callable[[Page, str], list[str]],
    live_server: LiveServer,
    lang: str,
) -> None:
    page, wrong = head("/bang-viec/", lang=lang), []
    for address in (*PAGES, ""):
        if address:
            page.goto(f"{live_server.url}{address}")
        else:
            work(page, "Đang làm một").get_by_role("checkbox").check()
            page.locator("#lam").select_option("chuyen")
            page.locator("#hang-loat button.button").first.click()
            expect(page.locator("[name=receiver]")).to_be_visible()
        wrong += read_at_every_width(page, f"board-{''.join(filter(str.isalnum, address)) or 'bulk'}-{lang}")
    assert not wrong, "\n".join(wrong)
