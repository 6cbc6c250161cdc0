"""The page that says why somebody may what they may."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.people.actions import delegate


def page(cast: Cast, who: str) -> str:
    client = Client()
    client.force_login(cast.accounts[who])
    return client.get("/quyen-cua-toi/").content.decode()


def test_posts_and_what_they_allow(cast: Cast) -> None:
    told = page(cast, "truong-mot")
    assert "Trưởng phòng, Phòng Một" in told
    assert "xem công việc của một đơn vị" in told
    assert "mở và đóng tài khoản" not in told
    assert "sửa đơn vị" in page(cast, "nhan-su")


def test_a_delegation_is_shown_to_both(cast: Cast) -> None:
    today = timezone.localdate()
    delegate(
        SYSTEM,
        giver=cast.people["truong-mot"],
        receiver=cast.people["binh"],
        unit=cast.units["phong-mot"],
        first=today,
        until=today + timedelta(days=7),
        decision="05/UQ",
    )
    last = f"{today + timedelta(days=6):%d/%m/%Y}"
    for who, other in (("binh", "Nguyễn Văn Bảo"), ("truong-mot", "Hoàng Bình")):
        told = page(cast, who)
        assert "05/UQ" in told
        assert other in told
        assert last in told


def test_a_mandate_is_shown_with_its_number(cast: Cast) -> None:
    told = page(cast, "kiem-tra")
    assert "12/QĐ-TTr" in told
    assert "không giữ vị trí nào" in told
