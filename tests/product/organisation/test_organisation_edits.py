"""Editing people and units: what is said first, who is faster, what is sent twice, what is taken back."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from filled_workbook import filled

from cast import Cast
from congtam.access.seats import seat_of
from congtam.audit.models import Entry
from congtam.history.actor import SYSTEM
from congtam.orgs.actions import set_unit
from congtam.orgs.models import ChangeEvent, ChangeShare, Unit, UnitSpan
from congtam.people.actions import correct_spell, end_spell
from congtam.people.models import Absence, Delegation, Person, PostSpan, Spell
from congtam.scores.models import Mark

pytestmark = pytest.mark.django_db

BY = {"number": "15/QĐ-SA", "decided_on": "20/12/2025"}


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.account("personnel"))
    return client


def text(answer) -> str:
    return answer.content.decode()


def token_in(page: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', page)[0]


def confirmed(client: Client, address: str, told: dict) -> object:
    """Through both steps: the review, then the writing."""
    review = client.post(address, {**told, "step": "review"})
    assert review.status_code == 200, text(review)
    assert "Sẽ ghi như sau" in text(review)
    return client.post(address, {**told, "step": "write", "token": token_in(text(review))})


def test_a_unit_is_renamed_from_a_day_and_nothing_is_written_before_it_is_confirmed(cast: Cast, client: Client):
    address = reverse("organisation_edit_unit", args=["phong-mot"])
    told = {"name": "Phòng Tổng hợp", "level": "section", "parent": "so-a", "first": "01/01/2026", **BY}
    review = client.post(address, {**told, "step": "review"})
    assert "Từ ngày 01/01/2026: tên là “Phòng Tổng hợp”, trực thuộc so-a, theo 15/QĐ-SA" in text(review)
    assert "Trước ngày đó vẫn là “Phòng Một”" in text(review)
    assert not UnitSpan.objects.filter(name="Phòng Tổng hợp").exists()
    assert client.post(address, {**told, "step": "write"}).status_code == 302
    spans = UnitSpan.standing().filter(unit__code="phong-mot").order_by("days")
    assert [one.name for one in spans] == ["Phòng Một", "Phòng Tổng hợp"]
    assert spans[1].change.number == "15/QĐ-SA"
    assert Mark.objects.exists()


def test_going_back_keeps_what_was_typed(client: Client):
    address = reverse("organisation_new_unit")
    told = {"code": "P3", "name": "Phòng Ba", "level": "section", "parent": "so-a", "first": "01/01/2026", **BY}
    page = client.post(address, {**told, "step": "back"})
    assert 'value="Phòng Ba"' in text(page)


AGENCY = {"code": "so-c", "name": "Sở C", "first": "01/07/2026", "keeper": "nga", **BY}


def test_an_agency_under_no_other_is_made_from_a_day_and_somebody_can_go_on_there(cast: Cast, client: Client):
    mine = cast.account("personnel")
    told = {**AGENCY, "keeper": mine.person.code}
    assert "Lập cơ quan" in text(client.get(reverse("organisation")))
    review = text(client.post(reverse("organisation_new_agency"), {**told, "step": "review"}))
    assert "Từ ngày 01/07/2026 có cơ quan Sở C (mã so-c), không trực thuộc cơ quan nào, theo 15/QĐ-SA" in review
    assert not Unit.objects.filter(code="so-c").exists()
    assert confirmed(client, reverse("organisation_new_agency"), told).status_code == 302
    span = UnitSpan.standing().get(unit__code="so-c")
    assert (span.parent, span.agency, span.days.lower) == (None, span.unit, date(2026, 7, 1))
    assert span.change.kind == "founding" and span.change.number == "15/QĐ-SA"
    before, after = seat_of(mine, date(2026, 6, 30)), seat_of(mine, date(2026, 7, 1))
    assert span.unit_id not in before.personnel
    assert span.unit_id in after.personnel and span.unit_id in after.administers
    address = reverse("organisation_undo")
    number = re.findall(r'name="number" value="(\d+)"', text(client.get(address)))[0]
    confirmed(client, address, {"number": number})
    assert not UnitSpan.standing().filter(unit__code="so-c").exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"code": "so-b"}, "Mã so-b đã có"),
        ({"keeper": "em"}, "Không thấy cán bộ nào mang mã em"),
        ({"name": ""}, "Chưa điền"),
    ],
)
def test_an_agency_with_a_slip_is_told_what_to_do(cast: Cast, client: Client, changed: dict, message: str):
    told = {**AGENCY, "keeper": cast.account("personnel").person.code, **changed, "step": "review"}
    assert message in text(client.post(reverse("organisation_new_agency"), told))
    client.cookies["lang"] = "en"
    assert "New agency" in text(client.get(reverse("organisation_new_agency")))


def test_personnel_of_an_agency_under_another_makes_none(cast: Cast, client: Client):
    top = set_unit(SYSTEM, "tinh", name="Tỉnh", level="agency", parent=None, agency=None, first=date(2025, 1, 1))
    unit = cast.units["so-a"]
    set_unit(SYSTEM, "so-a", name="Sở A", level="department", parent=top, agency=unit, first=date(2026, 1, 1))
    assert "Lập cơ quan" not in text(client.get(reverse("organisation")))
    assert client.get(reverse("organisation_new_agency")).status_code == 403


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"first": "31/02/2026"}, "“31/02/2026” không phải một ngày có thật. Viết ngày/tháng/năm"),
        ({"number": ""}, "Chưa điền. Hãy điền ô này."),
        ({"code": "P 3"}, "Mã không được có dấu cách"),
        ({"parent": "so-b"}, "không có trong danh sách"),
        ({"code": "phong-hai"}, "Mã đơn vị phong-hai đã có"),
    ],
)
def test_bad_input_says_what_to_write_and_loses_nothing(cast: Cast, client: Client, changed: dict, message: str):
    told = {"code": "P3", "name": "Phòng Ba", "level": "section", "parent": "so-a", "first": "01/01/2026", **BY}
    page = client.post(reverse("organisation_new_unit"), {**told, **changed, "step": "review"})
    assert page.status_code == 422
    assert message in text(page)
    assert 'value="Phòng Ba"' in text(page)
    assert not Unit.objects.filter(code="P3").exists()


def test_sent_twice_is_written_once(cast: Cast, client: Client):
    address = reverse("organisation_begin_spell", args=["binh"])
    told = {
        "post": "vi-tri-an",
        "staff_kind": "contract",
        "first": "01/06/2026",
        "decision": "9/QĐ",
        "token": "mot-lan",
    }
    first = client.post(address, {**told, "step": "write"})
    second = client.post(address, {**told, "step": "write"})
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Spell.objects.filter(person__code="binh").count() == 2
    assert "lần gửi sau không ghi thêm gì" in text(client.get(second["Location"]))


def test_who_comes_second_is_told_who_was_first_and_keeps_the_form(cast: Cast, client: Client):
    address = reverse("organisation_end_spell", args=["an", cast.spells["an"].seq])
    other = cast.account("second_owner")
    from congtam.history.actor import Actor

    correct_spell(Actor(other.pk), cast.spells["an"], first=date(2025, 5, 1), decision="77/QĐ")
    told = {"seen": cast.spells["an"].seq, "until": "30/06/2026", "decision": "88/QĐ-SA"}
    page = client.post(address, {**told, "step": "review"})
    assert page.status_code == 409
    assert "Một người khác (Vũ Ngọc Lan) đã sửa mục này" in text(page)
    assert 'value="88/QĐ-SA"' in text(page)
    assert Spell.standing().get(person__code="an").days.upper is None


def test_a_person_comes_gets_a_post_leaves_it_and_the_end_is_the_last_day(cast: Cast, client: Client):
    person = {"code": "moi", "full_name": "Cao Văn Mới", "honorific": "Ông"}
    assert confirmed(client, reverse("organisation_new_person"), person).status_code == 302
    begin = {"post": "vi-tri-chi", "staff_kind": "civil_servant", "first": "01/01/2026", "decision": "1/QĐ"}
    review = client.post(reverse("organisation_begin_spell", args=["moi"]), {**begin, "step": "review"})
    assert "Vị trí này đang do Võ Mai Chi giữ" in text(review)
    confirmed(client, reverse("organisation_begin_spell", args=["moi"]), begin)
    spell = Spell.standing().get(person__code="moi")
    end = {"seen": spell.seq, "until": "30/06/2026", "decision": "2/QĐ"}
    confirmed(client, reverse("organisation_end_spell", args=["moi", spell.seq]), end)
    assert Spell.standing().get(person__code="moi").days.upper == date(2026, 7, 1)
    page = text(client.get(reverse("organisation_person", args=["moi"])))
    assert "01/01/2026 đến hết 30/06/2026" in page


def test_namesakes_are_pointed_out(cast: Cast, client: Client):
    told = {"code": "an2", "full_name": "Nguyễn Thị Ân", "step": "review"}
    assert "Đã có Nguyễn Thị An, mã an" in text(client.post(reverse("organisation_new_person"), told))


def test_absences_are_recorded_withdrawn_and_never_twice(cast: Cast, client: Client):
    address = reverse("organisation_absence", args=["an"])
    told = {"kind": "annual", "first": "05/01/2026", "until": "07/01/2026"}
    assert confirmed(client, address, told).status_code == 302
    row = Absence.standing().get(person__code="an")
    assert row.days.upper == date(2026, 1, 8)
    again = client.post(address, {**told, "step": "review"})
    assert again.status_code == 422
    assert "đã được ghi vắng mặt từ 05/01/2026" in text(again)
    back = reverse("organisation_withdraw_absence", args=["an", row.seq])
    confirmed(client, back, {"reason": "ghi nhầm người"})
    assert not Absence.standing().exists()


def test_a_head_s_delegation_is_recorded_and_ended(cast: Cast, client: Client):
    told = {"unit": "phong-mot", "receiver": "binh", "first": "01/06/2026", "until": "30/06/2026", "decision": "5/UQ"}
    assert confirmed(client, reverse("organisation_delegate", args=["truong-mot"]), told).status_code == 302
    row = Delegation.standing().get()
    address = reverse("organisation_end_delegation", args=["truong-mot", row.seq])
    confirmed(client, address, {"until": "10/06/2026"})
    assert Delegation.standing().get().days.upper == date(2026, 6, 11)


def test_a_post_moves_its_functions_and_says_whose_rights_change(cast: Cast, client: Client):
    address = reverse("organisation_edit_post", args=["vi-tri-an"])
    told = {
        "title": "Chuyên viên chính",
        "unit": "phong-mot",
        "duty_group": "staff",
        "rank": "70",
        "functions": ["reform", "sources"],
        "first": "01/06/2026",
    }
    review = client.post(address, {**told, "step": "review"})
    assert "Nguyễn Thị An đang giữ vị trí này: quyền của người ấy đổi theo" in text(review)
    confirmed(client, address, told)
    assert PostSpan.standing().get(post__code="vi-tri-an", days__contains=date(2026, 6, 1)).functions == [
        "reform",
        "sources",
    ]


def merged(**changed: str) -> dict[str, str]:
    return {
        "kind": "merger",
        "number": "99/QĐ-UBND",
        "decided_on": "01/12/2025",
        "effective_on": "01/01/2026",
        "move_posts": "on",
        "old_0": "phong-mot",
        "old_1": "phong-hai",
        "made_code": "phong-ba",
        "made_name": "Phòng Ba",
        "made_parent": "so-a",
        **changed,
    }


def test_two_units_merge_into_a_new_one_with_their_people(cast: Cast, client: Client):
    address = reverse("organisation_decision")
    review = client.post(address, {**merged(), "step": "review"})
    assert "Phòng Một chuyển 100 % nhiệm vụ sang Phòng Ba từ ngày 01/01/2026" in text(review)
    assert "Phòng Hai kết thúc từ ngày 01/01/2026" in text(review)
    assert confirmed(client, address, merged()).status_code == 302
    event = ChangeEvent.standing().get(kind="merger")
    assert {(one.predecessor.code, one.millionths) for one in ChangeShare.objects.filter(change=event)} == {
        ("phong-mot", 1_000_000),
        ("phong-hai", 1_000_000),
    }
    today = date(2026, 2, 1)
    assert PostSpan.standing().get(post__code="vi-tri-chi", days__contains=today).unit.code == "phong-ba"
    assert PostSpan.standing().get(post__code="vi-tri-chi", days__contains=date(2025, 6, 1)).unit.code == "phong-hai"
    assert not UnitSpan.standing().filter(unit__code="phong-mot", days__contains=today).exists()


def test_a_decision_says_what_is_missing_or_too_much(cast: Cast, client: Client):
    address = reverse("organisation_decision")
    page = client.post(address, {**merged(made_code=""), "step": "review"})
    assert "Dòng này thiếu đơn vị cũ hoặc đơn vị mới" in text(page)
    too_much = merged(old_2="phong-mot", new_2="van-phong", share_2="50")
    assert "Một đơn vị chuyển đi quá 100 %" in text(client.post(address, {**too_much, "step": "review"}))


def test_a_unit_with_people_ends_only_with_a_warning(cast: Cast, client: Client):
    address = reverse("organisation_end_unit", args=["phong-hai"])
    review = client.post(address, {"until": "01/01/2026", **BY, "step": "review"})
    assert "3 người vẫn đang giữ vị trí ở đơn vị này" in text(review)
    above = client.post(
        reverse("organisation_end_unit", args=["so-a"]), {"until": "01/01/2026", **BY, "step": "review"}
    )
    assert "Vẫn còn đơn vị trực thuộc sau ngày này" in text(above)


def test_the_last_own_change_is_taken_back_as_one(cast: Cast, client: Client):
    confirmed(client, reverse("organisation_decision"), merged())
    page = text(client.get(reverse("organisation")))
    assert "Thay đổi gần nhất của bạn" in page
    address = reverse("organisation_undo")
    number = re.findall(r'name="number" value="(\d+)"', text(client.get(address)))[0]
    confirmed(client, address, {"number": number})
    day = date(2026, 2, 1)
    assert UnitSpan.standing().get(unit__code="phong-mot", days__contains=day).name == "Phòng Một"
    assert PostSpan.standing().get(post__code="vi-tri-chi", days__contains=day).unit.code == "phong-hai"
    assert not ChangeEvent.standing().exists()
    assert "Thay đổi gần nhất của bạn" not in text(client.get(reverse("organisation")))


def test_what_others_built_on_is_not_taken_back(cast: Cast, client: Client):
    told = {"code": "P3", "name": "Phòng Ba", "level": "section", "parent": "so-a", "first": "01/01/2026", **BY}
    confirmed(client, reverse("organisation_new_unit"), told)
    unit = Unit.objects.get(code="P3")
    set_unit(SYSTEM, "P3a", name="Tổ", parent=unit, agency=cast.units["so-a"], first=date(2026, 2, 1))
    number = re.findall(r'name="number" value="(\d+)"', text(client.get(reverse("organisation_undo"))))[0]
    page = client.post(reverse("organisation_undo"), {"number": number, "step": "review"})
    assert "Đã có đơn vị, vị trí hoặc người dựa trên thay đổi này" in text(page)
    assert UnitSpan.standing().filter(unit=unit).exists()


def test_somebody_else_s_later_change_closes_the_way_back(cast: Cast, client: Client):
    seq = cast.spells["an"].seq
    confirmed(
        client,
        reverse("organisation_correct_spell", args=["an", seq]),
        {"seen": seq, "post": "vi-tri-an", "staff_kind": "contract", "first": "01/03/2025", "decision": "3/QĐ"},
    )
    end_spell(SYSTEM, Spell.standing().get(person__code="an"), date(2027, 1, 1), "4/QĐ")
    assert client.get(reverse("organisation_undo")).status_code == 302


def handed_in(client: Client, path: Path, name: str = "nhân sự <b>.xlsx") -> object:
    file = SimpleUploadedFile(name, path.read_bytes())
    return client.post(reverse("organisation_workbook"), {"file": file}, follow=True)


def test_a_workbook_is_reported_before_it_is_written(cast: Cast, client: Client, tmp_path: Path):
    rows = {
        "Đơn vị": [
            {"Mã đơn vị": "P4", "Tên đơn vị": "Phòng Bốn", "Mã đơn vị cấp trên": "so-a", "Từ ngày": "01/01/2026"}
        ],
        "Cán bộ": [{"Mã cán bộ": "x1", "Họ và tên": "Lý Thị Xuân"}],
    }
    page = handed_in(client, filled(tmp_path, rows))
    assert "Mọi dòng đều dùng được" in text(page)
    assert "nhân sự &lt;b&gt;.xlsx" in text(page)
    assert not Person.objects.filter(code="x1").exists()
    done = client.post(reverse("organisation_workbook_apply"), {"token": token_in(text(page))}, follow=True)
    assert "Đã ghi 2 dòng (2 thêm mới)" in text(done)
    assert Person.objects.filter(code="x1").exists()
    again = handed_in(client, filled(tmp_path, rows))
    assert "Không có gì để ghi" in text(again)
    assert Entry.objects.filter(action="people.change").exists()


def test_a_workbook_touches_no_other_agency(cast: Cast, client: Client, tmp_path: Path):
    rows = {
        "Cán bộ": [{"Mã cán bộ": "em", "Họ và tên": "Người Khác"}],
        "Đơn vị": [{"Mã đơn vị": "SO9", "Tên đơn vị": "Sở Chín", "Từ ngày": "01/01/2026"}],
        "Vị trí": [
            {
                "Mã vị trí": "vi-tri-em",
                "Tên vị trí": "Lái xe",
                "Mã đơn vị": "so-b",
                "Nhóm nhiệm vụ": "Hỗ trợ, phục vụ",
                "Từ ngày": "01/01/2026",
            }
        ],
    }
    page = text(handed_in(client, filled(tmp_path, rows)))
    assert page.count("Dòng này thuộc cơ quan khác") == 3
    assert "Chưa ghi được: còn dòng phải sửa" in page


def test_a_file_that_is_no_workbook_is_told(cast: Cast, client: Client, tmp_path: Path):
    (tmp_path / "x.xlsx").write_bytes(b"khong phai bang tinh")
    page = text(handed_in(client, tmp_path / "x.xlsx", "../../etc/passwd\x00.xlsx"))
    assert "tệp không phải bảng tính .xlsx" in page
    empty = client.post(reverse("organisation_workbook"), {})
    assert "Chưa chọn tệp" in text(empty)


def test_a_full_disk_is_told(cast: Cast, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from congtam.web import waiting

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(waiting, "_write", full)
    page = handed_in(client, filled(tmp_path))
    assert "Máy chủ không ghi được tệp" in text(page)
