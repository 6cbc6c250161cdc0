"""Handing in and taking out evidence by page: only for those with a part in the work."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cast import Cast
from congtam.access.models import Account
from congtam.access.seats import seat_of
from congtam.desk.giving import Order, give
from congtam.engine.explaining.formats import moment
from congtam.evidence.models import Evidence
from congtam.work.folding import fold_waiting
from signing import plain_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast: Cast, tmp_path: Path, settings: Settings) -> int:
    """Work of An, given by the head."""
    settings.SITE = tmp_path
    now = timezone.now()
    head = seat_of(Account.objects.get(username="truong-mot"), timezone.localdate(now))
    made = give(head, Order("Báo cáo", cast.people["an"].pk, due=now + timedelta(days=9)), now=now)
    fold_waiting(500, now + timedelta(seconds=1))
    return made


@pytest.fixture
def by(cast: Cast) -> Callable[[str], Client]:
    def of(username: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(username=username))
        return client

    return of


def file(name: str = "bien-ban.pdf", body: bytes | None = None) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, body or plain_pdf()), "note": "Biên bản họp"}


def test_what_was_handed_in_stands_on_the_page_of_the_work_with_who_and_when(item: int, by) -> None:
    answer = by("an").post(f"/minh-chung/{item}/", file(), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/viec/{item}/"
    for said in ("Đã nộp minh chứng", "bien-ban.pdf", "Biên bản họp", "Nguyễn Thị An"):
        assert said in page


def test_the_same_file_again_says_when_it_came_and_writes_nothing(item: int, by) -> None:
    by("an").post(f"/minh-chung/{item}/", file())
    kept = Evidence.objects.get()
    page = by("an").post(f"/minh-chung/{item}/", file("ten-khac.pdf"), follow=True).content.decode()
    assert f"Tệp này đã nộp lúc {moment(kept.at, 'vi')}; không ghi thêm gì." in page
    assert "Đã nộp minh chứng" not in page and Evidence.objects.get() == kept


def test_a_refused_file_is_told_at_its_field_and_nothing_is_written(item: int, by) -> None:
    for told in (file("x.pdf.exe"), file("x.pdf", b"MZ"), {"note": "x"}):
        answer = by("an").post(f"/minh-chung/{item}/", told)
        assert answer.status_code == 422 and 'class="errorlist' in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("who", "adds", "sees"),
    [
        ("an", True, True),
        ("truong-mot", True, True),
        ("giam-doc", True, True),
        ("kiem-tra", False, True),
        ("binh", False, False),
        ("truong-hai", False, False),
        ("em", False, False),
        ("quan-tri", False, False),
        ("van-thu", False, False),
    ],
)
def test_who_adds_and_who_sees(who: str, adds: bool, sees: bool, item: int, by) -> None:
    by("an").post(f"/minh-chung/{item}/", file())
    kept = Evidence.objects.get()
    answer = by(who).get(f"/minh-chung/tep/{kept.pk}/")
    assert answer.status_code == (200 if sees else 404)
    if sees:
        assert b"".join(answer) == plain_pdf()
        assert answer["Content-Disposition"] == 'attachment; filename="bien-ban.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
    answer = by(who).post(f"/minh-chung/{item}/", file("khac.pdf", plain_pdf("khác")))
    assert answer.status_code == (302 if adds else answer.status_code if answer.status_code in (403, 404) else 0)
    assert Evidence.objects.count() == 1 + adds


def test_nobody_hands_in_to_work_that_does_not_exist(item: int, by) -> None:
    assert by("an").get(f"/minh-chung/{item + 1000}/").status_code == 404
    assert by("an").get("/minh-chung/tep/999999/").status_code == 404
