"""The worked example of reading an existing document system: its export by a mapping, its API by a script."""

import importlib.util
import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from congtam.history.actor import SYSTEM
from congtam.intake import reading, uploads
from congtam.intake.models import Record, SetAside
from congtam.orgs.actions import set_unit
from congtam.people.actions import add_person
from congtam.sources.actions import add_source, make_token
from congtam.sources.models import Source
from congtam.work.models import Event, Item

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "document-system"
SITE = "http://congtam.example"
CODES = json.loads((EXAMPLE / "codes.json").read_text(encoding="utf-8"))


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("read_documents", EXAMPLE / "read_documents.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.WAIT = 0.0
    return module


SCRIPT = loaded()


@pytest.fixture
def source(db: None) -> Source:
    agency = set_unit(SYSTEM, "SKHCN", name="Sở", level="agency", parent=None, agency=None, first=date(2025, 3, 1))
    for unit in ("VP", "CDS", "QLKH"):
        set_unit(SYSTEM, unit, name=unit, level="section", parent=agency, agency=agency, first=date(2025, 3, 1))
    for code in ("CB017", "CB023"):
        add_person(SYSTEM, code, full_name=f"Người Mẫu {code}", honorific="Ông")
    return add_source(SYSTEM, "van-ban", "Hệ thống quản lý văn bản", first=date(2025, 3, 1))


class Documents:
    """An invented document system: two documents a page, changed when told; `down`: how often it fails first."""

    def __init__(self) -> None:
        self.documents = [document(number) for number in range(1, 6)]
        self.down, self.asked = 0, []

    def answer(self, query: dict[str, list[str]]) -> tuple[int, Any]:
        since, page = query["changed_since"][0], int(query["page"][0])
        self.asked.append((since, page))
        if self.down:
            self.down -= 1
            return 503, {"error": "busy"}
        changed = [one for one in self.documents if one["changed_at"] > since]
        some = [{k: v for k, v in one.items() if k != "changed_at"} for one in changed[2 * page - 2 : 2 * page]]
        more = page + 1 if changed[2 * page :] else None
        return 200, {"as_of": "2026-10-09T08:00:00", "documents": some, "next_page": more}


def document(number: int, login: str = "htduan", **more: Any) -> dict[str, Any]:
    told = {
        "code": f"VBD-2026-{number:04d}",
        "revision": 1,
        "changed_at": "2026-10-05T08:00:00+07:00",
        "issuer": "UBND thành phố",
        "symbol": f"{number}/UBND",
        "abstract": "Báo cáo quý",
        "unit": 17,
        "arrived_at": "2026-10-05T08:00:00+07:00",
        "deadline": "2026-10-12T17:00:00+07:00",
        "handlers": [{"login": login, "leads": True, "assigned_at": "2026-10-05T09:00:00+07:00"}],
        "extensions": [],
        "finished_at": None,
    }
    return told | more


@pytest.fixture
def documents() -> Iterator[tuple[Documents, str]]:
    system = Documents()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            right = self.headers["Authorization"] == "Bearer theirs"
            status, said = system.answer(parse_qs(urlsplit(self.path).query)) if right else (401, {"error": "token"})
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield system, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def ask(address: str, headers: Any, body: bytes | None) -> tuple[int, bytes]:
    """The document system over HTTP; the site through its test server."""
    if not address.startswith(SITE):
        return SCRIPT.over_http(address, headers, body)
    path = address.removeprefix(SITE)
    answer = Client().post(path, body, "application/json", headers={"Authorization": headers["Authorization"]})
    return answer.status_code, answer.content


def read(where: str, memory: Path, token: str) -> int:
    return SCRIPT.read(where, SITE, CODES, memory, ("theirs", token), ask)


def test_an_export_is_read_by_its_mapping_and_says_what_it_sets_aside(
    source: Source, tmp_path: Path, settings: Any
) -> None:
    settings.SITE = tmp_path
    data = (EXAMPLE / "van-ban-den.csv").read_bytes()
    upload = uploads.begin(SYSTEM, source, "van-ban-den.csv", len(data))
    uploads.append_piece(upload, 0, data)
    upload.refresh_from_db()
    mapped = uploads.keep_mapping(SYSTEM, upload, (EXAMPLE / "van-ban-den.yaml").read_text(encoding="utf-8"))
    outcome = reading.read_upload(SYSTEM, mapped)
    assert outcome is not None
    assert {name: count for name, count in outcome.counts().items() if count} == {"accepted": 3, "set_aside": 1}
    assert SetAside.objects.get().code == "unreadable-date"
    finished = Event.objects.filter(activity="finished").order_by("at").values_list("item__key", flat=True)
    assert list(finished) == ["VBD-2026-0411", "VBD-2026-0412"]


def test_every_page_is_read_and_pushed_once(source: Source, documents: Any, tmp_path: Path) -> None:
    system, where = documents
    token, memory = make_token(SYSTEM, source, "đọc"), tmp_path / "memory.json"
    assert read(where, memory, token) == 0
    assert [page for _, page in system.asked] == [1, 2, 3]
    assert Item.objects.filter(source=source).count() == 5
    assert Event.objects.filter(activity="assigned").count() == 5
    system.documents[0] |= {"revision": 2, "changed_at": "2026-10-10", "finished_at": "2026-10-10T10:00:00+07:00"}
    assert read(where, memory, token) == 0
    assert system.asked[-1] == ("2026-10-09T08:00:00", 1)
    assert Event.objects.get(activity="finished").item.key == "VBD-2026-0001"


def test_what_is_pushed_again_changes_nothing(source: Source, documents: Any, tmp_path: Path) -> None:
    _, where = documents
    token = make_token(SYSTEM, source, "đọc")
    read(where, tmp_path / "memory.json", token)
    events = Event.objects.count()
    read(where, tmp_path / "forgotten.json", token)
    assert (Event.objects.count(), Record.objects.count()) == (events, 5)


def test_a_system_that_is_down_is_asked_again_and_goes_on_where_it_was(
    source: Source, documents: Any, tmp_path: Path
) -> None:
    system, where = documents
    token, memory = make_token(SYSTEM, source, "đọc"), tmp_path / "memory.json"
    system.down = 2
    read(where, memory, token)
    assert Item.objects.filter(source=source).count() == 5
    system.documents = [document(number, changed_at="2026-10-10") for number in range(6, 10)]
    with pytest.raises(SCRIPT.CannotGoOn, match="401"):  # the site's token is revoked between two readings
        read(where, memory, "wrong")
    assert Item.objects.filter(source=source).count() == 5
    assert read(where, memory, token) == 0
    assert Item.objects.filter(source=source).count() == 9


def test_whom_the_site_does_not_know_is_set_aside_and_named(
    source: Source, documents: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    system, where = documents
    system.documents[1] = document(2, "nguoi-la")
    assert read(where, tmp_path / "memory.json", make_token(SYSTEM, source, "đọc")) == 1
    assert "VBD-2026-0002" in capsys.readouterr().err
    assert SetAside.objects.count() == 1


def test_the_command_says_what_went_wrong(
    documents: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOCUMENTS_TOKEN", "not theirs")
    monkeypatch.setenv("CONGTAM_TOKEN", "x")
    told = ["--documents", documents[1], "--site", SITE, "--codes", str(EXAMPLE / "codes.json")]
    assert SCRIPT.main([*told, "--memory", str(tmp_path / "memory.json")]) == 2
    assert "answers 401" in capsys.readouterr().err
    assert not (tmp_path / "memory.json").exists()
