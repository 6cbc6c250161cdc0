"""October 2026 from its opening to its payment, and once more after a correction, by everyone who has a part in it; four
people are followed to their figures: staff and a leader under Decree 335, staff and a leader under Decree 233.

What their figures must be, by the decrees alone (70 points of results, for staff the mean of quantity, quality and
progress, for leaders of six terms; a failure of quality or a delay cuts a quarter of its own piece; 30 points of general
criteria, marked):

* Nguyễn Thị An, staff, 335. Pieces of 1 + 2 + 1.5 + 0.5 + 1 = 6, all done: quantity 6/6. The piece of 2 failed once:
  quality (6 - 2 x 0.25)/6 = 5.5/6. The piece of 1.5 was late once: progress (6 - 1.5 x 0.25)/6 = 5.625/6. Results
  70 x (6 + 5.5 + 5.625)/18 = 66.597. Marked 22: 88.60; after her request 23: 89.60. Good, from 70 and below 90.
* Nguyễn Văn Bảo, leader, 335. Five pieces, one late: 1, 1, 4.75/5; everybody he heads at least complete: 1; organising
  and rallying 100 %: 1, 1. Results 70 x 5.95/6 = 69.417; marked 20: 89.42. Good.
* Võ Mai Chi, staff, 233. Four of five pieces done: 0.8 three times. Results 56; marked 21: 77.00. Good.
* Đặng Thị Cúc, leader, 233. Five pieces, one failed: 1, 4.75/5, 1; Lý Anh Dũng of her section did two of five (70 x 0.4
  + 10 = 38.00, not completed): 0.5; organising 50 %, rallying 100 %: 0.5, 1. Results 70 x 4.95/6 = 57.75; marked 22:
  79.75. Good.

Hoàng Bình is corrected after the seal: four of five done, one of them late: 70 x (0.8 + 0.8 + 0.75)/3 = 54.833, marked
14.5: 69.33, complete. Without the delay 56 + 14.5 = 70.50: good. At Đà Nẵng's rates that is 0.3 instead of 0.1 of his
9,000,000 đ: 2,700,000 instead of 900,000, so 1,800,000 are still owed to him.

Of the 20 civil servants 18 are at least good (not Dũng, not Bình), so 9 may be excellent. Eleven have the points: eight
above the limit, Phạm Thu Hà and Đỗ Hữu Phước tied across it with 90.50, Tôn Nữ Diệu after them with 90.20. The nine are
paid half of 6,000,000 đ, An 0.3 of 10,000,000, Bình as above, ten others who are good 0.3 of 6,000,000, Dũng nothing:
27,000,000 + 3,000,000 + 900,000 + 18,000,000 = 48,900,000 đ.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

import signing
from cast import Cast
from congtam.cycles.models import Cycle
from congtam.documents.models import KeptPaper
from congtam.objections.slips import show_again
from congtam.scores.models import Seal
from congtam.work.models import Item
from journey_scene import MORE, PERIOD, Clock, at, before_the_month
from signing import changed_after, plain_pdf
from walking import Hand, Walk, confirm, grade_of, line_of, step_over

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "khóa thử 2026"
MOST_ACTIONS = 40
MARKS = {"Nguyễn Thị An": "22", "Hoàng Bình": "14,5"} | {
    f"Trần {name}": mark
    for name, mark in zip(MORE, ("25,5", "28", "23", "22,5", "26", "24,5", "21", "25"), strict=True)
}
GRADE = "Mức xếp loại (chưa xét giới hạn số lượng)"  # the line of a slip that also tells the total
WHY = "Sáng kiến rút gọn hai bước"
SAID = "Trực phòng chống bão hai đêm, ngoài lịch"
OWN = {"an": "66,6/70,0", "truong-mot": "/", "chi": "56,0/70,0", "truong-hai": "/"}  # results so far, before marks
SEALED = {"an": "89,60", "truong-mot": "89,42", "chi": "77,00", "truong-hai": "79,75"}


@pytest.fixture
def walk(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> Walk:
    """Sở A on Monday 2 November 2026, before anybody opened October; whom to trust is known."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    before_the_month(cast, clock)
    settings.SITE, settings.TSA = tmp_path, ""
    settings.TRUST = signing.authority().trusted_in(tmp_path / "trust")
    (tmp_path / "giam-doc.p12").write_bytes(signing.key_file(signing.authority(), PASSWORD))
    client = Client()
    client.force_login(cast.account("personnel"))
    assert (
        client.get("/chot-thang/").status_code == 200
    )  # rules and templates are made ready: no browser waits for them
    return Walk(live_server.url, clock, open_page, sign_in, read_at_every_width)


