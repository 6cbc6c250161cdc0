"""A key in a token, or a security module of the agency, at the site's server: asked by PKCS#11 for a signature over a
digest, and for nothing else. Needs the extra `congtam[token]`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from congtam.history.refused import Refused

# What stands before a digest in a signature of RSA with PKCS#1 v1.5 (RFC 8017, 9.2)
DIGEST_INFO = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}


@dataclass(frozen=True)
class Token:
    """The token of a label behind a module of PKCS#11, opened by its PIN for as long as one question takes. It holds
    one key that signs, and the certificate of that key under the same id. A `keys.Holder`."""

    module: str
    label: str
    pin: str = field(repr=False)

    def certificates(self) -> Sequence[bytes]:
        """The key's own certificate, then whatever else the token holds."""
        with self._opened() as session:
            from pkcs11 import Attribute, ObjectClass

            key = _key(session)
            found = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
            own = [one for one in found if one[Attribute.ID] == key[Attribute.ID]]
            if len(own) != 1:
                raise _wrong("không có chứng thư của khóa ký", "it holds no certificate of its key")
            return [bytes(one[Attribute.VALUE]) for one in (*own, *(one for one in found if one not in own))]

    def sign(self, digest: bytes, algorithm: str) -> bytes:
        """As `keys.Holder` has it."""
        with self._opened() as session:
            from pkcs11 import KeyType, Mechanism
            from pkcs11.util.ec import encode_ecdsa_signature

            key = _key(session)
            if key.key_type == KeyType.RSA:
                return bytes(key.sign(DIGEST_INFO[algorithm] + digest, mechanism=Mechanism.RSA_PKCS))
            return bytes(encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA)))

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        try:
            import pkcs11
        except ImportError:
            raise _wrong("cần gói congtam[token]", "it needs the extra congtam[token]") from None
        try:
            token = pkcs11.lib(self.module).get_token(token_label=self.label)
            with token.open(user_pin=self.pin) as session:
                yield session
        except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinLenRange, pkcs11.exceptions.PinInvalid):
            raise Refused(
                "Mã PIN của thiết bị ký không đúng. Chưa ký gì. Hãy nhập lại; nhập sai nhiều lần thì thiết bị tự khóa.",
                "The PIN of the device is wrong. Nothing was signed. Type it again; after several wrong ones it "
                "locks itself.",
            ) from None
        except pkcs11.exceptions.PinLocked:
            raise _wrong(
                "đã tự khóa vì nhập sai mã PIN nhiều lần", "it locked itself after several wrong PINs"
            ) from None
        except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError) as error:
            told = str(error) or type(error).__name__
            raise _wrong(f"không dùng được: {told}", f"it cannot be used: {told}") from None


def token_at(setting: str, pin: str) -> Token:
    """The token of a site's setting (module:label), with the PIN somebody typed."""
    module, _, label = setting.rpartition(":")
    return Token(module, label, pin)


def _key(session: Any) -> Any:
    from pkcs11 import Attribute, ObjectClass

    keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True}))
    if len(keys) != 1:
        raise _wrong(f"có {len(keys)} khóa ký thay vì một", f"it holds {len(keys)} keys that sign instead of one")
    return keys[0]


def _wrong(vi: str, en: str) -> Refused:
    return Refused(
        f"Thiết bị ký {vi}. Chưa ký gì. Hãy báo quản trị hệ thống xem lại thiết bị và thiết lập CONGTAM_TOKEN.",
        f"The signing device: {en}. Nothing was signed. Have the administrator look at it and at CONGTAM_TOKEN.",
    )
