"""A self-report from the form to the counterpart's answer, and results that move, as people see them."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.access.seats import seat_of
from congtam.cycles.models import Claim, SelfReport
from congtam.cycles.moving import finish
from congtam.cycles.opening import open_cycle
from congtam.engine.periods import Period, PeriodKind, local_day
from month_scene import adopt_rules

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "Trực phòng chống bão hai đêm, ngoài lịch"


def test_somebody_tells_what_data_cannot_know_and_a_counterpart_confirms_it(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    adopt_rules()
    now = timezone.now()
    keeper = seat_of(cast.accounts["nhan-su"], local_day(now))
    last = Period.of(PeriodKind.MONTH, local_day(now)).previous()
    finish(keeper, open_cycle(keeper, cast.units["so-a"].pk, last), "cut_off")

    own = open_page()
    sign_in(own, "an")
    own.goto(f"{live_server.url}/tu-danh-gia/")
    own.get_by_label("Việc đã làm mà số liệu chưa cho thấy").fill(SAID)
    own.get_by_label("Tiêu chí").select_option(index=1)
    own.get_by_label("Người xác nhận được").select_option(label="Nguyễn Văn Bảo (Trưởng phòng)")
    own.get_by_role("button", name="Ghi", exact=True).click()
    expect(own.get_by_text("chờ xác nhận")).to_be_visible()
    wrong = read_at_every_width(own, "self-report")

    head = open_page()
    sign_in(head, "truong-mot")
    head.goto(f"{live_server.url}/tu-danh-gia/")
    head.get_by_role("button", name=f"Xác nhận Nguyễn Thị An: {SAID}", exact=True).click()
    expect(head.get_by_text("Đã ghi câu trả lời của bạn.")).to_be_visible()
    assert Claim.objects.get(replaced_by=None).answer == "confirmed"

    own.reload()
    expect(own.get_by_text("đã xác nhận")).to_be_visible()
    own.get_by_role("button", name="Tôi đã nêu đủ, nộp").click()
    expect(own.get_by_text("Bạn đã nộp lúc")).to_be_visible()
    assert SelfReport.objects.count() == 1

    personnel = open_page()
    sign_in(personnel, "nhan-su")
    personnel.goto(f"{live_server.url}/chuyen-ket-qua/")
    wrong += read_at_every_width(personnel, "results-moved")
    for name, page in (("self-report-en", own), ("results-moved-en", personnel)):
        page.get_by_role("button", name="English").click()
        wrong += read_at_every_width(page, name)
    assert not wrong, wrong
