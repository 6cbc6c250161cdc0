"""A site that holds something of its own is neither filled with the demo nor removed as one; a new one is opened."""

from datetime import date

import pytest
from django.utils import timezone

from congtam.access.models import Account
from congtam.access.seats import Role, seat_of
from congtam.serving import demo
from congtam.serving.opening import Opening, check_empty, check_told, open_site
from congtam.serving.preparing import Unfit

pytestmark = pytest.mark.django_db
OPENING = Opening("STC", "Sở Tài chính", "CB001", "Nguyễn Thị A", "QuanTri", date(2026, 1, 1))


def test_a_site_with_people_of_its_own_is_left_alone():
    Account.objects.create(username="ai-do")
    with pytest.raises(Unfit, match="dữ liệu thật"):
        demo.fill(lambda _: None)
    with pytest.raises(Unfit, match="không phải là trang mẫu"):
        demo.remove("postgresql:///unused")


def test_an_empty_site_is_opened_with_an_administrator_who_must_change_the_password():
    password = open_site(OPENING)
    account = Account.objects.get(username="quantri")
    assert account.check_password(password)
    assert account.temporary
    assert Role.ADMINISTRATOR in seat_of(account, timezone.localdate()).roles
    with pytest.raises(Unfit, match="đã được khởi tạo"):
        open_site(OPENING)


def test_what_makes_no_sense_is_told_all_at_once():
    told = Opening("Sở A", "", "CB 1", "Nguyễn Thị A", "quan tri", date(2030, 1, 2))
    with pytest.raises(Unfit) as refused:
        check_told(told, date(2030, 1, 1))
    lines = str(refused.value).splitlines()
    assert [line.split(" “")[0] for line in lines[:3]] == ["Mã cơ quan", "Mã cán bộ", "Tên đăng nhập"]
    assert lines[3].startswith("Tên cơ quan phải có")
    assert "02/01/2030 chưa đến" in lines[4]
    check_told(OPENING, date(2026, 1, 1))


def test_a_site_that_holds_the_demo_says_how_to_take_it_away(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("congtam.serving.opening.is_demo", lambda: True)
    with pytest.raises(Unfit, match="demo remove"):
        check_empty()
