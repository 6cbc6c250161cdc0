"""A database that speaks TLS with a certificate of the agency's own authority: whoever asks for it checks it."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import psycopg
import pytest
from adbc_driver_postgresql import dbapi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import ConnectionHandler, connection

from congtam.scores import reading
from congtam.serving.packaged import programs
from congtam.serving.preparing import Unfit, check_version
from congtam.serving.tables import environment
from congtam.web.environment import database

SSL_ASKED = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"  # what a client says first: may we speak TLS?


def _certificate(folder: Path, name: str, by: tuple | None = None) -> tuple:
    """A key and a certificate, signed by another (or by itself: an authority), and written into the folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_key, issuer = by or (key, None)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.pem").write_bytes(plain + made.public_bytes(pem))
    return key, made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("authority")
    authority = _certificate(found, "authority")
    _certificate(found, "server", by=authority)
    _certificate(found, "stranger")
    return found


@pytest.fixture
def address(db: None, folder: Path) -> Iterator[str]:
    """The tests' own database behind a door that lets nobody in without TLS; trusted by the authority's certificate."""
    given = connection.get_connection_params()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    with socket.create_server(("127.0.0.1", 0)) as door:
        Thread(target=_let_in, args=(door, context, f"{given['host']}/.s.PGSQL.5432"), daemon=True).start()
        port = door.getsockname()[1]
        rest = f"sslmode=verify-full&sslrootcert={quote(str(folder / 'authority.pem'))}"
        yield f"postgresql://{given['user']}@127.0.0.1:{port}/{given['dbname']}?{rest}"


def _let_in(door: socket.socket, context: ssl.SSLContext, inside: str) -> None:
    with suppress(OSError):
        while True:
            Thread(target=_speak, args=(door.accept()[0], context, inside), daemon=True).start()


def _speak(came: socket.socket, context: ssl.SSLContext, inside: str) -> None:
    with suppress(OSError), came:
        if came.recv(8) != SSL_ASKED:
            return
        came.sendall(b"S")
        with context.wrap_socket(came, server_side=True) as outer, socket.socket(socket.AF_UNIX) as inner:
            inner.connect(inside)
            back = Thread(target=_pass_on, args=(inner, outer), daemon=True)
            back.start()
            _pass_on(outer, inner)
            back.join()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while block := one.recv(65536):
            other.sendall(block)
    with suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)


def test_it_is_reached_through_its_certificate_and_by_no_other_way(address: str, folder: Path) -> None:
    assert check_version(address) >= 16
    strange = address.replace("authority.pem", "stranger.pem")
    missing = address.replace("authority.pem", "nowhere.pem")
    for one in (strange, missing, address.replace("127.0.0.1", "localhost"), address.replace("verify-full", "disable")):
        with pytest.raises(Unfit, match="Không kết nối được cơ sở dữ liệu") as refused:
            check_version(one)
        assert "disable" in one or "sslrootcert=" in str(refused.value)


def test_programs_that_were_built_without_tls_speak_it(address: str, tmp_path: Path) -> None:
    command = [str(programs() / "pg_dump"), "--schema-only", "--table=history_seq", f"--file={tmp_path / 'made'}"]
    done = subprocess.run(command, env=environment(address), capture_output=True, text=True, check=False)
    assert "no matching tables" in done.stderr, done.stderr  # it was asked, and answered
    strange = environment(address.replace("authority.pem", "stranger.pem"))
    done = subprocess.run(command, env=strange, capture_output=True, text=True, check=False)
    assert "certificate verify failed" in done.stderr


def test_the_driver_of_scans_asks_for_the_certificate_too(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    strange = address.replace("authority.pem", "stranger.pem")
    for one in (address, strange):
        monkeypatch.setenv("DATABASE_URL", one)
        monkeypatch.setattr(reading, "connection", ConnectionHandler({"default": database()})["default"])
        if one is strange:
            with pytest.raises(dbapi.OperationalError, match="certificate verify failed"):
                dbapi.connect(reading.address())
        else:
            with dbapi.connect(reading.address()) as driver, driver.cursor() as cursor:
                cursor.execute("SELECT 1")
                assert cursor.fetchone() == (1,)


def test_an_address_that_cannot_be_read_is_told_without_its_password() -> None:
    with pytest.raises(Unfit, match="DATABASE_URL không đọc được") as refused:
        check_version("postgres//me:secret@host")
    assert "secret" not in str(refused.value)
    assert isinstance(refused.value.__context__, psycopg.ProgrammingError)