def test_a_month_from_its_opening_to_its_payment(walk: Walk, cast: Cast, tmp_path: Path) -> None:
    _opened(walk)
    _told_by_themselves(walk)
    _marked(walk)
    _seen_and_contested(walk)
    _settled(walk)
    _answered(walk)
    _sealed(walk)
    _checked_by_anybody(walk, *_signed(walk, tmp_path))
    _paid(walk)
    _corrected(walk)
    assert not walk.wrong, "\n".join(walk.wrong)


def _opened(walk: Walk) -> None:
    """The personnel office opens the month that is over; its steps come from both decrees."""
    walk.at(at(2, 8, month=11))
    office = walk.go(walk.person("nhan-su"), "/chot-thang/")
    office.get_by_role("link", name="Mở kỳ").click()
    office.get_by_label("Số kế hoạch, văn bản").fill("15/KH-SA")
    confirm(office)
    expect(office.get_by_role("heading", name="Chốt tháng 10 năm 2026")).to_be_visible()


def _told_by_themselves(walk: Walk) -> None:
    """The data were cut off by themselves: the four see their month, and tell what data cannot know."""
    walk.at(at(4, 9, month=11))
    for code, results in OWN.items():
        page = walk.go(walk.person(code), f"/thang-cua-toi/?ky={PERIOD}")
        expect(page.get_by_role("row", name=re.compile("^Kết quả nhiệm vụ"))).to_contain_text(results)
        page.goto(f"{walk.site}/tu-danh-gia/")
        if code != "an":
            page.get_by_role("button", name="Không có gì bổ sung, nộp").click()
            expect(page.get_by_text("Bạn đã nộp lúc")).to_be_visible()
    an, head = walk.person("an"), walk.person("truong-mot")
    an.get_by_label("Việc đã làm mà số liệu chưa cho thấy").fill(SAID)
    an.get_by_label("Người xác nhận được").select_option(label="Nguyễn Văn Bảo (Trưởng phòng)")
    an.get_by_role("button", name="Ghi", exact=True).click()
    expect(an.get_by_text("chờ xác nhận")).to_be_visible()
    walk.look(an, "journey-self-report")
    walk.go(head, "/tu-danh-gia/").get_by_role("button", name=f"Xác nhận Nguyễn Thị An: {SAID}", exact=True).click()
    expect(head.get_by_text("Đã ghi câu trả lời của bạn.")).to_be_visible()
    an.reload()
    expect(an.get_by_text("đã xác nhận")).to_be_visible()
    an.get_by_role("button", name="Tôi đã nêu đủ, nộp").click()
    expect(an.get_by_text("Bạn đã nộp lúc")).to_be_visible()


