"""Digests on their way out: by mail and to hooks, tried again with growing pauses, in each person's hours, given up
after a day; who is killed in the middle sends once more at most."""

import email
import json
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from email import policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.utils import DNS_NAME
from notices_scene import Office, at
from procrastinate.contrib.django import app
from pytest_django import Settings

from congtam.desk.models import Brief
from congtam.history.refused import Refused
from congtam.notices import hooks, tasks
from congtam.notices.actions import add_hook, choose_ways, end_hook
from congtam.notices.mail import Post
from congtam.notices.models import Digest, Sending
from congtam.notices.sending import A_DAY, LONGEST_PAUSE, PAUSE, Unsent, pause, send_due
from congtam.web.environment import smtp

pytestmark = pytest.mark.django_db
MORNING = at(4, 7, 30)


def nobody(sending: Sending) -> None:
    raise Unsent("máy chủ thư không trả lời", whole=True)


@pytest.fixture
def due(office: Office, settings: Settings) -> Office:
    """An's digest of Tuesday morning waits to go by mail."""
    settings.SMTP = smtp("smtp://127.0.0.1:1?from=cong-tam@so-a.vn&plain=1")
    office.address("an", "an@so-a.vn")
    office.item = office.give(at(3), at(4, 17))
    office.told("an", MORNING)
    return office


def test_a_way_that_is_down_is_tried_with_growing_pauses_and_given_up_after_a_day(due: Office):
    now, tries = MORNING, []
    while (one := Sending.objects.get()).next_at is not None:
        now = max(now, one.next_at)
        send_due(now, nobody)
        tries.append(now)
    gaps = [later - sooner for sooner, later in pairwise(tries)]
    assert gaps[:5] == [PAUSE, 2 * PAUSE, 4 * PAUSE, 8 * PAUSE, 16 * PAUSE]
    assert max(one for one in gaps if one.total_seconds() < 8 * 3600) == LONGEST_PAUSE == pause(30)
    assert one.given_up_at is not None and one.given_up_at >= MORNING + A_DAY
    assert (one.why, one.sent_at) == ("máy chủ thư không trả lời", None)


def test_who_is_killed_while_sending_sends_once_more_and_no_oftener(due: Office):
    went = []

    def killed(sending: Sending) -> None:
        went.append(sending.pk)
        raise KeyboardInterrupt

    for minute in range(0, 12 * 60, 5):
        with suppress(KeyboardInterrupt):
            send_due(MORNING + timedelta(minutes=minute), killed)
    assert len(went) == 2
    kept = Sending.objects.get()
    assert kept.given_up_at is not None and "có thể đã đến nơi" in kept.why


def test_what_arrived_is_not_sent_again(due: Office):
    went = []
    for minute in (0, 5, 60):
        send_due(MORNING + timedelta(minutes=minute), lambda one: went.append(one.pk))
    assert len(went) == 1
    assert Sending.objects.get().sent_at == MORNING


def test_one_way_that_is_down_does_not_hold_up_another(due: Office, settings: Settings):
    office = due
    hook = add_hook(office.seat("quan-tri", at(3)), "https://example.org/nhan")
    choose_ways(office.seat("binh", at(3)), email=True, webhook=True, loud_from=time(7), loud_until=time(19))
    for name in ("binh", "chi"):
        office.address(name, f"{name}@so-a.vn")
        office.give(at(3, 10), at(5, 17), lead=name if name == "binh" else "binh")
    office.told("binh", at(5, 7, 30))
    tried: list[str] = []

    def one_down(sending: Sending) -> None:
        tried.append(sending.way)
        if sending.way == "email":
            nobody(sending)

    assert send_due(at(5, 7, 30), one_down) == 1
    assert sorted(tried) == ["email", "webhook"]
    end_hook(office.seat("quan-tri", at(5)), hook)
    assert not Sending.objects.filter(way="webhook", next_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("hours", "first"),
    [((7, 19), MORNING), ((9, 17), at(4, 9)), ((6, 7), at(5, 6))],
)
def test_nothing_leaves_outside_of_a_persons_hours(
    office: Office, settings: Settings, hours: tuple[int, int], first: datetime
):
    settings.SMTP = smtp("smtp://127.0.0.1:1?from=cong-tam@so-a.vn")
    office.address("an", "an@so-a.vn")
    seat = office.seat("an", at(3))
    choose_ways(seat, email=True, webhook=False, loud_from=time(hours[0]), loud_until=time(hours[1]))
    office.give(at(3), at(4, 17))
    office.told("an", MORNING)
    assert Sending.objects.get().next_at == first


