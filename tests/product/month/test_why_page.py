"""Vì sao opens every point to its records, a record tells all it moved, and who looks is seen."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

import month_scene as scene
from cast import Cast
from congtam.scores import full
from congtam.work.models import Item

pytestmark = pytest.mark.django_db
Get = Callable[..., str]


@pytest.fixture
def played(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The month's scene at its instant."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.NOW)
    scene.play(cast)
    return cast


@pytest.fixture
def get(client: Client, played: Cast) -> Get:
    """A page as somebody sees it."""

    def asked(username: str, address: str, status: int = 200, lang: str = "vi") -> str:
        client.force_login(played.accounts[username])
        client.cookies["lang"] = lang
        answer = client.get(address)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer.content.decode()

    return asked


def number(key: str) -> int:
    return Item.objects.get(key=key).pk


def test_points_open_from_the_total_to_the_row_of_the_file(get: Get) -> None:
    page = get("an", "/vi-sao/")
    for said in (
        "Tổng 94,54/100,00 điểm.",
        "Kết quả nhiệm vụ: 68,54/70,00, điểm bị mất 1,46",
        "Tiến độ: 93,75 % = 7,50/8 (tính trên 8 việc; 4 việc chưa đến hạn).",
        "Nghị định 335/2025/NĐ-CP, Điều 13–17",
        "Văn bản 201/SA-P1 “Trả lời văn bản 201”: hạn 17:00 07/06/2030",
        "Văn phòng điện tử, so-den.csv:7",
        "người chấm: Nguyễn Văn Bảo (truong-mot)",
    ):
        assert said in page, said


def test_somebody_to_turn_to_is_named_and_no_dead_button_is_shown(get: Get) -> None:
    page = get("an", "/vi-sao/")
    assert "Phạm Thu Hà" in page and "Báo bộ phận tổ chức cán bộ" in page


def test_the_other_scorecard_opens_too_and_an_unknown_one_does_not(get: Get) -> None:
    page = get("an", "/vi-sao/?bang=vn/hue/dost-monthly-2025%23official_month")
    assert "Tính chủ động" in page and "CHƯA KIỂM CHỨNG" in page
    get("an", "/vi-sao/?bang=x", status=404)
    assert "Chưa có điểm của tháng này" in get("an", "/vi-sao/?ky=2027-01")


def test_the_trace_is_handed_out_as_json_that_re_adds(get: Get) -> None:
    trace = json.loads(get("an", "/vi-sao/du-lieu.json"))
    told = trace["imprint"]
    assert told["Điểm"].startswith("tạm tính trực tiếp, đến ") and "mã băm" in told["Bộ quy tắc"]
    code = int(told["Mã truy nguyên"].split()[0])
    assert told["Người xuất"] in get("an", f"/ma/{code}/")
    assert told["Người xuất"] in get("truong-mot", f"/ma/{code}/")
    get("binh", f"/ma/{code}/", status=404)
    assert trace["total"] == sum(part["points"] for part in trace["parts"])
    progress = trace["indicators"]["progress"]
    assert progress["top"] == sum(row["top"] for row in progress["rows"])


def test_a_record_tells_everything_it_moved(get: Get) -> None:
    page = get("an", f"/cong-viec/{number('201')}/da-tac-dong/")
    assert "Trả lời văn bản 201" in page and "Công chức, hằng tháng" in page and "Cán bộ theo bảy nhóm chỉ số" in page
    assert "+0,73" in page and "so-den.csv:7" in page
    get("binh", f"/cong-viec/{number('201')}/da-tac-dong/", status=404)


def test_others_see_the_points_of_last_night_and_their_look_is_seen(get: Get) -> None:
    assert "Chưa có điểm của tháng này." in get("truong-mot", f"/thang/an/?ky={scene.PERIOD}")
    full.nightly(scene.NOW)
    page = get("truong-mot", f"/thang/an/?ky={scene.PERIOD}")
    assert "94,5 tạm tính" in page and "lần tính đêm gần nhất" in page and "17:00 hôm nay" in page
    assert "Trả lời văn bản 201" in get("truong-mot", "/vi-sao/an/")
    get("truong-mot", f"/vi-sao/an/viec/{number('201')}/")
    seen = get("an", "/ai-da-xem/")
    assert "Nguyễn Văn Bảo" in seen and "Người đứng đầu đơn vị" in seen
    for what in ("Tháng của bạn", "Vì sao (chi tiết điểm)", "Việc đã tác động đến điểm nào"):
        assert what in seen


def test_the_personnel_office_sees_points_but_not_where_work_stands(get: Get) -> None:
    full.nightly(scene.NOW)
    page = get("nhan-su", f"/thang/an/?ky={scene.PERIOD}")
    assert "94,5 tạm tính" in page and "17:00 hôm nay" not in page


def test_who_has_no_right_over_somebody_is_refused_and_leaves_no_look(get: Get) -> None:
    for address in ("/thang/an/", "/vi-sao/an/", f"/vi-sao/an/viec/{number('201')}/"):
        get("truong-hai", address, status=403)
        get("binh", address, status=403)
    assert "Chưa có ai khác mở hồ sơ của bạn." in get("an", "/ai-da-xem/")


def test_names_with_markup_stay_text(get: Get, played: Cast) -> None:
    told = scene.task("<b>501</b>", "an", scene.at(3), scene.at(10, 17), scene.at(14, 9))
    scene.tell(played, [told])
    scene.settle()
    for address in ("/thang-cua-toi/", "/vi-sao/"):
        page = get("an", address)
        assert "&lt;b&gt;501" in page and "<b>501" not in page
