"""Proposals: what is guessed from a header and a sample, and that the reviewer is told why."""

from pathlib import Path

import pytest

from congtam.engine.findings import Unusable
from congtam.intake import propose, read_mapping
from congtam.intake.guessing import channel_code, plain
from congtam.intake.mapping import Instant, Level, Mapping
from congtam.intake.sniffing import sniff_dates, sniff_delimiter, sniff_encoding

HEADER = "Số hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Phòng;Cán bộ thụ lý;Hình thức nộp;Thủ tục;Ghi chú\n"


def written(folder: Path, text: str | bytes, name: str = "list.csv") -> list[Path]:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return [folder / name]


def office_list(dates: list[str]) -> str:
    rows = (
        f"H{n};{d} 08:00;{d} 17:00;{d} 10:30;Phòng {n % 2};CB{n};Trực tuyến;Đất đai;\n" for n, d in enumerate(dates)
    )
    return HEADER + "".join(rows)


def where(mapping: Mapping) -> tuple[str, str, str]:
    found = []
    for instant in (mapping.received, mapping.due, mapping.finished):
        assert isinstance(instant, Instant)
        found.append(instant.choices[0].ref.text)
    return found[0], found[1], found[2]


def test_a_vietnamese_list(tmp_path: Path) -> None:
    text = propose(written(tmp_path, office_list(["05/03/2026", "25/03/2026"])))
    mapping = read_mapping(text)
    assert (mapping.source.delimiter, mapping.item, mapping.key.refs[0].text) == (";", Level.EVENT, "Số hồ sơ")
    assert where(mapping) == ("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả")
    assert [pattern.text for pattern in mapping.times.patterns] == ["DD/MM/YYYY hh:mm"]
    assert mapping.attributes["unit"].refs[0].text == "Phòng"
    assert mapping.attributes["channel"].codes == {"Trực tuyến": "online"}
    assert mapping.official is not None
    assert "ngày đứng trước" in text
    assert '# Chưa dùng: "Ghi chú"' in text


@pytest.mark.parametrize(
    ("dates", "formats", "said"),
    [
        (["05/03/2026", "06/04/2026"], ["DD/MM/YYYY hh:mm"], "KHÔNG RÕ"),
        (["03/25/2026", "06/04/2026"], ["MM/DD/YYYY hh:mm"], "tháng đứng trước"),
        (["25/03/2026", "03/25/2026"], ["DD/MM/YYYY hh:mm", "MM/DD/YYYY hh:mm"], "LẪN LỘN"),
    ],
    ids=["ambiguous", "month-first", "mixed"],
)
def test_day_and_month(tmp_path: Path, dates: list[str], formats: list[str], said: str) -> None:
    text = propose(written(tmp_path, office_list(dates)))
    assert [pattern.text for pattern in read_mapping(text).times.patterns] == formats
    assert said in text


def test_one_case_on_many_rows(tmp_path: Path) -> None:
    text = propose(
        written(
            tmp_path,
            "case id,deadline,timestamp,activity,resource\n"
            "A,2026-03-09,2026-03-02 08:00,in,R1\n"
            "B,2026-03-10,2026-03-03 08:00,in,R1\n"
            "A,2026-03-09,2026-03-04 08:00,out,R2\n",
        )
    )
    mapping = read_mapping(text)
    assert mapping.item is Level.CASE
    assert isinstance(mapping.finished, Instant)
    assert (mapping.finished.choices[0].take, mapping.received.choices[0].take) == ("latest", "earliest")
    assert mapping.steps is not None
    assert mapping.steps.what.name == "activity"


def test_a_log(tmp_path: Path) -> None:
    log = """<log><trace><string key="concept:name" value="A"/><date key="deadline" value="2026-03-02T08:00:00+07:00"/>
    <event><string key="concept:name" value="in"/><date key="time:timestamp" value="2026-03-01T08:00:00+07:00"/></event>
    </trace></log>"""
    text = propose(written(tmp_path, log, "log.xes"))
    mapping = read_mapping(text)
    assert (mapping.source.format, mapping.item, mapping.key.refs[0].text) == ("xes", Level.CASE, "concept:name")
    assert mapping.received.choices[0].ref.text == "event.time:timestamp"
    assert "có ghi múi giờ" in text


def test_what_was_not_found_is_said(tmp_path: Path) -> None:
    text = propose(written(tmp_path, 'màu,cỡ\nđỏ,"1\n2"\nđỏ,3\n'))
    assert "CHƯA THẤY cột mã" in text
    assert "bắt buộc phải điền" in text
    with pytest.raises(Unusable, match="received"):
        read_mapping(text)


def test_awkward_names_stay_on_their_line(tmp_path: Path) -> None:
    text = propose(written(tmp_path, 'id,"due\n# date: ""x"""\n1,2026-01-02\n2,2026-01-03\n'))
    assert text.count("\n#") == 1 + text.count("\n# due: {clock")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Phòng Nội vụ\n".encode(), "utf-8"),
        ("Phòng\n".encode("utf-16"), "utf-16"),
        ("Phong ban so mot\n".encode("utf-16-le"), "utf-16-le"),
        ("Phòng đất\n".encode("cp1258", errors="replace") + b"\xf0\xec", "cp1258"),
        (b"caf\xe9 \x80\n", "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    assert sniff_encoding(data) == encoding


def test_small_guesses() -> None:
    assert sniff_delimiter('a;"b,c";d\n1;"2,3";4\n') == ";"
    assert sniff_delimiter("a\tb\n1\t2\n") == "\t"
    assert [plain(name) for name in ("Đơn vị", "OPEN_DT", "startDate")] == ["don vi", "open dt", "start date"]
    codes = [channel_code(name) for name in ("Tại quầy", "e-mail", "PHONE", "Khác")]
    assert codes == ["counter", "email", "phone", "khac"]
    assert sniff_dates([("a", ["12", "x"]), ("b", ["2026-13-45"])]).columns == []


@pytest.mark.parametrize("data", ["", "only\n1\n"])
def test_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(Unusable):
        propose(written(tmp_path, data))
    with pytest.raises(Unusable, match="no-files"):
        propose([])
