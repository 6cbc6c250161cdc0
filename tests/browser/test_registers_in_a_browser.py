"""A document comes in, becomes work, is answered; the answer is reviewed, signed, issued: as people do it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.desk.models import Question
from congtam.registers.models import Document
from congtam.work.models import Standing
from signing import authority, plain_pdf, signed_pdf

pytestmark = pytest.mark.django_db(transaction=True)
Person = Callable[[str], Page]


@pytest.fixture
def papers(tmp_path: Path, settings: Settings) -> dict[str, bytes]:
    """The files people hand in. They are signed in a thread of its own: the browser's loop runs in this one."""
    settings.SITE, settings.TRUST = tmp_path, authority().trusted_in(tmp_path / "trust")

    def make() -> dict[str, bytes]:
        return {"draft": plain_pdf("trả lời"), "good": signed_pdf(authority(), plain_pdf("trả lời"))}

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(make).result()


@pytest.fixture
def person(
    cast: Cast, live_server: LiveServer, open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> Person:
    """The browser of an account."""

    def of(username: str) -> Page:
        page = open_page()
        sign_in(page, username)
        return page

    return of


def file(body: bytes, name: str = "van-ban.pdf") -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": body}


def open_step(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).click()


def test_a_document_in_and_its_answer_signed_and_issued(
    person: Person,
    papers: dict[str, bytes],
    cast: Cast,
    live_server: LiveServer,
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    def fine(page: Page, name: str) -> None:
        assert not read_at_every_width(page, f"van-ban-{name}")

    clerk = person("van-thu")
    clerk.goto(f"{live_server.url}/van-ban/")
    clerk.get_by_role("link", name="Vào sổ văn bản đến").click()
    clerk.get_by_label("Cơ quan ban hành").fill("UBND thành phố")
    clerk.get_by_label("Số, ký hiệu").fill("12/UBND-VX")
    clerk.get_by_label("Trích yếu").fill("Về việc báo cáo chuyển đổi số")
    clerk.get_by_label("Độ khẩn").select_option("urgent")
    clerk.get_by_label("Trình ngay cho").select_option(label="Trần Văn Đức")
    fine(clerk, "vao-so")
    clerk.get_by_label("Tệp văn bản").set_input_files(file(papers["good"]))
    clerk.get_by_role("button", name="Vào sổ").click()
    expect(clerk.get_by_text("Đã vào sổ, số đến 01/")).to_be_visible()
    expect(clerk.get_by_text("Gốc thử")).to_be_visible()
    fine(clerk, "van-ban-den")

    leader = person("giam-doc")
    leader.goto(f"{live_server.url}/van-ban/cua-toi/")
    leader.get_by_role("link", name="Về việc báo cáo chuyển đổi số").click()
    open_step(leader, "Giao xử lý")
    leader.get_by_label("Chủ trì").select_option(label="Nguyễn Thị An (Chuyên viên)")
    leader.get_by_label("Ý kiến chỉ đạo").fill("Tham mưu văn bản trả lời")
    fine(leader, "giao")
    leader.get_by_role("button", name="Giao xử lý").click()
    expect(leader.get_by_text("Đã giao việc.")).to_be_visible()
    asked = Document.objects.get()

    an = person("an")
    an.goto(f"{live_server.url}/van-ban/{asked.pk}/")
    an.get_by_role("link", name="Soạn văn bản trả lời").click()
    an.get_by_label("Trích yếu").fill("Trả lời về chuyển đổi số")
    an.get_by_label("Ký hiệu").fill("SA-P1")
    an.get_by_label("Tệp dự thảo").set_input_files(file(papers["draft"], "du-thao.pdf"))
    an.get_by_role("button", name="Lập dự thảo").click()
    open_step(an, "Xin góp ý")
    an.get_by_label("Người góp ý").select_option(label="Nguyễn Văn Bảo (Trưởng phòng)")
    an.get_by_role("button", name="Xin góp ý").click()
    expect(an.get_by_text("Đã gửi xin góp ý.")).to_be_visible()

    head = person("truong-mot")
    head.goto(f"{live_server.url}/van-ban/cua-toi/")
    head.get_by_role("link", name="Trả lời về chuyển đổi số").click()
    open_step(head, "Góp ý bản này")
    head.get_by_label("Đồng ý").check()
    head.get_by_role("button", name="Góp ý bản này").click()
    expect(head.get_by_text("Đã duyệt, chờ ký")).to_be_visible()

    an.reload()
    open_step(an, "Nộp bản đã ký số")
    an.get_by_label("Tệp PDF đã ký số").set_input_files(file(papers["good"]))
    an.get_by_role("button", name="Nộp bản đã ký số").click()
    expect(an.get_by_text("Chữ ký hợp lệ")).to_be_visible()

    answer = Document.objects.exclude(pk=asked.pk).get()
    clerk.goto(f"{live_server.url}/van-ban/{answer.pk}/")
    open_step(clerk, "Ban hành")
    clerk.get_by_role("button", name="Ban hành").click()
    expect(clerk.get_by_text("Số đi 01/")).to_be_visible()
    open_step(clerk, "Ghi đã gửi")
    clerk.get_by_role("button", name="Ghi đã gửi").click()
    expect(clerk.get_by_text("trong ngày ký hoặc ngày làm việc tiếp theo")).to_be_visible()
    fine(clerk, "van-ban-di")
    clerk.goto(f"{live_server.url}/van-ban/?so=out&q=tra+loi")
    expect(clerk.get_by_role("cell", name="Trả lời về chuyển đổi số")).to_be_visible()
    fine(clerk, "so-di")
    clerk.get_by_role("button", name="English").click()
    expect(clerk.get_by_role("heading", name="Documents out")).to_be_visible()

    asked.refresh_from_db()
    standing = Standing.objects.get(item=asked.item_id)
    assert standing.signed and standing.finished_at is not None
    question = Question.objects.get(kind="acceptance")
    assert (question.by.code, question.to.code, question.state) == ("an", "giam-doc", "open")
    assert answer.year is None and Document.objects.get(pk=answer.pk).year == timezone.localdate().year


def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    person: Person, live_server: LiveServer, tmp_path: Path, settings: Settings
) -> None:
    settings.SITE = tmp_path
    large = tmp_path / "lon.pdf"
    with large.open("wb") as made:
        made.truncate(60 << 20)
    clerk = person("van-thu")
    clerk.goto(f"{live_server.url}/van-ban/vao-so/")
    clerk.get_by_label("Tệp văn bản").set_input_files(large)
    clerk.get_by_role("button", name="Vào sổ").click()
    expect(clerk.get_by_role("alert")).to_contain_text("lớn hơn 50 MB")
    assert not Document.objects.exists()


def test_the_register_works_on_a_phone_without_scripts(
    cast: Cast, live_server: LiveServer, open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> None:
    page = open_page("phone", scripts=False)
    sign_in(page, "van-thu")
    page.goto(f"{live_server.url}/van-ban/so-mat/")
    page.get_by_label("Mức độ mật").select_option("secret")
    page.get_by_role("button", name="Ghi số").click()
    expect(page.get_by_text("Đã ghi số 01/")).to_be_visible()
    expect(page.get_by_text("(văn bản mật)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
