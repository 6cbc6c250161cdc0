"""The leader's page: who may open it, what it says of sections, never a point of anybody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congtam.access.models import Account
from congtam.people.models import Person
from drawn_office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    made, now = Office(), timezone.now()
    for n in range(25):
        made.share(made.an, f"An {n}", now - timedelta(hours=30), received=now - timedelta(days=4))
    made.share(made.duc, "Đức", now + timedelta(days=20), received=now - timedelta(days=4), unit=made.second)
    return made


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def opened(person: Person, **given: str) -> str:
    answer = signed_in(person).get("/don-vi/", given)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_official_may_not_open_it(office: Office) -> None:
    assert signed_in(office.an).get("/don-vi/").status_code == 403


def test_a_leader_sees_each_section_who_answers_and_since_when(office: Office) -> None:
    page = opened(office.leader)
    for part in ("Phòng Quản lý Khoa học", "Trần Thị Hà", "Văn phòng", "Đỗ Minh Đức", "Sở Khoa học và Công nghệ"):
        assert part in page
    since = (timezone.now() - timedelta(hours=30)).astimezone(timezone.get_default_timezone())
    assert f"{since:%d/%m/%Y}" in page
    assert "chưa đủ việc" in page
    assert "Nguyễn Văn An" not in page  # work of sections, not of people


def test_a_head_sees_the_own_unit_only(office: Office) -> None:
    page = opened(office.head, dv="P2")
    assert "Phòng Quản lý Khoa học" in page
    assert "Đỗ Minh Đức" not in page


def test_the_page_takes_few_queries_however_much_there_is(office: Office) -> None:
    client = signed_in(office.leader)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/don-vi/").status_code == 200
        return len(queries)

    client.get("/don-vi/")
    before = asked()
    third = office.unit("P3", "Phòng Ba", office.agency)
    for n in range(10):
        office.person(f"moi{n}", f"Người Mới {n}", third)
    client.get("/don-vi/")  # units changed: they are read anew, once
    assert asked() == before
