"""A head marks ten people by keyboard; without scripts too; both languages, both widths, no barriers."""

import sys
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cast import BEGAN, Cast
from congtam.cycles.models import Cycle
from congtam.history.actor import SYSTEM
from congtam.people.actions import add_person, begin_spell, set_post
from congtam.ratings.models import Rating, Reason
from marking_scene import NOW, PERIOD, open_rating, points

MORE = ("Bảo An", "Đình Chiến", "Thu Hằng", "Gia Huy", "Khánh Linh", "Minh Nhật", "Ngọc Oanh", "Quốc Phong")
TYPED = ("24", "25,5", "28", "23", "22,5", "26", "12", "24,5", "25", "21")  # two of them need a reason
WHY = "Sáng kiến rút gọn hai bước"
MOST_ACTIONS = 40


@pytest.fixture
def opened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cycle:
    """The rating step of June, with ten people under the head of Phòng Một."""
    for number, name in enumerate(MORE):
        code = f"them-{number}"
        person = add_person(SYSTEM, code, full_name=f"Trần {name}", honorific="Bà")
        post = set_post(
            SYSTEM,
            f"vi-tri-{code}",
            unit=cast.units["phong-mot"],
            title="Chuyên viên",
            duty_group="staff",
            leads=False,
            rank=90,
            functions=(),
            first=BEGAN,
        )
        begin_spell(
            SYSTEM,
            code=f"ct-{code}",
            person=person,
            post=post,
            staff_kind="civil_servant",
            first=BEGAN,
            decision="01/QĐ-SA",
        )
    cycle = open_rating(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client = Client()
    client.force_login(cast.account("head"))
    assert client.get("/cham-diem/").status_code == 200  # rules and templates are made ready: no browser waits for them
    return cycle


class Hand:
    """What a person does at the page, counted: a key pressed, a field typed into, a click, a page opened."""

    def __init__(self, page: Page):
        self.page, self.actions = page, 0

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.actions += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.actions += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.actions += 1

    def focused(self) -> str:
        """The name of the field the keyboard is in."""
        return str(self.page.evaluate("document.activeElement.name || ''"))


def test_a_head_marks_ten_people_by_keyboard(
    opened: Cycle,
    cast: Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    page = open_page("desk")
    sign_in(page, "truong-mot")
    hand = Hand(page)
    hand.open(f"{live_server.url}/cham-diem/")
    fields = page.locator("[data-mark]")
    expect(fields).to_have_count(10)
    assert [one.input_value() for one in fields.all()] == [""] * 10, "it starts empty"
    fields.first.click()
    hand.actions += 1
    for mark in TYPED:
        hand.type(mark)
        hand.press("Enter")
        if hand.focused().startswith("ly_do"):
            hand.type(WHY)
            hand.press("Enter")
    expect(page.locator("#tien-do")).to_contain_text("10/10")
    sys.stdout.write(f"ten people marked in {hand.actions} actions\n")
    assert hand.actions <= MOST_ACTIONS
    given = Rating.standing().filter(period=PERIOD, criterion="general")
    assert sorted(given.values_list("value", flat=True)) == sorted(
        points(float(one.replace(",", "."))) for one in TYPED
    )
    assert Reason.objects.filter(seq__in=given.values("seq")).count() == 2
    wrong = read_at_every_width(page, "marking-vi")

    an = page.get_by_role("group", name="Nguyễn Thị An")
    an.get_by_role("checkbox").check()
    expect(an.locator(".errorlist")).to_contain_text("vì sao không đủ căn cứ")
    an.get_by_role("textbox", name="Lý do").fill("Đi biệt phái cả tháng")
    an.get_by_role("textbox", name="Lý do").press("Tab")
    expect(an).to_contain_text("đã chuyển Trần Văn Đức")

    binh = page.get_by_role("group", name="Hoàng Bình").get_by_role("textbox", name="Lý do")
    binh.press_sequentially("chưa gửi")
    while not page.evaluate("Object.values(localStorage).some((one) => one.includes('chưa gửi'))"):
        page.wait_for_timeout(50)
    page.reload()
    expect(binh).to_have_value("chưa gửi")

    leader = open_page("desk", scripts=False)
    sign_in(leader, "giam-doc")
    leader.context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
    leader.goto(f"{live_server.url}/cham-diem/?ky={PERIOD}&tc=general")
    row = leader.get_by_role("group", name="Nguyễn Thị An")
    expect(row).to_contain_text("cannot tell – Đi biệt phái cả tháng")
    row.get_by_role("textbox", name="Mark").fill("22")
    leader.get_by_role("button", name="Write all down").click()
    expect(leader.get_by_role("group", name="Nguyễn Thị An")).to_contain_text("Written down: 22.00")
    leader.goto(f"{live_server.url}/cham-diem/?ky={PERIOD}&tc=rallying")
    leader.get_by_role("group", name="Nguyễn Văn Bảo").get_by_role("radio", name="100").check()
    leader.get_by_role("button", name="Write all down").click()
    expect(leader.locator("#tien-do")).to_contain_text("marks are answered")

    readers = open_page("desk")
    sign_in(readers, "nhan-su")
    readers.context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
    for name, address in (("raters", "nguoi-cham/"), ("outside", "nguoi-ngoai/"), ("admit", "nguoi-ngoai/them/")):
        readers.goto(f"{live_server.url}/cham-diem/{address}")
        wrong += read_at_every_width(readers, f"marking-{name}-en")
    assert not wrong, "\n".join(wrong)
