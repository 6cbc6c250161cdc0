"""Hôm nay: where everybody with a post lands, what stands there, and that nobody else's work does."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from today_scene import Desk

from cast import ROLES
from congtam.desk.models import Question
from congtam.engine.periods import local_day
from congtam.history.actor import SYSTEM
from congtam.people.actions import delegate
from congtam.registers.drafting import Draft, answer_review, ask_review, draft
from congtam.registers.entering import Arrival, enter
from congtam.registers.routing import file_away, submit
from signing import plain_pdf

pytestmark = pytest.mark.django_db
MOST = 24  # of a leader, for whom most can wait


def section(page: str, name: str) -> str:
    """What stands in a section of the page."""
    return page.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def test_everybody_with_a_post_lands_on_today_and_who_has_none_does_not(desk: Desk) -> None:
    for role, who in ROLES.items():
        answer = desk.client(who).get("/")
        assert (answer["Location"] == "/hom-nay/") == (role != "auditor"), role
    assert "Không có gì chờ bạn" in desk.get("an", "/hom-nay/")


def test_work_stands_where_it_presses(desk: Desk) -> None:
    late = desk.given(title="Sẽ trễ", due=desk.at.replace(hour=10))
    back = desk.given(title="Sẽ bị trả lại")
    soon = desk.given(title="Sắp hạn", due=desk.at.replace(day=20, hour=10))
    new = desk.given(title="Mới giao", due=desk.at.replace(day=30))
    rest = desk.given(title="Còn lâu", due=desk.at.replace(day=30))
    theirs = desk.given("binh", title="Việc của Bình")
    for item in (late, back, soon, rest):
        desk.act("an", item, "tiep-nhan")
    desk.act("an", back, "giao-nop", text="Bản một")
    waits = Question.objects.get(item=back)
    desk.post("truong-mot", f"/cau-hoi/{waits.pk}/", tra_loi="khong", **{f"cau-{waits.pk}-text": "Thiếu chữ ký"})
    desk.later(days=1)
    page = desk.get("an", "/hom-nay/")
    assert [title in section(page, "truoc") for title in ("Sẽ trễ", "Sẽ bị trả lại", "Sắp hạn")] == [True, True, False]
    pressing, _, others = section(page, "sau").partition("<details")
    assert [title in pressing for title in ("Sắp hạn", "Mới giao", "Còn lâu")] == [True, True, False]
    assert "1 việc khác" in others and "Còn lâu" in others
    assert "Việc của Bình" not in page and f"/viec/{theirs}/" not in page
    assert f'action="/viec/{new}/tiep-nhan/"' in page and f"/viec/{late}/giao-nop/" in page


def test_a_delivery_waits_with_who_gave_the_work_and_is_accepted_there(desk: Desk) -> None:
    item = desk.given(title="Kế hoạch năm")
    desk.act("an", item, "giao-nop", text="Kế hoạch 3/KH")
    mine, theirs = desk.get("an", "/hom-nay/"), desk.get("truong-mot", "/hom-nay/")
    assert "Kế hoạch năm" in section(mine, "cho") and "Nguyễn Văn Bảo" in section(mine, "cho")
    assert "Kế hoạch năm" in section(theirs, "quyet") and "mặc nhiên" not in section(theirs, "truoc")
    question = Question.objects.get(item=item)
    answer = desk.post("truong-mot", f"/cau-hoi/{question.pk}/", tra_loi="co", ve="today")
    assert answer["Location"] == "/hom-nay/"
    assert "Kế hoạch năm" not in section(desk.get("truong-mot", "/hom-nay/"), "quyet")
    assert "Kế hoạch năm" not in section(desk.get("an", "/hom-nay/"), "cho")


def test_whoever_acts_for_a_head_finds_the_head_s_questions(desk: Desk) -> None:
    item = desk.given(title="Tờ trình")
    desk.act("an", item, "giao-nop", text="Tờ trình 9/TTr")
    assert "Tờ trình" not in section(desk.get("binh", "/hom-nay/"), "quyet")
    day = local_day(desk.at)
    delegate(
        SYSTEM, giver=desk.cast.people["truong-mot"], receiver=desk.cast.people["binh"],
        unit=desk.cast.units["phong-mot"], first=day, until=day.replace(day=30), decision="5/QĐ",
    )  # fmt: skip
    page = section(desk.get("binh", "/hom-nay/"), "quyet")
    assert "Tờ trình" in page and "Nguyễn Văn Bảo" in page


def test_documents_put_before_me_and_drafts_i_am_to_review_wait_for_my_decision(
    desk: Desk, tmp_path: Path, settings: Settings
) -> None:
    settings.SITE = tmp_path
    day = local_day(desk.at)
    agency, arrival = desk.cast.units["so-a"].pk, Arrival("Về <b>báo cáo</b>", "UBND thành phố", day, symbol="12/UBND")
    document = enter(desk.seat("van-thu"), agency, arrival, now=desk.at)
    assert "UBND" not in desk.get("giam-doc", "/hom-nay/")
    submit(desk.seat("van-thu"), document.pk, desk.number("giam-doc"), now=desk.at)
    paper = draft(desk.seat("an"), Draft("Trả lời", symbol="BC-SA"), ("a.pdf", [plain_pdf()]), now=desk.at)
    ask_review(desk.seat("an"), paper.pk, [desk.number("giam-doc")], now=desk.at)
    waiting = section(desk.get("giam-doc", "/hom-nay/"), "quyet")
    assert "(2)" in waiting and "Về &lt;b&gt;báo cáo" in waiting and "Trả lời" in waiting
    for address in re.findall(r'href="(/van-ban/[^"#]+)', waiting):
        assert address.split("/")[2] in {str(document.pk), str(paper.pk)} and desk.get("giam-doc", address)
    assert "/van-ban/" not in section(desk.get("truong-mot", "/hom-nay/"), "quyet")
    file_away(desk.seat("giam-doc"), document.pk, "Để biết", now=desk.at)
    answer_review(desk.seat("giam-doc"), paper.pk, True, now=desk.at)
    assert "Không ai chờ bạn" in desk.get("giam-doc", "/hom-nay/") or "Không có gì" in desk.get("giam-doc", "/hom-nay/")


def test_the_page_asks_few_times_however_much_there_is(desk: Desk) -> None:
    def asked(who: str) -> int:
        client = desk.client(who)
        client.get("/hom-nay/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/hom-nay/").status_code == 200
        return len(queries)

    items = [desk.given(title=f"Việc {n}") for n in range(3)]
    desk.act("an", items[0], "giao-nop", text="x")
    before = {who: asked(who) for who in ("an", "truong-mot", "giam-doc")}
    more = [desk.given(title=f"Thêm {n}") for n in range(6)]
    for item in more[:3]:
        desk.act("an", item, "giao-nop", text="x")
    assert {who: asked(who) for who in before} == before
    assert max(before.values()) <= MOST, before


def test_titles_are_escaped(desk: Desk) -> None:
    item = desk.given(title="<script>alert(1)</script>", instruction="<img src=x onerror=alert(1)>")
    desk.act("an", item, "giao-nop", text="<b>xong</b>")
    for who, address in (("an", "/hom-nay/"), ("truong-mot", "/hom-nay/"), ("an", f"/viec/{item}/")):
        page = desk.get(who, address)
        assert "<script>alert" not in page and "<img src=x" not in page and "<b>xong" not in page
