"""The journey from the committee to the seal and its papers: settled, answered, sealed, signed, checked by anybody."""

import re
from pathlib import Path

from playwright.sync_api import expect

import signing
from congtam.cycles.models import Cycle
from congtam.documents.models import KeptPaper
from congtam.objections.slips import show_again
from journey_marked import GRADE, SHOWN
from signing import changed_after, plain_pdf
from walking import Walk, confirm, grade_of, line_of, step_over

SEALED = SHOWN | {"an": "89,60"}
KEY, PASSWORD = "giam-doc.p12", "khóa thử 2026"  # the leader's key file


def settled(walk: Walk) -> None:
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
    walk.look(walk.go(office, f"{board.removeprefix(walk.site)}hoi-dong/"), "journey-committee")
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


def answered(walk: Walk) -> None:
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


def sealed(walk: Walk) -> None:
    """The leader seals, nobody else can; everybody sees the grades, the four their figures."""
    office, leader = walk.person("nhan-su"), walk.person("giam-doc")
    expect(office.get_by_role("button", name="Chốt", exact=True)).to_be_disabled()
    expect(office.locator("#vi-sao-chua")).to_contain_text("Chỉ người đứng đầu cơ quan chốt kết quả.")
    walk.go(leader, "/chot-thang/").get_by_role("link", name="October 2026").click()
    expect(leader.get_by_text("22 of 22 people ready; nothing blocks.")).to_be_visible()
    leader.get_by_text("Table", exact=True).click()
    walk.look(leader, "journey-ready-en")
    leader.get_by_role("link", name="Seal", exact=True).click()
    leader.get_by_role("button", name="Write it", exact=True).click()
    expect(leader.get_by_text("The results are sealed.")).to_be_visible()
    for code, points in SEALED.items():
        page = walk.go(walk.person(code), "/ket-qua/")
        expect(page.get_by_text("Bạn được xếp")).to_contain_text("tốt")
        page.get_by_role("link", name="Phiếu của tôi", exact=True).last.click()
        expect(page.get_by_role("region", name="Kết quả đã chốt")).to_contain_text(f"{points} điểm")
    walk.look(walk.go(walk.person("chi"), "/ket-qua/"), "journey-results")
    walk.look(walk.go(office, "/chuyen-ket-qua/"), "journey-results-moved")
    chi = walk.person("chi")
    expect(grade_of(chi, "Đỗ Hữu Phước")).to_contain_text("xuất sắc")
    for name in ("Phạm Thu Hà", "Tôn Nữ Diệu"):
        expect(grade_of(chi, name)).to_contain_text("tốt")
    expect(grade_of(chi, "Lý Anh Dũng")).to_contain_text("Không hoàn thành")


def signed(walk: Walk, folder: Path) -> tuple[str, bytes]:
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
    leader.get_by_label("Key file (").set_input_files(folder / KEY)
    leader.get_by_label("Password of the key file").fill(PASSWORD)
    leader.get_by_role("button", name="Sign", exact=True).click()
    expect(leader.get_by_text("The paper is signed.")).to_be_visible()
    walk.look(leader, "journey-sealed-en")
    address = leader.get_by_role("link", name=f"PDF {code}").get_attribute("href")
    return code, leader.request.get(f"{walk.site}{address}").body()


def checked_by_anybody(walk: Walk, code: str, content: bytes) -> None:
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
