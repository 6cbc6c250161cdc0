"""The committee's pages: whoever sits in it sees the cases with what would be if, votes, and decides; nobody else."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from calibration_scene import CAP, CARD, MEMBERS, NOW, seat, sitting
from cast import Cast
from congtam.access.models import Look
from congtam.calibration.committee import leave
from congtam.calibration.models import Committee, Vote
from congtam.calibration.queries import finals, sitting_now, votes_at
from congtam.cycles.models import Cycle
from congtam.cycles.moving import finish
from congtam.history.actor import SYSTEM
from congtam.people.actions import add_person, begin_spell
from congtam.ratings.models import Decision, Reason

pytestmark = pytest.mark.django_db
Ask = Callable[..., str]


@pytest.fixture
def ask(client: Client, cast: Cast, cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """A page as somebody sees it, or what they send it."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)

    def asked(username: str, path: str = "", data: object = None, *, status: int = 200, lang: str = "vi") -> str:
        client.force_login(cast.accounts[username])
        client.cookies["lang"] = lang
        address = f"/hop-xet/{cycle.pk}/{path}"
        answer = client.get(address) if data is None else client.post(address, data, follow=True)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer.content.decode()

    return asked


def at_case(cast: Cast, code: str, then: str = "", matter: str = CAP) -> str:
    return f"viec/{cast.people[code].pk}/{matter}/{then}"


def test_the_board_shows_the_cases_and_the_line_of_the_limit(ask: Ask, cast: Cast) -> None:
    page = ask("nhan-su")
    assert "Việc chờ quyết định (4)" in page
    assert "Bằng điểm ngay ở giới hạn: cho 3 người, có 5 người đủ điểm" in page
    assert page.index("Hoàng Bình") < page.index("Giới hạn: 3") < page.rindex("Lý Anh Dũng")
    assert "Cases that wait (4)" in ask("truong-hai", lang="en")
    seen = set(
        Look.objects.filter(what="calibration", viewer=cast.accounts["nhan-su"]).values_list("person", flat=True)
    )
    assert seen == {cast.people[code].pk for code in ("an", "chi", "dung")}


def test_a_member_finds_the_board_from_their_day_until_the_step_is_over(
    client: Client, cast: Cast, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)

    def led(code: str = "pho-giam-doc") -> bool:
        client.force_login(cast.accounts[code])
        page = client.get("/hom-nay/").content.decode()
        told = "xét xếp loại tháng 6 năm 2030" in page
        assert told == (f'href="/hop-xet/{cycle.pk}/"' in page)
        return told

    assert (led(), led("an")) == (True, False)
    finish(seat(cast, "nhan-su"), cycle, "calibration", now=NOW)
    assert not led()
    sitting(cast, cycle)
    assert led()
    leave(seat(cast, "nhan-su"), Committee.objects.get(), cast.people["pho-giam-doc"], NOW.date())
    assert not led()


def test_who_is_not_in_the_committee_and_keeps_no_period_finds_nothing(ask: Ask, cast: Cast) -> None:
    for code in ("an", "truong-mot", "em", "giam-doc-b", "kiem-tra"):
        status = 200 if code in ("truong-mot", "kiem-tra") else 404
        ask(code, status=status)
        ask(code, at_case(cast, "chi"), status=status)


def test_what_each_outcome_makes_is_shown_before_a_vote(ask: Ask, cast: Cast) -> None:
    page = ask("giam-doc", at_case(cast, "chi"))
    assert "Giữ mức" in page and "2 → 3" in page
    assert "Hoàn thành xuất sắc nhiệm vụ (chờ quyết định) → Hoàn thành tốt nhiệm vụ (hạ vì giới hạn)" in page
    assert "Chưa có phiên họp nào đang mở" in page
    assert Decision.standing().count() == 0


