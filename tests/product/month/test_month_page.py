"""Tháng của tôi says in one sentence how the month stands, what to do, what was lost; never more than the data allow."""

from collections.abc import Callable

import pytest
from cast import Cast
from django.test import Client
from pytest_django import DjangoAssertNumQueries

import month_scene as scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 09:40 on 18/06/2030."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.NOW)


@pytest.fixture
def get(client: Client, cast: Cast, clock: None) -> Callable[..., str]:
    """A page as somebody sees it."""

    def asked(username: str, address: str, **headers: str) -> str:
        client.force_login(cast.accounts[username])
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return answer.content.decode()

    return asked


def test_the_month_says_its_grade_points_and_what_keeps_it(get: Callable[..., str], cast: Cast) -> None:
    scene.play(cast)
    page = get("an", "/thang-cua-toi/")
    open("/tmp/fsite/month.html", "w").write(page)
    assert "tạm tính" in page and "khả năng" in page


def test_the_month_asks_the_database_at_most_ten_times(
    get: Callable[..., str], cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    scene.play(cast)
    get("an", "/thang-cua-toi/")
    with django_assert_max_num_queries(10):
        get("an", "/thang-cua-toi/")
