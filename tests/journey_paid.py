"""The journey after the seal: the list of the month is paid; a correction makes another seal, and its difference is
paid."""

import re

from playwright.sync_api import expect

from congtam.scores.models import Seal
from congtam.work.models import Item
from journey_scene import at
from walking import Walk, confirm, grade_of


def paid(walk: Walk) -> None:
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
    _listed(walk, "21 người, cộng 48.900.000 đồng")
    walk.look(keeper, "journey-list")
    with keeper.expect_download() as got:
        keeper.get_by_role("link", name="XLSX").click()
    assert got.value.suggested_filename.startswith("danh-sach-chi-")
    _voucher(walk, "PC-12")
    leader = walk.person("giam-doc")
    expect(leader.get_by_role("heading", name="Fund of rewards 2026")).to_be_visible()
    walk.look(leader, "journey-fund-en")


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
    expect(keeper.get_by_text("đã chi", exact=True).first).to_be_visible()


def _countersigned(walk: Walk) -> None:
    """What waits for the leader's signature is signed."""
    leader = walk.go(walk.person("giam-doc"), "/quy-thuong/?nam=2026")
    leader.get_by_role("link", name="Sign or refuse").first.click()
    leader.get_by_label("Sign", exact=True).check()
    confirm(leader)


def corrected(walk: Walk) -> None:
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
    expect(grade_of(leader, "Decision on the results")).to_contain_text("of a seal that was replaced")
    walk.look(leader, "journey-sealed-again-en")
    assert Seal.objects.count() == 2
    _listed(walk, "Chỉ phần chênh lệch: 1 người, truy lĩnh 1.800.000 đồng")
    _voucher(walk, "PC-13")
    walk.go(binh, "/quy-thuong/cua-toi/")
    expect(grade_of(binh, "Thu nhập tăng thêm").first).to_contain_text("truy lĩnh")
    expect(grade_of(binh, "Thu nhập tăng thêm").first).to_contain_text("1.800.000")
    walk.look(binh, "journey-own-pay")
