"""Who is signed in is asked of the database at every request, by one statement that also tells whether it answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from cast import Cast
from congtam.web.sessions import SessionStore

PAGE = "/ai-da-xem/"
pytestmark = pytest.mark.django_db


def test_a_session_taken_away_elsewhere_is_gone_with_the_next_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.accounts["an"])
    assert client.get(PAGE).status_code == 200
    Session.objects.all().delete()
    assert client.get(PAGE)["Location"].startswith("/tai-khoan/dang-nhap/")


def test_a_session_whose_time_is_over_is_no_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.accounts["an"])
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    assert client.get(PAGE).status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(PAGE).status_code == 302


def test_an_unknown_key_is_not_kept() -> None:
    store = SessionStore("nobody-has-this-key")
    assert not store.is_empty()
    assert (store.get("x"), store.session_key) == (None, None)


@pytest.mark.parametrize("enabled", [True, False])
def test_a_connection_that_broke_between_two_requests_is_made_anew(enabled: bool) -> None:
    """In a thread, for the connection of the test is in a transaction, and then nothing is asked twice."""

    def broken_off() -> int:
        try:
            connection.ensure_connection()
            connection.health_check_enabled = enabled
            before = connection.connection.info.backend_pid
            with ThreadPoolExecutor(1) as other:
                other.submit(_end, before).result()
            connection.close_if_unusable_or_obsolete()  # as every request begins
            assert SessionStore("nobody-has-this-key").load() == {}
            return int(connection.connection.info.backend_pid != before)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(broken_off).result()


def test_a_page_asks_nothing_beside_its_statements_to_learn_whether_the_database_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def told() -> bool:
        try:
            connection.ensure_connection()
            connection.close_if_unusable_or_obsolete()
            SessionStore("nobody-has-this-key").load()
            return bool(connection.health_check_done)
        finally:
            connection.close()

    def asked(self: object) -> bool:
        raise AssertionError("the database was asked apart")

    monkeypatch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.is_usable", asked)
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(told).result()


def _end(backend: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
            assert cursor.fetchone() == (True,)
    finally:
        connection.close()