def _marked(walk: Walk) -> None:
    """Everybody is marked by who stands above them, ten of them by keyboard in few actions; who cannot tell says so."""
    walk.at(at(6, 9, month=11))
    office = walk.go(walk.person("nhan-su"), "/chot-thang/")
    expect(office.get_by_text("9/22 người đủ điều kiện; 13 việc chặn, của 3 người.")).to_be_visible()
    office.get_by_role("link", name="tháng 10 năm 2026").click()
    office.get_by_role("button", name="Nhắc Đặng Thị Cúc: Võ Mai Chi").click()
    expect(office.get_by_text("Đã nhắc Đặng Thị Cúc")).to_be_visible()
    head, other, leader = walk.person("truong-mot"), walk.person("truong-hai"), walk.person("giam-doc", "en")

    hand = Hand(head)
    hand.open(f"{walk.site}/cham-diem/")
    fields = head.locator("[data-mark]")
    expect(fields).to_have_count(len(MARKS))
    assert {one.input_value() for one in fields.all()} == {""}, "it starts empty"
    hand.click(fields.first)
    for name in head.locator("fieldset.mark legend strong").all_inner_texts():
        hand.type(MARKS[name])
        hand.press("Enter")
        if hand.focused().startswith("ly_do"):
            hand.type(WHY)
            hand.press("Enter")
    expect(head.locator("#tien-do")).to_contain_text("10/10")
    sys.stdout.write(f"ten people marked in {hand.actions} actions\n")
    assert hand.actions <= MOST_ACTIONS
    phong = head.get_by_role("group", name="Trần Quốc Phong")
    phong.get_by_role("checkbox").check()
    expect(phong.locator(".errorlist")).to_contain_text("vì sao không đủ căn cứ")
    phong.get_by_role("textbox", name="Lý do").fill("Đi biệt phái cả tháng")
    phong.get_by_role("textbox", name="Lý do").press("Tab")
    expect(phong).to_contain_text("đã chuyển Trần Văn Đức")
    reason = head.get_by_role("group", name="Nguyễn Thị An").get_by_role("textbox", name="Lý do")
    reason.press_sequentially("chưa gửi")
    while not head.evaluate("Object.values(localStorage).some((one) => one.includes('chưa gửi'))"):
        head.wait_for_timeout(50)
    head.reload()
    expect(reason).to_have_value("chưa gửi")
    walk.look(head, "journey-marking")

    walk.go(other, "/cham-diem/")
    expect(other.locator("fieldset.mark")).to_have_count(2)
    other.get_by_role("group", name="Võ Mai Chi").get_by_role("textbox", name="Điểm").fill("21")
    other.get_by_role("button", name="Ghi tất cả").click()
    expect(other.locator("#tien-do")).to_contain_text("2/2")

    walk.go(leader, "/cham-diem/")
    expect(leader.get_by_role("group", name="Trần Quốc Phong")).to_contain_text("cannot tell – Đi biệt phái cả tháng")
    for name, mark in {"Trần Quốc Phong": "16", "Nguyễn Văn Bảo": "20", "Đặng Thị Cúc": "22"}.items():
        leader.get_by_role("group", name=name).get_by_role("textbox", name="Mark").fill(mark)
    leader.get_by_role("button", name="Write all down").click()
    for title, marks in {"Organising": ("100", "50"), "Rallying": ("100", "100")}.items():
        leader.get_by_role("link", name=re.compile(f"^{title}")).click()
        for name, mark in zip(("Nguyễn Văn Bảo", "Đặng Thị Cúc"), marks, strict=True):
            row = leader.get_by_role("group", name=name)
            row.get_by_role("radio", name=f"{mark} {name}", exact=True).check()
            row.get_by_role("textbox", name="Reason").fill("Theo sổ theo dõi công việc")
        leader.get_by_role("button", name="Write all down").click()
    walk.look(leader, "journey-marking-leader-en")
    for name, address in (("raters", "nguoi-cham/"), ("outside", "nguoi-ngoai/"), ("admit", "nguoi-ngoai/them/")):
        walk.look(walk.go(office, f"/cham-diem/{address}"), f"journey-{name}")


