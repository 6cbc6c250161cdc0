"""Signatures of PDFs: which count, and what is said of those that do not. Nothing is asked over the network."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from congtam.documents.signature_words import CHANGES, PROBLEMS
from congtam.documents.signatures import Checked, check
from congtam.documents.trust import roots
from congtam.history.refused import Refused
from signing import authority, changed_after, plain_pdf, signed_pdf

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a signature was checked over the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def looked_at(tmp_path: Path, settings: Settings):
    settings.TRUST = authority().trusted_in(tmp_path / "trust")

    def look(pdf: bytes, now: datetime = NOW) -> Checked:
        path = tmp_path / "file.pdf"
        path.write_bytes(pdf)
        return check(path, roots(), now)

    return look


def test_a_good_signature_counts_and_says_who_when_and_from_which_root(looked_at) -> None:
    found = looked_at(signed_pdf(authority()))
    [facts] = found.signatures
    assert found.problem == ""
    assert (facts.signer, facts.issuer) == ("Trần Văn Đức", "Gốc thử")
    assert facts.bottom_line and facts.trusted and facts.intact and facts.changes == "none"
    assert datetime.fromisoformat(facts.signed_at).tzinfo is not None


def test_the_agency_may_sign_after_its_head(looked_at) -> None:
    found = looked_at(signed_pdf(authority(), signed_pdf(authority()), field="ChuKy2"))
    assert [one.changes for one in found.signatures] == ["forms", "none"]
    assert found.problem == ""


def test_a_document_changed_after_signing_is_refused_though_its_signed_bytes_are_intact(looked_at) -> None:
    found = looked_at(changed_after(signed_pdf(authority())))
    [facts] = found.signatures
    assert facts.intact and not facts.bottom_line
    assert (found.problem, facts.changes) == ("changed", "other")


def test_bytes_changed_within_what_was_signed_are_seen(looked_at) -> None:
    found = looked_at(signed_pdf(authority()).replace(b"/MediaBox", b"/MediaBux", 1))
    assert found.problem == "changed"
    assert not found.signatures[0].intact


def test_a_foreign_root_is_told_as_foreign_also_when_it_bears_the_name_of_ours(looked_at) -> None:
    for other in (authority("Gốc lạ"), authority("Gốc thử", "Người Khác", days=3651)):
        found = looked_at(signed_pdf(other))
        assert (found.problem, found.signatures[0].bottom_line) == ("foreign", False)
        assert found.signatures[0].intact


def test_one_foreign_signature_beside_a_good_one_spoils_the_file(looked_at) -> None:
    assert looked_at(signed_pdf(authority("Gốc lạ"), signed_pdf(authority()), field="ChuKy2")).problem == "foreign"


def test_a_certificate_that_has_ended_no_longer_counts(looked_at) -> None:
    assert looked_at(signed_pdf(authority()), datetime(2044, 1, 1, tzinfo=UTC)).problem == "expired"


@pytest.mark.parametrize("broken", [b"%PDF-1.7\nrubbish", b"", b"%PDF-1.7\n" + bytes(range(256)) * 40])
def test_a_broken_file_is_no_pdf_that_can_be_read(broken: bytes, looked_at) -> None:
    assert looked_at(broken) == Checked((), "unreadable")


def test_a_file_cut_off_on_its_way_never_counts(looked_at) -> None:
    whole = signed_pdf(authority())
    for part in range(1, 20):
        assert looked_at(whole[: len(whole) * part // 20]).problem in ("unreadable", "none", "changed", "broken")


def test_a_file_without_a_signature_says_so(looked_at) -> None:
    assert looked_at(plain_pdf()) == Checked((), "none")


def test_without_a_folder_of_roots_nobody_is_trusted(looked_at, settings: Settings, tmp_path: Path) -> None:
    settings.TRUST = tmp_path / "nowhere"
    assert looked_at(signed_pdf(authority())).problem == "foreign"


def test_a_root_that_cannot_be_read_is_told_by_its_name(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "hong.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    settings.TRUST = tmp_path
    with pytest.raises(Refused, match=r"hong\.pem"):
        roots()


def test_whatever_is_found_has_words() -> None:
    told = {"unreadable", "locked", "none", "broken", "changed", "expired", "revoked", "unfit", "foreign", "unstamped"}
    assert set(PROBLEMS) == told | {"weak"}
    assert set(CHANGES) == {"none", "archive", "forms", "annotations", "other", "unknown"}
