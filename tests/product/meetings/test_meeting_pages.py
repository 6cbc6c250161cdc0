"""Pages of meetings: called, written in, closed, printed; what each of those who may see it sees."""

import re

import pytest
from meetings_scene import Office, at

from congtam.access.models import Look
from congtam.desk import doing
from congtam.meetings.models import Closing, Conclusion, Meeting
from congtam.meetings.outcomes import STATES
from congtam.web.pages.meetings.words import BADGES, OUTCOMES
from congtam.work.models import Item

pytestmark = pytest.mark.django_db


def said(office: Office, meeting: Meeting, status: int = 302, **told: str) -> str:
    """A conclusion that the head writes on the page; what the page answers."""
    sent = {
        "text": "Rà soát hồ sơ",
        "who": f"p{office.person('an')}",
        "due": "07/06/2030",
        "product": "Danh sách",
    } | told
    answer = office.client("truong-mot").post(f"/hop/{meeting.pk}/", sent)
    assert answer.status_code == status
    office.fold()
    return str(answer.content.decode())


def written(office: Office, address: str, status: int = 302, who: str = "truong-mot", **told: str) -> None:
    """A form of two steps, looked at and then written."""
    office.post(who, address, 200, **told)
    office.post(who, address, status, step="write", **told)


def test_a_head_calls_a_meeting_writes_conclusions_and_closes_it(office: Office) -> None:
    assert "Mở phiên họp" in office.get("truong-mot", "/hop/mo/")
    office.post(
        "truong-mot", "/hop/mo/", kind="weekly", at="09:00 03/06/2030", chair=str(office.person("truong-mot")),
        taking_part=[str(office.person("an")), str(office.person("binh"))],
    )  # fmt: skip
    meeting = Meeting.objects.get()
    assert meeting.taking_part == sorted(office.person(one) for one in ("truong-mot", "an", "binh"))
    said(office, meeting)
    said(office, meeting, who=f"u{office.unit('phong-hai')}", text="Cho ý kiến")
    page = office.get("truong-mot", f"/hop/{meeting.pk}/")
    assert "Kết luận của phiên họp này (2)" in page
    there = [str(office.person("truong-mot"))]
    for step in ({}, {"step": "write"}):
        office.client("truong-mot").post(f"/hop/{meeting.pk}/ket-thuc/", {"attended": there, **step})
    assert Closing.objects.get().attended == [office.person("truong-mot")]


def test_a_conclusion_without_its_clears_says_what_is_missing(office: Office) -> None:
    meeting = office.meet()
    for missing in ("text", "who", "due", "product"):
        page = said(office, meeting, 422, **{missing: ""})
        assert re.search(r"Chưa (điền|chọn)", page), missing
    assert "đã qua" in said(office, meeting, 422, due="03/05/2030")
    assert not Item.objects.exists()


def test_a_deadline_and_products_named_before_are_offered_for_a_conclusion(office: Office) -> None:
    office.give()
    page = office.get("truong-mot", f"/hop/{office.meet().pk}/")
    assert '<option value="06/06/2030">3 ngày làm việc</option>' in page
    assert '<datalist id="id_product-goi-y"><option value="Báo cáo"></option>' in page


def test_a_conclusion_for_the_record_needs_no_more_than_its_words(office: Office) -> None:
    meeting = office.meet()
    said(office, meeting, text="Thống nhất lịch trực", who="-", due="", product="")
    assert Conclusion.objects.get().item_id is None


def test_a_conclusion_sent_twice_is_written_once(office: Office) -> None:
    meeting = office.meet()
    for _ in range(2):
        said(office, meeting, token="a-token-of-the-form")
    assert Conclusion.objects.count() == Item.objects.count() == 1


def test_who_takes_part_reads_the_conclusions_but_not_whose_work_is_late(office: Office) -> None:
    office.give("binh", due=at(4, 17), title="Việc trễ của Bình")
    office.now = at(10)
    meeting = office.meet()
    said(office, meeting, due="14/06/2030")
    own = office.get("an", f"/hop/{meeting.pk}/")
    assert "Rà soát hồ sơ" in own
    assert "Việc trễ của Bình" not in own
    assert "Ghi kết luận" not in own
    assert "Việc trễ của Bình" in office.get("truong-mot", f"/hop/{meeting.pk}/")
    for outsider in ("binh", "truong-hai", "em"):
        office.get(outsider, f"/hop/{meeting.pk}/", 404)
    office.post("an", f"/hop/{meeting.pk}/", 403, text="Không phải của tôi")
    assert Look.objects.filter(person=office.person("binh"), what="meeting").exists(), "Bình is told who looked"


