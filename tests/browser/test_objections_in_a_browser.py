"""A slip spoken to line by line, one line contested, and its answer; on a phone and at a desk, in both languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.objections.models import Answer, Saying, Slip
from congtam.objections.slips import show_again
from objection_scene import SHOWN, july, shown

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_line_is_contested_and_answered(
    cast: Cast,
    live_server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SHOWN)
    cycle = shown(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: july(10))
    wrong: list[str] = []

    def in_both(page: Page, name: str) -> None:
        wrong.extend(read_at_every_width(page, f"objections-{name}-vi"))
        page.context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
        page.reload()
        told = re.sub(r"“[^”]*”", "", page.get_by_role("main").inner_text())
        wrong.extend(f"{name}, en: {one}" for one in ("Dòng", "Đề nghị", "Hạn", "điểm") if one in told)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.context.add_cookies([{"name": "lang", "value": "vi", "url": live_server.url}])
        page.reload()

    an = open_page(scripts=False)
    sign_in(an, "an")
    an.goto(f"{live_server.url}/phieu/", timeout=30_000)  # the first page loads the whole site
    general = an.get_by_role("region", name="Tiêu chí chung")
    general.get_by_label("Có ý kiến").check()
    general.get_by_label("Ý kiến", exact=True).fill("Tôi có hai sáng kiến")
    an.get_by_role("button", name="Ghi ý kiến").click()
    an.get_by_role("button", name=re.compile("Đồng ý với mọi dòng còn lại")).click()
    assert sorted(Saying.objects.values_list("said", flat=True)) == ["agree", "agree", "remark"]

    page = open_page()
    sign_in(page, "an")
    page.goto(f"{live_server.url}/phieu/")
    in_both(page, "slip")
    page.get_by_role("link", name=re.compile("Đề nghị xem xét lại dòng này.*Tiêu chí chung")).click()
    in_both(page, "new")
    page.get_by_label("Vì sao chưa đúng").fill("Hai sáng kiến đã được công nhận")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Đã gửi đề nghị xem xét lại.")).to_be_visible()
    in_both(page, "request")

    leader = open_page()
    sign_in(leader, "giam-doc")
    leader.goto(f"{live_server.url}/xem-xet-lai/")
    leader.get_by_role("link", name="Tiêu chí chung").first.click()
    leader.get_by_role("link", name="Trả lời").click()
    in_both(leader, "answer")
    leader.get_by_label("Chấp nhận một phần").check()
    leader.get_by_label("Lý do").fill("Một sáng kiến được công nhận")
    leader.get_by_label("Điểm đúng").fill("27,5")
    leader.get_by_role("button", name="Xem trước thay đổi").click()
    leader.get_by_role("button", name="Ghi", exact=True).click()
    expect(leader.get_by_text("Chấp nhận một phần")).to_be_visible()
    assert Answer.objects.get().corrected == "mark"
    leader.goto(f"{live_server.url}/xem-xet-lai/thong-ke/")
    in_both(leader, "statistics")

    show_again(cycle, july(10, 10))
    page.goto(f"{live_server.url}/phieu/")
    expect(page.get_by_role("heading", name="Khác gì phiếu trước")).to_be_visible()
    assert Slip.objects.filter(turn=2).count() == 1
    assert not wrong, "\n".join(wrong)
