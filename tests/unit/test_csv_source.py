"""CSV files as offices really write them: what is read, what is set aside row by row, what is refused whole."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.engine.findings import Unusable
from congtam.files.csv_source import CsvFile, GoodRow
from congtam.files.mapping import Source
from congtam.files.opening import opened
from congtam.files.records import BadRow


def read(path: Path, data: bytes, **source: str) -> list[GoodRow | BadRow]:
    file = path / "list.csv"
    file.write_bytes(data)
    with opened(file) as stream:
        return list(CsvFile(stream, Source("csv", **source)).rows())


def cells(rows: list[GoodRow | BadRow]) -> list[list[str]]:
    return [row.cells for row in rows if isinstance(row, GoodRow)]


def bad(rows: list[GoodRow | BadRow]) -> list[tuple[str, str]]:
    return [(row.place.row, row.reason.code) for row in rows if isinstance(row, BadRow)]


def refusal(path: Path, data: bytes, **source: str) -> str:
    with pytest.raises(Unusable) as raised:
        read(path, data, **source)
    (finding,) = raised.value.findings
    assert finding.advice
    assert finding.place.file == "list.csv"
    return finding.code


@pytest.mark.parametrize(
    ("data", "source"),
    [
        ("mã,tên\n1,Huế\n".encode(), {}),
        ("mã,tên\n1,Huế\n".encode("utf-8-sig"), {}),
        ("mã,tên\r\n\r\n1,Huế\r\n".encode(), {}),
        ("mã;tên\n1;Huế\n".encode(), {"delimiter": ";"}),
        ("mã,tên\n1,Huế\n".encode("utf-16"), {"encoding": "utf-16"}),
        (gzip.compress("mã,tên\n1,Huế\n".encode()), {}),
    ],
    ids=["utf-8", "mark", "windows-lines", "semicolon", "utf-16", "gzip"],
)
def test_reads_what_is_declared(tmp_path: Path, data: bytes, source: dict[str, str]) -> None:
    assert cells(read(tmp_path, data, **source)) == [["1", "Huế"]]


def test_header_is_normalised_and_quoted_cells_may_hold_lines(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(' ma\u0303 ,tên\n1,"a\nb"\n2,c\n'.encode())
    with opened(file) as stream:
        csv_file = CsvFile(stream, Source("csv"))
        assert csv_file.header == ["mã", "tên"]
        assert cells(list(csv_file.rows())) == [["1", "a\nb"], ["2", "c"]]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (b"2", "cell-count"),
        (b"2,x,y", "cell-count"),
        (b"2,H\xfe", "not-decodable"),
        ("2,Huế".encode("cp1258", errors="replace") + b"\xec", "not-decodable"),
        (b"2,\0", "nul"),
        (b'2,"a"b', "not-csv"),
        (b'2,"never closed', "not-csv"),
    ],
)
def test_a_broken_row_costs_that_row_only(tmp_path: Path, row: bytes, code: str) -> None:
    rows = read(tmp_path, b"a,b\n1,x\n" + row + b"\n3,y\n4,z\n")
    assert bad(rows) == [("2", code)]
    assert cells(rows) == [["1", "x"], ["3", "y"], ["4", "z"]]


def test_an_unclosed_quote_gives_back_the_rows_it_swallowed(tmp_path: Path) -> None:
    rows = read(tmp_path, b'a,b\n1,"x\n2,y\n3,"z"\n4,w\n')
    assert bad(rows) == [("1", "not-csv")]
    assert cells(rows) == [["2", "y"], ["3", "z"], ["4", "w"]]
    (first,) = [row for row in rows if isinstance(row, BadRow)]
    assert first.cells == {"#line": '1,"x'}


ROWS: dict[bytes, list[str] | str] = {  # a row as it stands in the file: its cells, or why it is set aside
    b"1,x": ["1", "x"],
    b'2,"Ph\xc3\xb2ng, 1"': ["2", "Phòng, 1"],
    b'3,"two\nlines"': ["3", "two\nlines"],
    b'"4",': ["4", ""],
    b'5,"open': "not-csv",
    b'6,"a"b': "not-csv",
    b"7": "cell-count",
    b"8,\xff": "not-decodable",
    b"9,\0": "nul",
}


@given(st.lists(st.sampled_from(list(ROWS)), max_size=12), st.booleans())
def test_every_row_is_read_or_set_aside_for_itself(lines: list[bytes], ends: bool) -> None:
    with TemporaryDirectory() as folder:
        rows = read(Path(folder), b"\n".join([b"a,b", *lines]) + (b"\n" if ends else b""))
    assert [row.cells if isinstance(row, GoodRow) else row.reason.code for row in rows] == [ROWS[one] for one in lines]
    numbers = [row.number if isinstance(row, GoodRow) else int(row.place.row) for row in rows]
    assert numbers == list(range(1, len(rows) + 1))


@pytest.mark.parametrize(
    ("data", "source", "code"),
    [
        (b"", {}, "csv-empty"),
        (b",,\n1,2,3\n", {}, "csv-empty"),
        (b'"a,b\n', {}, "not-csv"),
        ("phòng,ngày\n".encode("cp1252", errors="replace") + b"", {"encoding": "utf-16"}, "not-utf8"),
        (b"ph\xf2ng,b\n1,2\n", {}, "not-utf8"),
        ("a,b\n".encode("utf-16"), {}, "not-utf8"),
        ("a,b\n1,2\n".encode("utf-16") + b"\x00", {"encoding": "utf-16"}, "bad-encoding"),
        (b"PK\x03\x04rest", {}, "packed"),
        (gzip.compress(b"a,b\n" + b"1,2\n" * 9999)[:60], {}, "gzip-damaged"),
    ],
    ids=["empty", "blank", "quote", "not-16", "not-8", "16-as-8", "cut-16", "zip", "cut-gzip"],
)
def test_refused_whole(tmp_path: Path, data: bytes, source: dict[str, str], code: str) -> None:
    assert refusal(tmp_path, data, **source) == code


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="file-missing"), opened(tmp_path / "none.csv"):
        pass
    with pytest.raises(Unusable, match="file-unreadable"), opened(tmp_path):
        pass
