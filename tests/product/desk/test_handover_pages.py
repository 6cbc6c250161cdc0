"""The pages of handing over: who is told what is left, the form with what it would do, minutes to be signed."""

from datetime import date

import pytest
from desk_scene import Desk, at
from django.test import Client

from congtam.desk.models import Handover
from congtam.history.actor import SYSTEM
from congtam.people.actions import end_spell

pytestmark = pytest.mark.django_db
TOLD = {"why": "post_ends", "receiver": "binh", "decision": "12/QĐ-SA", "note": "Hồ sơ ở tủ số 3"}


@pytest.fixture
def clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("django.utils.timezone.now", lambda: desk.now)
    return desk


def client(desk: Desk, code: str) -> Client:
    made = Client()
    made.force_login(desk.cast.accounts[code])
    return made


def said(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_all_work_is_handed_over_after_it_was_told_and_the_minutes_name_both_sides(clock: Desk) -> None:
    items = [clock.give(title=f"Việc {number}", due=at(14, 17)) for number in range(3)]
    clock.settle()
    head = client(clock, "truong-mot")
    assert "Nguyễn Thị An" in said(head.get("/ban-giao/"))
    told = {**TOLD, f"to_{items[2]}": "truong-mot"}
    clock.wait(hours=1)
    review = said(head.post("/ban-giao/an/", {**told, "step": "review"}))
    assert "2 việc của Nguyễn Thị An chuyển cho Hoàng Bình" in review and not Handover.objects.exists()
    assert "1 việc của Nguyễn Thị An chuyển cho Nguyễn Văn Bảo" in review
    done = head.post("/ban-giao/an/", {**told, "step": "write", "token": "a"})
    handover = Handover.objects.get()
    assert done["Location"] == f"/ban-giao/bien-ban/{handover.pk}/"
    minutes = said(head.get(done["Location"]))
    for word in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Phòng Một", "Việc 2", "Hoàng Bình, Chuyên viên", "12/QĐ-SA"):
        assert word in minutes, word
    for code, status in (("binh", 200), ("an", 200), ("nhan-su", 200), ("chi", 404), ("giam-doc-b", 404)):
        assert client(clock, code).get(done["Location"]).status_code == status, code
    assert "đã lập" in said(client(clock, "binh").get("/ban-giao/")) and "12/QĐ-SA" in said(head.get("/ban-giao/"))


def test_a_receiver_who_cannot_take_it_is_told_before_anything_is_written(clock: Desk) -> None:
    clock.give()
    clock.settle()
    own = client(clock, "an")
    for told, word in (
        ({"receiver": ""}, "chưa có người nhận"),
        ({"receiver": "em"}, "không có trong danh sách"),
        ({"why": ""}, "Chưa chọn"),
    ):
        answer = own.post("/ban-giao/an/", {**TOLD, **told, "step": "review"})
        assert answer.status_code == 422 and word in said(answer)
    assert not Handover.objects.exists()


def test_who_left_without_handing_over_is_told_to_the_head_and_to_personnel_only(clock: Desk) -> None:
    clock.give()
    clock.give()
    clock.settle()
    end_spell(SYSTEM, clock.cast.spells["an"], date(2030, 6, 10))
    clock.now = at(12)
    for code in ("truong-mot", "giam-doc", "nhan-su"):
        page = said(client(clock, code).get("/ban-giao/"))
        assert "Nguyễn Thị An</strong>: còn 2 việc chưa bàn giao" in page, code
        assert ('href="/ban-giao/an/"' in page) is (code != "nhan-su"), code
    for code in ("truong-hai", "binh"):
        assert "chưa bàn giao" not in said(client(clock, code).get("/ban-giao/")), code
    for code in ("truong-hai", "binh", "nhan-su", "kiem-tra"):
        assert client(clock, code).get("/ban-giao/an/").status_code == 404, code
