"""Rules in a browser: one proposes, another approves, everybody reads; on a phone, in English, and without scripts."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

import cast as casting
from congtam.history.actor import Actor
from congtam.registry import actions, queries
from congtam.web.components.rule_links import rule_url

DECREE = "vn/national/decree-335-2025"


@pytest.fixture
def adopted(cast: casting.Cast) -> casting.Cast:
    owner, second = (Actor(account=cast.account(role).pk) for role in ("owner", "second_owner"))
    actions.approve_copy(second, actions.adopt(owner, DECREE, first=date(2026, 1, 1), number="12/QĐ-SA"))
    actions.add_card(owner, DECREE, "civil_servant_month", True, date(2026, 1, 1))
    return cast


@pytest.mark.parametrize("scripts", [True, False])
def test_nobody_can_quietly_change_an_indicator(
    scripts: bool,
    adopted: casting.Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
) -> None:
    page = open_page(scripts=scripts)
    sign_in(page, casting.ROLES["owner"])
    page.goto(f"{live_server.url}/quy-tac/")
    page.get_by_role("link", name="Điểm còn phải quyết định").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Điểm còn phải quyết định")
    page.get_by_label("Mức trừ mỗi lần chậm tiến độ").fill("0,5")
    page.get_by_label("Văn bản (số, ký hiệu, ngày)").fill("15/QĐ-SA")
    page.get_by_role("button", name="Xem trước ai đổi mức").click()
    expect(page.get_by_text("0,25 → 0,5")).to_be_visible()
    page.get_by_role("button", name="Đề xuất", exact=True).click()
    expect(page.get_by_text("Bạn là người đề xuất")).to_be_visible()
    expect(page.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    if scripts:
        without_barriers(page)
    proposal = page.url

    other = open_page(scripts=scripts)
    sign_in(other, casting.ROLES["second_owner"])
    other.goto(proposal)
    other.get_by_role("button", name="Duyệt", exact=True).click()
    expect(other.get_by_text("Vũ Ngọc Lan").first).to_be_visible()

    first = queries.next_period(timezone.localdate()).isoformat()
    reader = open_page(scripts=scripts)
    sign_in(reader, casting.ROLES["official"])
    reader.goto(f"{live_server.url}/quy-tac/chi-so/{DECREE}/progress/?ngay={first}")
    for said in ("15/QĐ-SA", "Hồ Quang Minh", "Vũ Ngọc Lan", "vn.moha"):
        expect(reader.get_by_text(said).first).to_be_visible()


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_rules_read_well_without_barriers(
    lang: str,
    width: str,
    adopted: casting.Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
) -> None:
    page = open_page(width)
    sign_in(page, casting.ROLES["owner"])
    page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
    for name, address in (
        ("rules", "/quy-tac/"),
        ("rulebook", rule_url(DECREE)),
        ("indicator", f"/quy-tac/chi-so/{DECREE}/quality/"),
        ("history", f"/quy-tac/lich-su/{DECREE}/"),
        ("open-points", "/quy-tac/con-phai-quyet-dinh/"),
        ("what-if", f"/neu-thi/?bo={DECREE}&so:parameters/delay_cut/value=1"),
    ):
        page.goto(f"{live_server.url}{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the screen"
        without_barriers(page)
        keep_picture(page, f"{name}-{lang}-{width}")


def test_the_address_of_an_indicator_leads_to_its_place(
    adopted: casting.Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
) -> None:
    page = open_page()
    sign_in(page, casting.ROLES["official"])
    page.goto(f"{live_server.url}{rule_url(DECREE, 'progress')}")
    expect(page.locator("#progress")).to_be_in_viewport()
