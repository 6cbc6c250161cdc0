"""Work from hand to hand as people see it: given, taken up, delivered, returned, delivered again, accepted; on a phone
and at a desk, in both languages, and once without scripts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.access.seats import seat_of
from congtam.desk.deciding import return_work
from congtam.desk.doing import ask_time, deliver, report, take_up
from congtam.desk.giving import Order, give
from congtam.desk.incidental import tell
from congtam.desk.models import Question
from congtam.work.models import Event, Share

pytestmark = pytest.mark.django_db(transaction=True)
SAYS = {
    "vi": {
        "title": "Việc phải làm", "product": "Sản phẩm phải có", "due": "Hạn: hết giờ", "give": "Giao việc",
        "take": "Tiếp nhận", "deliver": "Giao nộp kết quả", "what": "Sản phẩm giao nộp",
        "return": "Trả lại để hoàn thiện",
        "why": "Lý do", "accept": "Nghiệm thu", "mark": "Chấm chất lượng", "done": "Đã nghiệm thu", "link": "Giao nộp:",
        "told": "Đã ghi câu trả lời", "good": "4 – tốt",
    },
    "en": {
        "title": "What is to be done", "product": "What is to be handed over", "due": "Due by the end",
        "give": "Give the work", "take": "Take up", "deliver": "Deliver", "what": "What is delivered",
        "return": "Return to be completed", "why": "Why", "accept": "Accept", "mark": "Mark (optional)",
        "done": "Accepted", "link": "Deliver:", "told": "Your answer was written",
        "good": "4 – good",
    },
}  # fmt: skip
TITLE = "Báo cáo kết quả rà soát thủ tục hành chính quý IV của Sở A"


@pytest.mark.parametrize(("lang", "width", "scripts"), [("vi", "desk", True), ("en", "phone", False)])
def test_work_goes_from_a_head_to_an_official_and_back(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    keep_picture: Callable[[Page, str], None],
    lang: str,
    width: str,
    scripts: bool,
) -> None:
    said, due = SAYS[lang], timezone.localdate() + timedelta(days=12)
    head, official = (open_page(width, scripts=scripts) for _ in range(2))
    for page, who in ((head, "truong-mot"), (official, "an")):
        sign_in(page, who)
        page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])

    head.goto(f"{live_server.url}/giao-viec/")
    head.get_by_label(said["title"]).fill(TITLE)
    head.get_by_label(said["product"]).fill("Báo cáo có phụ lục")
    head.get_by_label(said["due"]).fill(f"{due:%d/%m/%Y}")
    head.get_by_label("Nguyễn Thị An").first.check()
    keep_picture(head, f"desk-give-filled-{width}-{lang}")
    head.get_by_role("button", name=said["give"]).click()
    expect(head.locator("h1")).to_have_text(TITLE)

    official.goto(f"{live_server.url}/")
    official.get_by_role("button", name=f"{said['take']}: {TITLE}").click()
    official.locator("#dang-lam > summary").click()
    official.get_by_role("link", name=f"{said['link']} {TITLE}").click()
    _deliver(official, said, "Báo cáo 15/BC-P1")
    keep_picture(official, f"desk-delivered-{width}-{lang}")

    head.goto(f"{live_server.url}/hom-nay/")
    head.get_by_text(f"{said['return']}…").click()
    head.get_by_label(said["why"]).fill("Thiếu phụ lục 2")
    keep_picture(head, f"desk-returning-{width}-{lang}")
    head.get_by_role("button", name=said["return"]).click()
    expect(head.get_by_role("status").filter(has_text=said["told"])).to_be_visible()

    official.goto(f"{live_server.url}/hom-nay/")
    official.get_by_role("link", name=TITLE, exact=True).click()
    expect(official.get_by_text("Thiếu phụ lục 2")).to_be_visible()
    official.locator("#giao-nop > summary").click()
    _deliver(official, said, "Báo cáo 15/BC-P1 kèm phụ lục 2")

    head.goto(f"{live_server.url}/hom-nay/")
    head.get_by_label(said["mark"]).select_option(label=said["good"])
    head.get_by_role("button", name=said["accept"], exact=True).click()
    expect(head.locator(".ask")).to_have_count(0)
    official.reload()
    expect(official.get_by_text(said["done"]).first).to_be_visible()
    keep_picture(official, f"desk-accepted-{width}-{lang}")
    share = Share.objects.get()
    assert (share.state, share.rating, share.accepted) == ("finished", 4_000_000, True)


def _deliver(page: Page, said: dict[str, str], text: str) -> None:
    page.get_by_label(said["what"]).fill(text)
    page.locator("#giao-nop form button").click()
    expect(page.get_by_text(text).first).to_be_visible()


@pytest.fixture
def busy(cast: Cast) -> dict[str, int]:
    """A day at the desk: late, returned, new and delivered work, more time asked for, work to be confirmed."""
    now = timezone.now()
    ago, soon = now - timedelta(days=8), now + timedelta(days=6)

    def seat(who: str):
        return seat_of(cast.accounts[who], timezone.localdate())

    def given(title: str, due=soon, at=ago, lead: str = "an") -> int:
        told = {"authority": "tự làm việc với các phòng", "symbol": "12/UBND-VP", "issuer": "UBND thành phố"}
        lines = "Theo kết luận giao ban.\nLấy số liệu đến hết tháng."
        order = Order(title, cast.people[lead].pk, due=due, product="Văn bản có số liệu", instruction=lines, **told)
        return give(seat("truong-mot"), order, now=at)

    an, head = seat("an"), seat("truong-mot")
    late, back, asked = (
        given("Trả lời kiến nghị cử tri", now - timedelta(days=2)),
        given(TITLE),
        given("Kế hoạch năm tới"),
    )
    given("Góp ý dự thảo Nghị quyết", at=now - timedelta(hours=2))
    done = given("Biên bản kiểm tra cơ sở")
    for n, item in enumerate((late, back, asked, done)):
        take_up(an, item, now=ago + timedelta(hours=n + 1))
    report(an, late, "Đã có ý kiến của hai phòng, còn Phòng Hai", now=now - timedelta(days=3))
    deliver(an, back, "Bản một", now=now - timedelta(days=2))
    return_work(head, back, "Thiếu phụ lục 2", now=now - timedelta(days=1))
    ask_time(
        an, asked, now + timedelta(days=15), "Chờ số liệu của Sở B", "outside", "45/SB-VP", now=now - timedelta(hours=5)
    )
    deliver(an, done, "Biên bản 3/BB", now=now - timedelta(hours=3))
    tell(seat("binh"), "field", "Khảo sát trạm phát sóng xã Hương Bình", cast.people["truong-mot"].pk, now=now)
    tell(an, "citizens", "Tiếp công dân định kỳ", cast.people["truong-mot"].pk, now=now)
    return {"late": late, "back": back}


PAGES = {
    "today-official": ("an", "/hom-nay/"),
    "today-head": ("truong-mot", "/hom-nay/"),
    "today-none": ("dung", "/hom-nay/"),
    "item-asking": ("an", "/viec/{late}/xin-them-gio/"),
    "item-head": ("truong-mot", "/viec/{back}/gia-han/"),
    "give": ("truong-mot", "/giao-viec/"),
    "give-unit": ("an", "/giao-viec/?kieu=phoi-hop"),
    "came-up": ("an", "/phat-sinh/"),
    "initiative": ("an", "/sang-kien/"),
    "secret": ("an", "/viec-mat/"),
    "unit-deciding": ("truong-mot", "/phong-toi/?giao=1"),
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_of_the_desk_read_well_and_have_no_barriers(
    busy: dict[str, int],
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
    lang: str,
) -> None:
    wrong, pages = [], {who: open_page() for who, _ in PAGES.values()}
    for who, page in pages.items():
        sign_in(page, who)
        page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
    for name, (who, address) in PAGES.items():
        page = pages[who]
        page.goto(live_server.url + address.format(**busy))
        wrong += read_at_every_width(page, f"desk-{name}-{lang}")
    assert not wrong, "\n".join(wrong)


def test_work_that_came_up_is_told_on_a_phone_with_two_taps(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
) -> None:
    page = open_page("phone")
    sign_in(page, "an")
    page.goto(f"{live_server.url}/hom-nay/")
    page.get_by_role("link", name="Việc phát sinh").click()
    for name in ("Trực", "Tiếp công dân", "Đi cơ sở", "Họp"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box and box["height"] >= 80 and box["width"] >= 140, name
    page.get_by_role("button", name="Tiếp công dân").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi, chờ người bạn chọn xác nhận")).to_be_visible()
    question = Question.objects.get()
    assert (question.kind, question.to_id) == ("confirmation", cast.people["truong-mot"].pk)


def test_an_initiative_is_proposed_and_recognised_by_a_decision(
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    keep_picture: Callable[[Page, str], None],
) -> None:
    official, leader = open_page("phone"), open_page()
    sign_in(official, "an")
    official.goto(f"{live_server.url}/sang-kien/")
    official.get_by_label("Tên sáng kiến").fill("Mẫu trả lời dùng chung")
    official.get_by_label("Nội dung").fill("Gộp sáu mẫu thành một; mỗi hồ sơ bớt 15 phút.")
    official.get_by_role("button", name="Gửi").click()
    question = Question.objects.get()
    asked = next(code for code, person in cast.people.items() if person.pk == question.to_id)
    assert question.kind == "recognition"

    sign_in(leader, asked)
    leader.goto(f"{live_server.url}/hom-nay/")
    leader.get_by_label("Số quyết định").fill("27/QĐ-SA")
    leader.get_by_role("button", name="Công nhận", exact=True).click()
    expect(leader.locator(".ask")).to_have_count(0)
    keep_picture(leader, "desk-initiative-recognised")
    official.goto(f"{live_server.url}/viec/{question.item_id}/")
    expect(official.get_by_text("27/QĐ-SA").first).to_be_visible()
    assert Event.objects.get(item=question.item_id, activity="recognised").decision == "27/QĐ-SA"
