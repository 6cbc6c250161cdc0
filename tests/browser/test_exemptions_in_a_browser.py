"""A storm told before it is written, a fault voided for everybody it touched, work handed over with its minutes; on a
phone and at a desk, in both languages, without barriers."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

import month_scene as scene
from cast import Cast
from congtam.desk.models import Handover
from congtam.exemptions.models import Exemption, Incident
from congtam.work.models import Event, Item, Share

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def month(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The scene's month, at its instant, with one record wrong for two people."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.NOW)
    scene.play(cast)
    wrong = [scene.Happening(scene.at(12), "fault", official=one, value="quality") for one in ("an", "binh")]
    scene.tell(
        cast,
        [
            scene.task(f"70{number}", one, scene.at(5), scene.at(11, 17), scene.at(10), fault)
            for number, (one, fault) in enumerate(zip(("an", "binh"), wrong, strict=True))
        ],
    )
    scene.settle()
    return cast


def test_a_storm_a_fault_voided_and_a_handover(
    month: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
    at_every_width: Callable[[Page], Iterator[str]],
    keep_picture: Callable[[Page, str], None],
) -> None:
    page = open_page()
    sign_in(page, "giam-doc")

    def looked_at(name: str) -> None:
        for lang in ("vi", "en"):
            page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
            page.reload()
            for width in at_every_width(page):
                keep_picture(page, f"exemptions-{name}-{width}-{lang}")
                fits = "document.documentElement.scrollWidth <= window.innerWidth"
                assert page.evaluate(fits), f"{name} scrolls sideways on a {width}"
        without_barriers(page)
        page.context.add_cookies([{"name": "lang", "value": "vi", "url": live_server.url}])
        page.reload()

    # a storm
    page.goto(f"{live_server.url}/mien-tru/")
    page.get_by_role("link", name="Ghi sự cố").click()
    looked_at("incident-form")
    page.get_by_label("Tên sự cố").fill("Bão số 5")
    page.get_by_label("Phòng Một").check()
    page.get_by_label("Bắt đầu").fill("07:30 17/06/2030")
    page.get_by_label("Kết thúc").fill("17:00 17/06/2030")
    page.get_by_label("Số quyết định").fill("45/QĐ-SA")
    page.get_by_label("Ngày ký").fill("17/06/2030")
    page.get_by_label("Lý do, diễn biến").fill("Mất điện, ngập đường")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(
        page.get_by_text(re.compile(r"Trả lời văn bản 301: hạn 17:00 18/06/2030 → 17:00 19/06/2030"))
    ).to_be_visible()
    keep_picture(page, "exemptions-incident-preview")
    without_barriers(page)
    assert not Incident.objects.exists()
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("đã cập nhật xong")).to_be_visible()
    looked_at("incident")
    page.get_by_role("link", name="Trả lời văn bản 301").click()
    expect(page.get_by_text("sự cố: Bão số 5; đồng hồ dừng (quyết định 45/QĐ-SA)")).to_be_visible()

    # a fault found wrong
    page.goto(f"{live_server.url}/cong-viec/{Item.objects.get(key='700').pk}/")
    page.get_by_role("link", name="Miễn trừ lỗi, phần việc của việc này").click()
    looked_at("exemption-form")
    expect(page.get_by_label(re.compile("Chất lượng .*Hoàng Bình"))).to_be_checked()
    page.get_by_label("Số văn bản").fill("77/KL-SA")
    page.get_by_label("Ngày ký").fill("17/06/2030")
    page.get_by_label("Lý do").fill("Nguồn ghi nhầm")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_text(re.compile(r"Hoàng Bình, tháng 6 năm 2030, .* → .* điểm")).first).to_be_visible()
    keep_picture(page, "exemptions-exemption-preview")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_role("heading", name="Miễn trừ theo 77/KL-SA")).to_be_visible()
    looked_at("exemption")
    assert Event.objects.filter(activity="voided", decision="77/KL-SA").count() == 2
    assert Exemption.objects.get().lines.count() == 2
    page.goto(f"{live_server.url}/mien-tru/")
    looked_at("list")
    expect(page.get_by_role("link", name="Bão số 5")).to_be_visible()

    # a handover
    held = Share.objects.filter(official=month.people["an"], state="open").count()
    page.goto(f"{live_server.url}/ban-giao/")
    looked_at("handovers")
    page.get_by_role("link", name="Nguyễn Thị An").click()
    looked_at("handover-form")
    page.get_by_label("Lý do bàn giao").select_option("leave")
    page.get_by_label("Người nhận chung").select_option("binh")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text(f"{held} việc của Nguyễn Thị An chuyển cho Hoàng Bình")).to_be_visible()
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")).to_be_visible()
    looked_at("minutes")
    assert Handover.objects.get().lines.count() == held > 0
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Mục chính")).to_be_hidden()
    expect(page.get_by_text("BÊN NHẬN", exact=True)).to_be_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 594" in paper or b"/MediaBox [0 0 595" in paper, "it prints on A4"