def test_the_page_tells_what_became_of_each_conclusion(office: Office) -> None:
    meeting = office.meet()
    one = office.conclude(meeting)
    assert "Chưa xong, còn hạn" in office.get("an", f"/hop/{meeting.pk}/")
    doing.deliver(office.seat("an"), one.item_id, now=office.now)
    office.fold()
    page = office.get("truong-mot", f"/hop/{meeting.pk}/")
    assert "Xong đúng hạn" in page
    assert "chưa nghiệm thu" in page
    assert f'href="/viec/{one.item_id}/"' in page


def test_the_notice_holds_the_agenda_of_the_closing_and_every_correction(office: Office) -> None:
    late = office.give(due=at(4, 17), title="Báo cáo chậm")
    office.now = at(10)
    meeting = office.meet()
    one = office.conclude(meeting, due=at(14, 17))
    office.get("truong-mot", f"/hop/{meeting.pk}/thong-bao/", 404)
    office.close(meeting)
    doing.deliver(office.seat("an"), late, now=office.now)
    office.fold()
    address = f"/hop/{meeting.pk}/ket-luan/{one.series}"
    written(office, f"{address}/sua/", seen=str(one.pk), text="Rà soát 40 hồ sơ", why="Thiếu số lượng")
    page = office.get("truong-mot", f"/hop/{meeting.pk}/thong-bao/")
    assert "Rà soát 40 hồ sơ" in page
    assert "<s>Rà soát hồ sơ</s> (Thiếu số lượng)" in page
    assert "Báo cáo chậm" in page, "it was late when the meeting was closed"
    assert "Báo cáo chậm" not in office.get("an", f"/hop/{meeting.pk}/thong-bao/")
    assert "Notice of conclusions" in office.get("truong-mot", f"/hop/{meeting.pk}/thong-bao/", lang="en")
    written(office, f"{address}/bo/", why="Ghi nhầm")
    assert "đã bỏ" in office.get("truong-mot", f"/hop/{meeting.pk}/thong-bao/")
    office.get("truong-mot", f"{address}/sua/", 404)


def test_somebody_who_was_faster_is_told_of(office: Office) -> None:
    meeting = office.meet()
    one = office.conclude(meeting)
    address = f"/hop/{meeting.pk}/ket-luan/{one.series}/sua/"
    written(office, address, seen=str(one.pk), text="Lời mới", why="Sửa")
    office.post("truong-mot", address, 409, seen=str(one.pk), text="Lời khác", why="Sửa", step="write")


def test_who_took_part_is_corrected_and_a_meeting_called_off(office: Office) -> None:
    meeting, other = office.meet(), office.meet(at(4))
    office.close(meeting)
    written(office, f"/hop/{meeting.pk}/ket-thuc/", attended=str(office.person("an")), why="Trưởng phòng đi công tác")
    assert Closing.objects.get(replaced_by=None).attended == [office.person("an")]
    assert "Vắng: Nguyễn Văn Bảo" in office.get("an", f"/hop/{meeting.pk}/")
    written(office, f"/hop/{other.pk}/huy/", why="Đi cơ sở")
    page = office.get("truong-mot", "/hop/")
    assert "Đã hủy" in page
    assert "Đã kết thúc" in page
    said(office, meeting, text="Bổ sung", who="-", why="Ghi sót")
    assert "bổ sung" in office.get("truong-mot", f"/hop/{meeting.pk}/")


def test_every_state_of_a_conclusion_has_words_and_a_badge() -> None:
    assert set(OUTCOMES) == set(BADGES) == set(STATES)


def test_the_list_of_who_meets_nobody_says_so(office: Office) -> None:
    assert "Bạn chưa dự phiên họp nào" in office.get("binh", "/hop/")
    assert "Chưa có phiên họp nào" in office.get("truong-mot", "/hop/")
    office.meet()
    assert "Phòng Một" in office.get("kiem-tra", "/hop/"), "whoever looks in by a mandate reads them"


def test_a_leader_chooses_of_which_unit(office: Office) -> None:
    page = office.get("giam-doc", "/hop/mo/?dv=phong-hai")
    assert "Mở phiên họp: Phòng Hai" in page
    assert "Đặng Thị Cúc" in page
