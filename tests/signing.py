"""Certificates and signed PDFs made for a test, and thrown away with it: nothing here is ever kept."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, StreamObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

BEGINS = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Authority:
    """A root made for a test, and somebody who signs with a certificate of it."""

    root: bytes  # PEM
    signer: SimpleSigner

    def trusted_in(self, folder: Path) -> Path:
        """The folder, with the root in it."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "root.pem").write_bytes(self.root)
        return folder


@cache
def authority(name: str = "Gốc thử", signer: str = "Trần Văn Đức", days: int = 3650) -> Authority:
    """A root of that name and a signer under it, in force for so many days from 2025 on."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(name, name, root_key, root_key, BEGINS + timedelta(days=7300), ca=True)
    leaf = _certificate(signer, name, key, root_key, BEGINS + timedelta(days=days), ca=False)
    store = SimpleCertificateStore()
    store.register(_asn1(root))
    signs = SimpleSigner(signing_cert=_asn1(leaf), signing_key=_private(key), cert_registry=store)
    return Authority(root.public_bytes(serialization.Encoding.PEM), signs)


def leaf_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> tuple[bytes, bytes, bytes]:
    """A root (PEM), the certificate of a key under it (DER), and the key (PEM, PKCS#8)."""
    root_key, until = ec.generate_private_key(ec.SECP256R1()), BEGINS + timedelta(days=3650)
    root = _certificate("Gốc thử", "Gốc thử", root_key, root_key, until, ca=True)
    leaf = _certificate("Trần Văn Đức", "Gốc thử", key, root_key, until, ca=False)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem, der = serialization.Encoding.PEM, serialization.Encoding.DER
    return root.public_bytes(pem), leaf.public_bytes(der), key.private_bytes(*form)


@cache
def key_file(by: Authority, password: str = "mật khẩu khóa", *, with_key: bool = True) -> bytes:
    """The signer's PKCS#12 file; without its key, only the certificate is in it."""
    certificate = x509.load_der_x509_certificate(by.signer.signing_cert.dump())
    key = serialization.load_der_private_key(by.signer.signing_key.dump(), None) if with_key else None
    cheap = serialization.PrivateFormat.PKCS12.encryption_builder().kdf_rounds(1).build(password.encode())
    return pkcs12.serialize_key_and_certificates(b"ky", key, certificate, None, cheap)


@cache
def stamps_time(at: datetime, *, fit: bool = True) -> tuple[bytes, DummyTimeStamper]:
    """The root (PEM) of somebody who stamps the time, always `at`; and them. `fit`: they were given out for that."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
    until = BEGINS + timedelta(days=7300)
    root = _certificate("Gốc dấu thời gian", "Gốc dấu thời gian", root_key, root_key, until, ca=True)
    leaf = _certificate("Dấu thời gian", "Gốc dấu thời gian", key, root_key, until, ca=False, stamps=fit)
    stamper = DummyTimeStamper(_asn1(leaf), _private(key), fixed_dt=at)
    return root.public_bytes(serialization.Encoding.PEM), stamper


@cache
def plain_pdf(text: str = "Công văn") -> bytes:
    """A PDF of one page, unsigned."""
    writer, out = PdfFileWriter(), BytesIO()
    stream = StreamObject(stream_data=b"BT ET % " + text.encode())
    page = PageObject(contents=writer.add_object(stream), media_box=(0, 0, 595, 842))
    page[pdf_name("/Resources")] = DictionaryObject()
    writer.insert_page(page)
    writer.write(out)
    return out.getvalue()


def signed_pdf(by: Authority, pdf: bytes | None = None, field: str = "ChuKy1") -> bytes:
    """The PDF with one more signature."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf or plain_pdf()))
    return sign_pdf(writer, PdfSignatureMetadata(field_name=field, md_algorithm="sha256"), by.signer).getvalue()


def changed_after(pdf: bytes) -> bytes:
    """The signed PDF with another content laid over its page, as an update after the signature."""
    writer, out = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"BT ET % sua"))
    page[NameObject("/Note")] = pdf_string("sửa")
    writer.update_container(page)
    writer.write(out)
    return out.getvalue()


def _certificate(subject: str, issuer: str, key, by, until: datetime, *, ca: bool, stamps=False) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(_usage(ca), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(by, hashes.SHA256())


def _private(key) -> keys.PrivateKeyInfo:
    form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return keys.PrivateKeyInfo.load(key.private_bytes(*form))


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