def _seen_and_contested(walk: Walk) -> None:
    """Draft slips: two agree, one contests a line, one says nothing until the term passed."""
    office, an = walk.go(walk.person("nhan-su"), "/chot-thang/"), walk.person("an")
    office.get_by_role("link", name="tháng 10 năm 2026").click()
    step_over(office, "Chấm điểm")
    office.get_by_role("button", name="Gửi phiếu dự thảo").click()
    expect(office.get_by_text("Đã gửi 22 phiếu dự thảo.")).to_be_visible()
    step_over(office, "Phiếu dự thảo")

    walk.at(at(9, 9, month=11))
    walk.go(an, "/phieu/")
    expect(line_of(an, "Kết quả nhiệm vụ")).to_contain_text("66,60 / 70,00")
    expect(line_of(an, GRADE)).to_contain_text("88,60")
    general = line_of(an, "Tiêu chí chung")
    general.get_by_label("Có ý kiến").check()
    general.get_by_label("Ý kiến", exact=True).fill("Tôi có hai sáng kiến")
    an.get_by_role("button", name="Ghi ý kiến").click()
    an.get_by_role("button", name=re.compile("Đồng ý với mọi dòng còn lại")).click()
    walk.look(an, "journey-slip")
    an.get_by_role("link", name=re.compile("Đề nghị xem xét lại dòng này.*Tiêu chí chung")).click()
    walk.look(an, "journey-request-new")
    an.get_by_label("Vì sao chưa đúng").fill("Hai sáng kiến đã được công nhận")
    an.get_by_role("button", name="Gửi đề nghị").click()
    expect(an.get_by_text("Đã gửi đề nghị xem xét lại.")).to_be_visible()
    walk.look(an, "journey-request")
    for code in ("truong-mot", "truong-hai"):
        page = walk.go(walk.person(code), "/phieu/")
        expect(line_of(page, GRADE)).to_contain_text(SEALED[code])
        page.get_by_role("button", name=re.compile("Đồng ý với mọi dòng còn lại")).click()
        expect(page.get_by_text("đồng ý").first).to_be_visible()
    expect(line_of(walk.go(walk.person("chi"), "/phieu/"), GRADE)).to_contain_text(SEALED["chi"])

    walk.at(at(18, 9, month=11))
    expect(line_of(walk.go(walk.person("chi"), "/phieu/"), GRADE)).to_contain_text("không có ý kiến")


def _settled(walk: Walk) -> None:
    """The committee: a tie across the limit, of which a member leaves for the own case, and a list after it."""
    office, leader = walk.person("nhan-su"), walk.person("giam-doc")
    walk.go(office, "/chot-thang/").get_by_role("link", name="tháng 10 năm 2026").click()
    office.get_by_role("link", name="Trình Hội đồng").first.click()
    board = office.url
    office.get_by_label("Số biên bản").fill("01/BB-HĐ")
    office.get_by_role("button", name="Mở phiên họp").click()
    for box in office.get_by_role("group", name="Người có mặt").get_by_role("checkbox").all():
        box.check()
    office.get_by_role("button", name="Ghi người có mặt").click()
    expect(office.get_by_text("đủ người", exact=True)).to_be_visible()
    walk.look(office, "journey-board")
    leader.goto(board)
    leader.get_by_role("link", name="Phạm Thu Hà").first.click()
    walk.look(leader, "journey-case-en")

    for name, outcome, voters in (
        ("Lý Anh Dũng", "Không đồng ý với đề xuất", 5),
        ("Đỗ Hữu Phước", "Giữ mức", 5),
        ("Phạm Thu Hà", "Hạ một mức vì giới hạn", 4),
    ):
        office.goto(board)
        office.get_by_role("link", name=name).first.click()
        ballots = office.get_by_role("combobox")
        expect(ballots).to_have_count(voters)
        for ballot in ballots.all():
            ballot.select_option(label=outcome)
        office.get_by_role("button", name="Ghi phiếu").click()
        office.get_by_role("button", name="Quyết định theo phiếu").click()
        expect(office.get_by_text("Đã ghi quyết định của Hội đồng.")).to_be_visible()
    for box in office.get_by_role("group", name="Danh sách bị hạ").get_by_role("checkbox").all():
        box.check()
    office.get_by_role("button", name="Ghi phiếu cho cả danh sách").click()
    office.get_by_role("button", name="Quyết định cả danh sách").click()
    expect(office.get_by_text("Đã quyết định hạ 1 người vì giới hạn.")).to_be_visible()
    office.get_by_role("button", name="Kết thúc phiên họp").click()
    expect(office.get_by_text("Việc chờ quyết định (0)")).to_be_visible()
    walk.go(office, "/chot-thang/").get_by_role("link", name="tháng 10 năm 2026").click()
    for title in ("Họp xét", "Công bố dự kiến"):
        step_over(office, title)


