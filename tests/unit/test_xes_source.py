"""XES logs: what is kept of a log, and how broken or dangerous ones are refused."""

import gzip
from pathlib import Path

import pytest

from congtam.engine.findings import Unusable
from congtam.intake.opening import opened
from congtam.intake.xes_source import Trace, read_traces

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
    monkeypatch.setattr("congtam.intake.xes_source.CHUNK", chunk)
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


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (LOG.replace("</event>", "", 1), "xes-broken", 15),
        (LOG[:500], "xes-broken", None),
        ("", "xes-broken", 1),
        ("mã,tên\n1,2\n", "xes-broken", 1),
        ("<html></html>", "xes-no-log", None),
        ('<!DOCTYPE log [<!ENTITY a "b">]><log/>', "xes-entities", 1),
        ('<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', "xes-entities", 1),
        ("<log><trace><string key='a' value='&undeclared;'/></trace></log>", "xes-broken", 1),
        (gzip.compress(LOG.encode())[:-20], "gzip-damaged", None),
        (b"<?xml version='1.0' encoding='UTF-8'?><log><string key='\xff' value=''/></log>", "xes-broken", 1),
    ],
    ids=["tag", "cut", "empty", "csv", "html", "entity", "doctype", "undeclared", "gzip", "bytes"],
)
def test_refused(tmp_path: Path, data: str | bytes, code: str, line: int | None) -> None:
    with pytest.raises(Unusable) as raised:
        read(tmp_path, data)
    (finding,) = raised.value.findings
    assert finding.code == code
    assert finding.advice
    assert line is None or finding.place.line == line
