"""The rating page, row by row and as a whole; raters admitted from outside; and how raters lean."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import PASSWORD, Cast
from congtam.access.actions import open_account
from congtam.access.models import Look
from congtam.cycles.models import Cycle
from congtam.cycles.queries import steps_of
from congtam.engine.comparing.raters import Marked, leanings
from congtam.engine.periods import Period, local_day
from congtam.engine.rulebook.model import Anchors, RatingOf, Text
from congtam.history.actor import SYSTEM
from congtam.marking.admitting import admit
from congtam.marking.figures import Record, records_of
from congtam.marking.leaning import Group, groups_of
from congtam.marking.models import Admission
from congtam.marking.queries import asked_now
from congtam.people.actions import add_person
from congtam.ratings.actions import rate
from congtam.ratings.models import Rating
from congtam.web.pages.marking.typed import figure
from marking_scene import NOW, PERIOD, points, seat

pytestmark = pytest.mark.django_db
FORM, ROW = "/cham-diem/", "/cham-diem/dong/"
OF_GENERAL = f"?ky={PERIOD}&tc=general"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def signed_in(cast: Cast, code: str) -> Client:
    client = Client()
    client.force_login(cast.accounts[code])
    return client


def page(cast: Cast, code: str, address: str = FORM + OF_GENERAL) -> str:
    answer = signed_in(cast, code).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def fields(cast: Cast, **told: tuple[str, str]) -> dict[str, str]:
    """What is typed into the rows of people: mark and reason."""
    sent = {}
    for code, (mark, reason) in told.items():
        number = cast.people[code].pk
        sent |= {f"diem-{number}": mark, f"ly_do-{number}": reason}
    return sent


def test_the_form_starts_empty_with_the_record_and_the_anchors_beside(cast: Cast, cycle: Cycle) -> None:
    told = page(cast, "truong-mot")
    number = cast.people["an"].pk
    assert f'name="diem-{number}" value=""' in told and "Nguyễn Thị An" in told and "Hoàng Bình" in told
    assert "Nguyễn Văn Bảo</strong>" not in told, "nobody marks themselves"
    assert "Vượt yêu cầu rõ rệt" in told and "Quy ước của Công Tâm" in told
    assert "xong 8" in told and "trễ 5/11" in told and f"/vi-sao/an/?ky={PERIOD}" in told
    assert "0/2" in told and 'data-why="27.000000:30.000000 0.000000:14.999999"' in told


def test_all_rows_at_once_and_what_is_not_taken_says_why_and_stays(cast: Cast, cycle: Cycle) -> None:
    client = signed_in(cast, "truong-mot")
    sent = fields(cast, an=("24,5", ""), binh=("29", "")) | {"token": "một"}
    answer = client.post(FORM + OF_GENERAL, sent)
    told = answer.content.decode()
    assert answer.status_code == 422 and "Mức này cần ghi lý do" in told and 'value="29"' in told
    assert Rating.standing().get(person=cast.people["an"]).value == points(24.5)
    assert not Rating.standing().filter(person=cast.people["binh"]).exists()
    sent = fields(cast, an=("24,5", ""), binh=("29", "Sáng kiến mẫu phiếu")) | {"token": "hai"}
    for _ in range(2):  # sent twice it is written once
        assert client.post(FORM + OF_GENERAL, sent).status_code == 302
    assert Rating.objects.filter(period=PERIOD).count() == 2
    assert "2/2" in page(cast, "truong-mot") and not asked_now(seat(cast, "truong-mot"), NOW)


def test_a_row_is_written_as_it_is_left(cast: Cast, cycle: Cycle) -> None:
    client, an = signed_in(cast, "truong-mot"), cast.people["an"]
    part = client.post(ROW + OF_GENERAL, fields(cast, an=("26", "")) | {"cua": str(an.pk)}).content.decode()
    assert "Đã ghi 26,00" in part and 'hx-swap-oob="true"' in part and "1/2" in part
    part = client.post(ROW + OF_GENERAL, fields(cast, an=("abc", "")) | {"cua": str(an.pk)}).content.decode()
    assert "Hãy nhập một số" in part and Rating.standing().get(person=an).value == points(26)
    assert client.post(ROW + OF_GENERAL, {"cua": str(cast.people["chi"].pk)}).status_code == 404
    assert client.post(ROW + OF_GENERAL, {"cua": "x"}).status_code == 404


def test_cannot_tell_passes_on_and_is_seen_above(cast: Cast, cycle: Cycle) -> None:
    an = cast.people["an"]
    client = signed_in(cast, "truong-mot")
    sent = {f"khong-{an.pk}": "on", f"ly_do-{an.pk}": "", "cua": str(an.pk)}
    assert "Hãy ghi vì sao" in client.post(ROW + OF_GENERAL, sent).content.decode()
    sent[f"ly_do-{an.pk}"] = "Đi biệt phái cả tháng"
    assert "đã chuyển Trần Văn Đức" in client.post(ROW + OF_GENERAL, sent).content.decode()
    above = page(cast, "giam-doc")
    assert "Nguyễn Thị An" in above and "Nguyễn Văn Bảo: không đủ căn cứ – Đi biệt phái cả tháng" in above
    assert f'id="l{an.pk}" name="ly_do-{an.pk}" value=""' in above, "the next one starts empty too"


def test_heads_are_marked_with_one_of_two_outcomes(cast: Cast, cycle: Cycle) -> None:
    told = page(cast, "giam-doc", f"{FORM}?ky={PERIOD}&tc=rallying")
    head = cast.people["truong-mot"]
    assert told.count(f'name="diem-{head.pk}"') == 2 and 'value="100" aria' in told and "checked" not in told
    sent = fields(cast, **{"truong-mot": ("100", "")}) | {"cua": str(head.pk)}
    part = signed_in(cast, "giam-doc").post(f"{ROW}?ky={PERIOD}&tc=rallying", sent).content.decode()
    assert "Đã ghi 100" in part and Rating.standing().get(person=head).value == points(100)


def test_who_has_nobody_to_mark_reads_so(cast: Cast, cycle: Cycle) -> None:
    assert "không có ai để bạn chấm" in page(cast, "an")
    assert "chưa mở kỳ đánh giá nào" in page(cast, "em")


def test_after_the_deadline_the_page_says_so_and_takes_nothing(
    cast: Cast, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = steps_of(cycle, NOW)["rating"].due_at + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: late)
    told = page(cast, "truong-mot")
    assert "đã hết hạn" in told and 'name="diem-' not in told
    answer = signed_in(cast, "truong-mot").post(FORM + OF_GENERAL, fields(cast, an=("24", "")))
    assert answer.status_code == 422 and not Rating.objects.filter(period=PERIOD).exists()


def test_a_head_is_told_what_to_mark_by_when(cast: Cast, cycle: Cycle) -> None:
    (one,) = asked_now(seat(cast, "truong-mot"), NOW)
    assert (one.marks, one.people, one.due_at) == (2, 2, steps_of(cycle, NOW)["rating"].due_at)
    told = page(cast, "truong-mot", "/phong-toi/")
    assert "Chấm 2 điểm của 2 người" in told and f"/cham-diem/?ky={PERIOD}" in told
    assert asked_now(seat(cast, "an"), NOW) == []


def test_personnel_admit_and_end_a_rater_from_outside(cast: Cast, cycle: Cycle) -> None:
    client = signed_in(cast, "nhan-su")
    sent = {
        "rater": "chi",
        "whom": "cb:an",
        "criteria": ["general"],
        "first": "01/07/2030",
        "until": "10/07/2030",
        "decision": "31/QĐ-SA",
    }
    review = client.post("/cham-diem/nguoi-ngoai/them/", sent | {"step": "review"})
    assert review.status_code == 200 and "Võ Mai Chi" in review.content.decode() and not Admission.objects.exists()
    assert client.post("/cham-diem/nguoi-ngoai/them/", sent | {"step": "write"}).status_code == 302
    told = page(cast, "nhan-su", "/cham-diem/nguoi-ngoai/")
    assert all(one in told for one in ("Võ Mai Chi", "Nguyễn Thị An", "Tiêu chí chung", "31/QĐ-SA"))
    assert "Nguyễn Thị An" in page(cast, "chi") and "/vi-sao/an/" not in page(cast, "chi")
    made = Admission.standing().get()
    sent = {"until": "02/07/2030", "step": "write"}
    assert client.post(f"/cham-diem/nguoi-ngoai/{made.seq}/thoi/", sent).status_code == 302
    assert "không có ai để bạn chấm" in page(cast, "chi")
    wrong = client.post("/cham-diem/nguoi-ngoai/them/", sent | {"step": "review"})
    assert wrong.status_code == 422


def test_a_rater_without_a_post_finds_the_form_and_marks_whom_they_are_asked_for(cast: Cast, cycle: Cycle) -> None:
    invited = add_person(SYSTEM, "chuyen-gia", full_name="Phan Thị Ngọc")
    cast.accounts["chuyen-gia"] = open_account(SYSTEM, "chuyen-gia", PASSWORD, person=invited)
    client, day = signed_in(cast, "chuyen-gia"), local_day(NOW)
    assert [client.get(one).status_code for one in ("/", FORM)] == [403, 403]
    an, binh = cast.people["an"], cast.people["binh"]
    admit(SYSTEM, rater=invited, person=an, decision="3/QĐ", first=day, until=day + timedelta(days=9))
    assert client.get("/")["Location"] == "/hom-nay/"
    today = page(cast, "chuyen-gia", "/hom-nay/")
    assert "Chấm 1 điểm của 1 người" in today and "Giao việc" not in today
    menu = today.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', menu) == ["/hom-nay/", "/cham-diem/"]
    told = page(cast, "chuyen-gia")
    assert "Nguyễn Thị An" in told and "Hoàng Bình" not in told and "/vi-sao/" not in told
    assert (
        "Đã ghi 24" in client.post(ROW + OF_GENERAL, fields(cast, an=("24", "")) | {"cua": str(an.pk)}).content.decode()
    )
    other = client.post(ROW + OF_GENERAL, fields(cast, binh=("24", "")) | {"cua": str(binh.pk)})
    assert other.status_code == 404 and not Rating.objects.filter(person=binh, period=PERIOD).exists()
    assert Look.objects.get(person=an).role == "rater"


def test_a_head_of_another_agency_is_told_of_marks_they_are_admitted_to_and_looks_as_a_rater(
    cast: Cast, cycle: Cycle
) -> None:
    an, day = cast.people["an"], local_day(NOW)
    told = {"decision": "3/QĐ", "first": day, "until": day + timedelta(days=9)}
    admit(SYSTEM, rater=cast.people["giam-doc-b"], person=an, **told)
    assert "Chấm 1 điểm của 1 người" in page(cast, "giam-doc-b", "/hom-nay/")
    assert "Nguyễn Thị An" in page(cast, "giam-doc-b")
    sent = fields(cast, an=("24", "")) | {"cua": str(an.pk)}
    assert "Đã ghi 24" in signed_in(cast, "giam-doc-b").post(ROW + OF_GENERAL, sent).content.decode()
    assert Look.objects.get(person=an).role == "rater"


def test_personnel_of_another_agency_do_not_see_an_admission(cast: Cast, cycle: Cycle) -> None:
    day = local_day(NOW)
    them = {"decision": "1/QĐ-SB", "first": day, "until": day + timedelta(days=9)}
    made = admit(SYSTEM, rater=cast.people["giam-doc"], person=cast.people["em"], **them)
    assert "1/QĐ-SB" not in page(cast, "nhan-su", "/cham-diem/nguoi-ngoai/")
    assert signed_in(cast, "nhan-su").get(f"/cham-diem/nguoi-ngoai/{made.seq}/thoi/").status_code == 404


def test_the_record_counts_what_data_know_of_the_period(cast: Cast, cycle: Cycle) -> None:
    an, binh = (cast.people[code].pk for code in ("an", "binh"))
    found = records_of([an, binh], Period.parse(PERIOD), NOW)
    assert found[an] == Record(done=8, due=11, late=5, faults=0, well=6)
    assert found[binh] == Record(done=6, due=6, late=found[binh].late, faults=0, well=6 - found[binh].late)


def test_the_page_on_raters_says_what_cannot_be_told(cast: Cast, cycle: Cycle) -> None:
    assert "Chưa có điểm chấm nào" in page(cast, "nhan-su", "/cham-diem/nguoi-cham/")
    for code, mark in (("an", 22), ("binh", 26)):
        rate(
            SYSTEM,
            criterion="general",
            period=PERIOD,
            by=cast.people["truong-mot"],
            person=cast.people[code],
            value=points(mark),
        )
    told = page(cast, "nhan-su", "/cham-diem/nguoi-cham/")
    assert "Không đủ để nói" in told and "không đủ để nói" in told and "Nguyễn Văn Bảo" in told and "24,0" in told
    (group,) = groups_of([cast.units["phong-mot"].pk], NOW)
    assert (group.criterion, group.role, group.unknown, group.found.n) == ("general", "staff", 0, 2)
    assert signed_in(cast, "nhan-su").get("/cham-diem/nguoi-cham/bieu-do.svg?tc=general&vai=staff").status_code == 404
    assert signed_in(cast, "truong-mot").get("/cham-diem/nguoi-cham/").status_code == 403


def test_the_page_on_raters_names_who_is_worth_a_look_and_draws_the_ranges(
    cast: Cast, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = ("truong-mot", "truong-hai", "giam-doc", "nhan-su", "quy-tac", "du-lieu")
    told = [
        Marked(str(cast.people[code].pk), 70 + data / 2 + (20 if code == "truong-hai" else 0) + wobble, 70 + data, 1)
        for code in codes
        for data, wobble in ((0, 1), (5, -1), (10, 1), (15, -1), (20, 0.5), (25, -0.5))
    ]
    june = Period.parse(PERIOD)
    group = Group(
        "general", Text(vi="Tiêu chí chung", en="General"), points(100), "staff", june, june, 3, leanings(told)
    )
    monkeypatch.setattr("congtam.web.pages.marking.raters_views.groups_of", lambda units, now: [group])
    read = page(cast, "nhan-su", "/cham-diem/nguoi-cham/")
    assert "Đáng xem: Đặng Thị Cúc." in read and "đáng xem: chấm cao hơn" in read and "20,0" in read
    assert "3 người được chấm không vào so sánh" in read and "bieu-do.svg?tc=general&amp;vai=staff" in read
    drawn = page(cast, "nhan-su", "/cham-diem/nguoi-cham/bieu-do.svg?tc=general&vai=staff")
    assert "<svg" in drawn and "Đặng Thị Cúc (n = 6)" in drawn


@pytest.mark.parametrize("text", ["", "abc", "-1", "1e9", "NaN", "１２", "1,2,3", "∞", "9" * 12])
def test_what_is_no_figure_is_asked_for_again(text: str) -> None:
    assert figure(text) is None


@pytest.mark.parametrize(("text", "mark"), [("26", 26), ("26,5", 26.5), (" 8.25 ", 8.25), ("0", 0), ("7,", 7)])
def test_figures_are_read_with_comma_or_point(text: str, mark: float) -> None:
    assert figure(text) == points(mark)


def test_anchors_fall_and_lie_within_the_scale() -> None:
    says: Any = {"vi": "a", "en": "a"}
    with pytest.raises(ValueError, match="from the highest"):
        Anchors(levels=({"from": 1, "says": says}, {"from": 2, "says": says}))
    with pytest.raises(ValueError, match="between 0 and out_of"):
        RatingOf(criterion="a", out_of=10, outcomes=(20,))
    anchors = Anchors(levels=({"from": 5, "says": says}, {"from": 1, "says": says}))
    assert [anchors.of(one) for one in (7, 5, 4, 0)] == [anchors.levels[0], anchors.levels[0], anchors.levels[1], None]
