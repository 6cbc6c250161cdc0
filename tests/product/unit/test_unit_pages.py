"""The head's pages: who may open them, people by risk, what waits, moving work, the Monday sheet."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congtam.access.models import Account, Look
from congtam.audit.models import Entry
from congtam.desk.models import Question
from congtam.people.models import Person
from congtam.work.models import Event, Share, ToFold
from drawn_office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    made, now = Office(), timezone.now()
    made.share(made.an, "Trễ của An", now - timedelta(days=6), received=now - timedelta(days=20))
    made.share(made.an, "Còn hạn của An", now + timedelta(days=12), received=now - timedelta(days=2))
    made.share(made.duc, "Việc của Đức", now - timedelta(days=6), received=now - timedelta(days=20), unit=made.second)
    return made


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def opened(person: Person, address: str = "/phong-toi/", **given: Any) -> str:
    answer = signed_in(person).get(address, given)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_official_may_not_open_the_page_of_a_head(office: Office) -> None:
    for address in ("", "giao-ban/", "chuyen-viec/", f"quyet-dinh/{office.binh.code}/", "cung-viec/1/"):
        assert signed_in(office.an).get(f"/phong-toi/{address}").status_code == 403, address


def test_a_head_sees_the_people_of_the_unit_and_nobody_else(office: Office) -> None:
    page = opened(office.head)
    assert "Nguyễn Văn An" in page and "Phạm Thị Bình" in page
    assert "Đỗ Minh Đức" not in page and "Việc của Đức" not in page
    assert page.index("Nguyễn Văn An") < page.index("Phạm Thị Bình")  # by risk: An has late work


def test_the_unit_of_another_head_cannot_be_chosen_by_the_address(office: Office) -> None:
    assert "Đỗ Minh Đức" not in opened(office.head, dv="P2")
    assert "Đỗ Minh Đức" in opened(office.leader, dv="P2")


def test_opening_the_page_is_told_to_the_people_on_it_once(office: Office) -> None:
    opened(office.head)
    opened(office.head)
    told = list(Look.objects.values_list("person__code", "what", "role"))
    assert sorted(told) == [("an", "unit", "head"), ("binh", "unit", "head")]


def test_moving_work_shows_its_effect_on_the_page_first_and_moves_nothing_yet(office: Office) -> None:
    share = Share.objects.get(item__text__title="Còn hạn của An")
    client = signed_in(office.head)
    asked = {"viec": share.pk, "nhan": office.binh.pk, "ly_do": "Bình rảnh hơn"}
    page = client.get("/phong-toi/", asked).content.decode()
    assert "Tác động nếu chuyển" in page and "Không hạn nào bị dời" in page
    assert not Event.objects.filter(activity="passed_on").exists()
    answer = client.post("/phong-toi/chuyen-viec/", asked | {"da_xem": f"{share.pk}-{office.binh.pk}"})
    assert answer["Location"] == "/phong-toi/"
    event = Event.objects.get(activity="passed_on")
    assert (event.official_id, event.counterpart) == (office.an.pk, str(office.binh.pk))
    assert event.place == f"journal {Entry.objects.get(action='desk.pass_on').pk}"
    assert ToFold.objects.filter(item=share.item).exists()


def test_a_move_not_looked_at_is_shown_and_not_done(office: Office) -> None:
    share = Share.objects.get(item__text__title="Còn hạn của An")
    asked = {"viec": share.pk, "nhan": office.head.pk, "da_xem": f"{share.pk}-{office.binh.pk}"}
    page = signed_in(office.head).post("/phong-toi/chuyen-viec/", asked, follow=True).content.decode()
    assert "Tác động nếu chuyển" in page
    assert not Event.objects.filter(activity="passed_on").exists()


def test_work_handed_on_twice_is_handed_on_once(office: Office) -> None:
    share = Share.objects.get(item__text__title="Còn hạn của An")
    told = {"viec": share.pk, "nhan": office.binh.pk, "da_xem": f"{share.pk}-{office.binh.pk}"}
    client = signed_in(office.head)
    for token in ("mot", "mot", "hai"):
        page = client.post("/phong-toi/chuyen-viec/", told | {"token": token}, follow=True).content.decode()
        assert Event.objects.filter(activity="passed_on").count() == 1
    assert "đang giữ việc: Phạm Thị Bình" in page


def test_work_and_people_of_another_unit_cannot_be_moved(office: Office) -> None:
    foreign, own = (
        Share.objects.get(item__text__title="Việc của Đức"),
        Share.objects.get(item__text__title="Trễ của An"),
    )
    client = signed_in(office.head)
    for share, person in ((foreign, office.binh), (own, office.duc)):
        told = {"viec": share.pk, "nhan": person.pk, "da_xem": f"{share.pk}-{person.pk}"}
        assert "Chưa chuyển gì" in client.post("/phong-toi/chuyen-viec/", told, follow=True).content.decode()
        assert "Tác động nếu chuyển" not in opened(office.head, viec=share.pk, nhan=person.pk)
    assert not Event.objects.filter(activity="passed_on").exists()


def test_a_head_gives_and_answers_without_leaving_the_page(office: Office) -> None:
    client = signed_in(office.head)
    assert "Năm rõ" not in opened(office.head) and 'name="leads"' in opened(office.head, giao=1)
    due = timezone.localdate() + timedelta(days=9)
    told = {"title": "Việc mới", "product": "Báo cáo", "due": f"{due:%d/%m/%Y}", "urgency": "ordinary", "ve": "unit"}
    answer = client.post("/giao-viec/?kieu=don-vi", told | {"leads": [office.an.pk]})
    assert answer["Location"] == "/phong-toi/"
    item = Event.objects.get(activity="assigned", official=office.an, item__text__title="Việc mới").item_id
    signed_in(office.an).post(f"/viec/{item}/giao-nop/", {"text": "Báo cáo 1"})
    page = opened(office.head)
    question = Question.objects.get(item=item)
    assert f'action="/cau-hoi/{question.pk}/"' in page and 'name="ve" value="unit"' in page
    answer = client.post(f"/cau-hoi/{question.pk}/", {"tra_loi": "co", "ve": "unit"})
    assert answer["Location"] == "/phong-toi/"
    assert f'action="/cau-hoi/{question.pk}/"' not in opened(office.head)


def test_the_sheet_has_one_line_for_each_person(office: Office) -> None:
    now = timezone.now()
    week = now - timedelta(days=now.astimezone().weekday() + 4)
    office.share(
        office.binh, "Xong tuần trước", week - timedelta(days=2), received=week - timedelta(days=9), finished_at=week
    )
    page = opened(office.head, "/phong-toi/giao-ban/")
    assert page.count("Phạm Thị Bình") == 1
    for part in ("Phiếu giao ban", "Từng người", "Đang quá hạn", "Trễ của An", "Cần quyết định"):
        assert part in page


def test_the_board_takes_few_queries_however_much_work_there_is(office: Office) -> None:
    client = signed_in(office.head)
    client.get("/phong-toi/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/phong-toi/").status_code == 200
        return len(queries)

    before = asked()
    for n in range(30):
        office.share(office.binh, f"thêm {n}", None, received=timezone.now() - timedelta(days=3))
        office.person(f"moi{n}", f"Người Mới {n}", office.first)
    client.get("/phong-toi/")
    assert asked() == before


def test_names_of_the_unit_are_escaped(office: Office) -> None:
    office.person("xss", "<script>alert(1)</script>", office.first)
    for address in ("/phong-toi/?chuyen=1", "/phong-toi/?giao=1", "/phong-toi/giao-ban/"):
        assert "<script>alert" not in opened(office.head, address)
