"""The commands of whoever keeps a site, one after the other, as they are typed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from congtam.cli.on_site import refusals
from congtam.history.refused import Refused


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("commands")


def congtam(folder: Path, *told: str, site: str = "site") -> subprocess.CompletedProcess[str]:
    """One command, with a site of its own and no database named."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"CONGTAM_SITE": str(folder / site), "CONGTAM_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "congtam.cli", *told]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=folder)


OPENED = ("--agency", "STC", "--agency-name", "Sở Tài chính", "--admin", "CB1", "--admin-name", "Lê Thị B")


def test_a_site_is_opened_kept_restored_and_verified(folder: Path):
    early = congtam(folder, "audit", "verify")
    assert early.returncode == 2
    assert "congtam init" in early.stderr

    opened = congtam(folder, "init", *OPENED)
    assert opened.returncode == 0, opened.stderr
    assert re.search(r"Tên đăng nhập: quantri +Mật khẩu tạm: \S{16}", opened.stdout)
    again = congtam(folder, "init", *OPENED)
    assert again.returncode == 2
    assert "đã được khởi tạo" in again.stderr

    kept = congtam(folder, "backup", "kept.tar")
    assert kept.returncode == 0, kept.stderr
    assert congtam(folder, "backup", "kept.tar").returncode == 2

    heads = congtam(folder, "audit", "heads")
    assert len(heads.stdout.splitlines()) == 1
    (folder / "heads.txt").write_text(heads.stdout)

    back = congtam(folder, "restore", "kept.tar", site="other")
    assert back.returncode == 0, back.stderr
    assert "giống bản gốc" in back.stdout
    assert congtam(folder, "audit", "verify", site="other").returncode == 0
    assert congtam(folder, "restore", "kept.tar", site="other").returncode == 2
    cut = congtam(folder, "audit", "verify", "--heads", "heads.txt", site="other")
    assert cut.returncode == 1, "the batch was closed after the backup, so its head is missed"
    assert congtam(folder, "audit", "verify", "--heads", "heads.txt").returncode == 0
    assert not (folder / "site" / "postgres" / "postmaster.pid").exists(), "no database is left running"


def test_what_cannot_be_opened_is_told_in_vietnamese_and_without_a_trace():
    with pytest.raises(click.ClickException, match="Chưa có họ và tên"), refusals():
        raise Refused("Chưa có họ và tên. Hãy nhập họ và tên.", "The name is empty. Write the full name.")


def test_templates_are_written_once_and_read_back(folder: Path):
    written = congtam(folder, "init", "--templates", "mau")
    assert written.returncode == 0, written.stderr
    assert congtam(folder, "init", "--templates", "mau").returncode == 2
    [file] = (folder / "mau").glob("*.xlsx")
    read = congtam(folder, "init", "--people", str(file), "--try")
    assert read.returncode == 1, read.stdout + read.stderr
    assert "Tệp chưa có dòng nào được điền; không có gì để ghi." in read.stdout


def test_a_site_that_is_no_demo_is_not_removed(folder: Path):
    refused = congtam(folder, "demo", "remove", "--yes")
    assert refused.returncode == 2
    assert "không phải là trang mẫu" in refused.stderr
