"""A seal catches any changed byte; the same rows make the same part, in whatever order they came."""

import io
import zipfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.findings import Unusable
from congtam.engine.sealing.archive import MANIFEST, read_seal
from congtam.engine.sealing.encoding import read, written
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.verify import verify

DATA = sorted((Path(__file__).parent.parent / "sealed").glob("*.seal"))[-1].read_bytes()
WHOLE = read_seal(DATA)
with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
    MEMBERS = {name: archive.read(name) for name in archive.namelist()}
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


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FILLED), st.data())
def test_any_changed_byte_of_what_a_seal_holds_is_caught(name: str, drawn: st.DataObject) -> None:
    data = bytearray(MEMBERS[name])
    place = drawn.draw(st.integers(0, len(data) - 1))
    data[place] ^= drawn.draw(st.integers(1, 255))
    try:
        worse = read_seal(packed({**MEMBERS, name: bytes(data)}))
    except Unusable:
        return
    if name == MANIFEST and worse.body == WHOLE.body and worse.envelope["body"] == WHOLE.envelope["body"]:
        assert worse.envelope != WHOLE.envelope  # who and when: held by the next seal, and by the site
        return
    assert not verify(worse).intact


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_any_changed_byte_of_the_file_changes_nothing_unseen(place: int, by: int) -> None:
    data = bytearray(DATA)
    data[place] ^= by
    try:
        worse = read_seal(bytes(data))
    except Unusable:
        return
    if worse == WHOLE:  # a byte of the envelope that zip puts around everything
        return
    assert worse.envelope != WHOLE.envelope or not verify(worse).intact


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
