"""`congtam serve`, whole: it starts, answers, says what is in the way, stops, and goes on with the same data."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request

import psycopg
import pytest
from running import ONE, OPEN, Site, free_port, until

import database
from congtam.serving.packaged import Packaged


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve") / "site"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    running = Site(folder).wait()
    yield running
    running.stop()


def test_everything_answers_and_watches_itself(site: Site):
    found = until(lambda: all_well(site))
    assert found["database"]["found"].startswith("PostgreSQL 18")
    assert set(site.children()) >= {"web", "live", "jobs", "database"}
    status, text = site.get("/metrics")
    assert status == 200
    assert 'congtam_workers{kind="live"} 1.0' in text
    assert re.search(r'congtam_requests_total{method="GET",status="200",view="healthz"} [1-9]', text)


def all_well(site: Site) -> dict | None:
    checks = site.health().get("checks", {})
    running = [checks.get(name, {}).get("level") for name in ("live_worker", "jobs_worker")]
    return checks if running == ["well", "well"] else None


def test_static_files_are_there_with_a_far_date(site: Site):
    text = site.get("/tai-khoan/dang-nhap/")[1]
    sheet = re.search(r'href="(/static/css/[^"]+\.css)"', text)
    assert sheet, text[:500]
    assert site.get(sheet[1])[0] == 200


def test_a_second_one_in_the_same_folder_is_refused_and_says_what_to_do(site: Site):
    second = Site(site.folder)
    assert second.process.wait(60) == 2
    assert "khác đang chạy với thư mục" in second.said
    assert "CONGTAM_SITE" in second.said


def test_a_taken_port_is_refused_and_says_what_to_do(site: Site, tmp_path: Path):
    second = Site(tmp_path / "other", port=site.port)
    assert second.process.wait(60) == 2
    assert f"--port {site.port + 1}" in second.said
    assert not (tmp_path / "other" / "postgres").exists()


def test_killed_parts_come_back(site: Site):
    for name in ("web", "live", "database"):
        before = until(lambda name=name: site.children().get(name))
        subprocess.run(["kill", "-KILL", str(before)], check=True)
        until(lambda name=name, before=before: site.children().get(name) not in (None, before), 60)
        until(lambda: all_well(site), 60)


def test_it_stops_cleanly_and_the_next_goes_on_with_the_same_data(started_before: Path):
    first = Site(started_before, *ONE).wait()
    with psycopg.connect(Packaged(started_before / "postgres").url) as connection:
        connection.execute("INSERT INTO orgs_unit (code) VALUES ('P1')")
    children = first.children()
    assert first.stop(signal.SIGINT) == 0
    assert first.said.rstrip().endswith("Đã dừng.")
    assert "Traceback" not in first.said
    assert [pid for pid in children.values() if Path(f"/proc/{pid}/cmdline").exists() and _alive(pid)] == []
    second = Site(started_before, *ONE).wait()
    with psycopg.connect(Packaged(started_before / "postgres").url) as connection:
        assert connection.execute("SELECT code FROM orgs_unit").fetchall() == [("P1",)]
    assert second.stop(signal.SIGTERM) == 0


def test_ctrl_c_while_it_is_being_filled_stops_it_soon_and_the_next_start_fills_it(started_before: Path):
    site = Site(started_before, "--demo")
    until(lambda: "Nguồn dữ liệu" in site.said)
    assert site.stop(signal.SIGINT) == 0
    assert site.said.rstrip().endswith("Đã dừng.")
    assert "Traceback" not in site.said
    assert site.children().keys() <= {"database"}
    packaged = Packaged(started_before / "postgres")
    assert packaged.pid is None
    packaged.start()
    try:
        with psycopg.connect(packaged.url) as connection:
            assert connection.execute("SELECT count(*) FROM orgs_unit").fetchone() == (0,), "all of it or nothing"
    finally:
        packaged.stop()


def test_two_servers_that_start_at_once_on_one_database_do_not_collide(tmp_path: Path):
    url = database.empty("started_by_two")
    both = [Site(tmp_path / name, *ONE, DATABASE_URL=url) for name in ("one", "two")]
    try:
        assert [one.wait().get("/healthz")[0] for one in both] == [200, 200]
        assert not (tmp_path / "one" / "postgres").exists()
    finally:
        assert [one.stop() for one in both] == [0, 0]


def test_a_site_behind_a_proxy_below_a_path_stays_there(started_before: Path):
    told = {"PATH": "/congtam", "HOSTS": "noibo.example.vn", "HTTPS": "1", "ORIGINS": "https://noibo.example.vn"}
    site = Site(started_before, *ONE, **{f"CONGTAM_{name}": value for name, value in told.items()}).wait()
    try:
        assert f"http://127.0.0.1:{site.port}/congtam/" in site.said
        assert site.get("/congtam/healthz")[0] == 200
        there = {"Host": "noibo.example.vn", "X-Forwarded-Proto": "https"}
        text = site.get("/congtam/tai-khoan/dang-nhap/", **there)[1]
        sheet = re.search(r'href="(/congtam/static/css/[^"]+\.css)"', text)
        assert sheet, text[:500]
        assert site.get(sheet[1], **there)[0] == 200
        assert re.search(r'action="(/congtam/tai-khoan/[^"]*)"', text), "forms stay below the path"
        asked = Request(f"http://127.0.0.1:{site.port}/congtam/tai-khoan/dang-nhap/", headers=there)
        with OPEN(asked) as answer:
            assert "Path=/congtam/; SameSite=Lax; Secure" in answer.headers["Set-Cookie"]
        assert site.get("/congtam/healthz", Host="elsewhere.example.vn")[0] == 400
    finally:
        assert site.stop() == 0


def test_an_unreachable_or_old_database_is_told_in_a_sentence(tmp_path: Path):
    port = free_port()
    site = Site(tmp_path / "site", DATABASE_URL=f"postgresql://me:secret@127.0.0.1:{port}/none")
    assert site.process.wait(60) == 2
    assert "Không kết nối được cơ sở dữ liệu" in site.said
    assert "secret" not in site.said
    assert "Traceback" not in site.said


def test_a_port_below_1024_or_a_foreign_address_is_told_in_a_sentence(tmp_path: Path):
    site = Site(tmp_path / "site", "--host", "192.0.2.1")
    assert site.process.wait(60) == 2
    assert "Không mở được cổng" in site.said


@pytest.mark.parametrize(
    ("typed", "spared"), [("", "django"), ("", "psycopg"), ("worker", "scipy"), ("serve", "scipy"), ("init", "scipy")]
)
def test_a_command_loads_no_more_than_it_needs(typed: str, spared: str):
    asked = [typed] if typed else "congtam.list_commands(None)"  # help looks at all of them
    code = (
        f"import sys; from congtam.cli.main import congtam; [congtam.get_command(None, name) for name in {asked}];"
        f"sys.exit({spared!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
