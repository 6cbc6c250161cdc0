"""A term is set with its legal basis, the data of somebody who left are listed by one person, approved by another and
erased; the minutes say so. Read at both widths, in both languages, without barriers."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.people.actions import end_spell
from congtam.people.queries import names_of
from congtam.retention.carrying_out import carry_out
from congtam.retention.models import Erasure, Term

pytestmark = pytest.mark.django_db(transaction=True)


def test_data_of_who_left_are_listed_approved_and_erased(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    today = timezone.localdate()
    end_spell(SYSTEM, cast.spells["an"], date(2025, 4, 1), "20/QĐ-SA")
    personnel, leader = open_page(), open_page()
    sign_in(personnel, "nhan-su")
    sign_in(leader, "giam-doc")

    personnel.goto(f"{live_server.url}{reverse('retention')}")
    personnel.get_by_role("link", name=re.compile("Đặt thời hạn.*Dữ liệu cá nhân")).click()
    personnel.get_by_label("Số năm lưu giữ").fill("1")
    personnel.get_by_label("Văn bản làm căn cứ").fill("Quy chế lưu trữ thử của Sở A")
    personnel.get_by_label("Điều, khoản, mục").fill("Điều 3")
    personnel.get_by_label("Số quyết định").fill("5/QĐ-SA")
    personnel.get_by_label("Áp dụng từ ngày").fill((today - timedelta(days=30)).strftime("%d/%m/%Y"))
    personnel.get_by_role("button", name="Xem trước thay đổi").click()
    expect(personnel.get_by_text("lưu giữ 1 năm kể từ ngày cuối giữ vị trí")).to_be_visible()
    personnel.get_by_role("button", name="Ghi", exact=True).click()
    assert Term.standing().get().years == 1
    expect(personnel.get_by_role("row", name="Dữ liệu cá nhân")).to_contain_text("1 mục")
    wrong = read_at_every_width(personnel, "retention-vi")

    personnel.get_by_role("link", name=re.compile("Lập danh sách xóa.*Dữ liệu cá nhân")).click()
    expect(personnel.get_by_text("Dữ liệu cá nhân của Nguyễn Thị An")).to_be_visible()
    personnel.get_by_role("button", name="Ghi", exact=True).click()
    expect(personnel.get_by_text("chờ duyệt").first).to_be_visible()

    leader.goto(f"{live_server.url}{reverse('today')}")
    leader.get_by_role("link", name="Mở trang Lưu giữ").click()
    leader.get_by_role("link", name="Số", exact=False).filter(has_text="Dữ liệu cá nhân").click()
    leader.get_by_role("link", name="Duyệt hoặc không duyệt").click()
    leader.get_by_label("Duyệt xóa").check()
    leader.get_by_label("Số quyết định").fill("7/QĐ-SA")
    leader.get_by_role("button", name="Xem trước thay đổi").click()
    expect(leader.get_by_text("Không khôi phục được")).to_be_visible()
    leader.get_by_role("button", name="Ghi", exact=True).click()
    expect(leader.get_by_text("đã duyệt, đang xóa")).to_be_visible()
    carry_out(Erasure.standing().get().series, timezone.now())  # as the worker does
    leader.context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
    leader.reload()
    expect(leader.get_by_text("erased by decision 7/QĐ-SA")).to_be_visible()
    leader.get_by_role("link", name="Minutes").click()
    expect(leader.get_by_text("Hệ thống đã xóa 1 trên 1 mục")).to_be_visible()
    wrong += read_at_every_width(leader, "erasure-minutes")
    an = cast.people["an"].pk
    assert names_of([an]) == {an: f"Người số {an} (đã xóa theo quyết định số 7/QĐ-SA)"}
    assert not wrong, "\n".join(wrong)
