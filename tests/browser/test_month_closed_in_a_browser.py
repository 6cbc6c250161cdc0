"""A month from its open marks to its signed papers, by everyone who has a part in it; the new pages read in both
languages, at both widths, without barriers."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

import signing
from cast import Cast
from closing_scene import NOW, to_seal
from congtam.calibration.committee import set_up
from congtam.cycles.models import Cycle
from congtam.cycles.moving import reopen
from congtam.documents.certificates import register_certificate
from congtam.documents.models import KeptPaper
from congtam.history.actor import SYSTEM
from congtam.ratings.actions import take_back
from congtam.ratings.models import Rating
from congtam.reward.ledger import Line, enter, sign
from congtam.scores.models import Seal
from cycle_scene import seat
from month_scene import PERIOD

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "khóa thử 2030"


@pytest.fixture
def cycle(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cycle:
    """June at its rating step again: An has no mark, everybody else saw their slip; committee, fund and key are
    there."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    made = to_seal(cast)
    personnel = seat(cast, "nhan-su", NOW)
    reopen(personnel, made, "rating", "Còn một người chưa có điểm", now=NOW)
    take_back(SYSTEM, Rating.standing().get(person=cast.people["an"], criterion="general", period=PERIOD))
    members = {"giam-doc": "chair", "nhan-su": "secretary", "pho-giam-doc": "member"}
    set_up(
        personnel,
        cast.units["so-a"],
        "41/QĐ-SA",
        date(2030, 6, 1),
        {cast.people[code].pk: role for code, role in members.items()},
    )
    accountant = seat(cast, "pho-giam-doc", NOW)
    money = Line(cast.units["so-a"].pk, 2030, "extra_income", "in", Decimal(900_000_000), NOW.date(), "4/QĐ-SA")
    sign(seat(cast, "giam-doc", NOW), enter(accountant, money))
    by = signing.authority()
    settings.TRUST = by.trusted_in(tmp_path / "trust")
    register_certificate(personnel, by.signer.signing_cert.dump(), person=cast.people["giam-doc"].pk)
    (tmp_path / "giam-doc.p12").write_bytes(signing.key_file(by, PASSWORD))
    client = Client()
    client.force_login(cast.accounts["nhan-su"])
    for address in ("", f"{made.pk}/"):  # rules and templates are made ready: no browser waits for them
        assert client.get(f"/chot-thang/{address}").status_code == 200
    return made


