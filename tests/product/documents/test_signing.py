"""Signing a kept paper: what counts, and everything that is refused with nothing half done."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from pytest_django import Settings

from cast import Cast
from congtam.access.seats import Seat
from congtam.audit.models import Entry
from congtam.documents.certificates import certificates_of, register_certificate, withdraw_certificate
from congtam.documents.keeping import file_of, latest, papers_of
from congtam.documents.keys import Holder, Pkcs12
from congtam.documents.models import KeptPaper, SignerCertificate
from congtam.documents.signatures import check
from congtam.documents.signing import sign_paper
from congtam.documents.trust import roots
from congtam.history.refused import Refused
from kept_papers import KEY, LEADER, NOW, PASSWORD, enter, keep_decision
from signing import authority, key_file

pytestmark = pytest.mark.django_db
AGENCY = authority(signer="Sở A", days=3649)
AGENCY_KEY = Pkcs12(key_file(AGENCY), PASSWORD)
Seats = Callable[[str], Seat]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a paper was signed over the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def entered(seat: Seats, cast: Cast) -> None:
    """The leader's certificate is entered as theirs."""
    enter(seat, cast, LEADER, "giam-doc")


def nothing_came_of_it(kept: KeptPaper) -> None:
    assert latest(kept.code) == kept
    assert KeptPaper.objects.filter(code=kept.code).count() == 1
    assert not Entry.objects.filter(action="documents.sign").exists()


def problem_of(kept: KeptPaper, now: datetime = NOW) -> str:
    return check(file_of(kept), roots(), now).problem


def test_a_leader_signs_with_their_key_and_the_result_counts_and_is_kept(
    kept, seat: Seats, cast: Cast, entered
) -> None:
    signed = sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)
    assert (signed.version, signed.signed_by_id, signed.signer) == (2, cast.people["giam-doc"].pk, "Trần Văn Đức")
    assert (signed.seal, signed.period, signed.kind) == (7, "2026-10", "decision")
    found = check(file_of(signed), roots(), NOW)
    [facts] = found.signatures
    assert facts.bottom_line and facts.changes == "none" and found.problem == ""
    assert datetime.fromisoformat(facts.signed_at) == NOW
    assert file_of(kept).read_bytes() == file_of(signed).read_bytes()[: kept.file.size]
    assert list(papers_of(kept.agency_id, "2026-10")) == [signed]


def test_then_the_registrar_signs_for_the_agency(kept, seat: Seats, cast: Cast, entered, settings: Settings) -> None:
    (settings.TRUST / "so-a.pem").write_bytes(AGENCY.root)
    enter(seat, cast, AGENCY, "so-a")
    with pytest.raises(Refused, match="has not signed"):
        sign_paper(seat("van-thu"), kept.code, AGENCY_KEY, for_agency=True, now=NOW)
    sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)
    both = sign_paper(seat("van-thu"), kept.code, AGENCY_KEY, for_agency=True, now=NOW + timedelta(hours=1))
    assert (both.version, both.for_agency, both.signer) == (3, True, "Sở A")
    found = check(file_of(both), roots(), NOW + timedelta(hours=1))
    assert [one.changes for one in found.signatures] == ["forms", "none"] and found.problem == ""
    with pytest.raises(Refused, match="signed already"):
        sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Pkcs12(KEY.content, "sai mật khẩu"), "Mật khẩu của tệp khóa không đúng"),
        (Pkcs12(KEY.content, ""), "Mật khẩu của tệp khóa không đúng"),
        (Pkcs12(b"%PDF-1.7", PASSWORD), "không phải tệp khóa PKCS#12"),
        (Pkcs12(KEY.content[:200], PASSWORD), "không phải tệp khóa PKCS#12"),
        (Pkcs12(key_file(LEADER, with_key=False), PASSWORD), "không chứa khóa bí mật"),
    ],
    ids=["wrong password", "no password", "no key file", "cut off", "without its key"],
)
def test_a_key_that_cannot_be_opened_signs_nothing(key: Pkcs12, said: str, kept, seat: Seats, entered) -> None:
    with pytest.raises(Refused) as refused:
        sign_paper(seat("giam-doc"), kept.code, key, now=NOW)
    assert said in refused.value.text.vi
    assert PASSWORD not in repr(key)
    nothing_came_of_it(kept)


@pytest.mark.parametrize(
    ("now", "said"),
    [(datetime(2044, 1, 1, tzinfo=UTC), "đã hết hạn lúc"), (datetime(2024, 6, 1, tzinfo=UTC), "chỉ có hiệu lực từ")],
)
def test_a_certificate_out_of_its_time_signs_nothing(now: datetime, said: str, kept, seat: Seats, entered) -> None:
    with pytest.raises(Refused) as refused:
        sign_paper(seat("giam-doc"), kept.code, KEY, now=now)
    assert said in refused.value.text.vi
    nothing_came_of_it(kept)


def test_nobody_signs_with_a_certificate_that_is_somebody_else_s_or_nobody_s(kept, seat: Seats, cast: Cast) -> None:
    with pytest.raises(Refused, match="not entered as anybody's"):
        sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)
    enter(seat, cast, LEADER, "binh")
    with pytest.raises(Refused, match="somebody else's"):
        sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)
    nothing_came_of_it(kept)


