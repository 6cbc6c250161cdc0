"""The page of the system: for its administrator, without scores; what the site chooses by form."""

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cast import ROLES, Cast
from congtam.audit.models import Entry
from congtam.registry.queries import choice
from congtam.scores.models import Difference, Run
from congtam.serving.keeping import write_down
from congtam.web.pages.machine import health
from congtam.web.pages.machine.health import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.account("administrator"))
    return client


def text(answer) -> str:
    return answer.content.decode()


def differing(cast: Cast) -> Run:
    run = Run.objects.create(
        kind="nightly",
        rulebook="vn/x",
        scorecard="card",
        period="2026-10",
        seq=1,
        as_of=timezone.now(),
        meaning="",
        wording="",
        calendar="",
        engine="",
        compared=15,
        differing=1,
    )
    Difference.objects.create(run=run, person=cast.people["an"], live={"lowest": 81_234_567}, full={"lowest": 1})
    return run


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_the_administrator_opens_it(cast: Cast, role: str):
    client = Client()
    client.force_login(cast.account(role))
    assert client.get(reverse("system")).status_code == (200 if role == "administrator" else 403)


@pytest.mark.parametrize(("lang", "words"), [("vi", ("Sức khỏe", "Hàng đợi")), ("en", ("Health", "Queues"))])
def test_it_says_how_the_site_is_in_both_languages(client: Client, lang: str, words: tuple[str, ...]):
    client.cookies["lang"] = lang
    page = text(client.get(reverse("system")))
    assert all(word in page for word in words)
    assert "PostgreSQL" in page


def test_differences_show_no_score_and_are_looked_into_once(cast: Cast, client: Client):
    run = differing(cast)
    page = text(client.get(reverse("system")))
    assert f"#{cast.people['an'].pk}" in page
    assert "Nguyễn Thị An" not in page
    assert not re.search(r"81[.,]?2", page.partition("chênh lệch")[2])
    for _ in range(2):
        client.post(reverse("system_seen", args=[run.pk]))
    assert Difference.objects.get().seen_by == cast.account("administrator").pk
    assert Entry.objects.filter(action="system.seen_difference").count() == 1
    assert "Không còn chênh lệch chưa xem" in text(client.get(reverse("system")))


def test_a_choice_is_said_before_it_is_written(client: Client):
    address = reverse("system_choose", args=["heads_see_points"])
    told = {"value": "live", "first": "01/01/2026", "number": "7/QĐ"}
    review = text(client.post(address, {**told, "step": "review"}))
    assert "Trưởng đơn vị xem điểm của người khác: tức thời (7/QĐ)" in review
    assert choice("heads_see_points", date(2026, 2, 1), "last_night") == "last_night"
    client.post(address, {**told, "step": "write"})
    assert choice("heads_see_points", date(2026, 2, 1), "last_night") == "live"
    assert choice("heads_see_points", date(2025, 12, 31), "last_night") == "last_night"


def test_what_cannot_be_chosen_is_refused(client: Client):
    assert client.get(reverse("system_choose", args=["demo"])).status_code == 404
    page = client.post(reverse("system_choose", args=["heads_see_points"]), {"value": "sometimes", "step": "review"})
    assert page.status_code == 422
    assert "không có trong danh sách" in text(page)


def test_the_last_backup_is_told_with_when_and_how_large(client: Client, tmp_path: Path):
    page = text(client.get(reverse("system")))
    assert "chưa có bản sao lưu nào" in page
    assert "Chạy `congtam backup TỆP`" in page
    file = tmp_path / "dem-qua.tar"
    file.write_bytes(b"x" * 3 * 1024**2)
    write_down(file)
    kept = Entry.objects.select_related("text").get(action="system.backup")
    assert kept.text.body["digest"] == hashlib.sha256(file.read_bytes()).hexdigest()
    page = text(client.get(reverse("system")))
    assert f"{timezone.localtime(kept.at):%H:%M %d/%m/%Y}, 3,0 MiB, đã đọc lại và khớp mã kiểm" in page
    assert "congtam backup" not in page


def test_an_old_backup_is_told_to_be_looked_at(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "x.tar").write_bytes(b"x")
    write_down(tmp_path / "x.tar")
    assert health.checks()[6].level is Level.WELL
    monkeypatch.setattr(health, "OLDEST_BACKUP", timedelta(0))
    assert "đã quá 7 ngày" in text(client.get(reverse("system")))