def _answered(walk: Walk) -> None:
    """Who stands above the rater answers in part; the slip that changed is shown once more, and agreed to."""
    office, an, leader = walk.person("nhan-su"), walk.person("an"), walk.person("giam-doc")
    walk.go(leader, "/xem-xet-lai/").get_by_role("link", name="General criteria").first.click()
    leader.get_by_role("link", name="Answer it").click()
    walk.look(leader, "journey-answer-en")
    leader.get_by_label("Upheld in part").check()
    leader.get_by_label("Reason").fill("Một sáng kiến được công nhận")
    leader.get_by_label("The right mark").fill("23")
    confirm(leader)
    expect(leader.get_by_text("Upheld in part")).to_be_visible()
    walk.look(walk.go(leader, "/xem-xet-lai/thong-ke/"), "journey-statistics-en")
    show_again(Cycle.objects.get(), walk.clock.now)  # the worker's part
    office.reload()
    expect(office.get_by_text("21/22 người đủ điều kiện; 1 việc chặn, của 1 người.")).to_be_visible()
    walk.go(an, "/phieu/")
    expect(an.get_by_role("heading", name="Khác gì phiếu trước")).to_be_visible()
    expect(line_of(an, GRADE)).to_contain_text(SEALED["an"])
    an.get_by_role("button", name=re.compile("Đồng ý với mọi dòng còn lại")).click()
    office.reload()
    step_over(office, "Xem xét lại")


def _sealed(walk: Walk) -> None:
    """The leader seals, nobody else can; everybody sees the grades, the four their figures."""
    office, leader = walk.person("nhan-su"), walk.person("giam-doc")
    expect(office.get_by_role("button", name="Chốt", exact=True)).to_be_disabled()
    expect(office.locator("#vi-sao-chua")).to_contain_text("Chỉ người đứng đầu cơ quan chốt kết quả.")
    walk.go(leader, "/chot-thang/").get_by_role("link", name="October 2026").click()
    expect(leader.get_by_text("22 of 22 people ready; nothing blocks.")).to_be_visible()
    leader.get_by_text("Table", exact=True).click()
    walk.look(leader, "journey-ready-en")
    leader.get_by_role("link", name="Seal", exact=True).click()
    confirm(leader)
    expect(leader.get_by_text("The results are sealed.")).to_be_visible()
    for code, points in SEALED.items():
        page = walk.go(walk.person(code), "/ket-qua/")
        expect(page.get_by_text("Bạn được xếp")).to_contain_text("tốt")
        page.get_by_role("link", name="Phiếu của tôi", exact=True).last.click()
        expect(page.get_by_role("region", name="Kết quả đã chốt")).to_contain_text(f"{points} điểm")
    walk.look(walk.go(walk.person("chi"), "/ket-qua/"), "journey-results")
    chi = walk.person("chi")
    expect(grade_of(chi, "Đỗ Hữu Phước")).to_contain_text("xuất sắc")
    for name in ("Phạm Thu Hà", "Tôn Nữ Diệu"):
        expect(grade_of(chi, name)).to_contain_text("tốt")
    expect(grade_of(chi, "Lý Anh Dũng")).to_contain_text("Không hoàn thành")


