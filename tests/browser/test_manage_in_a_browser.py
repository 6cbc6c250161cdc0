"""Lists of work, a unit, an agency and the public page as people see them: phone and desk, vi and en, no barriers."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from congtam.scores.models import Run, RunScore
from congtam.work.appending import symbol_key
from congtam.work.lookup import lookup_digest
from congtam.work.models import ItemText, Share
from drawn_office import Office

pytestmark = pytest.mark.django_db(transaction=True)
SALT = b"0123456789abcdef"
TITLES = (
    "Góp ý dự thảo Đề án phát triển khoa học, công nghệ và đổi mới sáng tạo giai đoạn 2026–2030",
    "Thẩm định hồ sơ nhiệm vụ khoa học cấp thành phố",
    "Trả lời kiến nghị cử tri về phủ sóng di động vùng sâu",
    "Báo cáo tình hình thực hiện chuyển đổi số quý IV",
    "Cấp giấy phép tiến hành công việc bức xạ",
)


@pytest.fixture
def office(transactional_db: None) -> Office:
    """A week of work: late, soon due, waiting, done, for a unit of nine and a second one."""
    now = timezone.now()
    with transaction.atomic():
        made = Office()
        names = ("Hoàng Thị Lan", "Vũ Quốc Minh", "Đặng Thùy Nga", "Bùi Văn Phúc", "Ngô Thị Quỳnh", "Lý Anh Sơn")
        more = [made.person(f"nv{n}", name, made.first) for n, name in enumerate(names)]
        for n, person in enumerate((made.an, made.binh, *more)):
            for k in range(2 + n % 4):
                due = now + timedelta(days=(n * 3 + k * 5) % 17 - 5)
                made.share(
                    person,
                    TITLES[(n + k) % len(TITLES)],
                    due,
                    received=now - timedelta(days=12 + k),
                    symbol=f"{100 + 10 * n + k}/SKHCN-VP",
                    giver=made.head,
                    taken_up_at=None if k % 2 else now - timedelta(days=9),
                )
            done = now - timedelta(days=7, hours=n)
            made.share(
                person,
                TITLES[n % 5],
                done + timedelta(days=n % 3 - 1),
                received=done - timedelta(days=5),
                finished_at=done,
            )
        waiting = made.share(
            made.an, TITLES[1], now + timedelta(days=2), received=now - timedelta(days=9), item={"moving": True}
        )
        made.event(waiting.item, now - timedelta(days=4), "requested", value="thiếu bản thuyết minh có chữ ký")
        made.share(made.duc, TITLES[3], now - timedelta(days=2), received=now - timedelta(days=9), unit=made.second)
        dossier = made.share(
            made.binh, "Hồ sơ", now + timedelta(days=6), received=now - timedelta(days=2), symbol="H34-1"
        )
        ItemText.objects.filter(item=dossier.item).update(
            symbol_key=symbol_key("H34-1"), lookup_salt=SALT, lookup_digest=lookup_digest(SALT, "0907")
        )
        _score(made, [made.an, made.binh, *more])
    return made


def _score(office: Office, people: list) -> None:
    """Points of last night for the running month and the one before, one veto proposed."""
    today = timezone.localdate()
    before = today.replace(day=1) - timedelta(days=1)
    for period in (f"{before:%Y-%m}", f"{today:%Y-%m}"):
        told = {"rulebook": "vn/hue/dost-monthly-2025", "scorecard": "official_month", "period": period}
        run = Run.objects.create(
            kind="nightly", seq=1, as_of=timezone.now() - timedelta(hours=8), meaning="", wording="", calendar="",
            engine="", **told,
        )  # fmt: skip
        for n, person in enumerate(people):
            proposals = [
                {
                    "veto": "overdue",
                    "vi": "Quá 20 % công việc quá hạn",
                    "en": "More than 20 % overdue",
                    "state": "proposed",
                }
            ]
            RunScore.objects.create(
                run=run, person=person, role="staff", unit=office.first, agency=office.agency, duty_group="chuyen_mon",
                staff_kind="civil_servant", working_days=15, lowest=(79 + n) * 10**6, highest=(86 + n) * 10**6,
                earned=70 * 10**6, measurable=80 * 10**6, grade="good", graded_by="rule", n_items=9, parts=[],
                grading={"proposals": proposals if n == 0 else []}, **told,
            )  # fmt: skip


PAGES = {
    "worklist": ("ha", "/cong-viec/?pham-vi=don-vi"),
    "worklist-own": ("an", "/cong-viec/"),
    "worklist-none": ("ha", "/cong-viec/?tt=passed_on&tre=20"),
    "unit": ("ha", "/phong-toi/"),
    "week": ("ha", "/phong-toi/giao-ban/"),
    "decide": ("ha", "/phong-toi/quyet-dinh/an/"),
    "move": ("ha", "/phong-toi/?chuyen=1"),
    "give": ("ha", "/phong-toi/?giao=1"),
    "agency": ("giam", "/don-vi/"),
    "dossier": ("", "/tra-cuu-ho-so/"),
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_read_well_and_have_no_barriers(
    office: Office,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
    lang: str,
) -> None:
    wrong = []
    for name, (username, address) in PAGES.items():
        page = open_page()
        if username:
            sign_in(page, username)
        page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
        page.goto(live_server.url + address)
        wrong += read_at_every_width(page, f"{name}-{lang}")
        page.close()
    assert not wrong, "\n".join(wrong)


def test_a_head_finds_a_late_item_and_passes_it_on_after_seeing_the_effect(
    office: Office,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
) -> None:
    page = open_page("desk", scripts=False)
    sign_in(page, "ha")
    page.goto(f"{live_server.url}/phong-toi/?nguoi=an")
    page.get_by_label("Việc cần chuyển").select_option(index=1)
    page.get_by_label("Người nhận").select_option(label="Lý Anh Sơn")
    page.get_by_role("button", name="Xem tác động").click()
    expect(page.get_by_text("Không hạn nào bị dời", exact=False)).to_be_visible()
    keep_picture(page, "move-effect")
    page.get_by_role("button", name="Chuyển việc này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chuyển việc")


def test_an_item_tells_who_had_it_and_a_list_sorts(
    office: Office,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
) -> None:
    page = open_page("desk")
    sign_in(page, "ha")
    page.goto(f"{live_server.url}/cong-viec/?q=cu+tri")
    page.get_by_role("link", name="Hạn", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Hạn")
    page.get_by_role("link", name="Trả lời kiến nghị cử tri").first.click()
    expect(page.locator("h1")).to_contain_text("kiến nghị cử tri")
    keep_picture(page, "item-desk")
    without_barriers(page)


def test_a_citizen_finds_the_dossier_on_a_phone(
    office: Office,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
) -> None:
    page = open_page("phone", scripts=False)
    page.goto(f"{live_server.url}/tra-cuu-ho-so/")
    page.get_by_label("Mã hồ sơ").fill("H34-1")
    page.get_by_label("Bốn số cuối").fill("0907")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_text("Chuyên viên, Phòng Quản lý Khoa học")).to_be_visible()
    keep_picture(page, "dossier-found")


@pytest.mark.parametrize(("username", "address"), [("ha", "/phong-toi/giao-ban/"), ("giam", "/don-vi/")])
def test_what_is_printed_fits_one_page(
    office: Office,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    username: str,
    address: str,
) -> None:
    now = timezone.now()
    with transaction.atomic():
        for n in range(30):
            person = office.person(f"them{n}", f"Nguyễn Thị Thêm Thứ {n}", office.first)
            office.share(person, TITLES[0] * 2, now - timedelta(days=3), received=now - timedelta(days=9))
    page = open_page("desk")
    sign_in(page, username)
    page.goto(live_server.url + address)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
    assert Share.objects.count() > 30
