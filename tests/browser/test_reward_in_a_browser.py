"""Money comes into a fund by two people, a list is made, approved, taken out and paid, and each sees their own; in both
languages, on a phone and at a desk, without barriers, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.engine.periods import Period, start_of_day
from congtam.reward.lists import state_of
from congtam.reward.models import PayList
from congtam.reward.queries import fund_of
from reward_scene import DAY, Office, furnish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office of the scene, on its day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: start_of_day(DAY))
    return furnish(cast)


def test_a_fund_a_list_and_one_s_own(
    office: Office,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    seal = office.seal(period=Period.parse("2026-07"))
    keeper, leader, official = open_page(scripts=False), open_page(), open_page()
    for page, who in ((keeper, "pho-giam-doc"), (leader, "giam-doc"), (official, "an")):
        sign_in(page, who)
    where = f"{live_server.url}/quy-thuong/"

    def write(page: Page) -> None:
        """The form on the page, looked at and confirmed."""
        page.locator("main button[value=review]").click()
        page.locator("main button[value=write]").click()

    def sign() -> None:
        """What waits for the leader."""
        leader.goto(f"{where}?nam=2026")
        leader.get_by_role("link", name="Ký hoặc không ký").first.click()
        leader.get_by_label("Ký duyệt").check()
        write(leader)

    keeper.goto(f"{where}ghi/")
    keeper.locator("#id_purse").select_option("extra_income")
    keeper.locator("#id_amount").fill("50.000.000")
    keeper.locator("#id_number").fill("9/QĐ-SA")
    write(keeper)
    sign()
    keeper.goto(f"{where}lap/{seal.pk}/")
    keeper.locator("#id_scheme").select_option(index=0)
    write(keeper)
    expect(keeper.locator("main")).to_contain_text("8.200.000 đ")
    sign()
    one = PayList.objects.get()
    keeper.goto(f"{where}danh-sach/{one.pk}/")
    with keeper.expect_download() as got:
        keeper.get_by_role("link", name="XLSX").click()
    assert got.value.suggested_filename == "danh-sach-chi-1-2026.xlsx"
    keeper.get_by_role("link", name="Ghi đã chi").click()
    keeper.locator("#id_voucher").fill("PC-12")
    write(keeper)
    sign()
    assert (state_of(one), fund_of(office.agency, 2026, "extra_income").used) == ("paid", 8_200_000)
    official.goto(f"{where}cua-toi/")
    expect(official.locator("main")).to_contain_text("5.000.000")

    wrong = []
    shown = {"fund": (leader, "?nam=2026"), "list": (leader, f"danh-sach/{one.pk}/"), "own": (official, "cua-toi/")}
    for name, (page, path) in shown.items():
        for lang in ("vi", "en"):
            page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
            page.goto(where + path)
            wrong += read_at_every_width(page, f"reward-{name}-{lang}")
    assert wrong == []
