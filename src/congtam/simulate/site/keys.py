"""Keys with which the demo signs its papers: made when the demo is filled, kept in its own folder, trusted nowhere
else. The root's own key is thrown away at once, so nothing more is ever issued under it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

FOLDER, ROOT = "khoa-mau", "khoa-mau.pem"
ROOT_NAME = "Gốc DỮ LIỆU MẪU, không có giá trị"
LASTS = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Made:
    """A key file that was written, and its certificate (PEM) to be entered as somebody's."""

    file: Path
    certificate: bytes


def make_keys(names: dict[str, str], password: str, begins: datetime) -> dict[str, Made]:
    """A key file for each code in `names` (by the name in its certificate), and the root they stand under among those
    the site trusts."""
    folder, trust = folder_of_keys(), Path(settings.TRUST)
    folder.mkdir(parents=True, exist_ok=True)
    trust.mkdir(parents=True, exist_ok=True)
    start = datetime.combine(begins, time(), UTC) - timedelta(days=1)
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = _certificate(ROOT_NAME, root_key.public_key(), root_key, start, ca=True)
    (trust / ROOT).write_bytes(root.public_bytes(serialization.Encoding.PEM))
    made = {}
    for code, name in names.items():
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(name, key.public_key(), root_key, start, ca=False)
        locked = serialization.BestAvailableEncryption(password.encode())
        file = folder / f"{code}.p12"
        file.write_bytes(pkcs12.serialize_key_and_certificates(code.encode(), key, certificate, [root], locked))
        file.chmod(0o600)
        made[code] = Made(file, certificate.public_bytes(serialization.Encoding.PEM))
    return made


def folder_of_keys() -> Path:
    """Where the demo's key files lie."""
    return Path(settings.SITE) / FOLDER


def remove_keys() -> None:
    """Take them away, and the root out of those the site trusts."""
    for file in (*folder_of_keys().glob("*.p12"), Path(settings.TRUST) / ROOT):
        file.unlink(missing_ok=True)


def _certificate(
    name: str, public: ec.EllipticCurvePublicKey, by: ec.EllipticCurvePrivateKey, begins: datetime, *, ca: bool
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ROOT_NAME)]))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + LASTS)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(_usage(ca), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    return builder.sign(by, hashes.SHA256())


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False,
    )  # fmt: skip
