"""What a site finds in its environment and keeps in its folder."""

import secrets
from pathlib import Path

import pytest

from congtam.web.environment import listed, secret_key


def test_a_key_is_made_once_and_never_by_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("CONGTAM_SECRET_KEY", raising=False)

    def full(_: int) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as nowhere, pytest.raises(OSError, match="No space"):
        nowhere.setattr(secrets, "token_urlsafe", full)
        secret_key(tmp_path)
    assert not (tmp_path / "secret_key").exists()
    made = secret_key(tmp_path)
    assert len(made) > 50
    assert secret_key(tmp_path) == made
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_list_is_read_without_blanks_and_empty_places(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CONGTAM_HOSTS", " a.example.vn, ,b.example.vn,")
    assert listed("CONGTAM_HOSTS") == ["a.example.vn", "b.example.vn"]
    monkeypatch.delenv("CONGTAM_HOSTS")
    assert listed("CONGTAM_HOSTS") == []
