"""One deed for many pieces of work: each by itself, the refusals told one by one, passing on looked at before."""

import re

import pytest

from board_scene import Office, said
from cast import ROLES
from congtam.desk import doing
from congtam.desk.models import Question
from congtam.web.pages.board import bulk
from congtam.work.models import Event, Share

pytestmark = pytest.mark.django_db


def states(office: Office, *titles: str) -> list[str]:
    """How the latest question on each piece of work stands."""
    return [Question.objects.filter(item=office.items[title]).latest("pk").state for title in titles]


def hidden(page: str) -> dict[str, str]:
    """What the form of a page sends along by itself, once of each name."""
    form = page.partition('action="/bang-viec/lam/" novalidate')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(token|da_xem|buoc)" value="([^"]*)"', form))


def test_many_are_accepted_at_once_and_the_one_refused_is_told_with_its_reason(office: Office) -> None:
    office.delivered("Tờ trình một")
    office.delivered("Tờ trình hai", "binh")
    office.given("Chưa giao nộp")
    page = office.bulk("truong-mot", "nghiem-thu", *office.items, loc="pham-vi=don-vi", viec=[
        office.share("Tờ trình một"), office.share("Tờ trình hai", "binh"), office.share("Chưa giao nộp")
    ])  # fmt: skip
    assert states(office, "Tờ trình một", "Tờ trình hai") == ["granted", "granted"]
    assert "Đã nghiệm thu 2 việc." in said(page)
    assert "“Chưa giao nộp”: Việc này chưa được giao nộp" in said(page)
    assert said(page).count("Không làm được") == 1
    assert "Bảng việc: Việc của đơn vị" in page, "it leads back to the board with its filters"


def test_the_same_sending_twice_is_done_once(office: Office) -> None:
    office.delivered("Tờ trình một")
    head = office.client("truong-mot")
    for told in ("Đã nghiệm thu 1 việc.", "lần gửi sau không ghi thêm gì"):
        assert told in said(office.bulk("truong-mot", "nghiem-thu", "Tờ trình một", client=head, token="mot-lan"))
    assert Event.objects.filter(activity="accepted").count() == 1


def test_one_item_with_two_holders_ticked_is_accepted_once(office: Office) -> None:
    office.delivered("Việc chung", support=("binh",))
    both = [office.share("Việc chung"), office.share("Việc chung", "binh")]
    page = office.bulk("truong-mot", "nghiem-thu", viec=both)
    assert "Đã nghiệm thu 1 việc." in said(page) and "Không làm được" not in page


def test_own_work_is_taken_up_and_that_of_others_is_not(office: Office) -> None:
    office.given("Việc một")
    office.taken_up("Việc hai")
    office.given("Của Bình", "binh")
    mine = [office.share("Việc một"), office.share("Việc hai"), office.share("Của Bình", "binh")]
    page = office.bulk("an", "tiep-nhan", viec=mine)
    assert "Đã tiếp nhận 1 việc." in said(page) and "“Việc hai”: Việc này đã được tiếp nhận" in said(page)
    assert "1 việc đã đánh dấu không còn trong phạm vi của bạn" in said(page) and "Của Bình" not in said(page)
    assert list(Share.objects.filter(taken_up_at=None).values_list("item", flat=True)) == [office.items["Của Bình"]]


def test_work_is_returned_with_a_reason_or_not_at_all(office: Office) -> None:
    office.delivered("Tờ trình một")
    office.delivered("Tờ trình hai", "binh")
    ticked = [office.share("Tờ trình một"), office.share("Tờ trình hai", "binh")]
    page = office.bulk("truong-mot", "tra-lai", viec=ticked)
    assert "Tờ trình một" in page and 'name="why"' in page and states(office, "Tờ trình một") == ["open"]
    page = office.bulk("truong-mot", "tra-lai", viec=ticked, buoc="lam", why=" ")
    assert "errorlist" in page and states(office, "Tờ trình một") == ["open"]
    page = office.bulk("truong-mot", "tra-lai", viec=ticked, buoc="lam", why="Thiếu phụ lục", tu="worklist")
    assert "Đã trả lại 2 việc." in said(page) and "<h1>Việc của đơn vị" in page
    assert states(office, "Tờ trình một", "Tờ trình hai") == ["refused", "refused"]
    assert set(Question.objects.values_list("answer", flat=True)) == {"Thiếu phụ lục"}


def test_deadlines_are_extended_together(office: Office) -> None:
    office.given("Việc một")
    office.given("Việc hai", "binh", due=office.at.replace(month=12, day=10))
    ticked = [office.share("Việc một"), office.share("Việc hai", "binh")]
    told = {"buoc": "lam", "until": "02/12/2026", "why": "Chờ số liệu", "decision": ""}
    page = office.bulk("truong-mot", "gia-han", viec=ticked, **told)
    assert "Đã gia hạn 1 việc." in said(page) and "“Việc hai”: Hạn mới phải sau" in said(page)
    assert Share.objects.get(item=office.items["Việc một"]).due_at == office.at.replace(month=12, day=2, hour=10,
        minute=0, second=0, microsecond=0)  # fmt: skip


def test_passing_on_is_looked_at_before_it_is_done(office: Office) -> None:
    office.given("Việc một")
    office.given("Việc chung", support=("binh",))
    ticked = [office.share("Việc một"), office.share("Việc chung")]
    told = {"buoc": "lam", "receiver": office.person("binh"), "why": "An đi học", "loc": "tt=late"}
    seen = office.bulk("truong-mot", "chuyen", viec=ticked, **told)
    assert "Sẽ chuyển 1 việc" in seen and "Việc chung: Hoàng Bình đang cùng làm việc này rồi" in seen
    assert "Hoàng Bình" in seen and not Event.objects.filter(activity="passed_on").exists()
    other = office.bulk("truong-mot", "chuyen", viec=ticked[:1], **told | hidden(seen))
    assert not Event.objects.filter(activity="passed_on").exists() and "Chuyển các việc này" in other
    page = office.bulk("truong-mot", "chuyen", viec=ticked, **told | hidden(seen))
    assert "Đã chuyển 1 việc." in said(page) and "“Việc chung”: Hoàng Bình đang cùng làm" in said(page)
    assert Share.objects.get(item=office.items["Việc một"], state="open").official_id == office.person("binh")


def test_what_makes_no_sense_is_answered_and_writes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.given("Việc một")
    before = Event.objects.count()
    assert "Chưa đánh dấu việc nào" in said(office.bulk("an", "tiep-nhan", viec=["x", "-1", "9" * 40]))
    assert office.client("an").post("/bang-viec/lam/", {"lam": "xoa", "viec": 1}).status_code == 404
    away = office.client("an").post("/bang-viec/lam/", {"lam": "tiep-nhan", "tu": "//x.vn", "loc": "a=//x.vn"})
    assert away["Location"] == "/bang-viec/?a=%2F%2Fx.vn"
    monkeypatch.setattr(bulk, "MOST", 1)
    assert "nhiều nhất" in said(office.bulk("an", "tiep-nhan", viec=[1, 2]))
    assert office.client(ROLES["auditor"]).post("/bang-viec/lam/", {"lam": "tiep-nhan"}).status_code == 403
    assert Event.objects.count() == before


def test_who_heads_nobody_is_not_offered_what_heads_decide(office: Office) -> None:
    office.given("Việc một")
    mine, theirs = office.get("an", "/cong-viec/"), office.get("truong-mot", "/cong-viec/")
    assert 'value="tiep-nhan"' in mine and 'value="nghiem-thu"' not in mine and 'value="nghiem-thu"' in theirs
    assert "hang-loat" not in office.get(ROLES["auditor"], "/cong-viec/")


def test_an_offered_deed_is_refused_to_who_may_not(office: Office) -> None:
    """The bar offers little; whoever sends more is told by the desk, as on the page of the work."""
    office.given("Việc một")
    doing.deliver(office.seat("an"), office.items["Việc một"], "Bản một", now=office.at)
    page = office.bulk("an", "nghiem-thu", "Việc một")
    assert "chỉ người ấy hoặc người phụ trách cấp trên trả lời được" in said(page)
    assert states(office, "Việc một") == ["open"]
