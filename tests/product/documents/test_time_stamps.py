"""Time stamps from a service of the test's own, over HTTP as in a site: a good one, and every way in which it fails."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

import pytest
from asn1crypto import core, tsp
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pytest_django import Settings

from congtam.documents import timestamps
from congtam.documents.keeping import file_of, latest
from congtam.documents.models import KeptPaper
from congtam.documents.signatures import check
from congtam.documents.signing import sign_paper
from congtam.documents.trust import roots
from congtam.history.refused import Refused
from kept_papers import KEY, LEADER, NOW, enter
from signing import stamps_time

pytestmark = pytest.mark.django_db
STAMPED_AT = NOW + timedelta(minutes=3)
ROOT, STAMPER = stamps_time(STAMPED_AT)
GIVEN_UP = Event()  # a service that is slow waits for it
Answer = Callable[[tsp.TimeStampReq], tuple[int, str, bytes]]
KIND = "application/timestamp-reply"


class Service(HTTPServer):
    """A time stamp service; what it answers is set by each test."""

    answer: Answer
    asked = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/timestamp-query"
        self.server.asked += 1
        status, kind, content = self.server.answer(tsp.TimeStampReq.load(body))
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            return  # whoever asked has gone

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    service = Service(("127.0.0.1", 0), Handler)
    Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield service
    GIVEN_UP.set()
    service.shutdown()
    service.server_close()


@pytest.fixture
def service(running: Service, settings: Settings, seat, cast) -> Service:
    """The service a site asks, with its root trusted; the leader's certificate is entered."""
    running.answer, running.asked = good, 0
    settings.TSA = running.address
    (settings.TRUST / "tsa.pem").write_bytes(ROOT)
    enter(seat, cast, LEADER, "giam-doc")
    return running


def good(asked: tsp.TimeStampReq, by: DummyTimeStamper = STAMPER) -> tuple[int, str, bytes]:
    return 200, KIND, by.request_tsa_response(asked).dump()


def of_another_question(asked: tsp.TimeStampReq) -> tuple[int, str, bytes]:
    asked["nonce"] = core.Integer(7)
    return good(asked)


def without_the_number_asked(asked: tsp.TimeStampReq) -> tuple[int, str, bytes]:
    del asked["nonce"]
    return good(asked)


def of_another_paper(asked: tsp.TimeStampReq) -> tuple[int, str, bytes]:
    asked["message_imprint"]["hashed_message"] = bytes(32)
    return good(asked)


def refusing(_: tsp.TimeStampReq) -> tuple[int, str, bytes]:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {"bad_alg"}})
    return 200, KIND, timestamps._Answer({"status": status}).dump()


def empty_handed(_: tsp.TimeStampReq) -> tuple[int, str, bytes]:
    return 200, KIND, timestamps._Answer({"status": {"status": "granted"}}).dump()


def slow(asked: tsp.TimeStampReq) -> tuple[int, str, bytes]:
    GIVEN_UP.wait(20)
    return good(asked)


def signs(seat) -> Callable[[KeptPaper], KeptPaper]:
    return lambda kept: sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW + timedelta(minutes=5))


def test_the_time_of_a_signature_is_that_of_its_stamp(kept: KeptPaper, service: Service, seat) -> None:
    signed = signs(seat)(kept)
    [facts] = check(file_of(signed), roots(), NOW + timedelta(minutes=6)).signatures
    assert facts.bottom_line and datetime.fromisoformat(facts.signed_at) == STAMPED_AT
    assert service.asked == 2, "once for its size, once for the signature"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (of_another_question, "another question"),
        (without_the_number_asked, "another question"),
        (of_another_paper, "another question"),
        (refusing, "the service refused: rejection"),
        (empty_handed, "no time stamp"),
        (lambda _: (200, KIND, b"<html>"), "no time stamp"),
        (lambda _: (200, KIND, b""), "no time stamp"),
        (lambda _: (503, "text/html", b"<html>"), "no answer"),
        (slow, "no answer"),
    ],
    ids=["another nonce", "no nonce", "another paper", "refused", "no token", "no ASN.1", "nothing", "away", "slow"],
)  # fmt: skip
def test_without_a_stamp_of_this_paper_nothing_is_signed(
    answer: Answer, said: str, kept: KeptPaper, service: Service, seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.answer = answer
    GIVEN_UP.clear()
    monkeypatch.setattr(timestamps, "PATIENCE", 0.05 if answer is slow else timestamps.PATIENCE)
    with pytest.raises(Refused, match="No time stamp could be had") as refused:
        signs(seat)(kept)
    assert said in str(refused.value)
    GIVEN_UP.set()
    assert latest(kept.code) == kept


def test_a_service_that_is_not_there_signs_nothing(kept: KeptPaper, service: Service, seat, settings: Settings) -> None:
    with HTTPServer(("127.0.0.1", 0), Handler) as gone:
        settings.TSA = f"http://127.0.0.1:{gone.server_port}/"
    with pytest.raises(Refused, match="no answer"):
        signs(seat)(kept)
    assert latest(kept.code) == kept


def test_a_stamp_no_root_of_the_site_stands_behind_is_not_kept(
    kept: KeptPaper, service: Service, seat, settings: Settings
) -> None:
    (settings.TRUST / "tsa.pem").unlink()
    with pytest.raises(Refused, match=r"Not kept\..*time stamp"):
        signs(seat)(kept)
    assert latest(kept.code) == kept


def test_a_stamp_by_who_was_not_given_a_certificate_for_it_is_not_kept(
    kept: KeptPaper, service: Service, seat, settings: Settings
) -> None:
    root, by = stamps_time(STAMPED_AT, fit=False)
    (settings.TRUST / "tsa.pem").write_bytes(root)
    service.answer = lambda asked: good(asked, by)
    with pytest.raises(Refused, match=r"Not kept\..*time stamp"):
        signs(seat)(kept)
    assert latest(kept.code) == kept
