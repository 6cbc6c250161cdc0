"""Proposals: what is guessed from a header and a sample, and that the reviewer is told why."""

from pathlib import Path

import pytest

from congtam.engine.findings import Unusable
from congtam.files import propose, read_mapping
from congtam.files.guessing import channel_code, plain
from congtam.files.mapping import Instant, Level, Mapping
from congtam.files.sniffing import sniff_dates, sniff_delimiter, sniff_encoding

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


OFFICE = "STT;Hệ số;{key};Ngày nộp;{due};Ngày trả KQ;{official};{unit}\n"


def office(folder: Path, codes: list[str], key: str = "Mã đơn", **names: str) -> str:
    names = {"due": "Ngày hẹn", "official": "CB xử lý", "unit": "P.ban"} | names
    rows = [
        f"{n};{n},5;{code};{n % 28 + 1:02}/03/2026;28/04/2026;{n % 28 + 1:02}/04/2026;CB1;P1\n"
        for n, code in enumerate(codes, start=1)
    ]
    return propose(written(folder, OFFICE.format(key=key, **names) + "".join(rows)))


def test_a_few_repeated_codes_do_not_make_a_case(tmp_path: Path) -> None:
    text = office(tmp_path, [*(f"D{n}" for n in range(1, 10)), "D1"])
    mapping = read_mapping(text)
    assert (mapping.item, mapping.key.refs[0].text) == (Level.EVENT, "Mã đơn")
    assert "mã lặp lại ở dòng 1, 10: cần xem lại" in text
    assert len(set(where(mapping))) == 3
    assert mapping.attributes["coefficient"].refs[0].text == "Hệ số"
    assert mapping.decimal == ","
    assert "trống ở dòng 3" in office(tmp_path, ["D1", "D2", "", *(f"D{n}" for n in range(4, 12))])


@pytest.mark.parametrize("key", ["Ma don", "Mã HS", "Số hồ sơ", "Số/ký hiệu", "ID", "Unique Key", "case id", "Mã"])
def test_keys_by_name(tmp_path: Path, key: str) -> None:
    assert read_mapping(office(tmp_path, [f"D{n}" for n in range(20)], key)).key.refs[0].text == key


@pytest.mark.parametrize("key", ["Màu", "Mã cán bộ tiếp", "Số ngày"])
def test_what_is_no_key(tmp_path: Path, key: str) -> None:
    mapping = read_mapping(office(tmp_path, ["D1", "D2"] * 10, key))
    assert (mapping.item, mapping.key.refs[0].text) == (Level.EVENT, "STT")


def test_decimals_are_no_key(tmp_path: Path) -> None:
    text = propose(written(tmp_path, "Mã số,Ngày nhận\n1.5,2026-03-01\n2,2026-03-02\n0.75,2026-03-03\n"))
    assert '\nkey: "#number"' in text
    assert "numbers:" not in text


@pytest.mark.parametrize("due", ["Ngày hẹn", "Ngày hẹn trả", "Ngày hẹn trả KQ", "Hạn xử lý", "Thời hạn", "Han xu ly"])
@pytest.mark.parametrize(
    ("official", "unit"),
    [
        ("CB xử lý", "P.ban"),
        ("Cán bộ", "Phòng"),
        ("Chuyên viên", "Bộ phận"),
        ("Người xử lý", "Đơn vị"),
        ("CB thụ lý", "P.ban thụ lý"),
        ("Can bo", "Don vi"),
    ],
)
def test_headers_of_offices(tmp_path: Path, due: str, official: str, unit: str) -> None:
    mapping = read_mapping(office(tmp_path, ["D1", "D2"], due=due, official=official, unit=unit))
    assert where(mapping) == ("Ngày nộp", due, "Ngày trả KQ")
    assert mapping.official is not None
    assert (mapping.official.refs[0].text, mapping.attributes["unit"].refs[0].text) == (official, unit)


def test_instants_that_differ_within_a_case_come_from_a_column_each(tmp_path: Path) -> None:
    rows = "".join(f"A{n % 2},0{n}/03/2026,1{n}/03/2026\n" for n in range(1, 7))
    mapping = read_mapping(propose(written(tmp_path, "Mã hồ sơ,Ngày nhận,Ngày trả\n" + rows)))
    assert isinstance(mapping.finished, Instant)
    received, finished = mapping.received.choices[0], mapping.finished.choices[0]
    assert (mapping.item, received.take, received.ref.name) == (Level.CASE, "earliest", "Ngày nhận")
    assert (finished.take, finished.ref.name) == ("latest", "Ngày trả")


@pytest.mark.parametrize("long", ["rất dài " * 30, "x" * 250, "  # dài\u2028" * 20, '"\\' * 60, "a, b" * 40])
def test_lines_stay_within_100_columns(tmp_path: Path, long: str) -> None:
    names = [f"Mã hồ sơ {long}".strip(), f"Ngày nhận {long}".strip(), f"Cán bộ {long}".strip(), f"Kênh {long}".strip()]
    header = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    text = propose(
        written(tmp_path, header + f",{','.join(f'cột {n}' for n in range(40))}\n" + "A,2026-03-01,C,Mạng" + "," * 40)
    )
    assert max(map(len, text.splitlines())) <= 100
    mapping = read_mapping(text)
    refs = [mapping.key.refs[0].text, mapping.received.choices[0].ref.text, mapping.attributes["channel"].refs[0].text]
    assert refs == [names[0], names[1], names[3]]


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
    assert sniff_dates([("a", ["08:20 25/03/2026", "9:05:01 02/03/2026"])]).formats == [
        "hh:mm DD/MM/YYYY",
        "hh:mm:ss DD/MM/YYYY",
    ]
    assert sniff_dates([("a", ["12", "x"]), ("b", ["2026-13-45"])]).columns == []


@pytest.mark.parametrize("data", ["", "only\n1\n"])
def test_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(Unusable):
        propose(written(tmp_path, data))
    with pytest.raises(Unusable, match="no-files"):
        propose([])