def _signed(walk: Walk, folder: Path) -> tuple[str, bytes]:
    """Certificates are entered, papers made, the decision signed by the leader; its code, and the file."""
    office, leader = walk.person("nhan-su"), walk.person("giam-doc")
    walk.go(office, "/kiem-chung/chung-thu/")
    for whose, by in (("Trần Văn Đức", signing.authority()), ("Cơ quan: Sở A", signing.authority(signer="Sở A"))):
        choice = office.get_by_label("Chứng thư của:").locator("option", has_text=whose).first.get_attribute("value")
        office.get_by_label("Chứng thư của:").select_option(choice)
        file = {"name": "chung-thu.cer", "mimeType": "", "buffer": by.signer.signing_cert.dump()}
        office.get_by_label("Tệp chứng thư").set_input_files(file)  # type: ignore[arg-type]
        office.get_by_role("button", name="Ghi nhận").click()
        expect(office.get_by_text("Đã ghi nhận chứng thư.")).to_be_visible()
    walk.look(office, "journey-certificates")
    office.get_by_role("button", name="Gỡ chứng thư của Sở A").click()
    expect(office.get_by_text("Đã gỡ chứng thư.")).to_be_visible()
    walk.go(office, "/chot-thang/").get_by_role("link", name="tháng 10 năm 2026").click()
    for what in ("decision", "minutes"):
        office.get_by_role("link", name="Lập văn bản").click()
        option = office.locator(f"#id_what option[value^={what}]").first.get_attribute("value")
        office.locator("#id_what").select_option(option)
        office.get_by_label("Số, ký hiệu").fill("12/QĐ-SA")
        office.get_by_label("Địa danh").fill("Huế")
        confirm(office)
        expect(office.get_by_text("Đã lập văn bản, mã")).to_be_visible()
    walk.go(leader, "/chot-thang/").get_by_role("link", name="October 2026").click()
    code = KeptPaper.objects.get(kind="decision", form="pdf").code
    leader.get_by_role("link", name=f"Sign {code}").click()
    leader.get_by_label("Key file (").set_input_files(folder / "giam-doc.p12")
    leader.get_by_label("Password of the key file").fill(PASSWORD)
    leader.get_by_role("button", name="Sign", exact=True).click()
    expect(leader.get_by_text("The paper is signed.")).to_be_visible()
    walk.look(leader, "journey-sealed-en")
    address = leader.get_by_role("link", name=f"PDF {code}").get_attribute("href")
    return code, leader.request.get(f"{walk.site}{address}").body()


def _checked_by_anybody(walk: Walk, code: str, content: bytes) -> None:
    """A paper comes back: as it was signed, changed, foreign; and its code."""
    page = walk.visitor()

    def drop(content: bytes, *said: str) -> None:
        walk.go(page, "/kiem-chung/")
        file = {"name": "van-ban.pdf", "mimeType": "application/pdf", "buffer": content}
        page.get_by_label("Kéo thả hoặc chọn tệp PDF").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Kiểm chứng tệp").click()
        for one in said:
            expect(page.get_by_role("main")).to_contain_text(one)

    drop(plain_pdf(), "Không phải văn bản do hệ thống này lập")
    drop(changed_after(content), "Đã bị sửa", "KHÔNG giống bản lưu", "Văn bản đã bị sửa sau khi ký")
    walk.look(page, "journey-verified-changed")
    drop(content, "Nguyên vẹn", "giống bản lưu đến từng byte", "Trần Văn Đức", "Theo lần chốt số")
    page.get_by_label("Mã xác minh").fill(code.lower())
    page.get_by_role("button", name="Tra mã").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("main")).to_contain_text("Decision on results")
    walk.look(page, "journey-verified-code-en")


