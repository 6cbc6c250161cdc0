"""The main pages ask the database a few times, and as often when there is twice as much to say."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import month_scene as scene
from cast import Cast
from congtam.work.models import Item

pytestmark = pytest.mark.django_db
MOST = {  # one of them asks whether a decision admits who looks to mark somebody elsewhere
    ("an", "/thang-cua-toi/"): 8,
    ("an", "/vi-sao/"): 23,
    ("an", "/cong-viec/{item}/da-tac-dong/"): 23,
    ("an", "/cong-viec/{item}/"): 18,
    ("an", "/cong-viec/?tt=chua-xong"): 12,
    ("truong-mot", "/phong-toi/"): 19,  # with what waits for the head's answer
    ("truong-mot", "/phong-toi/giao-ban/"): 16,  # with marks that are asked of the head
    ("truong-mot", "/cong-viec/?tt=chua-xong"): 14,
    ("giam-doc", "/don-vi/"): 16,
}


def asked(cast: Cast) -> dict[tuple[str, str], int]:
    """How often each page asks, once it was opened before."""
    item, found = Item.objects.get(key="201").pk, {}
    for who, address in MOST:
        client, path = Client(), address.format(item=item)
        client.force_login(cast.accounts[who])
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[who, address] = len(queries)
    return found


def test_main_pages_ask_few_times_however_much_there_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.NOW)
    scene.play(cast)
    before = asked(cast)
    scene.play_the_month_before(cast)
    late = [scene.task(f"6{n:02d}", "an", scene.at(3), scene.at(4 + n % 9, 17), scene.at(14, 9)) for n in range(20)]
    due = [scene.task(f"7{n:02d}", "binh", scene.at(3), scene.at(18 + n % 4, 17)) for n in range(20)]
    scene.tell(cast, late + due)
    scene.settle()
    assert asked(cast) == before
    assert {page: n for page, n in before.items() if n > MOST[page]} == {}
