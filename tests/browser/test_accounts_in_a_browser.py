"""Signing in, the second factor and the administrator's help, in a real browser under the strict policy."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db(transaction=True)
ADMINISTRATION = ("tai-khoan-nguoi-dung/", "mo-tai-khoan/", "tai-khoan-nguoi-dung/an/")


def sign_in_by_hand(page: Page, site: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{site}/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_of_signing_in_have_no_barriers(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
    width: str,
    lang: str,
) -> None:
    page = open_page(width)
    page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
    for name in ("dang-nhap", "tro-giup", "da-dong"):
        page.goto(f"{live_server.url}/tai-khoan/{name}/")
        keep_picture(page, f"accounts-{name}-{width}-{lang}")
        without_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_an_official_signs_in_sets_up_a_second_factor_and_uses_it(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
    width: str,
) -> None:
    page = open_page(width)
    sign_in_by_hand(page, live_server.url, "an")
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{live_server.url}/tai-khoan/hai-lop/")
    without_barriers(page)
    page.get_by_role("link", name="Bật xác thực hai lớp").click()
    without_barriers(page)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.locator("main img")).to_be_visible()
    keep_picture(page, f"accounts-second-factor-{width}")
    without_barriers(page)
    secret = page.locator("main dd code").inner_text()
    page.get_by_label("Mã 6 chữ số").fill(code_of(secret))
    page.get_by_role("button", name="Bật").click()
    expect(page.locator("main li code")).to_have_count(10)
    keep_picture(page, f"accounts-recovery-codes-{width}")
    without_barriers(page)
    recovery = page.locator("main li code").first.inner_text()
    other = open_page(width)
    sign_in_by_hand(other, live_server.url, "an")
    without_barriers(other)
    other.get_by_label("Mã 6 chữ số").fill(recovery)
    other.get_by_role("button", name="Đăng nhập").click()
    expect(other.get_by_text("Tài khoản").first).to_be_attached()
    assert "/tai-khoan/" not in other.url


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_forgotten_password_is_reset_in_person_without_scripts(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    width: str,
) -> None:
    admin = open_page(width, scripts=False)
    sign_in(admin, "quan-tri")
    admin.goto(f"{live_server.url}/tai-khoan-nguoi-dung/?tim=nguyen thi an")
    admin.get_by_role("link", name="Nguyễn Thị An").click()
    admin.get_by_label("Lý do").first.fill("quên mật khẩu, đã xem thẻ công chức")
    admin.get_by_role("button", name="Đặt mật khẩu tạm").click()
    password = admin.locator("main dd code").inner_text()
    page = open_page(width, scripts=False)
    sign_in_by_hand(page, live_server.url, "an", password)
    expect(page.locator("h1")).to_have_text("Đổi mật khẩu")
    page.get_by_label("Mật khẩu hiện tại").fill(password)
    page.locator("#id_password1").fill("một mật khẩu riêng")
    page.get_by_label("Nhập lại mật khẩu mới").fill("một mật khẩu riêng")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    assert "/tai-khoan/" not in page.url


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_the_administrator_s_pages_have_no_barriers(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
    width: str,
) -> None:
    page = open_page(width)
    sign_in(page, "quan-tri")
    for place, address in enumerate(ADMINISTRATION):
        page.goto(f"{live_server.url}/{address}")
        keep_picture(page, f"accounts-{place}-{width}")
        without_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