def test_who_wants_no_mail_or_has_no_address_gets_none(office: Office, settings: Settings):
    settings.SMTP = smtp("smtp://127.0.0.1:1?from=cong-tam@so-a.vn")
    choose_ways(office.seat("binh", at(3)), email=False, webhook=True, loud_from=time(7), loud_until=time(19))
    office.address("binh", "binh@so-a.vn")
    for name in ("an", "binh"):
        office.give(at(3), at(4, 17), lead=name)
    office.told("an", MORNING)
    assert not Sending.objects.exists()


# -- by mail


class Mailbox(StreamRequestHandler):
    """Speaks as much SMTP as a client needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.got.append(text)  # type: ignore[attr-defined]
            refused = word == b"RCPT" and self.server.refuses in line  # type: ignore[attr-defined]
            answer = b"550 nobody here" if refused else b"221 bye" if word == b"QUIT" else b"250 well"
            self.wfile.write(answer + b"\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(DNS_NAME, "_fqdn", "localhost", raising=False)  # asking for one's own name may take seconds
    with ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.got, server.refuses = [], b"nobody@"  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_digest_goes_by_mail_with_links_and_nothing_of_secret_work(due: Office, settings: Settings, mailbox: Any):
    settings.SMTP = smtp(f"smtp://127.0.0.1:{mailbox.server_address[1]}?from=cong-tam@so-a.vn&plain=1")
    settings.ADDRESS = "https://cong-tam.so-a.vn"
    secret = due.give(at(3, 11), at(4, 17), title="Phương án tuyệt mật", lead="binh")
    Brief.objects.filter(item=secret).update(secret=True)
    due.address("binh", "binh@so-a.vn")
    due.told("binh", at(5, 7, 30))
    post = Post()
    assert send_due(at(5, 7, 30), post.send) == 2
    post.close()
    mails = [email.message_from_bytes(one, policy=policy.default) for one in mailbox.got]
    to = {one["To"]: one.get_content() for one in mails}
    assert "- Báo cáo quý" in to["an@so-a.vn"]
    assert "https://cong-tam.so-a.vn/ban-tin/" in to["an@so-a.vn"]
    assert "- Một việc theo chế độ mật" in to["binh@so-a.vn"]
    assert "tuyệt mật" not in "".join(to.values())
    assert len({one["Message-ID"] for one in mails}) == 2
    assert mails[0]["From"] == "cong-tam@so-a.vn"


def test_the_worker_makes_and_sends_them(
    office: Office, settings: Settings, mailbox: Any, monkeypatch: pytest.MonkeyPatch
):
    planned = {one.task.name for one in app.periodic_registry.periodic_tasks.values()}
    assert {f"congtam.notices.tasks.{name}" for name in ("digests", "send", "forget")} <= planned
    settings.SMTP = smtp(f"smtp://127.0.0.1:{mailbox.server_address[1]}?from=cong-tam@so-a.vn&plain=1")
    office.address("an", "an@so-a.vn")
    office.give(at(3), at(4, 17))
    monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING)
    for _ in range(2):
        tasks.digests(0)
        tasks.send(0)
    assert len(mailbox.got) == 1
    monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING + tasks.KEPT * 1.01)
    tasks.forget(0)
    assert not Digest.objects.exists() and not Sending.objects.exists()


def test_an_address_the_server_refuses_holds_up_nobody_else(due: Office, settings: Settings, mailbox: Any):
    settings.SMTP = smtp(f"smtp://127.0.0.1:{mailbox.server_address[1]}?from=cong-tam@so-a.vn&plain=1")
    due.address("an", "nobody@so-a.vn")
    due.give(at(3, 11), at(5, 17), lead="binh")
    due.address("binh", "binh@so-a.vn")
    due.told("binh", at(5, 7, 30))
    Sending.objects.filter(digest__person=due.person("an")).update(next_at=MORNING, first_at=at(5, 7))
    post = Post()
    assert send_due(at(5, 7, 30), post.send) == 1
    post.close()
    assert len(mailbox.got) == 1
    whys = set(Sending.objects.filter(sent_at=None).values_list("why", flat=True))
    assert whys == {"máy chủ thư không nhận địa chỉ của người này"}


def test_a_mail_server_that_is_away_is_told_without_addresses_of_people(due: Office):
    assert send_due(MORNING, Post().send) == 0
    assert Sending.objects.get().why == "máy chủ thư không trả lời (ConnectionRefusedError)"


@pytest.mark.parametrize("wrong", ["http://x?from=a@b", "smtp://x", "smtp://?from=a@b"])
def test_an_address_of_a_mail_server_that_cannot_be_read_is_said_at_the_start(wrong: str):
    with pytest.raises(ImproperlyConfigured, match="CONGTAM_SMTP_URL"):
        smtp(wrong)


def test_the_mail_server_is_reached_as_its_address_says():
    assert smtp("") is None
    told = smtp("smtps://cong%40tam:m%C3%A3@thu.so-a.vn?from=cong-tam@so-a.vn")
    assert told is not None
    assert (told["port"], told["use_ssl"], told["use_tls"], told["username"], told["password"]) == (
        465,
        True,
        False,
        "cong@tam",
        "mã",
    )


# -- to hooks


class Receiver(BaseHTTPRequestHandler):
    """Takes what is posted, and answers as it was told to."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.send_header("Location", "https://example.org/")
        self.end_headers()

    def log_message(self, *told: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of localhost, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    today = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(today - A_DAY).not_valid_after(today + A_DAY)
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + signed.public_bytes(pem))
    return file


