"""The page of retention: a term set in two steps, a list made, approved by the head, erased, and its minutes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congtam.retention.carrying_out import carry_out
from congtam.retention.models import Erasure, Hold, Term
from retention_scene import LATER, NAME, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    found = {code: Client(headers={"accept-language": "vi"}) for code in ("nhan-su", "giam-doc", "binh", "kiem-tra")}
    for code, client in found.items():
        client.force_login(scene.cast.accounts[code])
    return found


def read(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def write(client: Client, name: str, *args: Any, **told: Any) -> Any:
    """Both steps of a form; where the second leads."""
    shown = client.post(reverse(name, args=args), {**told, "step": "review"})
    assert shown.status_code == 200, shown.content.decode()[:3000]
    token = shown.content.decode().split('name="token" value="')[1].split('"')[0]
    return client.post(reverse(name, args=args), {**told, "step": "write", "token": token})


def test_a_term_a_hold_and_a_person_are_done_by_two_people_in_the_pages(
    scene: Scene, clients: dict[str, Client]
) -> None:
    personnel, leader = clients["nhan-su"], clients["giam-doc"]
    assert "Lưu giữ không thời hạn: cơ quan chưa đặt" in read(personnel, "retention")
    term = {"years": 1, "act": "Quy chế lưu trữ thử", "article": "Điều 3", "number": "5/QĐ-SA", "first": "01/01/2029"}
    refused = personnel.post(reverse("retention_term", args=["seals"]), {**term, "act": "", "step": "review"})
    assert refused.status_code == 422
    assert write(personnel, "retention_term", "seals", **term).status_code == 302
    assert "Quy chế lưu trữ thử" in read(clients["kiem-tra"], "retention")
    write(personnel, "retention_hold", number="3/CV", why="Đang có khiếu nại", code="binh", kind="", period="")
    assert "Đang có khiếu nại" in read(leader, "retention")
    write(personnel, "retention_release", Hold.standing().get().pk)
    write(personnel, "retention_term_end", Term.standing().get().pk)
    assert not Term.standing().exists()

    made = write(personnel, "erasure_person", person=scene.cast.people["an"].pk, why="Theo đơn của người ấy")
    list_ = Erasure.standing().get()
    assert made["Location"] == reverse("erasure", args=[list_.series])
    assert NAME in read(leader, "erasure", list_.series)
    assert "Duyệt hoặc không duyệt" not in read(personnel, "erasure", list_.series)
    assert "1 danh sách xóa dữ liệu chờ" in read(leader, "today")
    missing = leader.post(reverse("erasure_decide", args=[list_.series]), {"verdict": "approve", "step": "review"})
    assert missing.status_code == 422
    write(leader, "erasure_decide", list_.series, verdict="approve", number="7/QĐ-SA", why="")
    carry_out(list_.series, LATER)

    for client, name, args in (
        (leader, "erasure", [list_.series]),
        (personnel, "erasure_minutes", [list_.series]),
        (clients["binh"], "results", []),
        (personnel, "journal", []),
        (personnel, "organisation", []),
        (leader, "agency", []),
    ):
        page = read(client, name, *args)
        assert NAME not in page, name
    assert "đã xóa theo quyết định số 7/QĐ-SA" in read(personnel, "erasure", list_.series)
    minutes = read(personnel, "erasure_minutes", list_.series)
    assert "Hệ thống đã xóa 1 trên 1 mục" in minutes
    assert "Trần Văn Đức" in minutes


def test_a_list_of_what_ended_is_shown_before_it_is_made(scene: Scene, clients: dict[str, Client]) -> None:
    personnel = clients["nhan-su"]
    empty = personnel.post(reverse("erasure_new", args=["looks"]), {"step": "review"})
    assert empty.status_code == 422
    assert "chưa có mục nào hết thời hạn" in empty.content.decode()
    assert personnel.get(reverse("erasure_new", args=["khong-co"])).status_code == 404
    assert personnel.get(reverse("erasure_minutes", args=[10**9])).status_code == 404
