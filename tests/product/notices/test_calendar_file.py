"""Deadlines as a calendar: by a secret address of one account, nothing of others, unchanged ones not sent again."""

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from notices_scene import Office, at
from pytest_django import Settings

from congtam.access.actions import close_account
from congtam.desk.deciding import extend
from congtam.desk.doing import deliver
from congtam.desk.models import Brief
from congtam.history.actor import SYSTEM
from congtam.notices.actions import make_feed, revoke_feed
from congtam.notices.models import Feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(office: Office, monkeypatch: pytest.MonkeyPatch) -> str:
    """An's, as seen on Tuesday at nine."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(4))
    return reverse("calendar_file", args=[make_feed(office.seat("an", at(4)), now=at(4))])


def entries(address: str) -> list[dict[str, str]]:
    made = Calendar.from_ical(Client().get(address).content)
    return [{"name": one.name} | {key.lower(): one.decoded(key) for key in one} for one in made.subcomponents]


def test_each_open_share_with_a_deadline_is_an_entry(office: Office, address: str, settings: Settings):
    settings.ADDRESS = "https://cong-tam.so-a.vn"
    item = office.give(at(3), at(6, 17))
    office.give(at(3), None, title="Việc không hạn")
    office.give(at(3), at(6, 17), lead="binh", title="Việc của Bình")
    done = office.give(at(3), at(6, 17), title="Việc đã nộp")
    deliver(office.seat("an", at(3, 15)), done, "xong", now=at(3, 15))
    office.fold(at(3, 16))
    (event,) = entries(address)
    assert event["name"] == "VEVENT"
    assert event["summary"] == "Hạn: Báo cáo quý"
    assert event["dtstart"] == event["dtend"] == at(6, 17)
    assert event["url"] == f"https://cong-tam.so-a.vn/viec/{item}/"
    (todo,) = entries(f"{address}?kieu=viec")
    assert (todo["name"], todo["due"]) == ("VTODO", at(6, 17))
    assert "Nguyễn" not in Client().get(address).content.decode()


def test_secret_work_is_only_due(office: Office, address: str):
    item = office.give(at(3), at(6, 17), title="Phương án tuyệt mật")
    Brief.objects.filter(item=item).update(secret=True)
    assert "tuyệt mật" not in Client().get(address).content.decode()
    assert entries(address)[0]["summary"] == "Hạn: Một việc theo chế độ mật"


def test_what_did_not_change_is_not_sent_again(office: Office, address: str, monkeypatch: pytest.MonkeyPatch):
    item = office.give(at(3), at(6, 17))
    first = Client().get(address)
    assert first["Content-Type"].startswith("text/calendar")
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(4, 11))
    for header, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        again = Client().get(address, headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
    extend(office.seat("truong-mot", at(4, 10)), item, at(7, 17), "thêm việc", now=at(4, 10))
    office.fold(at(4, 10))
    changed = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["Last-Modified"] != first["Last-Modified"]


def test_an_address_opens_until_it_is_revoked_replaced_or_the_account_is_closed(office: Office, address: str):
    seat = office.seat("an", at(4))
    assert Client().get(address).status_code == 200
    assert Client().get(address.replace(".ics", "x.ics")).status_code == 404
    second = reverse("calendar_file", args=[make_feed(seat, now=at(4))])
    assert [Client().get(one).status_code for one in (address, second)] == [404, 200]
    close_account(SYSTEM, office.cast.accounts["an"])
    assert Client().get(second).status_code == 404
    office.cast.accounts["an"].is_active = True
    office.cast.accounts["an"].save()
    revoke_feed(seat, now=at(4))
    assert Client().get(second).status_code == 404
    assert not Feed.objects.filter(digest__in=[one.split("/")[-1][:-4] for one in (address, second)]).exists()
