"""The committee meets: who is here, a vote with what it would make beside it, a tie settled and a list confirmed, all
without scripts; on a phone and at a desk, in both languages, without barriers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from calibration_scene import MEMBERS, NOW, before_the_committee, committee
from cast import Cast
from congtam.cycles.models import Cycle
from congtam.ratings.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cycle(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cycle:
    """June before its committee, at 09:00 on 11/07/2030."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    made = before_the_committee(cast)
    committee(cast)
    return made


def test_the_committee_settles_a_tie_and_confirms_a_list(
    cast: Cast,
    cycle: Cycle,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    board = f"{live_server.url}/hop-xet/{cycle.pk}/"
    page, seen = open_page(scripts=False), open_page()
    for one in (page, seen):
        sign_in(one, "nhan-su")
    page.goto(board)
    page.get_by_label("Số biên bản").fill("01/BB-HĐ")
    page.get_by_role("button", name="Mở phiên họp").click()
    for box in page.get_by_role("group", name="Người có mặt").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Ghi người có mặt").click()
    expect(page.get_by_text("đủ người", exact=True)).to_be_visible()
    case = page.get_by_role("link", name="Võ Mai Chi").first.get_attribute("href")

    wrong = []
    for lang in ("vi", "en"):
        seen.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
        for name, address in (
            ("board", board),
            ("case", f"{live_server.url}{case}"),
            ("committee", f"{board}hoi-dong/"),
        ):
            seen.goto(address)
            wrong += read_at_every_width(seen, f"calibration-{name}-{lang}")
    assert not wrong, "\n".join(wrong)

    def decided(name: str, outcome: str, voters: int) -> None:
        page.goto(board)
        page.get_by_role("link", name=name).first.click()
        ballots = page.get_by_role("combobox")
        expect(ballots).to_have_count(voters)
        for ballot in ballots.all():
            ballot.select_option(label=outcome)
        page.get_by_role("button", name="Ghi phiếu").click()
        page.get_by_role("button", name="Quyết định theo phiếu").click()
        expect(page.get_by_text("Đã ghi quyết định của Hội đồng.")).to_be_visible()

    decided("Võ Mai Chi", "Giữ mức", len(MEMBERS))
    decided("Phạm Thu Hà", "Hạ một mức vì giới hạn", len(MEMBERS) - 1)
    for box in page.get_by_role("group", name="Danh sách bị hạ").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Ghi phiếu cho cả danh sách").click()
    page.get_by_role("button", name="Quyết định cả danh sách").click()
    expect(page.get_by_text("Đã quyết định hạ 1 người vì giới hạn.")).to_be_visible()
    page.get_by_role("button", name="Kết thúc phiên họp").click()
    expect(page.get_by_text("Việc chờ quyết định (1)")).to_be_visible()
    assert set(Decision.standing().values_list("outcome", "number")) == {("kept", "01/BB-HĐ"), ("lowered", "01/BB-HĐ")}