def _paid(walk: Walk) -> None:
    """Money comes into the fund by two people; the list of the month is made, approved, taken out and paid."""
    walk.at(at(5, 9, month=1, year=2027))
    keeper = walk.go(walk.person("pho-giam-doc"), "/quy-thuong/")
    keeper.get_by_role("link", name="Năm 2026").click()
    keeper.get_by_role("link", name="Ghi sổ quỹ").click()
    keeper.locator("#id_purse").select_option("extra_income")
    keeper.locator("#id_year").fill("2026")
    keeper.locator("#id_amount").fill("900.000.000")
    keeper.locator("#id_number").fill("9/QĐ-SA")
    confirm(keeper)
    _countersigned(walk)
    _listed(walk, "22 người, cộng 48.900.000 đ")
    walk.look(keeper, "journey-list")
    with keeper.expect_download() as got:
        keeper.get_by_role("link", name="XLSX").click()
    assert got.value.suggested_filename.startswith("danh-sach-chi-")
    _voucher(walk, "PC-12")
    walk.look(walk.person("giam-doc"), "journey-fund-en")


def _listed(walk: Walk, said: str) -> None:
    """The accountant makes the list of the seal that holds; the leader approves it."""
    keeper = walk.go(walk.person("pho-giam-doc"), "/quy-thuong/?nam=2026")
    keeper.get_by_role("link", name=re.compile("^Lập danh sách chi tháng 10 năm 2026")).click()
    keeper.locator("#id_scheme").select_option(index=0)
    keeper.locator("main button[value=review]").click()
    expect(keeper.locator("main")).to_contain_text(said)
    keeper.locator("main button[value=write]").click()
    _countersigned(walk)
    keeper.reload()


def _voucher(walk: Walk, number: str) -> None:
    """The accountant enters the payment of the list that is open; the leader signs."""
    keeper = walk.person("pho-giam-doc")
    keeper.get_by_role("link", name="Ghi đã chi").click()
    keeper.locator("#id_voucher").fill(number)
    confirm(keeper)
    _countersigned(walk)
    keeper.reload()
    expect(keeper.get_by_text("đã chi", exact=True)).to_be_visible()


def _countersigned(walk: Walk) -> None:
    """What waits for the leader's signature is signed."""
    leader = walk.go(walk.person("giam-doc"), "/quy-thuong/?nam=2026")
    leader.get_by_role("link", name="Sign or refuse").first.click()
    leader.get_by_label("Sign", exact=True).check()
    confirm(leader)


def _corrected(walk: Walk) -> None:
    """A delay is exempted after the seal: another seal with its reason, and only the difference is paid."""
    leader, binh = walk.person("giam-doc"), walk.person("binh")
    walk.go(leader, f"/cong-viec/{Item.objects.get(key='binh-3').pk}/")
    leader.get_by_role("link", name="Exempt faults or shares of it").click()
    expect(leader.get_by_role("checkbox", name=re.compile("^Late"))).to_be_checked()
    leader.get_by_label("Number of the authority's document").fill("77/KL-SA")
    leader.get_by_label("Signed on").fill("05/01/2027")
    leader.get_by_label("Reason").fill("Văn bản gốc đến chậm hai ngày")
    confirm(leader)
    walk.go(leader, "/chot-thang/").get_by_role("link", name="October 2026").click()
    leader.get_by_role("link", name="Seal again").click()
    leader.get_by_label("Reason and number of the document").fill("Kết luận 77/KL-SA")
    confirm(leader)
    expect(leader.get_by_text("Hoàng Bình: 69.33, Complete → 70.50, Good")).to_be_visible()
    walk.look(leader, "journey-sealed-again-en")
    assert Seal.objects.count() == 2
    _listed(walk, "Chỉ phần chênh lệch: 1 người, truy lĩnh 1.800.000 đ, truy thu 0 đ")
    _voucher(walk, "PC-13")
    walk.go(binh, "/quy-thuong/cua-toi/")
    expect(binh.locator("main")).to_contain_text("1.800.000 truy lĩnh")
    walk.look(binh, "journey-own-pay")
