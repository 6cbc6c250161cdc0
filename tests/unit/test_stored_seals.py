"""A stored seal of every release verifies here: whole, and the same figures come out, or it says which program differs.
And whatever is changed in one is named."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from congtam import __version__
from congtam.engine.facts.tables import TABLES
from congtam.engine.findings import Place, Unusable
from congtam.engine.sealing.archive import Sealed, read_seal
from congtam.engine.sealing.body import Envelope, body_digest
from congtam.engine.sealing.encoding import read, written
from congtam.engine.sealing.merkle import EMPTY, leaf, root
from congtam.engine.sealing.naming import CALLED, Names
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.tabled import SEALED
from congtam.engine.sealing.telling import FIELDS, differences
from congtam.engine.sealing.verify import verify

STORED = sorted((Path(__file__).parent.parent / "sealed").glob("*.seal"))
NEWEST = STORED[-1]


@pytest.fixture(scope="module")
def sealed() -> Sealed:
    return read_seal(NEWEST.read_bytes())


def test_there_is_one_of_this_release() -> None:
    assert f"{__version__}.seal" in {one.name for one in STORED}


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_a_seal_of_every_release_holds(path: Path) -> None:
    stored = read_seal(path.read_bytes())
    verdict = verify(stored, body_digest(stored.body))
    assert verdict.holds, verdict.findings
    assert verdict.people == 14
    assert verdict.erased == {}


def one_byte(row: bytes, before: bytes, after: bytes) -> bytes:
    """A row with one byte of its last `before` changed."""
    at = row.rindex(before)
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    return row[:at] + after + row[at + len(before) :]


BYTES: dict[str, tuple[str, bytes, bytes, str, str]] = {
    "a fact": ("facts/event", b"T10", b"T11", "Sự kiện số ", "Event "),
    "a mark": ("facts/rating", b"2800", b"2900", "Điểm chấm tiêu chí ", "Mark on "),
    "a spell": ("facts/spell", b"2025", b"2015", "Thời gian công tác ", "Spell "),
    "a rule": ("rules", b"from:", b"frim:", "Tệp vn/", "File vn/"),
    "a day": ("calendars", b'"off"', b'"ofe"', "Ngày 01/01/20", "01/01/20"),
    "a result": ("results", b"excellent", b"excellint", "Kết quả của ", "Result of "),
    "a name": ("texts", b'"]', b"2]", "Tên của ", "Name of "),
    "a part's row that reads no more": ("facts/unit", b'",', b"2,", "Nơi trực thuộc của ", "Place of "),
}


@pytest.mark.parametrize("what", BYTES)
def test_one_changed_byte_is_named_by_its_row_in_both_languages(sealed: Sealed, what: str) -> None:
    name, before, after, vi, en = BYTES[what]
    part = sealed.parts[name]
    place = next(at for at in range(len(part.rows) // 2, len(part.rows)) if before in part.rows[at])
    rows = (*part.rows[:place], one_byte(part.rows[place], before, after), *part.rows[place + 1 :])
    verdict = verify(with_part(sealed, replace(part, rows=rows)))
    assert (verdict.intact, verdict.recomputes) == (False, None)
    (finding,) = verdict.findings
    assert finding.place == Place(name, row=place + 1)
    for (_, told, _), named, end in (
        (finding.told("vi"), vi, "không còn như lúc chốt: "),
        (finding.told("en"), en, "not as it was sealed. "),
    ):
        assert told.startswith(named)
        assert end in told
    if name == "rules":
        line = 1 + part.rows[place][: part.rows[place].rindex(before)].count(b"\\n")
        assert f", dòng {line}, không còn như lúc chốt" in finding.told("vi")[1]


def test_what_differs_is_told_by_column_part_and_line() -> None:
    def told(part: str, key: int, was: list[Any], now: list[Any]) -> str:
        pair = (Part.of(part, key, [row], b"") for row in (was, now))
        ((row, what),) = differences(*pair, Names({("person", "12"): "An"}))
        return f"{row.vi}: {what.vi}; {what.en}"

    assert told("work/share", 1, ["12", "a\tb\nc\td\n"], ["12", "a\tb\nc\te\n"]) == (
        "Phần việc của An (số 12): dòng 2 lúc chốt là “c\td”, nay là “c\te”; "
        "line 2 was “c\td” when sealed, is now “c\te”"
    )
    kept = {"points": 9, "parts": [["general", "value", 30_000_000, 28_000_000]]}
    now = {"points": 9, "parts": [["general", "value", 30_000_000, None]]}
    assert told("results", 1, ["12", kept], ["12", now]) == (
        "Kết quả của An (số 12): mục general (điểm) lúc chốt là 28,00, nay là để trống; "
        "part general (points) was 28.00 when sealed, is now blank"
    )
    spell = ["s", 3, "2026-01-01T00:00:00+00:00", "12", "p", "u", "a", "staff", False, "civil_servant", "2026-01-01"]
    assert told("facts/spell", 2, [*spell, None], [*spell, "2026-06-30"]).endswith(
        "ngày hết lúc chốt là để trống, nay là ngày 30/06/2026; "
        "first day no longer was blank when sealed, is now 30/06/2026"
    )


def test_a_result_sealed_anew_with_all_its_digests_does_not_recompute(sealed: Sealed) -> None:
    """Whoever forges a seal down to its digests still cannot make the figures come out."""
    part = sealed.parts["results"]
    code, told = read(part.rows[0])
    forged = written([code, {**told, "lowest": 99_000_000, "highest": 99_000_000, "grade": "excellent"}])
    made = with_part(sealed, resealed(part, (forged, *part.rows[1:])))
    body = {**sealed.body, "parts": {name: one.told() for name, one in made.parts.items()}}
    made = Sealed(body, {**sealed.envelope, "body": body_digest(body)}, made.parts)
    verdict = verify(made)
    assert (verdict.intact, verdict.recomputes) == (True, False)
    (finding,) = verdict.findings
    assert finding.message.startswith("Result of Trần Văn Đức (1): does not come out as sealed")
    assert "points was 99.00 when sealed, is now" in finding.message
    assert "điểm lúc chốt là 99,00, nay là" in finding.told("vi")[1]
    verdict = verify(made, body_digest(sealed.body))
    assert ([one.code for one in verdict.findings], verdict.holds) == (["other-body", "not-recomputed"], False)


def test_only_texts_may_be_erased(sealed: Sealed) -> None:
    gone = with_part(sealed, sealed.parts["texts"].without(lambda row: row[0] == "person"))
    verdict = verify(read_seal(gone.to_bytes()))
    assert verdict.holds
    assert verdict.erased == {"texts": 14}
    emptied = with_part(sealed, sealed.parts["facts/rating"].without(lambda row: row[1] == "general"))
    assert not verify(emptied).intact


def test_rows_cut_off_or_added_are_refused(sealed: Sealed) -> None:
    part = sealed.parts["facts/rating"]
    for rows in (part.rows[:-1], (*part.rows, part.rows[0])):
        with pytest.raises(Unusable, match="rows were added or cut off"):
            read_seal(with_part(sealed, replace(part, rows=rows)).to_bytes())


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "is empty"), (b"PK", "cannot be read"), (b"no seal at all", "is no seal"), (b"\x00" * 4096, "is no seal")],
    ids=["empty", "PK", "text", "zeros"],
)
def test_what_is_no_seal_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        read_seal(data)


def test_a_changed_envelope_is_named(sealed: Sealed) -> None:
    worse = replace(sealed, envelope={**sealed.envelope, "number": 2})
    (finding,) = verify(read_seal(worse.to_bytes())).findings
    assert (finding.code, finding.place.file) == ("envelope-changed", "manifest.json")


def test_every_column_and_figure_has_a_word() -> None:
    told = {column.name for name in SEALED for column in TABLES[name].columns}
    assert told <= FIELDS.keys()
    assert {f"facts/{name}" for name in SEALED} <= CALLED.keys()


def test_another_program_is_told(sealed: Sealed) -> None:
    body = {**sealed.body, "program": {**sealed.body["program"], "congtam": "9.9"}}
    verdict = verify(Sealed(body, {**sealed.envelope, "body": body_digest(body)}, sealed.parts))
    assert verdict.holds
    assert verdict.engine_differs[0].startswith("congtam 9.9 → ")


def test_the_tree_is_that_of_rfc_9162() -> None:
    one, two, three = (leaf(b"", text) for text in (b"a", b"b", b"c"))
    assert root([]) == EMPTY
    assert root([one]) == one
    assert root([one, two, three]) == root([root([one, two]), three])
    assert len({root(order) for order in ([one, two], [two, one], [one, two, two])}) == 3


def test_an_envelope_s_digest_is_of_all_it_says(sealed: Sealed) -> None:
    from datetime import UTC, datetime

    one = Envelope("b", 1, datetime(2030, 7, 5, tzinfo=UTC), "1")
    others = [replace(one, body="c"), replace(one, number=2), replace(one, by="2"), replace(one, previous="x")]
    assert len({made.digest for made in (one, *others)}) == 5


def with_part(sealed: Sealed, part: Part) -> Sealed:
    """The seal with another part of that name."""
    return Sealed(sealed.body, sealed.envelope, {**sealed.parts, part.name: part})


def resealed(part: Part, rows: tuple[bytes, ...]) -> Part:
    """A part with leaves made for other rows."""
    return replace(part, rows=rows, leaves=tuple(map(leaf, part.salts, rows)))
