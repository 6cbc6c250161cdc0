"""The journey up to the contested slip: a month is opened, told of, marked, and everybody sees their draft slip."""

import re
import sys

from playwright.sync_api import expect

from journey_scene import MORE, PERIOD, at
from walking import Hand, Walk, confirm, line_of, step_over

MOST_ACTIONS = 40  # for ten people marked by keyboard
MARKS = {"Nguyễn Thị An": "22", "Hoàng Bình": "14,5"} | {
    f"Trần {name}": mark
    for name, mark in zip(MORE, ("25,5", "28", "23", "22,5", "26", "24,5", "21", "25"), strict=True)
}
WHY = "Sáng kiến rút gọn hai bước"
SAID = "Trực phòng chống bão hai đêm, ngoài lịch"
OWN = {"an": "66,6/70,0", "truong-mot": "34,4/35,0", "chi": "56,0/70,0", "truong-hai": "40,3/46,7"}  # before any mark
SHOWN = {"an": "88,60", "truong-mot": "89,42", "chi": "77,00", "truong-hai": "79,75"}
GRADE = "Mức xếp loại (chưa xét giới hạn số lượng)"  # the line of a slip that also tells the total


def opened(walk: Walk) -> None:
    """The personnel office opens the month that is over; its steps come from both decrees."""
    walk.at(at(2, 8, month=11))
    office = walk.go(walk.person("nhan-su"), "/chot-thang/")
    office.get_by_role("link", name="Mở kỳ").click()
    office.get_by_label("Số kế hoạch, văn bản").fill("15/KH-SA")
    confirm(office)
    expect(office.get_by_role("heading", name="Chốt tháng 10 năm 2026")).to_be_visible()


def told_by_themselves(walk: Walk) -> None:
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


def marked(walk: Walk) -> None:
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


def seen_and_contested(walk: Walk) -> None:
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
    expect(line_of(an, GRADE)).to_contain_text(SHOWN["an"])
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
        expect(line_of(page, GRADE)).to_contain_text(SHOWN[code])
        page.get_by_role("button", name=re.compile("Đồng ý với mọi dòng còn lại")).click()
        expect(page.get_by_text("đồng ý").first).to_be_visible()
    expect(line_of(walk.go(walk.person("chi"), "/phieu/"), GRADE)).to_contain_text(SHOWN["chi"])

    walk.at(at(18, 9, month=11))
    expect(line_of(walk.go(walk.person("chi"), "/phieu/"), GRADE)).to_contain_text("không có ý kiến")
