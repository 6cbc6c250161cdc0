"""A seal catches any changed byte; the same rows make the same part, in whatever order they came."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.findings import Unusable
from congtam.engine.sealing.archive import read_seal
from congtam.engine.sealing.encoding import read, written
from congtam.engine.sealing.lines import changed_lines, checks_part
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.verify import verify

DATA = sorted((Path(__file__).parent.parent / "sealed").glob("*.seal"))[-1].read_bytes()
with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
    MEMBERS = {name: archive.read(name) for name in archive.namelist()}
LINES = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=8)
FILLED = sorted(name for name, data in MEMBERS.items() if data)
SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.dates(max_value=date(2999, 1, 1))
ROWS = st.dictionaries(st.text(), st.lists(SCALARS, min_size=2, max_size=2), max_size=6)


def packed(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return held.getvalue()


def intact(data: bytes, *, unwrapped: bool = False) -> bool:
    """Whether a file passes for a seal as it was sealed; `unwrapped`: whatever was done to the zip around it."""
    try:
        sealed = read_seal(data)
    except Unusable:
        return False
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("congtam.engine.sealing.verify._recomputed", lambda *_: ())  # it is long, and asked when intact
        return verify(replace(sealed, whole=True) if unwrapped else sealed).intact


def test_as_it_was_written_it_is_intact() -> None:
    assert intact(DATA)
    assert intact(packed(MEMBERS), unwrapped=True)
    assert not intact(packed(MEMBERS))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FILLED), st.data())
def test_any_changed_byte_of_what_a_seal_holds_is_caught_also_when_it_is_packed_anew(
    name: str, drawn: st.DataObject
) -> None:
    """Head and envelope, rows, texts, salts and leaves."""
    data = bytearray(MEMBERS[name])
    place = drawn.draw(st.integers(0, len(data) - 1))
    data[place] ^= drawn.draw(st.integers(1, 255))
    assert not intact(packed({**MEMBERS, name: bytes(data)}), unwrapped=True)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(DATA) - 1) | st.integers(len(DATA) - 200, len(DATA) - 1), st.integers(1, 255))
def test_any_changed_byte_of_the_file_is_caught(place: int, by: int) -> None:
    data = bytearray(DATA)
    data[place] ^= by
    assert not intact(bytes(data))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.binary(max_size=3))
def test_a_file_cut_off_or_with_bytes_put_in_is_caught(place: int, inside: bytes) -> None:
    assert not intact(DATA[:place])
    assert not intact(DATA + b"\n")
    assert inside == b"" or not intact(DATA[:place] + inside + DATA[place:])


@given(st.lists(LINES, min_size=1, max_size=4), st.data())
def test_the_line_in_which_a_byte_of_a_long_text_was_changed_is_named(lines: list[str], drawn: st.DataObject) -> None:
    rows = [["key", "".join(one + "\n" for one in lines)]]
    part, checks = Part.of("rules", 1, rows, b""), checks_part("rules", 1, rows, b"")
    ends = list(accumulate(len(written(one)) for one in lines))  # a line in quotes is as long as with its end
    place = drawn.draw(st.integers(0, ends[-1] - 1))
    row = bytearray(part.rows[0])
    row[len(b'["key","') + place] ^= drawn.draw(st.integers(1, 255))
    found = changed_lines({checks.name: checks}, replace(part, rows=(bytes(row),)), 0)
    assert found
    assert found[0][0] == 1 + sum(end <= place for end in ends)


@given(ROWS, st.randoms())
def test_rows_make_the_same_part_in_whatever_order(rows: dict[str, list[object]], random: object) -> None:
    listed = [[key, *values] for key, values in rows.items()]
    part = Part.of("x", 1, listed, b"secret")
    random.shuffle(listed)  # type: ignore[attr-defined]
    assert Part.of("x", 1, listed, b"secret") == part
    assert not list(part.changed())
    assert [written(row) for row in part.values()] == list(part.rows)


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=7)))))
def test_an_instant_is_written_in_one_way(at: datetime) -> None:
    assert datetime.fromisoformat(read(written(at))) == at
    assert written(at) == written(at.astimezone(timezone.utc))  # noqa: UP017
