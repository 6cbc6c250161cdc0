"""From a file nobody has mapped to its figures: propose, name the due column where it was not found, prepare."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from congtam.engine.facts.store import read_facts
from congtam.files import Report, prepare, propose, read_mapping

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "service_requests_311"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ASKED = "due: ~"  # how a proposal asks for the due column
NYC, BOSTON = "nyc311-2011-2000rows.csv.gz", "boston311-2015-2024-sample-4995rows.csv.gz"
NYC_SMALL, BOSTON_2022 = "nyc311-100rows.csv.gz", "boston311-2022-100rows.csv.gz"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real lists are not on this machine ({DATA})")


def figures(file: Path, mapping: str, out: Path) -> tuple[Report, int, int]:
    """The report, and how many items with a due instant were closed after it, of how many that were closed."""
    report = prepare([file], read_mapping(mapping), out, NOW)
    assert report.adds_up
    due, finished = dict[str, datetime](), dict[str, datetime]()
    for event in read_facts(out).events:
        if event.activity == "due":
            due[event.item] = datetime.fromisoformat(event.value or "")
        elif event.activity == "finished":
            finished[event.item] = event.at
    both = due.keys() & finished.keys()
    return report, sum(finished[item] > due[item] for item in both), len(both)


@pytest.mark.parametrize(
    ("name", "late", "closed", "aside"),
    [
        (NYC, 304, 1941, 1),  # the one closed in 1900, before it was created, is set aside and told
        (NYC_SMALL, 8, 41, 0),
        (BOSTON, 475, 4284, 0),
        (BOSTON_2022, 5, 77, 0),
    ],
)
def test_the_proposal_gives_the_figures_of_the_source_unedited(
    tmp_path: Path, name: str, late: int, closed: int, aside: int
) -> None:
    report, found_late, found_closed = figures(DATA / name, propose([DATA / name]), tmp_path / "out")
    assert (found_late, found_closed + report.rows_set_aside) == (late, closed)
    assert dict(report.set_aside) == ({"finished-before-received": aside} if aside else {})


@pytest.mark.parametrize(
    ("name", "due", "late", "closed"),
    [(NYC, "Due Date", 304, 1940), (BOSTON, "TARGET_DT", 475, 4284), (BOSTON_2022, "target_dt", 5, 77)],
)
def test_a_due_column_of_an_odd_name_is_all_that_a_person_fills_in(
    tmp_path: Path, name: str, due: str, late: int, closed: int
) -> None:
    """The same lists with their due column called by a name that says nothing."""
    odd = tmp_path / "odd.csv"
    odd.write_bytes(gzip.decompress((DATA / name).read_bytes()).replace(due.encode(), b"SLA_2", 1))
    proposed = propose([odd])
    assert proposed.count(ASKED) == 1
    assert figures(odd, proposed, tmp_path / "without")[2] == 0
    filled = proposed.replace(ASKED, 'due: "SLA_2"')
    assert figures(odd, filled, tmp_path / "out")[1:] == (late, closed)


def table(name: str) -> pa.Table:
    with gzip.open(DATA / name) as file:
        texts = pa_csv.ConvertOptions(column_types={"Unique Key": pa.string(), "CASE_ENQUIRY_ID": pa.string()})
        return pa_csv.read_csv(file, convert_options=texts)


@pytest.mark.parametrize(("name", "late", "closed"), [(NYC, 304, 1940), (BOSTON, 475, 4284)])
def test_the_same_list_as_parquet(tmp_path: Path, name: str, late: int, closed: int) -> None:
    pq.write_table(table(name), tmp_path / "list.parquet", row_group_size=500)
    file = tmp_path / "list.parquet"
    assert figures(file, propose([file]), tmp_path / "out")[1:] == (late, closed)


@pytest.mark.parametrize(("name", "columns", "late", "closed"), [(NYC, 24, 304, 1940), (BOSTON, 12, 475, 4284)])
def test_the_same_list_as_a_workbook(tmp_path: Path, name: str, columns: int, late: int, closed: int) -> None:
    """Its first columns under a title, with instants as cells where the list has them as such, else as texts."""
    found, file = table(name).select(range(columns)), tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}) as made:
        page = made.add_worksheet()
        page.write(0, 0, f"Service requests: {name}")
        page.write_row(2, 0, found.column_names)
        for number, row in enumerate(found.to_pylist(), start=3):
            for at, value in enumerate(row.values()):
                if isinstance(value, datetime):
                    page.write_datetime(number, at, value.replace(tzinfo=None))
                elif value is not None:
                    page.write(number, at, value)
    report, found_late, found_closed = figures(file, propose([file]), tmp_path / "out")
    assert (found_late, found_closed) == (late, closed)
    assert report.rows_read == found.num_rows
