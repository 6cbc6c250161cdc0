"""Tháng của tôi as people see it: both languages, phone and desk, without scripts once, without barriers, live."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

import month_scene as scene
from cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 2_000  # milliseconds from an accepted record to the open page


@pytest.fixture
def month(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The scene's month, at its instant; the machine is never too busy to be asked."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.NOW)
    monkeypatch.setattr("congtam.web.pages.month.pace.ask_after", lambda: 1)
    scene.play(cast)
    scene.play_the_month_before(cast)
    return cast


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_month_reads_well_and_has_no_barriers(
    month: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
    width: str,
    lang: str,
) -> None:
    page = open_page(width)
    sign_in(page, "an")
    page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
    page.goto(f"{live_server.url}/thang-cua-toi/")
    expect(page.locator("#cau")).to_contain_text("94,5 tạm tính" if lang == "vi" else "94.5, provisional")
    page.locator("figure img").scroll_into_view_if_needed()
    expect(page.locator("figure img")).to_have_js_property("complete", True)
    assert page.locator("figure img").evaluate("one => one.naturalWidth"), "the chart is drawn"
    keep_picture(page, f"month-{width}-{lang}")
    without_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "the page must not scroll sideways"
    )
    page.get_by_role("link", name="Vì sao" if lang == "vi" else "Why").first.click()
    expect(page.locator("h1")).to_contain_text("Vì sao" if lang == "vi" else "Why")
    keep_picture(page, f"why-{width}-{lang}")
    without_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "the page must not scroll sideways"
    )


def test_the_month_can_be_read_without_scripts(
    month: Cast, live_server: LiveServer, open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> None:
    page = open_page("phone", scripts=False)
    sign_in(page, "an")
    page.goto(f"{live_server.url}/thang-cua-toi/")
    expect(page.locator("#cau")).to_contain_text("tạm tính")
    page.locator("#bang-1 > summary").click()
    expect(page.get_by_text("Tính chủ động")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.locator("#cau")).to_contain_text("provisional")


def test_a_record_that_arrives_and_a_deadline_that_passes_move_the_open_page_within_two_seconds(
    month: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page()
    sign_in(page, "an")
    page.goto(f"{live_server.url}/thang-cua-toi/")
    said = page.locator("#cau").inner_text()
    page.locator("#bang-1 > summary").click()
    page.locator("#bang-1 > summary").focus()
    scene.tell(month, [scene.task("401", "an", scene.at(3), scene.at(10, 17), scene.at(14, 9))])
    scene.settle()
    expect(page.locator("#cau")).not_to_have_text(said, timeout=SOON)
    expect(page.get_by_role("link", name="Trả lời văn bản 401").first).to_be_visible()
    expect(page.locator("#bang-1")).to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY", "the focus must stay where it was"
    assert page.locator("#da-doi").inner_text() == page.locator("#cau").inner_text()
    said = page.locator("#cau").inner_text()
    evening = scene.at(18, 17, 0, second=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)
    scene.settle(evening)
    expect(page.locator("#cau")).not_to_have_text(said, timeout=SOON)
    expect(page.locator("section", has=page.locator("#diem-da-mat"))).to_contain_text("301")


def test_everything_on_the_month_is_reached_by_the_keyboard(
    month: Cast, live_server: LiveServer, open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> None:
    page = open_page()
    sign_in(page, "an")
    page.goto(f"{live_server.url}/thang-cua-toi/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
    for name in ("Trả lời văn bản 301", "Vì sao có số điểm này", "Tiêu chí chung"):
        assert any(one.startswith(name) for one in reached), name


def test_who_looked_and_what_a_record_moved_read_well_on_a_phone(
    month: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
) -> None:
    head = open_page()
    sign_in(head, "truong-mot")
    head.goto(f"{live_server.url}/thang/an/?ky={scene.PERIOD}")
    expect(head.get_by_text("Lượt xem này được ghi lại")).to_be_visible()
    without_barriers(head)
    page = open_page("phone")
    sign_in(page, "an")
    page.goto(f"{live_server.url}/ai-da-xem/")
    expect(page.get_by_text("Nguyễn Văn Bảo")).to_be_visible()
    keep_picture(page, "seen-by-phone")
    without_barriers(page)
    assert fits(page)
    page.goto(f"{live_server.url}/vi-sao/")
    page.get_by_role("link", name="Đã tác động đến những điểm nào").first.click()
    expect(page.locator("h1")).to_contain_text("Trả lời văn bản")
    keep_picture(page, "moved-phone")
    without_barriers(page)
    assert fits(page)
