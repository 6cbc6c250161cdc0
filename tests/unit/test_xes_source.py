"""XES logs: what is kept of a log, and how broken or dangerous ones are refused."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.engine.findings import Unusable
from congtam.files.opening import opened
from congtam.files.xes_source import Trace, read_traces

LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <global scope="trace"><string key="unit" value="UNKNOWN"/></global>
  <string key="of the log" value="not kept"><int key="nested" value="1"/></string>
  <trace>
    <string key="concept:name" value="A1"/>
    <string key="unit" value="Ph&#242;ng 1"><string key="nested" value="not kept"/></string>
    <event>
      <string value="receive" key="concept:name"/>
      <date key="time:timestamp" value="2026-03-02T08:00:00+07:00"/>
      <list key="papers"><values><string key="paper" value="not kept"/></values></list>
    </event>
    <event><string key="concept:name" value="sign"><int key="nested" value="2"/></string></event>
    <string key="late" value="after the events"/>
  </trace>
  <trace/>
</log>
"""
EVENT_1 = {"concept:name": "receive", "time:timestamp": "2026-03-02T08:00:00+07:00"}
TRACE_1 = (
    {"concept:name": "A1", "unit": "Phòng 1", "late": "after the events"},
    [EVENT_1, {"concept:name": "sign"}],
)


def read(folder: Path, data: str | bytes) -> list[Trace]:
    file = folder / "log.xes"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    with opened(file) as stream:
        return list(read_traces(stream))


@pytest.mark.parametrize("chunk", [1, 7, 1 << 16])
def test_keeps_attributes_of_traces_and_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr("congtam.files.xes_source.CHUNK", chunk)
    assert read(tmp_path, LOG) == [TRACE_1, ({}, [])]


def test_reads_prefixed_tags_packed_logs_and_other_encodings(tmp_path: Path) -> None:
    prefixed = LOG.replace("<log", '<x:log xmlns:x="u"').replace("</log", "</x:log")
    for tag in ("trace", "event"):
        prefixed = prefixed.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}", f"</x:{tag}")
    latin = LOG.replace("UTF-8", "ISO-8859-1").replace("&#242;", "ò").encode("latin-1")
    for data in (prefixed, gzip.compress(LOG.encode()), latin):
        assert read(tmp_path, data)[0] == TRACE_1


def test_attribute_names_are_normalised(tmp_path: Path) -> None:
    nfd = '<log><trace><string key="ma\u0303" value="1"/></trace></log>'
    assert read(tmp_path, nfd) == [({"mã": "1"}, [])]


ODD = """<?xml version="1.0"?>
<!-- <log><trace/></log> --><?note <log> ?>
<log>
  <trace><!-- <string key="no" value="comment"/> --><![CDATA[<string key="no" value="text"/>]]>
    <string key='quote "so"' value='it&apos;s &lt;so&gt; &amp; &#7885;'  />
    <string
        key = "spread"
        value = "over
lines" />
    <event id="x"><string key="a&amp;b" value=">"/><?note <event> ?><int value="2" unit="d" key="n"></int></event>
    <event/>
    <container key="no value"><string key="not" value="kept"/></container>
  </trace>
</log>
<!-- </log> -->
"""


@pytest.mark.parametrize("chunk", [1, 5, 1 << 16])
def test_reads_whatever_xml_allows_in_a_tag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr("congtam.files.xes_source.CHUNK", chunk)
    case = {'quote "so"': "it's <so> & ọ", "spread": "over lines"}
    assert read(tmp_path, ODD) == [(case, [{"a&b": ">", "n": "2"}, {}])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_long_values_stay_whole_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    long = "à > b, " * 3_000
    log = f'<?xml version="1.0" encoding="{encoding}"?><log><trace><string key="đ" value="{long}"/></trace></log>'
    log = log.replace("đ", "&#273;")
    assert read(tmp_path, log.encode(encoding)) == [({"đ": long}, [])]


def test_more_different_tags_than_are_kept_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congtam.files.xes_source.AT_HAND", 3)
    traces = [({"id": str(n)}, [{"step": str(step)} for step in range(3)]) for n in range(20)]
    assert read(tmp_path, as_xes(traces)) == traces


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=6)
CELLS = st.dictionaries(WORDS.map(lambda word: normalize("NFC", word)), WORDS, max_size=4)


def as_xes(traces: list[Trace]) -> bytes:
    """A log written by another hand."""
    log = ElementTree.Element("log")
    for case, events in traces:
        trace = ElementTree.SubElement(log, "trace")
        for parent, cells in ((trace, case), *((ElementTree.SubElement(trace, "event"), event) for event in events)):
            for key, value in cells.items():
                attribute = ElementTree.SubElement(parent, "string", key=key, value=value)
                ElementTree.SubElement(attribute, "string", key="nested", value=value)
    return ElementTree.tostring(log, encoding="utf-8")


@given(st.lists(st.tuples(CELLS, st.lists(CELLS, max_size=3)), max_size=3))
def test_what_another_hand_wrote_is_read(traces: list[Trace]) -> None:
    with TemporaryDirectory() as folder:
        assert read(Path(folder), as_xes(traces)) == traces


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (LOG.replace("</event>", "", 1), "xes-broken", 15),
        (LOG[:500], "xes-broken", None),
        ("", "xes-broken", 1),
        ("mã,tên\n1,2\n", "xes-broken", 1),
        ("<html></html>", "xes-no-log", None),
        ("<html><br></html>", "xes-no-log", None),
        ('<!DOCTYPE log [<!ENTITY a "b">]><log/>', "xes-entities", 1),
        ('<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', "xes-entities", 1),
        ("<log><trace><string key='a' value='&undeclared;'/></trace></log>", "xes-broken", 1),
        (gzip.compress(LOG.encode())[:-20], "gzip-damaged", None),
        (b"<?xml version='1.0' encoding='UTF-8'?><log><string key='\xff' value=''/></log>", "xes-broken", 1),
    ],
    ids=["tag", "cut", "empty", "csv", "html", "loose html", "entity", "doctype", "undeclared", "gzip", "bytes"],
)
def test_refused(tmp_path: Path, data: str | bytes, code: str, line: int | None) -> None:
    with pytest.raises(Unusable) as raised:
        read(tmp_path, data)
    (finding,) = raised.value.findings
    assert finding.code == code
    assert finding.advice
    assert line is None or finding.place.line == line
