"""A real log, pushed and uploaded, gives the figures of `prepare` and `evaluate`: twice, in any order, and after a
batch was withdrawn and handed in again."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.test import Client

from congtam.engine.calendars import load_calendar
from congtam.engine.facts.store import read_facts
from congtam.engine.facts.tables import Event, Facts
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.run import Asked, evaluate
from congtam.files import load_mapping, prepare
from congtam.files.drafting import Drafting
from congtam.history.actor import SYSTEM
from congtam.intake import reading, uploads
from congtam.intake.actions import withdraw_batch
from congtam.intake.models import Batch
from congtam.intake.rows import as_told
from congtam.intake.telling import Told
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.sources.actions import add_source, make_token
from congtam.sources.models import Source
from congtam.work.queries import events_of

ROOT = Path(__file__).parents[3]
LOG = ROOT.parent / "shared" / "data" / "receipt_wabo" / "receipt.csv.gz"
MAPPING = ROOT / "examples" / "mappings" / "receipt_wabo.csv.yaml"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
PERIOD = Period.parse("2011")
CASE = "case:concept:name"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not LOG.is_file(), reason=f"the real log is not on this machine ({LOG})"),
]
Figures = dict[tuple[str, str], tuple[int, int, int, int]]


def figures(events: Iterable[Event], named: Callable[[str, str], str] = lambda by, code: code) -> Figures:
    """What the rulebook says of each group: numerators, denominators and counts."""
    book = load_rulebook(Library(ROOT / "examples"), "dossier-timeliness")
    calendar = load_calendar(ROOT / "src/congtam/rulebooks/vn/national/calendar/calendar.yaml").as_known()
    run = evaluate(Facts(events=tuple(events)), book, "timeliness", Asked(PERIOD, PERIOD.end, trial=True), calendar)
    found: Figures = {}
    for code, score in run.scores.items():
        by, _, value = code.partition("=")
        for name, one in score.measured.items():
            found[f"{by}={named(by, value)}", name] = (one.top, one.bottom, one.n, one.n_unknown)
    return found


def in_product() -> Figures:
    """The same of what stands in the database, with codes in place of numbers."""
    codes = {
        "unit": dict(Unit.objects.values_list("pk", "code")),
        "official": dict(Person.objects.values_list("pk", "code")),
    }

    def named(by: str, code: str) -> str:
        return codes[by][int(code)] if by in codes and code.isdecimal() else code

    return figures(events_of(None), named)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with gzip.open(LOG, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def source(db: None, rows: list[dict[str, str]], tmp_path: Path, settings: Any) -> Source:
    """A source, with everybody and every unit of the log."""
    settings.SITE = tmp_path
    people = {row[name] for row in rows for name in ("case:responsible", "org:resource")} - {""}
    units = {row[name] for row in rows for name in ("case:department", "org:group")} - {""}
    Person.objects.bulk_create(Person(code=code) for code in people)
    Unit.objects.bulk_create(Unit(code=code) for code in units)
    return add_source(SYSTEM, "wabo", "Tiếp nhận", first=date(2010, 1, 1))


def as_file(rows: list[Mapping[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def prepared(data: bytes, folder: Path) -> Figures:
    (folder / "receipt.csv").write_bytes(data)
    prepare([folder / "receipt.csv"], load_mapping(MAPPING), folder / "tables", NOW)
    return figures(read_facts(folder / "tables").events)


def upload(source: Source, data: bytes) -> dict[str, int]:
    one = uploads.begin(SYSTEM, source, "receipt.csv", len(data))
    one = uploads.append_piece(one, 0, data)
    one = uploads.keep_mapping(SYSTEM, one, MAPPING.read_text(encoding="utf-8"))
    outcome = reading.read_upload(SYSTEM, one)
    assert outcome is not None
    return {name: count for name, count in outcome.counts().items() if count}


def told(data: bytes, folder: Path) -> list[Told]:
    folder.mkdir(exist_ok=True)
    (folder / "receipt.csv").write_bytes(data)
    mapping = load_mapping(MAPPING)
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    drafts = Drafting([folder / "receipt.csv"], mapping, NOW).drafts(scratch)
    return [one for one in as_told(drafts, mapping) if isinstance(one, Told)]


def push(source: Source, records: list[Told], version: int = 1) -> set[str]:
    """Push records a hundred at a time; how they were answered."""
    token = make_token(SYSTEM, source, "thử")
    client, results = Client(headers={"Authorization": f"Bearer {token}"}), set[str]()
    for at in range(0, len(records), 100):
        body = {"records": [one.body() | {"version": version} for one in records[at : at + 100]]}
        answer = client.post("/api/v1/records", json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content[:500]
        results |= {one["result"] for one in answer.json()["answers"]}
    return results


def sample(rows: list[dict[str, str]], cases: int = 150) -> list[dict[str, str]]:
    kept = set(sorted({row[CASE] for row in rows})[:cases])
    return [row for row in rows if row[CASE] in kept]


def test_the_whole_log_uploaded_gives_the_figures_of_prepare(
    source: Source, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    data = as_file(rows)
    expected = prepared(data, tmp_path)
    assert len(expected) > 100
    assert upload(source, data) == {"accepted": 1434}
    assert in_product() == expected
    assert upload(source, data) == {"unchanged": 1434}
    assert in_product() == expected


def test_pushed_twice_in_another_order_it_gives_the_same_figures(
    source: Source, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    data = as_file(sample(rows))
    expected, records = prepared(data, tmp_path), told(data, tmp_path)
    Random(7).shuffle(records)
    assert push(source, records) == {"accepted"}
    assert in_product() == expected
    Random(8).shuffle(records)
    assert push(source, records) == {"unchanged"}
    assert in_product() == expected


def test_an_older_state_first_or_last_changes_nothing(
    source: Source, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    data = as_file(sample(rows))
    older = as_file([row | {"case:enddate": "", "case:department": "Experts"} for row in sample(rows)])
    expected = prepared(data, tmp_path)
    assert prepared_differs(older, expected, tmp_path)
    old, new = told(older, tmp_path), told(data, tmp_path)
    assert push(source, old[:75], 1) == {"accepted"}
    assert push(source, new, 2) == {"accepted", "updated"}
    assert push(source, old[75:], 1) == {"unchanged"}
    assert in_product() == expected


def prepared_differs(data: bytes, expected: Figures, folder: Path) -> bool:
    (folder / "older").mkdir()
    return prepared(data, folder / "older") != expected


def test_after_a_withdrawal_and_a_replay_the_figures_are_the_same(
    source: Source, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    few = sample(rows)
    data, first_half = as_file(few), as_file(sample(few, 75))
    expected = prepared(data, tmp_path)
    (tmp_path / "half").mkdir()
    half = prepared(first_half, tmp_path / "half")
    assert upload(source, first_half) == {"accepted": 75}
    assert in_product() == half
    assert upload(source, data) == {"accepted": 75, "unchanged": 75}
    batch = Batch.objects.order_by("-pk")[0]
    withdraw_batch(SYSTEM, batch, "tệp nhầm")
    assert in_product() == half
    assert upload(source, data) == {"accepted": 75, "unchanged": 75}
    assert in_product() == expected
