"""The pages of digests: what one reads, the count in the header, the settings, the administrator's part; and what a
phone installs, which says nothing of anybody."""

import json
import re
import struct
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_script_prefix, reverse, set_script_prefix
from notices_scene import Office, at
from pytest_django import Settings

from congtam.desk.models import Brief
from congtam.notices.models import Digest, Hook, Sending, Ways
from congtam.notices.typing import add_typed, median_seconds, typed_in, week_of

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).parents[3] / "src/congtam/web/static"


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tuesday at nine, and nothing remembered of other tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(4))
    cache.clear()


def signed_in(office: Office, name: str) -> Client:
    client = Client()
    client.force_login(office.cast.accounts[name])
    return client


def page(client: Client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


def test_one_reads_what_was_told_and_the_count_goes(office: Office):
    office.give(at(3), at(4, 17))
    secret = office.give(at(3), at(5, 17), title="Phương án tuyệt mật")
    Brief.objects.filter(item=secret).update(secret=True)
    office.told("an", at(4, 7, 30))
    client = signed_in(office, "an")
    assert ">2<" in page(client, "my_rights")
    told = page(client, "digests")
    assert "Đến hạn hôm nay (1)" in told and "Báo cáo quý" in told and "17:00 04/06/2030" in told
    assert "Một việc theo chế độ mật" in told and "tuyệt mật" not in told
    assert ">2<" not in page(client, "my_rights")
    assert Digest.objects.get().seen_at == at(4)


def test_a_page_asks_nothing_more_for_the_count(office: Office):
    office.give(at(3), at(4, 17))
    office.told("an", at(4, 7, 30))
    client = signed_in(office, "an")
    page(client, "my_rights")
    with CaptureQueriesContext(connection) as queries:
        page(client, "my_rights")
    assert not [one for one in queries if "notices_" in (one["sql"] or "")]


def test_others_digests_are_not_shown(office: Office):
    office.give(at(3), at(4, 17))
    office.told("an", at(4, 7, 30))
    assert "Chưa có bản tin nào" in page(signed_in(office, "binh"), "digests")
    assert "Chưa có bản tin nào" in page(signed_in(office, "kiem-tra"), "digests")


def test_one_chooses_ways_and_hours(office: Office):
    client = signed_in(office, "an")
    told = {"loud_from": "08:00", "loud_until": "11:30", "token": "x"}
    assert client.post(reverse("digest_settings"), told).status_code == 302
    kept = Ways.objects.get()
    assert (kept.email, kept.webhook, str(kept.loud_from), str(kept.loud_until)) == (
        False,
        False,
        "08:00:00",
        "11:30:00",
    )
    wrong = client.post(reverse("digest_settings"), told | {"loud_until": "07:00", "token": "y"})
    assert "Giờ bắt đầu nhận phải trước giờ kết thúc" in wrong.content.decode()


def test_a_calendar_address_is_shown_once(office: Office):
    client = signed_in(office, "an")
    client.post(reverse("digest_feed"), {"viec": "tao", "token": "x"})
    first, second = page(client, "digest_settings"), page(client, "digest_settings")
    (address,) = re.findall(r"<code>(http://testserver/lich/\S+\.ics)</code>", first)
    assert address not in second
    assert Client().get(address).status_code == 200
    client.post(reverse("digest_feed"), {"viec": "thu-hoi", "token": "y"})
    assert Client().get(address).status_code == 404


def test_the_administrator_keeps_hooks_and_sees_what_did_not_leave(office: Office, settings: Settings):
    client = signed_in(office, "quan-tri")
    for _ in range(2):
        client.post(reverse("hooks"), {"url": "https://chat.so-a.vn/nhan", "token": "x"})
    hook = Hook.objects.get()
    wrong = client.post(reverse("hooks"), {"url": "http://chat.so-a.vn/", "token": "y"})
    assert (wrong.status_code, "phải bắt đầu bằng https://" in wrong.content.decode()) == (422, True)
    digest = Digest.objects.create(person_id=office.person("an"), day=at(4).date(), made_at=at(4))
    Sending.objects.create(
        digest=digest, way="webhook", hook=hook, made_at=at(3), first_at=at(3), given_up_at=at(4), why="mã 500"
    )
    told = page(client, "system")
    assert "https://chat.so-a.vn/nhan: 1 – mã 500" in told
    assert "Chưa đặt máy chủ thư" in told
    client.post(reverse("hook_end", args=[hook.pk]), {"token": "z"})
    assert Hook.objects.get().ended_at is not None
    assert "https://chat.so-a.vn" not in page(client, "hooks")


def test_typing_is_told_to_oneself_and_as_a_median(office: Office):
    an, binh, chi = (office.person(one) for one in ("an", "binh", "chi"))
    first, until = week_of(at(4).date())
    add_typed(an, "give", at(3).date(), 100, 300)
    add_typed(an, "report", at(4).date(), 61, 100)
    add_typed(an, "give", at(10).date(), 500, 900)
    add_typed(binh, "give", at(4).date(), 30, 60)
    assert (typed_in(an, first, until).seconds, typed_in(an, first, until).minutes) == (161, 3)
    assert median_seconds([an, binh, chi], first, until) == 30
    assert median_seconds([], first, until) is None
    told = page(signed_in(office, "an"), "typing_told")
    assert "3 phút gõ" in told


# -- what a phone installs


def test_the_manifest_names_signs_that_are_there(client: Client):
    answer = client.get(reverse("manifest"))
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert {"name", "short_name", "start_url", "scope", "display", "icons"} <= told.keys()
    for sign in told["icons"]:
        kept = (STATIC / sign["src"].removeprefix("/static/")).read_bytes()
        if sign["type"] == "image/png":
            assert "x".join(map(str, struct.unpack(">II", kept[16:24]))) == sign["sizes"]
            assert len(kept) < 4096
    assert {"192x192", "512x512"} <= {sign["sizes"] for sign in told["icons"]}


def test_the_worker_keeps_the_shell_and_no_page(client: Client, settings: Settings):
    settings.FORCE_SCRIPT_NAME = "/cong-tam"
    set_script_prefix("/cong-tam/")
    try:
        answer = client.get("/worker.js")
    finally:
        clear_script_prefix()
    text = answer.content.decode()
    found = re.match(r"self\.SHELL = (\{.*\});\n", text)
    assert found is not None
    shell = json.loads(found[1])
    assert answer["Content-Type"].startswith("text/javascript")
    assert (shell["scope"], shell["offline"]) == ("/cong-tam/", "/cong-tam/ngoai-tuyen/")
    assert all("/static/" in one for one in shell["files"])
    assert "cache.put" not in text and ".put(" not in text


def test_the_page_without_a_network_is_the_same_for_everybody(office: Office):
    visitor, an = Client().get(reverse("offline")), signed_in(office, "an").get(reverse("offline"))
    assert visitor.content == an.content
    assert not visitor.cookies and not an.cookies
    assert "worker-src 'self'" in visitor["Content-Security-Policy"]