@pytest.fixture
def receiver(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.got, server.status = [], 204  # type: ignore[attr-defined]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def hooked(office: Office, receiver: Any, settings: Settings) -> Office:
    """Counts of An's digest wait to go to the receiver."""
    settings.WEBHOOK_PRIVATE = True
    add_hook(office.seat("quan-tri", at(3)), f"https://localhost:{receiver.server_address[1]}/nhan?k=1")
    choose_ways(office.seat("an", at(3)), email=False, webhook=True, loud_from=time(7), loud_until=time(19))
    office.give(at(3), at(4, 17))
    office.told("an", MORNING)
    return office


def by_hook(sending: Sending) -> None:
    hooks.post(sending, 1_906_000_000)


def test_counts_go_to_a_hook_signed_and_without_names(hooked: Office, receiver: Any):
    assert send_due(MORNING, by_hook) == 1
    path, headers, body = receiver.got[0]
    assert path == "/nhan?k=1"
    sending = Sending.objects.get()
    assert json.loads(body) == {
        "kind": "digest",
        "id": sending.pk,
        "day": "2030-06-04",
        "person": "an",
        "counts": {"due_today": 1},
        "link": "",
    }
    assert headers["X-Congtam-Signature"] == hooks.signature(hooks.secret_of(sending.hook_id), 1_906_000_000, body)


def test_a_hook_that_leads_elsewhere_is_not_followed(hooked: Office, receiver: Any):
    receiver.status = 302
    assert send_due(MORNING, by_hook) == 0
    assert len(receiver.got) == 1
    assert Sending.objects.get().why == "localhost trả lời mã 302"


def test_addresses_inside_are_not_spoken_to_unless_the_site_allows_it(
    hooked: Office, receiver: Any, settings: Settings
):
    settings.WEBHOOK_PRIVATE = False
    assert send_due(MORNING, by_hook) == 0
    assert receiver.got == []
    assert "địa chỉ nội bộ" in Sending.objects.get().why


def test_a_name_is_looked_up_once_and_that_address_spoken_to(
    hooked: Office, receiver: Any, monkeypatch: pytest.MonkeyPatch
):
    asked = []
    known = hooks.socket.getaddrinfo

    def first_well(host: str, *more: Any, **named: Any) -> Any:
        asked.append(host)
        return known("127.0.0.1" if len(asked) == 1 else "203.0.113.1", *more, **named)

    with monkeypatch.context() as patched:
        patched.setattr(hooks.socket, "getaddrinfo", first_well)
        taken = hooks._allowed(hooks.urlsplit(Sending.objects.get().hook.url))
    assert (taken, asked) == ("127.0.0.1", ["localhost"])


def test_a_certificate_of_another_name_is_refused(hooked: Office, receiver: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert send_due(MORNING, by_hook) == 0
    assert receiver.got == []
    assert "SSLCertVerificationError" in Sending.objects.get().why


@pytest.mark.parametrize(
    "url", ["http://x.vn/", "https://", "ftp://x.vn", "https://a:b@x.vn/", "https://x.vn:99999/", "https://x.vn/#a"]
)
def test_only_https_addresses_are_kept(office: Office, url: str):
    with pytest.raises(Refused):
        add_hook(office.seat("quan-tri", at(3)), url)
