"""What is written on a bad line: kept on the device, sent when the network is back, done once. And the site installed:
its shell without a network, no page of anybody's on the device, nothing left after signing out."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.access.seats import seat_of
from congtam.desk.giving import Order, give
from congtam.desk.models import Question, Typed
from congtam.notices.making import make_due

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Rút ngắn thời gian cấp phép"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('congtam '))"


@pytest.fixture
def page(chromium: Browser, cast: Cast, sign_in: Callable[[Page, str], None]) -> Iterator[Page]:
    """A phone of An's. What a line that is cut and a form that is refused put into the console is no fault."""
    context = chromium.new_context(viewport={"width": 360, "height": 780}, locale="vi-VN")
    made, wrong = context.new_page(), []
    made.set_default_timeout(20_000)
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    sign_in(made, "an")
    yield made
    context.close()
    assert not [one for one in wrong if "net::ERR_" not in one and "status of 422" not in one], wrong


def until_kept(page: Page) -> None:
    """Until what was written is on the device: a moment after the last key."""
    for _ in range(40):
        if page.evaluate(KEPT):
            return
        page.wait_for_timeout(50)
    raise AssertionError("no draft was kept")


def propose(page: Page, site: str) -> None:
    """Fill in an initiative by keys, and send it."""
    page.goto(f"{site}/sang-kien/")
    page.locator("[name=title]").press_sequentially(TITLE)
    page.locator("[name=text]").fill("Bỏ một bước trung gian.")
    page.get_by_role("button", name="Gửi đề xuất").click()


def test_a_draft_is_kept_on_the_device_until_it_is_sent_or_dropped(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/sang-kien/")
    page.locator("[name=title]").fill(TITLE)
    until_kept(page)
    page.reload()
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.get_by_text("Đã khôi phục bản nháp")).to_be_visible()
    page.get_by_role("button", name="Bỏ bản nháp").click()
    assert page.evaluate(KEPT) == []
    expect(page.locator("[name=title]")).to_have_value("")
    propose(page, live_server.url)
    expect(page.get_by_text("Đã ghi, chờ người bạn chọn xác nhận.")).to_be_visible()
    assert page.url == f"{live_server.url}/hom-nay/"
    assert page.evaluate(KEPT) == []
    assert Question.objects.count() == 1
    kept = Typed.objects.get()
    assert (kept.form, kept.sent) == ("initiative", 1)
    assert kept.keys >= len(TITLE)


def test_what_is_sent_without_a_network_goes_when_it_is_back_and_is_done_once(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/sang-kien/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=text]").fill("Bỏ một bước trung gian.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_text("Không có mạng. Nội dung đã giữ trên máy này")).to_be_visible()
    expect(page.get_by_role("button", name="Gửi đề xuất")).to_be_disabled()
    assert Question.objects.count() == 0
    page.context.set_offline(False)
    expect(page.get_by_text("Đã gửi khi có mạng trở lại:")).to_be_visible()
    assert Question.objects.get().kind == "recognition"
    assert page.evaluate(KEPT) == []


def test_an_answer_that_was_lost_does_not_make_it_twice(page: Page, live_server: LiveServer):
    lost = []

    def lose(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort()

    page.context.route("**/sang-kien/", lose)
    with suppress(Error):  # the browser tells that the line broke
        propose(page, live_server.url)
    page.context.clear_cookies(name="sent")  # it came with the answer that was lost
    assert (lost, Question.objects.count()) == ([302], 1)
    with suppress(Error):  # the browser's own page about the broken line, where it shows one
        page.wait_for_url("chrome-error://**", wait_until="commit", timeout=3_000)
    page.goto(f"{live_server.url}/ban-tin/")
    expect(page.get_by_text("Đã gửi khi có mạng trở lại:")).to_be_visible()
    assert Question.objects.count() == 1
    assert page.evaluate(KEPT) == []


def test_what_the_server_refuses_comes_back_as_a_draft(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/sang-kien/")
    page.locator("[name=text]").fill("Chưa có tên.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_text("Không có mạng.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Máy chủ không nhận nội dung đã giữ.")).to_be_visible()
    page.locator("main .message a").click()
    expect(page.locator("[name=text]")).to_have_value("Chưa có tên.")


def test_the_site_installs_and_keeps_its_shell_alone(
    page: Page, live_server: LiveServer, without_barriers: Callable[[Page], None]
):
    page.goto(f"{live_server.url}/ban-tin/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    manifest = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then((one) => one.json())")
    assert manifest["start_url"] == manifest["scope"] == "/"
    wrong = page.context.new_cdp_session(page).send("Page.getAppManifest")["errors"]
    assert wrong == []
    sizes = page.evaluate(
        "(icons) => Promise.all(icons.map(async (one) => { const made = new Image(); made.src = one;"
        " await made.decode(); return `${made.naturalWidth}x${made.naturalHeight}`; }))",
        [one["src"] for one in manifest["icons"] if one["type"] == "image/png"],
    )
    assert sizes == ["192x192", "512x512"]
    kept = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))"
        ".then((found) => found.flat().map((one) => new URL(one.url).pathname))"
    )
    assert "/ngoai-tuyen/" in kept
    assert all(one.startswith("/static/") for one in kept if one != "/ngoai-tuyen/"), json.dumps(kept)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/hom-nay/")
    expect(page.get_by_role("heading", name="Không có mạng")).to_be_visible()
    without_barriers(page)
    page.context.set_offline(False)
    page.get_by_role("link", name="Thử lại").click()
    page.wait_for_url(f"{live_server.url}/hom-nay/")
    expect(page.get_by_role("heading", name="Hôm nay", exact=False).first).to_be_visible()


def test_signing_out_leaves_nothing_on_the_device(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/sang-kien/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.locator("[name=title]").fill(TITLE)
    until_kept(page)
    page.locator(".head-end .menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/tai-khoan/dang-nhap/**")
    assert page.evaluate(KEPT) == []
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0


def test_another_account_finds_no_draft(page: Page, live_server: LiveServer, sign_in: Callable[[Page, str], None]):
    page.goto(f"{live_server.url}/sang-kien/")
    page.locator("[name=title]").fill(TITLE)
    until_kept(page)
    sign_in(page, "binh")
    page.goto(f"{live_server.url}/sang-kien/")
    expect(page.locator("[name=title]")).to_have_value("")
    assert page.evaluate(KEPT) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_of_digests_have_no_barriers_at_any_width(
    page: Page,
    live_server: LiveServer,
    read_at_every_width: Callable[[Page, str], list[str]],
    cast: Cast,
    lang: str,
):
    """An's digest has a line on it: work that is due on the second working day."""
    now = datetime(2030, 6, 3, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    head = seat_of(cast.accounts["truong-mot"], now.date())
    give(head, Order("Báo cáo quý", cast.people["an"].pk, due=now + timedelta(days=2)), now=now)
    assert make_due(now + timedelta(hours=1)) == 1
    page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
    for name in ("ban-tin/", "ban-tin/cai-dat/", "ban-tin/cach-do-go/"):
        page.goto(f"{live_server.url}/{name}")
        assert not read_at_every_width(page, f"{name.strip('/').replace('/', '-')}-{lang}")
