"""Real logs, prepared with the shipped mappings: the figures that their READMEs state come out of the tables."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from congtam.engine.facts.store import read_facts
from congtam.files import Report, load_mapping, prepare, propose, read_mapping

DATA = Path(__file__).parents[2].parent / "shared" / "data"
MAPPINGS = Path(__file__).parents[2] / "examples" / "mappings"
NOW = datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real logs are not on this machine ({DATA})")


@dataclass
class Figures:
    """What lateness amounts to, taken from the events themselves, without the engine."""

    report: Report
    due: dict[str, datetime]
    finished: dict[str, datetime]
    about: dict[str, dict[str, str]]

    @property
    def closed(self) -> list[str]:
        """Items with both a due instant and an end."""
        return [item for item in self.due if item in self.finished]

    @property
    def late(self) -> list[str]:
        return [item for item in self.closed if self.finished[item] > self.due[item]]

    @property
    def open(self) -> int:
        return self.report.items - len(self.finished)

    def by(self, attribute: str) -> dict[str, tuple[int, int]]:
        """(late, closed) per value of an attribute."""

        def count(items: Iterable[str]) -> Counter[str]:
            return Counter(self.about[item].get(attribute, "") for item in items)

        late, closed = count(self.late), count(self.closed)
        return {value: (late[value], closed[value]) for value in closed}


def figures(out: Path, files: list[str], mapping: str, old: str = "", new: str = "") -> Figures:
    """Prepare `files` and count. `old` → `new` changes the mapping's text first."""
    text = (MAPPINGS / mapping).read_text(encoding="utf-8")
    assert old in text
    report = prepare([DATA / file for file in files], read_mapping(text.replace(old, new), mapping), out, NOW)
    assert report.adds_up
    found = Figures(report, {}, {}, {})
    for event in read_facts(out).events:
        if event.activity == "registered":
            found.about[event.item] = event.attributes
        elif event.activity == "due":
            found.due[event.item] = datetime.fromisoformat(event.value or "")
        elif event.activity == "finished":
            found.finished[event.item] = event.at
    return found


@pytest.mark.parametrize("form", ["xes", "csv"])
def test_receipt(tmp_path: Path, form: str) -> None:
    found = figures(tmp_path / "out", [f"receipt_wabo/receipt.{form}.gz"], f"receipt_wabo.{form}.yaml")
    assert (found.report.items, found.open) == (1434, 105)
    assert (len(found.late), len(found.closed)) == (377, 1329)
    assert found.by("unit") == {"General": (370, 1285), "Customer contact": (1, 29), "Experts": (6, 15)}
    assert found.by("channel") == {
        "online": (313, 1148),
        "counter": (39, 107),
        "post": (17, 52),
        "email": (8, 21),
        "internal": (0, 1),
    }
    assert found.report.rows_read == (1434 if form == "xes" else 8577)
    assert found.report.rows_set_aside == 0
    assert len([item for item in found.due if item not in found.finished]) == 105


def test_receipt_log_and_list_hold_the_same_events(tmp_path: Path) -> None:
    def events(form: str) -> set[tuple[object, ...]]:
        files = [DATA / f"receipt_wabo/receipt.{form}.gz"]
        prepare(files, load_mapping(MAPPINGS / f"receipt_wabo.{form}.yaml"), tmp_path / form, NOW)
        rows = read_facts(tmp_path / form).events
        return {(e.item, e.at, e.activity, e.official, e.unit, e.value, str(e.attributes)) for e in rows}

    assert events("xes") == events("csv")


def test_receipt_by_the_last_event_is_another_question(tmp_path: Path) -> None:
    by_event = "finished: {latest: event.time:timestamp}"
    files = ["receipt_wabo/receipt.xes.gz"]
    found = figures(tmp_path / "out", files, "receipt_wabo.xes.yaml", "finished: enddate", by_event)
    assert (len(found.late), len(found.closed)) == (92, 1434)