def test_a_certificate_of_the_agency_is_no_person_s_and_the_other_way_round(kept, seat: Seats, cast: Cast) -> None:
    enter(seat, cast, AGENCY, "so-a")
    with pytest.raises(Refused, match="somebody else's"):
        sign_paper(seat("giam-doc"), kept.code, AGENCY_KEY, now=NOW)
    nothing_came_of_it(kept)


@pytest.mark.parametrize("who", ["giam-doc-b", "truong-mot", "nhan-su", "an", "kiem-tra"])
def test_who_has_no_authority_signs_nothing_whatever_their_key(who: str, kept, seat: Seats, entered) -> None:
    with pytest.raises(Refused, match="may not sign"):
        sign_paper(seat(who), kept.code, KEY, now=NOW)
    nothing_came_of_it(kept)


def test_a_certificate_taken_back_signs_no_more(kept, seat: Seats, cast: Cast, entered) -> None:
    [row] = certificates_of(cast.units["so-a"].pk)
    withdraw_certificate(seat("nhan-su"), row.seq)
    with pytest.raises(Refused, match="not entered"):
        sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)
    enter(seat, cast, LEADER, "giam-doc")
    assert sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW).version == 2
    assert SignerCertificate.objects.count() == 2


def test_a_signature_no_root_of_the_site_stands_behind_is_not_kept(kept, seat: Seats, cast: Cast) -> None:
    foreign = authority("Gốc lạ")
    enter(seat, cast, foreign, "giam-doc")
    with pytest.raises(Refused, match="Not kept"):
        sign_paper(seat("giam-doc"), kept.code, Pkcs12(key_file(foreign), PASSWORD), now=NOW)
    nothing_came_of_it(kept)


def test_certificates_are_entered_by_who_keeps_the_personnel_and_once(seat: Seats, cast: Cast) -> None:
    content, director = LEADER.signer.signing_cert.dump(), cast.people["giam-doc"].pk
    for who in ("giam-doc", "quan-tri", "an", "giam-doc-b"):
        with pytest.raises(Refused, match="keeps the personnel"):
            register_certificate(seat(who), content, person=director)
    with pytest.raises(Refused, match="keeps the personnel"):
        register_certificate(seat("nhan-su"), content, person=cast.people["em"].pk)
    for broken in (b"", b"not a certificate", LEADER.root * 2):
        with pytest.raises(Refused, match="one certificate"):
            register_certificate(seat("nhan-su"), broken, person=director)
    enter(seat, cast, LEADER, "giam-doc")
    with pytest.raises(Refused, match="entered already"):
        enter(seat, cast, LEADER, "binh")
    with pytest.raises(Refused, match="no longer stands"):
        withdraw_certificate(seat("giam-doc-b"), SignerCertificate.objects.get().seq)


class Token:
    """A key that is elsewhere: it is asked for a signature over a digest, and nothing else."""

    def __init__(self) -> None:
        self.key = serialization.load_der_private_key(LEADER.signer.signing_key.dump(), None)
        self.asked: list[bytes] = []

    def certificates(self) -> list[bytes]:
        return [LEADER.signer.signing_cert.dump()]

    def sign(self, digest: bytes, algorithm: str) -> bytes:
        assert algorithm == "sha256" and len(digest) == 32
        self.asked.append(digest)
        return self.key.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))  # type: ignore[union-attr, call-arg]


def test_a_token_signs_a_digest_and_its_key_never_comes_here(kept, seat: Seats, entered) -> None:
    token: Holder = Token()
    signed = sign_paper(seat("giam-doc"), kept.code, token, now=NOW)
    assert problem_of(signed) == ""
    assert len(token.asked) == 1  # type: ignore[attr-defined]


def test_a_token_that_says_no_or_signs_wrongly_leaves_nothing(kept, seat: Seats, entered) -> None:
    class SaysNo(Token):
        def sign(self, digest: bytes, algorithm: str) -> bytes:
            raise Refused("Người ký đã hủy trên thiết bị.", "Cancelled on the device.")

    class SignsAnother(Token):
        def sign(self, digest: bytes, algorithm: str) -> bytes:
            return super().sign(bytes(32), algorithm)

    class Unplugged(Token):
        def sign(self, digest: bytes, algorithm: str) -> bytes:
            raise OSError("token gone")

    with pytest.raises(Refused, match="token gone"):
        sign_paper(seat("giam-doc"), kept.code, Unplugged(), now=NOW)
    with pytest.raises(Refused, match="Cancelled"):
        sign_paper(seat("giam-doc"), kept.code, SaysNo(), now=NOW)
    with pytest.raises(Refused, match="Not kept"):
        sign_paper(seat("giam-doc"), kept.code, SignsAnother(), now=NOW)
    nothing_came_of_it(kept)


def test_of_two_who_sign_at_once_one_is_told(kept, seat: Seats, entered, monkeypatch: pytest.MonkeyPatch) -> None:
    from congtam.documents import signing

    real = signing.next_version

    def late(*given: object, **told: object) -> KeptPaper:
        monkeypatch.setattr(signing, "next_version", real)
        sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)
        return real(*given, **told)  # type: ignore[arg-type]

    monkeypatch.setattr(signing, "next_version", late)
    with pytest.raises(Refused, match="another version"):
        sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW + timedelta(seconds=5))
    assert KeptPaper.objects.filter(code=kept.code).count() == 2


def test_a_code_is_taken_once(kept, cast: Cast) -> None:
    with pytest.raises(Refused, match="another version"):
        keep_decision(cast, NOW, kept.code)
