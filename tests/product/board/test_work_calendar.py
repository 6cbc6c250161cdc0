"""Lịch việc: deadlines stand on their day in Vietnam, days off are told, a month is found by its label."""

import pytest

from board_scene import Office

pytestmark = pytest.mark.django_db


def day(page: str, date: str) -> str:
    """What stands on a day."""
    parts = page.partition("</ol>")[0].split('<li class="one-day')
    return next(part for part in parts if f"</span> {date}" in part)


def test_deadlines_stand_on_their_day_in_vietnam(office: Office) -> None:
    office.given("Cuối ngày 20", due=office.at.replace(day=20, hour=16, minute=59))  # 23:59 in Vietnam
    office.given("Đầu ngày 21", due=office.at.replace(day=20, hour=17, minute=1))
    office.given("Tháng sau", due=office.at.replace(month=12, day=2))
    office.later(minutes=1)
    page = office.get("an", "/lich-viec/")
    assert "Cuối ngày 20" in day(page, "20/11/2026") and "Đầu ngày 21" in day(page, "21/11/2026")
    assert "Tháng sau" not in page and "Tháng 11/2026" in page
    assert 'aria-current="date"' in day(page, "18/11/2026")
    assert "Tháng sau" in day(office.get("an", "/lich-viec/", thang="2026-12"), "02/12/2026")


def test_days_off_and_days_worked_instead_are_told(office: Office) -> None:
    office.given("Một việc")
    november, september = office.get("an", "/lich-viec/"), office.get("an", "/lich-viec/", thang="2026-09")
    assert "Ngày nghỉ" in day(november, "22/11/2026") and "Ngày nghỉ" not in day(november, "20/11/2026")
    assert "Quốc khánh" in day(september, "02/09/2026")
    assert "off" in day(september, "02/09/2026")
    january = office.get("an", "/lich-viec/", thang="2026-01")
    assert "bù" in day(january, "10/01/2026") and " off" not in day(january, "10/01/2026")


def test_a_day_with_much_to_do_names_the_first_and_opens_whole(office: Office) -> None:
    for n in range(6):
        office.given(f"Việc {n}", due=office.at.replace(day=20, hour=3, minute=n))
    office.later(minutes=1)
    page = day(office.get("an", "/lich-viec/"), "20/11/2026")
    assert [f"Việc {n}<" in page for n in range(6)] == [True] * 4 + [False] * 2 and "Xem thêm 2 việc" in page
    whole = office.get("an", "/lich-viec/", han="2026-11-20")
    assert all(f"Việc {n}<" in whole for n in range(6)) and "Đến hạn ngày 20/11/2026 (6)" in whole
