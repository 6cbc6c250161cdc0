"""The interface for sources: every record answered, nothing doubled, every refusal with what to do."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.intake.models import Batch, Record, SetAside
from congtam.sources.actions import add_source, make_token, revoke_token
from congtam.sources.models import Source, Token
from congtam.work.models import Event

pytestmark = pytest.mark.django_db

RECORDS = "/api/v1/records"


@pytest.fixture
def source(cast: Cast) -> Source:
    return add_source(SYSTEM, "voffice", "Văn phòng điện tử", first=date(2025, 3, 1))


@pytest.fixture
def token(source: Source) -> str:
    return make_token(SYSTEM, source, "thử")


def post(token: str, body: Any, where: str = RECORDS) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client(headers={"Authorization": f"Bearer {token}"}).post(where, text, content_type="application/json")


def record(key: str = "a", version: int | None = 1, **more: Any) -> dict[str, Any]:
    events = [
        {
            "at": "2026-11-02T08:00:00+07:00",
            "activity": "registered",
            "unit": "phong-mot",
            "attributes": {"kind": "task"},
        },
        {"at": "2026-11-02T08:05:00+07:00", "activity": "assigned", "official": "an"},
    ]
    return {"key": key, "version": version, "events": events, **more}


def results(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["result"] for one in answer.json()["answers"]]


def test_every_record_is_answered_in_order(token: str) -> None:
    answer = post(token, {"records": [record("b"), record("a")]})
    assert results(answer) == ["accepted", "accepted"]
    assert [one["key"] for one in answer.json()["answers"]] == ["b", "a"]
    assert results(post(token, {"records": [record("a"), record("c")]})) == ["unchanged", "accepted"]
    assert Event.objects.count() == 6


def test_a_broken_record_among_good_ones_is_set_aside_and_the_others_accepted(token: str) -> None:
    broken = [
        {"key": "x", "event": []},
        7,
        None,
        {"key": "y", "events": [{"at": "yesterday", "activity": "registered"}]},
    ]
    answer = post(token, {"records": [record("a"), *broken, record("b")]})
    assert results(answer) == ["accepted", *["set_aside"] * 4, "accepted"]
    assert {one["code"] for one in answer.json()["answers"]} == {"", "not-a-record"}
    assert all(one["advice"] for one in answer.json()["answers"] if one["result"] == "set_aside")
    assert SetAside.objects.count() == 4


@pytest.mark.parametrize("given", ["", "nonsense", "ct_x"])
def test_a_wrong_token_is_refused_with_advice(source: Source, given: str) -> None:
    answer = post(given, {"records": [record()]})
    assert answer.status_code == 401
    assert "Nguồn dữ liệu" in answer.json()["advice"]
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not Batch.objects.exists()


def test_a_token_opens_nothing_once_revoked_or_expired(source: Source, token: str) -> None:
    late = make_token(SYSTEM, source, "hết hạn", timezone.now() - timedelta(seconds=1))
    assert post(late, {"records": []}).status_code == 401
    revoke_token(SYSTEM, Token.objects.get(label="thử"))
    assert post(token, {"records": []}).status_code == 401


def test_a_half_broken_body_is_refused_with_the_place(token: str) -> None:
    text = json.dumps({"records": [record()]}, indent=1)
    answer = post(token, text[: len(text) // 2])
    assert answer.status_code == 400
    assert "dòng" in answer.json()["message"]
    assert answer.json()["advice"]
    assert not Batch.objects.exists()


def test_a_body_too_large_is_refused_with_advice(token: str) -> None:
    answer = post(token, b" " * (10 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "1000" in answer.json()["advice"]


def test_too_many_records_are_refused_whole(token: str) -> None:
    answer = post(token, {"records": [record(f"k{number}") for number in range(1001)]})
    assert answer.status_code == 422
    assert not Record.objects.exists()


def test_a_source_sees_its_own_record_and_nobody_elses(source: Source, token: str) -> None:
    post(token, {"records": [record("số/1", 4)]})
    other = make_token(SYSTEM, add_source(SYSTEM, "other", "Khác", first=date(2025, 3, 1)), "khác")
    own = Client(headers={"Authorization": f"Bearer {token}"}).get(f"{RECORDS}/số/1")
    assert (own.status_code, own.json()["version"], own.json()["withdrawn"]) == (200, 4, False)
    theirs = Client(headers={"Authorization": f"Bearer {other}"}).get(f"{RECORDS}/số/1")
    assert theirs.status_code == 404
    assert theirs.json()["advice"]


def test_own_counts_and_status(token: str) -> None:
    today = str(timezone.localdate())
    post(token, {"records": [record("a"), record("b")]})
    counted = post(token, {"day": today, "count": 5}, "/api/v1/counts")
    assert counted.json() == {"day": today, "count": 5, "arrived": 2}
    status = Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/status").json()
    assert (status["source"], status["arrived_today"], status["own_count_today"]) == ("voffice", 2, 5)
    assert status["last_arrival"]


def test_the_description_needs_no_token(db: None) -> None:
    described = Client().get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/records", "/api/v1/records/{key}", "/api/v1/counts", "/api/v1/status"
    }  # fmt: skip
    assert "RecordIn" in described["components"]["schemas"]
