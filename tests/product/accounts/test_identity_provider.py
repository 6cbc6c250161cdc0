"""Signing in through the site's own identity provider, against a small one that really answers."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings
from requests.exceptions import ConnectionError, SSLError

from cast import Cast
from congtam.access.models import Account
from congtam.history.actor import SYSTEM
from congtam.people.actions import rename_person
from congtam.web.environment import identity_provider, origin_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("identity_provider_urls")]


class Provider(HTTPServer):
    """Answers as an OpenID provider about whoever `person` says."""

    person: dict[str, object]


class _Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            self._say(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self._say(self.server.person)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        here = f"http://127.0.0.1:{self.server.server_port}"
        told = {"iss": here, "aud": "cong-tam", "exp": 4_000_000_000, "iat": 1, **self.server.person}
        token = jwt.encode(told, "0123456789abcdef0123456789abcdef", "HS256")
        self._say({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _say(self, what: dict[str, object]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for name, value in {
        "SERVER": f"http://127.0.0.1:{server.server_port}",
        "CLIENT": "cong-tam",
        "SECRET": "s",
    }.items():
        monkeypatch.setenv(f"CONGTAM_OIDC_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": identity_provider()}
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def come_back(client: Client, provider: Provider, **person: object) -> object:
    """Press the button, be asked at the provider, and come back as `person`."""
    provider.person = {"sub": "u-1", **person}
    away = client.post("/tai-khoan/chung/co-quan/login/?process=login")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert "code_challenge" in asked
    return client.get("/tai-khoan/chung/co-quan/login/callback/", {"state": asked["state"][0], "code": "c"})


def who(client: Client) -> str:
    number = client.session.get("_auth_user_id")
    return Account.objects.get(pk=number).username if number else ""


def test_the_sign_in_page_offers_it(client: Client, provider: Provider) -> None:
    assert "tài khoản chung của cơ quan" in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_a_verified_address_finds_the_person_s_account(client: Client, cast: Cast, provider: Provider) -> None:
    rename_person(SYSTEM, cast.people["an"], full_name="Nguyễn Thị An", email="An.NT@so-a.gov.vn")
    come_back(client, provider, email="an.nt@so-a.gov.vn", email_verified=True)
    assert who(client) == "an"
    client.post("/tai-khoan/dang-xuat/")
    come_back(client, provider)  # next time the provider's own number is enough
    assert who(client) == "an"


def test_an_address_nobody_verified_finds_nothing(client: Client, cast: Cast, provider: Provider) -> None:
    rename_person(SYSTEM, cast.people["an"], full_name="Nguyễn Thị An", email="an.nt@so-a.gov.vn")
    page = come_back(client, provider, email="an.nt@so-a.gov.vn", email_verified=False)
    assert who(client) == ""
    assert "chưa có tài khoản" in page.content.decode()


def test_the_user_name_finds_the_account(client: Client, cast: Cast, provider: Provider) -> None:
    come_back(client, provider, preferred_username="Binh")
    assert who(client) == "binh"


def test_nobody_gets_an_account_by_coming(client: Client, cast: Cast, provider: Provider) -> None:
    before = Account.objects.count()
    page = come_back(client, provider, preferred_username="stranger", email="x@y.vn", email_verified=True)
    assert "chưa có tài khoản" in page.content.decode()
    assert (who(client), Account.objects.count()) == ("", before)


def test_an_address_of_two_persons_finds_neither(client: Client, cast: Cast, provider: Provider) -> None:
    for code in ("an", "binh"):
        rename_person(SYSTEM, cast.people[code], full_name="Ai Đó", email="chung@so-a.gov.vn")
    come_back(client, provider, email="chung@so-a.gov.vn", email_verified=True, preferred_username="an")
    assert who(client) == ""


def test_a_closed_account_stays_closed(client: Client, cast: Cast, provider: Provider) -> None:
    Account.objects.filter(username="an").update(is_active=False)
    come_back(client, provider, preferred_username="an")
    assert who(client) == ""


def test_a_provider_that_refuses_is_told_in_words(client: Client, cast: Cast, provider: Provider) -> None:
    page = client.get("/tai-khoan/chung/co-quan/login/callback/", {"state": "forged", "code": "c"})
    assert "Chưa đăng nhập được" in page.content.decode()


@pytest.mark.parametrize(
    ("back", "error", "said"),
    [
        (False, ConnectionError("refused"), "không trả lời"),
        (False, SSLError("unknown authority"), "REQUESTS_CA_BUNDLE"),
        (True, SSLError("unknown authority"), "REQUESTS_CA_BUNDLE"),
    ],
)
def test_a_provider_that_is_away_or_not_trusted_is_told_in_words(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch, back: bool, error: Exception, said: str
) -> None:
    away = client.post("/tai-khoan/chung/co-quan/login/?process=login")
    state = parse_qs(urlsplit(away.headers["Location"]).query)["state"][0]

    def asked(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("requests.Session.request", asked)
    if back:
        page = client.get("/tai-khoan/chung/co-quan/login/callback/", {"state": state, "code": "c"})
    else:
        page = client.post("/tai-khoan/chung/co-quan/login/?process=login")
    assert page.status_code == 401
    assert said in page.content.decode()


def test_half_a_configuration_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SERVER", "CLIENT", "SECRET"):
        monkeypatch.delenv(f"CONGTAM_OIDC_{name}", raising=False)
    assert identity_provider() is None
    assert origin_of(None) == []
    monkeypatch.setenv("CONGTAM_OIDC_SERVER", "https://id.so-a.gov.vn/realms/x")
    with pytest.raises(ImproperlyConfigured, match="together"):
        identity_provider()
    monkeypatch.setenv("CONGTAM_OIDC_CLIENT", "c")
    monkeypatch.setenv("CONGTAM_OIDC_SECRET", "s")
    assert origin_of(identity_provider()) == ["https://id.so-a.gov.vn"]
    monkeypatch.setenv("CONGTAM_OIDC_SERVER", "id.so-a.gov.vn")
    with pytest.raises(ImproperlyConfigured, match="not an address"):
        identity_provider()