@pytest.mark.parametrize("town", [1, 2])
def test_bpic15_tasks(tmp_path: Path, town: int) -> None:
    found = figures(tmp_path / "out", [f"bpic15/BPIC15_{town}.xes.gz"], "bpic15_tasks.yaml")
    late, closed, events = {1: (144, 3340, 52217), 2: (8, 398, 44354)}[town]
    assert (len(found.late), len(found.closed)) == (late, closed)
    assert found.by("unit") == {f"BPIC15_{town}": (late, closed)}
    assert (found.report.rows_read, found.report.rows_left_out) == (events, events - closed)


def test_bpic15_cases(tmp_path: Path) -> None:
    files = [f"bpic15/BPIC15_{town}.xes.gz" for town in (1, 2)]
    found = figures(tmp_path / "out", files, "bpic15_cases.yaml")
    assert (found.report.items, len(found.finished)) == (1199 + 832, 956 + 711)
    assert (len(found.late), len(found.closed)) == (20, 129)


def test_nyc(tmp_path: Path) -> None:
    files = ["service_requests_311/nyc311-2011-2000rows.csv.gz"]
    found = figures(tmp_path / "keep", files, "nyc311.yaml")
    assert (found.report.items, len(found.late), len(found.closed)) == (2000, 304, 1941)
    assert len(found.by("unit")) <= 13
    assert dict(found.report.kept) == {"finished-before-received": 1}
    assert "01/01/1900" in (tmp_path / "keep" / "intake" / "kept.csv").read_text()

    strict = figures(tmp_path / "strict", files, "nyc311.yaml", "received: keep", "received: set_aside")
    assert (strict.report.items, len(strict.late), len(strict.closed)) == (1999, 304, 1940)
    assert dict(strict.report.set_aside) == {"finished-before-received": 1}


def test_nyc_small_sample(tmp_path: Path) -> None:
    found = figures(tmp_path / "out", ["service_requests_311/nyc311-100rows.csv.gz"], "nyc311.yaml")
    assert (found.report.items, len(found.late), len(found.closed), found.open) == (100, 8, 41, 1)


def test_boston_agrees_with_the_city_but_for_one(tmp_path: Path) -> None:
    files = ["service_requests_311/boston311-2015-2024-sample-4995rows.csv.gz"]
    found = figures(tmp_path / "all", files, "boston311_sample.yaml")
    assert (len(found.late), len(found.due), found.open) == (475, 4284, 0)
    overdue = figures(
        tmp_path / "overdue",
        files,
        "boston311_sample.yaml",
        "item: event",
        "item: event\nonly_when: {OnTime_Status: [OVERDUE]}",
    )
    assert (len(overdue.late), overdue.report.items) == (474, 474)
    assert set(overdue.late) < set(found.late)


def test_boston_2022(tmp_path: Path) -> None:
    found = figures(tmp_path / "out", ["service_requests_311/boston311-2022-100rows.csv.gz"], "boston311_2022.yaml")
    assert (found.report.items, found.open, len(found.late), len(found.closed)) == (100, 15, 5, 77)


@pytest.mark.parametrize(
    ("file", "late", "closed"),
    [
        ("receipt_wabo/receipt.xes.gz", 377, 1327),
        ("receipt_wabo/receipt.csv.gz", 377, 1327),
        ("service_requests_311/nyc311-2011-2000rows.csv.gz", 304, 1940),
    ],
)
def test_the_proposed_mapping_is_nearly_right(tmp_path: Path, file: str, late: int, closed: int) -> None:
    """Unreviewed, it already gives the figures, less the rows it sets aside by default."""
    text = propose([DATA / file]).replace("otherwise: set_aside", "otherwise: keep")
    prepare([DATA / file], read_mapping(text), tmp_path / "out", NOW)
    due, finished = dict[str, datetime](), dict[str, datetime]()
    for event in read_facts(tmp_path / "out").events:
        if event.activity == "due":
            due[event.item] = datetime.fromisoformat(event.value or "")
        elif event.activity == "finished":
            finished[event.item] = event.at
    both = due.keys() & finished.keys()
    assert (sum(finished[item] > due[item] for item in both), len(both)) == (late, closed)