def test_a_sitting_from_opening_to_the_end(ask: Ask, cast: Cast, cycle: Cycle) -> None:
    assert "Đã mở phiên họp" in ask("nhan-su", "phien/", {"so": "01/BB-HĐ", "noi": "Phòng họp 1"})
    at_it = sitting_now(cycle)
    assert at_it is not None
    assert "chưa đủ người" in ask("nhan-su")
    everyone = [cast.people[code].pk for code in MEMBERS]
    assert "đủ người" in ask("nhan-su", "co-mat/", {"co-mat": everyone})
    own = {f"phieu-{cast.people['truong-mot'].pk}": "kept"}
    assert "Đã ghi phiếu" in ask("truong-mot", at_case(cast, "chi", "phieu/"), own)
    others = {f"phieu-{one}": "kept" for one in everyone}
    ask("nhan-su", at_case(cast, "chi", "phieu/"), others)
    page = ask("nhan-su", at_case(cast, "chi", "quyet/"), {"ly-do": "Kết quả công việc cao hơn"})
    assert "Đã ghi quyết định của Hội đồng" in page
    assert Reason.objects.get(seq=Decision.standing().get().seq).text == "Kết quả công việc cao hơn"
    rest = {f"phieu-{one}": "lowered" for one in everyone if one != cast.people["nhan-su"].pk}
    ask("giam-doc", at_case(cast, "nhan-su", "phieu/"), rest)
    ask("giam-doc", at_case(cast, "nhan-su", "quyet/"), {})
    votes = {"bang": CARD, "nguoi": everyone, "viec": "phieu"}
    assert "Danh sách bị hạ vì giới hạn (1)" in ask("nhan-su", "danh-sach/half/", votes)
    assert "Đã quyết định hạ 1 người" in ask("nhan-su", "danh-sach/half/", {"bang": CARD, "viec": "quyet"})
    assert len(votes_at(at_it)) == 3
    assert "điểm được tính lại" in ask("nhan-su", "ket-thuc/", {})
    held = {one.grade for one in finals(cycle)[CARD].values() if one.by in ("committee", "cap")}
    assert held == {"excellent", "good"}
    assert "Việc chờ quyết định (1)" in ask("nhan-su")


def test_what_cannot_be_done_is_told_and_nothing_is_written(ask: Ask, cast: Cast, cycle: Cycle) -> None:
    assert "Phiên họp cần số biên bản" in ask("nhan-su", "phien/", {"so": " "})
    assert "Chưa có phiên họp nào đang mở" in ask("nhan-su", "ket-thuc/", {})
    sitting(cast, cycle)
    other = {f"phieu-{cast.people['giam-doc'].pk}": "kept"}
    assert "mỗi thành viên tự bỏ phiếu của mình" in ask("truong-mot", at_case(cast, "chi", "phieu/"), other)
    unknown = dict.fromkeys(other, "best")
    assert "không có phương án đó" in ask("giam-doc", at_case(cast, "chi", "phieu/"), unknown)
    assert "Chưa phương án nào quá nửa" in ask("nhan-su", at_case(cast, "chi", "quyet/"), {})
    assert "không có trong kỳ" in ask("nhan-su", "danh-sach/half/", {"bang": "x#y", "viec": "quyet"})
    assert Vote.objects.count() == Decision.standing().count() == 0
    ask("nhan-su", at_case(cast, "chi", matter="khong-co"), status=404)


def test_the_committee_is_entered_as_its_decision_says(ask: Ask, cast: Cast) -> None:
    told = {"number": "31/QĐ-SA", "first": "01/08/2030", "chair": cast.people["giam-doc"].pk, "top": "1", "bottom": "2",
            "secretary": cast.people["nhan-su"].pk, "members": [cast.people["truong-mot"].pk]}  # fmt: skip
    page = ask("nhan-su", "hoi-dong/", told | {"secretary": cast.people["giam-doc"].pk}, status=422)
    assert "đúng một Chủ tịch và một Thư ký" in page
    assert "Đã ghi Hội đồng" in ask("nhan-su", "hoi-dong/", told)
    made = Committee.objects.get(number="31/QĐ-SA")
    assert (made.quorum_top, made.quorum_bottom, made.chair_settles) == (1, 2, False)
    ask("giam-doc", "hoi-dong/", status=403)
    assert seat(cast, "giam-doc").person is not None


def test_a_scorecard_to_be_named_has_a_page_without_a_score(
    ask: Ask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody of a kind of staff for which no scorecard of the site is legal: told, and nothing is offered."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    person = add_person(SYSTEM, "hop-dong", full_name="Đinh Văn Hợp", honorific="Ông")
    begin_spell(
        SYSTEM, code="ct-hop-dong", person=person, post=cast.posts["van-thu"], staff_kind="contract",
        first=date(2030, 6, 1), decision="7/QĐ",
    )  # fmt: skip
    assert "Không bảng điểm nào có giá trị với người này" in ask("nhan-su")
    page = ask("giam-doc", f"viec/{person.pk}/legal_card/")
    assert "Chưa có bảng điểm nào để chọn cho người này" in page
    assert "Nếu quyết định thì" not in page and "Ghi phiếu" not in page
