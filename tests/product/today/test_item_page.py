"""One piece of work: who opens it, what its page says, and that each button does its deed, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from today_scene import Desk, buttons, errors, token

from cast import ROLES
from congtam.desk.models import Question
from congtam.history.actor import SYSTEM
from congtam.intake.actions import accept
from congtam.intake.telling import Happening, Told
from congtam.sources.actions import add_source
from congtam.work.models import Event, Share

pytestmark = pytest.mark.django_db
MOST = 21
HOLDER = {"tiep-nhan", "giao-nop", "bao-cao", "xin-them-gio", "chuyen", "khong-nhan"}
DECIDES = {"gia-han", "huy", "chuyen"}


def test_only_who_has_to_do_with_work_opens_it(desk: Desk) -> None:
    item = desk.given("an")
    may = {"official": 200, "head": 200, "leader": 200, "auditor": 403}
    for role, who in ROLES.items():
        status = may.get(role, 404)
        assert desk.client(who).get(f"/viec/{item}/").status_code == status, role
        if status != 200:
            for slug in ("tiep-nhan", "giao-nop", "huy", "gia-han", "chuyen"):
                answer = desk.client(who).post(f"/viec/{item}/{slug}/", {"why": "x", "text": "x"})
                assert answer.status_code == status, (role, slug)
    assert set(Event.objects.filter(item=item).values_list("activity", flat=True)) == {"registered", "due", "assigned"}


def test_the_page_says_the_five_clears_and_offers_what_may_be_done(desk: Desk) -> None:
    item = desk.given("an", title="Trả lời Sở B", authority="làm việc trực tiếp với Sở B", symbol="12/UBND-VP")
    page = desk.get("an", f"/viec/{item}/")
    for told in ("Trả lời Sở B", "Nguyễn Thị An", "Nguyễn Văn Bảo", "Báo cáo có số liệu", "làm việc trực tiếp với Sở B",
                 "12/UBND-VP", "chưa tiếp nhận"):  # fmt: skip
        assert told in page, told
    assert buttons(page) == HOLDER
    assert buttons(desk.get("truong-mot", f"/viec/{item}/")) == DECIDES
    assert buttons(desk.get("giam-doc", f"/viec/{item}/")) == DECIDES  # above the giver


def test_a_piece_of_work_goes_from_hand_to_hand_by_its_buttons(desk: Desk) -> None:
    item = desk.given("an")
    desk.act("an", item, "tiep-nhan")
    assert buttons(desk.get("an", f"/viec/{item}/")) == HOLDER - {"tiep-nhan", "khong-nhan"}
    desk.later(hours=1)
    desk.act("an", item, "bao-cao", text="Đã có số liệu của ba phòng")
    desk.later(hours=1)
    desk.act("an", item, "giao-nop", text="Báo cáo 15/BC")
    assert buttons(desk.get("an", f"/viec/{item}/")) == {"rut-lai"}
    question = Question.objects.get(item=item, state="open")
    head = desk.get("truong-mot", f"/viec/{item}/")
    assert f'action="/cau-hoi/{question.pk}/"' in head and "Đã giao nộp" in head
    desk.later(hours=1)
    desk.post("truong-mot", f"/cau-hoi/{question.pk}/", tra_loi="khong", **{f"cau-{question.pk}-text": "Thiếu phụ lục"})
    page = desk.get("an", f"/viec/{item}/")
    assert "Thiếu phụ lục" in page and "Đã có số liệu của ba phòng" in page
    assert "giao-nop" in buttons(page)
    desk.act("an", item, "giao-nop", text="Đã bổ sung phụ lục")
    again = Question.objects.get(item=item, state="open")
    desk.post("truong-mot", f"/cau-hoi/{again.pk}/", tra_loi="co", **{f"cau-{again.pk}-mark": "4"})
    share = Share.objects.get(item=item)
    assert (share.state, share.rating) == ("finished", 4_000_000)
    page = desk.get("truong-mot", f"/viec/{item}/")
    assert "Đã nghiệm thu" in page and buttons(page) == {"mo-lai"}
    desk.act("truong-mot", item, "mo-lai", why="Số liệu sai")
    assert "giao-nop" in buttons(desk.get("an", f"/viec/{item}/"))


def test_what_was_delivered_by_mistake_is_taken_back(desk: Desk) -> None:
    item = desk.given("an")
    desk.act("an", item, "giao-nop", text="Nhầm tệp")
    desk.later(minutes=1)
    desk.act("an", item, "rut-lai")
    assert Share.objects.get(item=item).state == "open"
    assert not Question.objects.filter(item=item, state="open").exists()


def test_a_button_pressed_twice_writes_once(desk: Desk) -> None:
    item = desk.given("an")
    sent = {"token": token(desk.get("an", f"/viec/{item}/"), "tiep-nhan")}
    client = desk.client("an")
    for _ in range(2):
        answer = client.post(f"/viec/{item}/tiep-nhan/", sent)
        assert answer["Location"] == f"/viec/{item}/"
    assert Event.objects.filter(item=item, activity="taken_up").count() == 1
    desk.act("an", item, "giao-nop", text="Xong")
    question = Question.objects.get(item=item)
    boss, told = desk.client("truong-mot"), {"tra_loi": "co", "token": "mot-lan", "ve": "today"}
    for _ in range(2):
        assert boss.post(f"/cau-hoi/{question.pk}/", told)["Location"] == "/hom-nay/"
    assert Event.objects.filter(item=item, activity="accepted").count() == 1


def test_more_time_is_asked_and_granted_and_the_page_says_by_whom(desk: Desk) -> None:
    item = desk.given("an")
    desk.act("an", item, "xin-them-gio", wanted="30/11/2026", cause="outside", why="Chờ Sở B", proof="45/SB")
    page = desk.get("an", f"/viec/{item}/")
    assert "xin-them-gio" not in buttons(page)
    question = Question.objects.get(item=item)
    assert "Khách quan" in desk.get("truong-mot", "/hom-nay/")
    name = f"cau-{question.pk}-until"
    desk.post("truong-mot", f"/cau-hoi/{question.pk}/", tra_loi="co", ve="unit", **{name: "27/11/2026"})
    page = desk.get("an", f"/viec/{item}/")
    assert "17:00 27/11/2026" in page and "Nguyễn Văn Bảo" in page and "Chờ Sở B (45/SB)" in page


def test_what_was_asked_is_taken_back_by_who_asked_and_nobody_else(desk: Desk) -> None:
    item = desk.given("an")
    desk.act("an", item, "xin-them-gio", wanted="30/11/2026", cause="own", why="Bận")
    number = Question.objects.get(item=item).pk
    assert f'action="/cau-hoi/{number}/rut/"' in desk.get("an", f"/viec/{item}/")
    for who in ("binh", "truong-mot"):
        desk.post(who, f"/cau-hoi/{number}/rut/", 404)
    for _ in range(2):
        assert desk.post("an", f"/cau-hoi/{number}/rut/")["Location"] == f"/viec/{item}/"
    assert Question.objects.get().state == "taken_back"
    desk.post("truong-mot", f"/cau-hoi/{number}/", tra_loi="co")
    assert Question.objects.get().state == "taken_back", "answered too late"


def test_work_of_another_source_is_done_here_too(desk: Desk) -> None:
    source = add_source(SYSTEM, "van-ban", "Hệ thống văn bản", first=desk.at.date())
    told = (
        Happening(desk.at, "registered", None, "phong-mot"),
        Happening(desk.at, "assigned", "an", counterpart="truong-mot"),
    )
    accept(SYSTEM, source, [Told(key="vb-1", version=1, events=told, title="Công văn đến số 8")])
    desk.later(minutes=1)
    desk.fold()
    item = Share.objects.get().item_id
    page = desk.get("an", f"/viec/{item}/")
    assert "Công văn đến số 8" in page and "Nguyễn Văn Bảo" in page and "giao-nop" in buttons(page)
    desk.act("an", item, "giao-nop", text="Đã trả lời bằng công văn 9")
    assert Question.objects.get(item=item).to_id == desk.number("truong-mot")


def test_work_is_passed_on_only_after_its_effect_was_seen(desk: Desk) -> None:
    item = desk.given("an")
    told = {"receiver": desk.number("binh"), "why": "Bình rảnh hơn"}
    seen = desk.act("an", item, "chuyen", 200, **told).content.decode()
    assert "Tác động nếu chuyển" in seen and not Event.objects.filter(activity="passed_on").exists()
    share = Share.objects.get(item=item)
    desk.act("an", item, "chuyen", 302, **told, da_xem=f"{share.pk}-{desk.number('binh')}")
    assert Share.objects.get(item=item, state="open").official_id == desk.number("binh")
    assert not buttons(desk.get("an", f"/viec/{item}/")), "who passed it on only reads"


def test_bad_input_is_answered_and_nothing_is_written(desk: Desk) -> None:
    item = desk.given("an")
    before = Event.objects.count()
    wrong = {
        "giao-nop": {"text": ""},
        "bao-cao": {"text": "  "},
        "xin-them-gio": {"wanted": "31/02/2026", "cause": "other", "why": ""},
        "chuyen": {"receiver": desk.number("em"), "why": "x"},
        "khong-nhan": {"why": ""},
    }
    for slug, told in wrong.items():
        answer = desk.act("an", item, slug, 422, **told)
        assert errors(answer), slug
        assert f'id="{slug}" open' in answer.content.decode(), slug
    past = desk.act("an", item, "xin-them-gio", 422, wanted="01/11/2026", cause="own", why="Bận")
    assert "phải sau thời điểm này" in past.content.decode()
    late = desk.act("truong-mot", item, "gia-han", 422, until="01/11/2026", why="x")
    assert "phải sau thời điểm này" in late.content.decode()
    assert desk.client("an").post(f"/viec/{item}/khong-co/").status_code == 404
    assert (Event.objects.count(), Question.objects.count()) == (before, 0)


def test_somebody_asked_answers_and_nobody_else(desk: Desk) -> None:
    item = desk.given("an")
    desk.act("an", item, "khong-nhan", why="Không đúng chuyên môn")
    question = Question.objects.get(item=item)
    for who, status in {"an": 404, "binh": 404, "truong-hai": 404, "truong-mot": 200, "giam-doc": 200}.items():
        assert desk.client(who).get(f"/cau-hoi/{question.pk}/").status_code == status, who
    refused = desk.post("truong-mot", f"/cau-hoi/{question.pk}/", 422, tra_loi="khong")
    assert errors(refused)
    desk.post("truong-mot", f"/cau-hoi/{question.pk}/", tra_loi="co")
    assert Share.objects.get(item=item, state="open").official_id == desk.number("truong-mot")
    assert desk.client("giam-doc").get(f"/cau-hoi/{question.pk}/")["Location"] == f"/viec/{item}/"


def test_no_button_is_offered_that_would_be_refused(desk: Desk) -> None:
    told = {
        "text": "Đã xong", "why": "Lý do", "wanted": "30/12/2026", "until": "30/12/2026", "cause": "own", "mark": "4",
        "receiver": str(desk.number("binh")),
    }  # fmt: skip
    stages = (("an", "tiep-nhan"), ("an", "xin-them-gio"), ("an", "giao-nop"))
    item = desk.given("an")
    for who, slug in stages:
        for other in ("an", "truong-mot", "giam-doc"):
            for offered in buttons(desk.get(other, f"/viec/{item}/")):
                _rehearsed(desk, other, item, offered, told)
        desk.later(minutes=5)
        desk.act(who, item, slug, **told)
    assert Share.objects.get(item=item).state == "finished"


def _rehearsed(desk: Desk, who: str, item: int, slug: str, told: dict[str, str]) -> None:
    from django.db import transaction

    with transaction.atomic():
        answer = desk.client(who).post(f"/viec/{item}/{slug}/", told)
        assert answer.status_code in (200, 302), (who, slug, errors(answer))
        transaction.set_rollback(True)


def test_the_page_asks_few_times_however_long_the_story(desk: Desk) -> None:
    item = desk.given("an", support=(desk.number("binh"),))

    def asked(who: str) -> int:
        client = desk.client(who)
        client.get(f"/viec/{item}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/viec/{item}/")
        return len(queries)

    before = {who: asked(who) for who in ("an", "truong-mot")}
    for n in range(6):
        desk.later(minutes=1)
        desk.act("an", item, "bao-cao", text=f"Bước {n}")
    desk.act("an", item, "xin-them-gio", wanted="30/11/2026", cause="own", why="x")
    assert {who: asked(who) for who in ("an", "truong-mot")} == before
    assert max(before.values()) <= MOST, before
