"""A conclusion from the meeting to its acceptance, across two units; the pages of meetings and templates as people see
them, and the notice on paper."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.desk.giving import Order, give
from congtam.desk.recurring import set_up
from congtam.desk.template_versions import Pattern, make_template
from congtam.meetings.concluding import Point, conclude
from congtam.meetings.holding import Call, call, close
from congtam.meetings.models import Conclusion, Meeting
from congtam.work.models import Standing

pytestmark = pytest.mark.django_db(transaction=True)
OURS, THEIRS = "Rà soát thủ tục hành chính của phòng", "Cho ý kiến về dự thảo quy chế phối hợp"


def test_a_task_goes_from_the_meeting_to_acceptance_across_two_units(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    keep_picture: Callable[[Page, str], None],
) -> None:
    def person(username: str, width: str = "desk", **more: bool) -> Page:
        page = open_page(width, **more)
        sign_in(page, username)
        return page

    due = f"{timezone.localdate() + timedelta(days=12):%d/%m/%Y}"
    head = person("truong-mot")
    head.goto(f"{live_server.url}/hop/")
    head.get_by_role("link", name="Mở phiên họp").click()
    head.get_by_role("button", name="Mở phiên họp").click()
    expect(head.get_by_text("Đã mở phiên họp.")).to_be_visible()
    for text, who in ((OURS, "Nguyễn Thị An (Chuyên viên)"), (THEIRS, "Phòng Hai")):
        head.get_by_label("Kết luận (việc phải làm)").fill(text)
        head.get_by_label("Giao cho").select_option(label=who)
        head.get_by_label("Hạn: hết giờ").fill(due)
        head.get_by_label("Sản phẩm phải có").fill("Văn bản có số liệu")
        head.get_by_role("button", name="Ghi kết luận").click()
        expect(head.get_by_role("link", name=text, exact=True)).to_be_visible()
    expect(head.get_by_text("Đơn vị được đề nghị chưa nhận")).to_be_visible()
    keep_picture(head, "meeting-written")

    other = person("truong-hai")
    other.goto(f"{live_server.url}/hom-nay/")
    other.get_by_role("button", name="Nhận phối hợp").click()
    expect(other.get_by_role("status").filter(has_text="Đã ghi câu trả lời")).to_be_visible()
    item = Conclusion.objects.get(unit=cast.units["phong-hai"]).item_id
    other.goto(f"{live_server.url}/viec/{item}/chuyen/")
    other.locator("#chuyen").get_by_label("Người nhận").select_option(label="Võ Mai Chi (Chuyên viên)")
    other.locator("#chuyen").get_by_label("Lý do").fill("Chi theo dõi quy chế")
    other.get_by_role("button", name="Xem tác động").click()
    other.get_by_role("button", name="Chuyển việc này").click()
    expect(other.get_by_text("Đã chuyển việc.")).to_be_visible()

    for who, number in (("chi", item), ("an", Conclusion.objects.get(person=cast.people["an"]).item_id)):
        page = person(who, "phone", scripts=False)
        page.goto(f"{live_server.url}/viec/{number}/")
        expect(page.get_by_text("Kết luận giao ban")).to_be_visible()
        page.locator("#giao-nop > summary").click()
        page.get_by_label("Sản phẩm giao nộp").fill("Công văn 15/CV-P")
        page.locator("#giao-nop form button").click()
        expect(page.get_by_text("Công văn 15/CV-P").first).to_be_visible()

    head.goto(f"{live_server.url}/hom-nay/")
    for left in (1, 0):
        head.get_by_role("button", name="Nghiệm thu", exact=True).first.click()
        expect(head.locator(".ask")).to_have_count(left)
    head.goto(f"{live_server.url}/hop/{Meeting.objects.get().pk}/")
    expect(head.get_by_text("Xong đúng hạn")).to_have_count(2)
    expect(head.get_by_text("chưa nghiệm thu")).to_have_count(0)
    head.get_by_role("link", name="Kết thúc phiên họp").click()
    head.get_by_role("button", name="Xem trước thay đổi").click()
    head.get_by_role("button", name="Ghi", exact=True).click()
    head.get_by_role("link", name="Thông báo kết luận").click()
    expect(head.get_by_role("heading", name="Thông báo kết luận")).to_be_visible()
    keep_picture(head, "meeting-notice")
    assert set(Standing.objects.values_list("state", flat=True)) == {"finished"}


@pytest.fixture
def held(cast: Cast) -> dict[str, int]:
    """A meeting of last week with its conclusions, one that is open, work that is late and due, a template that
    recurs."""
    now = timezone.now()
    ago = now - timedelta(days=7)

    def seat() -> Seat:
        return seat_of(cast.accounts["truong-mot"], timezone.localdate())

    def person(code: str) -> int:
        return cast.people[code].pk

    for who, due, given in (("an", now - timedelta(days=1), ago), ("binh", now + timedelta(days=3), now)):
        give(seat(), Order("Trả lời kiến nghị cử tri", person(who), due=due, product="Công văn"), now=given)
    told = {"kind": "weekly", "chair": person("truong-mot"), "taking_part": (person("an"), person("binh"))}
    unit = cast.units["phong-mot"].pk
    last = call(seat(), Call(unit, at=ago, **told), now=ago)
    conclude(seat(), last.pk, Point(OURS, person("an"), due=now + timedelta(days=4), product="Danh sách"), now=ago)
    conclude(seat(), last.pk, Point("Phòng thống nhất lịch trực", task=False), now=ago)
    close(seat(), last.pk, (person("truong-mot"), person("an")), now=ago)
    meeting = call(seat(), Call(unit, at=now, **told), now=now)
    ask = Point(THEIRS, unit=cast.units["phong-hai"].pk, due=now + timedelta(days=4), product="Góp ý")
    first = conclude(seat(), meeting.pk, ask, now=now)
    template = make_template(seat(), unit, Pattern("Báo cáo tuần về tiến độ giải quyết hồ sơ", 2, "Báo cáo"))
    set_up(seat(), template.pk, person("an"), every="week", on=1)
    return {"last": last.pk, "meeting": meeting.pk, "series": first.series, "template": template.pk}


PAGES = {
    "list": "hop/",
    "call": "hop/mo/",
    "meeting": "hop/{meeting}/",
    "closed": "hop/{last}/",
    "notice": "hop/{last}/thong-bao/",
    "close": "hop/{meeting}/ket-thuc/",
    "correct": "hop/{meeting}/ket-luan/{series}/sua/",
    "templates": "mau-viec/",
    "template": "mau-viec/{template}/",
    "template-new": "mau-viec/lap/",
    "template-recur": "mau-viec/{template}/dinh-ky/",
}


def test_the_pages_of_meetings_and_templates_have_no_barriers_and_print_on_a4(
    held: dict[str, int],
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    wrong, page = [], open_page()
    sign_in(page, "truong-mot")
    for lang in ("vi", "en"):
        page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
        for name, address in PAGES.items():
            page.goto(f"{live_server.url}/{address.format(**held)}")
            wrong += read_at_every_width(page, f"meetings-{name}-{lang}")
    assert not wrong, "\n".join(wrong)
    page.goto(f"{live_server.url}/{PAGES['notice'].format(**held)}")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
