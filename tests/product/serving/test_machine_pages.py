"""What machines ask: health, figures, and what the log does not say."""

import json
import logging
import os
import signal
import time

import psycopg
import pytest
from django.db import DatabaseError, OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from congtam.serving import working
from congtam.sources import queries as sources
from congtam.web.pages.machine import failing, health
from congtam.web.pages.machine.health import Check, Level
from congtam.web.pages.machine.logs import logging_settings, only_kept

pytestmark = pytest.mark.django_db


def test_a_healthy_site_answers_with_what_it_looked_at(client: Client):
    answer = client.get("/healthz")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["well"] is True
    assert list(told["checks"]) == [
        "database", "migrations", "live_worker", "jobs_worker", "waiting", "clock", "backup", "clock_steady",
        "disk", "time_synchronised",
    ]  # fmt: skip
    assert told["checks"]["database"]["found"].startswith("PostgreSQL 1")
    assert told["checks"]["migrations"]["level"] == "well"


def test_a_migration_that_was_not_made_is_told(client: Client):
    MigrationRecorder.Migration.objects.filter(app="web").order_by("-name").first().delete()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == {"level": "ill", "found": "1 waiting"}


def test_strangers_learn_only_whether_it_is_well(client: Client):
    told = client.get("/healthz", REMOTE_ADDR="10.1.2.3").json()
    assert told == {"well": True}
    assert client.get("/healthz", headers={"x-forwarded-for": "10.1.2.3"}).json() == {"well": True}


def test_without_a_database_the_answer_is_503(client: Client, monkeypatch: pytest.MonkeyPatch):
    def no_answer() -> Check:
        return Check("database", Level.ILL, "no answer")

    monkeypatch.setattr(health, "_database", no_answer)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert list(answer.json()["checks"]) == ["database", "clock_steady", "disk", "time_synchronised"]


def test_a_clock_that_was_set_is_told():
    began = time.time() - time.monotonic()
    assert health.clock_steady(began).level is Level.WELL
    told = health.clock_steady(began - 3600)
    assert (told.level, told.found) == (Level.WARNING, "jumped by -3600 s")
    assert told.advice is not None


def test_a_question_that_fails_is_told_and_the_others_are_asked(client: Client, monkeypatch: pytest.MonkeyPatch):
    def broken() -> Check:
        raise DatabaseError("secret words")

    monkeypatch.setattr(health, "_migrations", broken)
    told = client.get("/healthz").json()["checks"]
    assert told["migrations"] == {"level": "ill", "found": "DatabaseError"}
    assert told["clock"]["level"] == "well"


def test_figures_are_for_this_machine_or_the_token(client: Client, settings):
    client.get("/healthz")
    text = client.get("/metrics").content.decode()
    assert 'congtam_requests_total{method="GET",status="200",view="healthz"}' in text
    assert "congtam_items_to_fold 0.0" in text
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 403
    settings.METRICS_TOKEN = "one-two-three"
    told = {"Authorization": "Bearer one-two-three"}
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3", headers=told).status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3", headers={"Authorization": "Bearer x"}).status_code == 403


NO_ROOM = OperationalError("could not extend file")
NO_ROOM.__cause__ = psycopg.errors.DiskFull()


@pytest.mark.parametrize(
    ("error", "status", "code", "said"),
    [
        (OperationalError("to db.example.vn refused"), 503, "unavailable", "Trang tạm ngừng"),
        (NO_ROOM, 503, "disk-full", "Đĩa của máy chủ đã đầy"),
        (ValueError("Nguyễn Văn A"), 500, "failed", "Máy chủ gặp lỗi"),
    ],
)
def test_what_broke_off_is_told_to_people_and_to_machines(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    code: str,
    said: str,
):
    def breaks(*_: object) -> None:
        raise error

    client = Client(raise_request_exception=False)
    monkeypatch.setattr(health, "checks", breaks)
    monkeypatch.setattr(sources, "by_token", breaks)
    page = client.get("/healthz")
    assert (page.status_code, page.get("Retry-After")) == (status, "30" if status == 503 else None)
    assert said in page.content.decode()
    told = client.get("/api/v1/status", headers={"authorization": "Bearer x"})
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert {"message", "advice"} < told.json().keys()
    logged = json.dumps([line.msg for line in caplog.records if isinstance(line.msg, dict)], default=str)
    assert code in logged


def test_where_hardly_any_room_is_left_a_silent_database_is_a_full_disk(monkeypatch: pytest.MonkeyPatch):
    assert failing.failure_of(OperationalError()) is failing.NO_DATABASE
    monkeypatch.setattr(failing, "LEAST", 2**63)
    assert failing.failure_of(OperationalError()) is failing.NO_ROOM


def test_every_answer_has_a_number_and_the_log_no_query(client: Client, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO, logger="congtam.requests"):
        answer = client.get("/tai-khoan/dang-nhap/?next=/nguyen-van-a")
    assert len(answer["X-Request-Id"]) == 16
    line = caplog.records[-1].msg
    assert line["view"] == "account_login"
    assert line["request"] == answer["X-Request-Id"]
    assert "nguyen" not in json.dumps(line, default=str)


def test_a_log_line_drops_what_is_not_known_and_what_errors_quote():
    assert only_kept(None, "info", {"event": "saved", "full_name": "Nguyễn Văn A"}) == {"event": "saved"}
    alarm = {"event": "live_differs_from_full", "run": 7, "card": "vn/quy-tac#month", "period": "2030-06", "person": 12}
    assert only_kept(None, "error", dict(alarm)) == alarm
    formatter = logging_settings("INFO")["formatters"]["json"]
    made = formatter.pop("()")(**formatter)
    try:
        raise ValueError("Key (full_name)=(Nguyễn Văn A) already exists")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "it broke", None, told)
    line = json.loads(made.format(record).splitlines()[0])
    assert line["exception"] == "builtins.ValueError"
    assert "Nguyễn" not in made.format(record)


def test_a_clock_that_was_set_stops_the_worker_of_jobs_so_that_it_begins_anew(monkeypatch: pytest.MonkeyPatch):
    looks = iter([health.Level.WELL, health.Level.WELL, health.Level.WARNING])
    monkeypatch.setattr(working, "clock_steady", lambda _: Check("clock_steady", next(looks), ""))
    monkeypatch.setattr(working, "LOOK", 0)
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *told: asked.append(told))
    working._stop_when_the_clock_is_set()
    assert asked == [(os.getpid(), signal.SIGTERM)]
    assert next(looks, None) is None
