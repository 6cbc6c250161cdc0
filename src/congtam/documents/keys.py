"""Keys that sign: a PKCS#12 file opened for one signature, or somebody else who holds the key and signs a digest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import new as hashed
from hashlib import sha256
from typing import Any, Protocol

from asn1crypto import pkcs12, x509
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from congtam.engine.explaining.formats import moment
from congtam.history.refused import Refused

LARGEST = 1 << 20  # bytes of a PKCS#12 file
SIGNS = frozenset({"digital_signature", "non_repudiation"})


class Holder(Protocol):
    """Whoever holds a key that never comes here: a token, a remote signing service.

    `certificates`: DER, the signer's own first, then what stands between it and its root. `sign`: the signature over a
    digest made by `algorithm` (sha256, sha384, sha512): RSA with PKCS#1 v1.5 padding, or ECDSA in DER. Raises `Refused`
    when the person at the token says no, or the service does."""

    def certificates(self) -> Sequence[bytes]: ...

    def sign(self, digest: bytes, algorithm: str) -> bytes: ...


@dataclass(frozen=True)
class Pkcs12:
    """A key file and its password, for as long as one signature takes. Neither is written anywhere."""

    content: bytes = field(repr=False)
    password: str = field(repr=False)


Key = Pkcs12 | Holder


def opened(key: Key, now: datetime) -> Signer:
    """The key, ready to sign. Raises `Refused`: no key file, a wrong password, no key in it, a certificate that is not
    in force `now` or was not given out for signing."""
    signer = _from_file(key) if isinstance(key, Pkcs12) else _from_holder(key)
    _fit(signer.signing_cert, now)
    return signer


def fingerprint(certificate: x509.Certificate) -> str:
    """By which a certificate is known: the SHA-256 of it, hex."""
    return sha256(certificate.dump()).hexdigest()


def _from_file(key: Pkcs12) -> Signer:
    try:
        if len(key.content) > LARGEST:
            raise ValueError("too large")
        pkcs12.Pfx.load(key.content, strict=True)["auth_safe"].native  # noqa: B018 (ASN.1 is parsed when asked for)
    except (ValueError, TypeError, KeyError):
        raise Refused(
            "Tệp này không phải tệp khóa PKCS#12 (.p12, .pfx). Chưa ký gì. Hãy chọn đúng tệp khóa của mình.",
            "This is no PKCS#12 key file (.p12, .pfx). Nothing was signed. Choose your own key file.",
        ) from None
    try:
        return SimpleSigner.load_pkcs12_data(key.content, other_certs=[], passphrase=key.password.encode())
    except ValueError:
        raise Refused(
            "Mật khẩu của tệp khóa không đúng. Chưa ký gì. Hãy nhập lại mật khẩu; nếu quên, liên hệ nơi cấp chứng thư.",
            "The password of the key file is wrong. Nothing was signed. Type it again, or ask who issued it.",
        ) from None
    except (AttributeError, TypeError):  # the archive holds a certificate without its key
        raise Refused(
            "Tệp khóa không chứa khóa bí mật nên không ký được. Hãy xuất lại chứng thư kèm khóa bí mật.",
            "The file holds no private key, so nothing was signed. Export the certificate with its key.",
        ) from None


def _from_holder(holder: Holder) -> Signer:
    own, *others = [x509.Certificate.load(one) for one in holder.certificates()]
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([own, *others])
    return _Outside(holder, own, store)


class _Outside(Signer):
    """pyHanko's side of a `Holder`: it is handed digests alone."""

    def __init__(self, holder: Holder, own: x509.Certificate, store: SimpleCertificateStore):
        super().__init__(signing_cert=own, cert_registry=store)
        self._holder = holder

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:  # only the length is wanted; nobody is asked for it
            return bytes(self._longest())
        return self._holder.sign(hashed(digest_algorithm, data).digest(), digest_algorithm)

    def _longest(self) -> int:
        certificate: Any = self.signing_cert
        key = certificate.public_key
        return key.bit_size // 8 if key.algorithm == "rsa" else 2 * ((key.bit_size + 7) // 8) + 16


def _fit(certificate: Any, now: datetime) -> None:
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    if now > ends:
        raise Refused(
            f"Chứng thư ký đã hết hạn lúc {moment(ends, 'vi')}. Chưa ký gì. Hãy gia hạn hoặc dùng chứng thư còn hiệu "
            "lực rồi ký lại.",
            f"The certificate ended at {moment(ends, 'en')}. Nothing was signed. Use one that is in force.",
        )
    if now < begins:
        raise Refused(
            f"Chứng thư ký chỉ có hiệu lực từ {moment(begins, 'vi')}. Chưa ký gì. Hãy ký sau lúc đó, hoặc dùng chứng "
            "thư đang có hiệu lực.",
            f"The certificate begins at {moment(begins, 'en')}. Nothing was signed. Sign after that, or use another.",
        )
    usage = certificate.key_usage_value
    if usage is not None and not SIGNS & set(usage.native):
        raise Refused(
            "Chứng thư này không được cấp để ký văn bản. Chưa ký gì. Hãy dùng chứng thư chữ ký số công vụ.",
            "This certificate was not given out for signing. Nothing was signed. Use one that was.",
        )
