"""A key in a token at the server: with SoftHSM where the machine has it, and what is refused everywhere."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from archival import broken
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.keys import load_certs_from_pemder_data
from pytest_django import Settings

from congtam.documents.keys import Pkcs12, opened
from congtam.documents.render import pdf
from congtam.documents.signatures import look
from congtam.documents.stamping import signed
from congtam.documents.tokens import Token, token_at
from congtam.documents.typesetting import PERSON
from congtam.history.refused import Refused
from congtam.web.pages.closing.forms import SignForm
from kept_papers import KEY, NOW, PASSWORD
from paper_samples import SLIP
from signing import leaf_of

MODULES = [Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib64/pkcs11/libsofthsm2.so")]
MODULE = next((one for one in MODULES if one.is_file()), None)
TOOL = which("softhsm2-util")
PIN = "246810"


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    """Tokens of SoftHSM with a key of each kind, and one that is empty: their roots (PEM) by label."""
    if MODULE is None or TOOL is None:
        pytest.skip("SoftHSM is not on this machine (Debian: apt-get install softhsm2), so no token signs here")
    pkcs11 = pytest.importorskip("pkcs11", reason="the extra congtam[token] is not installed")
    folder = tmp_path_factory.mktemp("tokens")
    (folder / "conf").write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\nlog.level = ERROR\n")
    patched = pytest.MonkeyPatch()
    patched.setenv("SOFTHSM2_CONF", str(folder / "conf"))
    made = {
        "rsa": leaf_of(rsa.generate_private_key(65537, 2048)),
        "ec": leaf_of(ec.generate_private_key(ec.SECP256R1())),
    }
    for label in (*made, "empty"):
        tool("--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", PIN)
    for label, (_, _, key) in made.items():
        (folder / "key.pem").write_bytes(key)
        tool("--import", str(folder / "key.pem"), "--token", label, "--label", "ky", "--id", "01", "--pin", PIN)
    for label, (_, certificate, _) in made.items():
        token = pkcs11.lib(str(MODULE)).get_token(token_label=label)
        with token.open(rw=True, user_pin=PIN) as session:
            told = pkcs11.util.x509.decode_x509_certificate(certificate)
            session.create_object(told | {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.ID: b"\x01"})
    yield {label: root for label, (root, _, _) in made.items()}
    patched.undo()


def tool(*told: str) -> None:
    subprocess.run([TOOL or "", *told], check=True, capture_output=True)


@pytest.mark.parametrize("label", ["rsa", "ec"])
def test_a_token_signs_with_a_key_of_either_kind(label: str, tokens: dict[str, bytes]) -> None:
    key = opened(Token(str(MODULE), label, PIN), NOW)
    done = signed(pdf(SLIP), key, PERSON, ("Ký bởi: Trần Văn Đức",), "#1f3a93", None, NOW)
    found = look(BytesIO(done), list(load_certs_from_pemder_data(tokens[label])), NOW)
    assert found.problem == "" and found.signatures[0].bottom_line and broken(done) == []


@pytest.mark.parametrize(
    ("label", "pin", "said"),
    [
        ("rsa", "000000", "PIN of the device is wrong"),
        ("rsa", "", "PIN"),
        ("empty", PIN, "0 keys"),
        ("no", PIN, "'no'"),
    ],
)
def test_a_token_that_cannot_sign_says_why(label: str, pin: str, said: str, tokens: dict[str, bytes]) -> None:
    with pytest.raises(Refused, match=said):
        opened(Token(str(MODULE), label, pin), NOW)


def test_a_module_that_is_not_there_signs_nothing() -> None:
    pytest.importorskip("pkcs11", reason="the extra congtam[token] is not installed")
    token = token_at("/nowhere/of:this.so:Sở A", PIN)
    assert (token.module, token.label) == ("/nowhere/of:this.so", "Sở A") and PIN not in repr(token)
    with pytest.raises(Refused, match="cannot be used"):
        opened(token, NOW)


def test_the_token_signs_where_no_key_file_is_handed_in(settings: Settings) -> None:
    told, file = {"password": PASSWORD}, SimpleUploadedFile("khoa.p12", KEY.content)
    settings.TOKEN = ""
    assert "key" in SignForm(told, {}).errors
    settings.TOKEN = "/lib/x.so:Sở A"
    with_file, without = SignForm(told, {"key": file}), SignForm(told, {})
    assert with_file.is_valid() and with_file.signs_with == Pkcs12(KEY.content, PASSWORD)
    assert without.is_valid() and without.signs_with == Token("/lib/x.so", "Sở A", PASSWORD)