def test_a_month_is_closed_before_lunch(
    cycle: Cycle,
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
    tmp_path: Path,
) -> None:
    site, wrong = live_server.url, []

    def person(username: str, lang: str = "vi", **more: bool) -> Page:
        page = open_page(**more)
        sign_in(page, username)
        page.context.add_cookies([{"name": "lang", "value": lang, "url": site}])
        return page

    def write(page: Page) -> None:
        """The form on the page, looked at and confirmed."""
        page.locator("main button[value=review]").click()
        page.locator("main button[value=write]").click()

    def step_over(title: str) -> None:
        office.goto(cockpit)
        office.get_by_role("link", name="Xong bước này").click()
        write(office)
        expect(office.get_by_text(f"Đã xong bước “{title}”.")).to_be_visible()

    office, head, an = person("nhan-su", scripts=False), person("truong-mot"), person("an", scripts=False)
    leader, accountant, english = person("giam-doc"), person("pho-giam-doc", scripts=False), person("nhan-su", "en")
    cockpit = f"{site}/chot-thang/{cycle.pk}/"

    # what blocks, and of whom
    office.goto(f"{site}/chot-thang/")
    expect(office.get_by_text("13/14 người đủ điều kiện; 1 việc chặn, của 1 người.")).to_be_visible()
    office.get_by_role("link", name="tháng 6 năm 2030").click()
    office.get_by_role("button", name=re.compile("^Nhắc Nguyễn Văn Bảo")).click()
    expect(office.get_by_text("Đã nhắc Nguyễn Văn Bảo")).to_be_visible()
    english.goto(cockpit)
    expect(english.get_by_text("13 of 14 people ready; 1 block, of 1 person.")).to_be_visible()
    english.get_by_text("Table", exact=True).click()
    wrong += read_at_every_width(english, "closing-cockpit-en")
    leader.goto(cockpit)
    expect(leader.get_by_role("button", name="Chốt", exact=True)).to_be_disabled()
    expect(leader.locator("#vi-sao-chua")).to_contain_text("Chưa chấm: Tiêu chí chung")

    # the head marks, the official sees the slip, and contests a line
    head.goto(f"{site}/cham-diem/?ky={PERIOD}&tc=general")
    mark = head.get_by_role("group", name="Nguyễn Thị An").get_by_role("textbox", name="Điểm")
    mark.fill("25")
    mark.press("Tab")
    expect(head.get_by_role("group", name="Nguyễn Thị An")).to_contain_text("25,00")
    step_over("Chấm điểm")
    office.get_by_role("button", name="Gửi phiếu dự thảo").click()
    expect(office.get_by_text("Đã gửi")).to_be_visible()
    step_over("Phiếu dự thảo")
    an.goto(f"{site}/phieu/")
    an.get_by_role("button", name=re.compile("Đồng ý với mọi dòng còn lại")).click()
    an.get_by_role("link", name=re.compile("Đề nghị xem xét lại dòng này.*Tiêu chí chung")).click()
    an.get_by_label("Vì sao chưa đúng").fill("Có một sáng kiến được công nhận")
    an.get_by_role("button", name="Gửi đề nghị").click()
    expect(an.get_by_text("Đã gửi đề nghị xem xét lại.")).to_be_visible()
    step_over("Cán bộ cho ý kiến")

    # the committee sits, the leader answers
    office.goto(f"{site}/hop-xet/{cycle.pk}/")
    office.get_by_label("Số biên bản").fill("01/BB-HĐ")
    office.get_by_role("button", name="Mở phiên họp").click()
    for box in office.get_by_role("group", name="Người có mặt").get_by_role("checkbox").all():
        box.check()
    office.get_by_role("button", name="Ghi người có mặt").click()
    office.get_by_role("button", name="Kết thúc phiên họp").click()
    for title in ("Họp xét", "Công bố dự kiến"):
        step_over(title)
    leader.goto(cockpit)
    leader.get_by_role("row", name=re.compile("Đề nghị xem xét lại")).get_by_role("link", name="Mở").click()
    leader.get_by_role("link", name="Trả lời").click()
    leader.get_by_label("Không chấp nhận").check()
    leader.get_by_label("Lý do").fill("Sáng kiến được công nhận trong tháng sau")
    write(leader)
    step_over("Xem xét lại")

    # sealed by the leader, seen by everyone
    leader.goto(cockpit)
    expect(leader.get_by_text("14/14 người đủ điều kiện; không còn việc chặn.")).to_be_visible()
    wrong += read_at_every_width(leader, "closing-ready-vi")
    leader.get_by_role("link", name="Chốt", exact=True).click()
    write(leader)
    expect(leader.get_by_text("Đã chốt kết quả của kỳ.")).to_be_visible()
    assert Seal.objects.count() == 1
    an.goto(f"{site}/ket-qua/")
    expect(an.get_by_text("Bạn được xếp")).to_be_visible()
    expect(an.get_by_role("row", name=re.compile("Hoàng Bình"))).to_be_visible()
    english.goto(f"{site}/ket-qua/")
    wrong += read_at_every_width(english, "results-en")

    # papers, signed
    for what in ("decision", "minutes"):
        office.goto(f"{cockpit}van-ban/lap/")
        option = office.locator(f"#id_what option[value^={what}]").first.get_attribute("value")
        office.locator("#id_what").select_option(option)
        office.locator("#id_number").fill("12/QĐ-SA")
        office.locator("#id_place").fill("Huế")
        write(office)
        expect(office.get_by_text("Đã lập văn bản, mã")).to_be_visible()
    code = KeptPaper.objects.get(kind="decision", form="pdf").code
    leader.goto(f"{cockpit}van-ban/{code}/ky/")
    leader.locator("#id_key").set_input_files(tmp_path / "giam-doc.p12")
    leader.locator("#id_password").fill(PASSWORD)
    leader.get_by_role("button", name="Ký", exact=True).click()
    expect(leader.get_by_text("Đã ký văn bản.")).to_be_visible()
    wrong += read_at_every_width(leader, "closing-sealed-vi")
    visitor = open_page(scripts=False)
    visitor.goto(f"{site}/kiem-chung/?ma={code}")
    expect(visitor.get_by_role("main")).to_contain_text("Trần Văn Đức")

    # the accountant sees what the fund holds
    accountant.goto(f"{site}/quy-thuong/?nam=2030&quy=extra_income")
    expect(accountant.get_by_role("main")).to_contain_text("900.000.000")
    assert not wrong, "\n".join(wrong)
