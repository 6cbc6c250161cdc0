"""A stored seal of every release verifies here: whole, and the same figures come out, or it says which program differs.
And whatever is changed in one is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from congtam import __version__
from congtam.engine.findings import Unusable
from congtam.engine.sealing.archive import Sealed, read_seal
from congtam.engine.sealing.body import Envelope, body_digest
from congtam.engine.sealing.encoding import read, written
from congtam.engine.sealing.merkle import EMPTY, leaf, root
from congtam.engine.sealing.parts import Part
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


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("facts/event", "facts/event: "),
        ("facts/spell", "facts/spell: "),
        ("facts/rating", "facts/rating: "),
        ("rules", "rules: vn/"),
        ("calendars", "calendars: vn/"),
        ("results", "results: "),
        ("texts", "texts: "),
    ],
)
def test_a_changed_row_is_named(sealed: Sealed, part: str, named: str) -> None:
    rows = sealed.parts[part].rows
    place = len(rows) // 2
    other = rows[place].replace(b"2", b"3", 1) if b"2" in rows[place] else rows[place] + b" "
    worse = replace(sealed.parts[part], rows=(*rows[:place], other, *rows[place + 1 :]))
    verdict = verify(with_part(sealed, worse))
    assert (verdict.intact, verdict.recomputes) == (False, None)
    (finding,) = verdict.findings
    assert finding.message.startswith(named)
    assert (finding.place.file, finding.place.row) == (part, place + 1)


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
    assert f"results: {code}: " in verdict.findings[0].message
    assert "99000000" in verdict.findings[0].message
    (other,) = verify(made, body_digest(sealed.body)).findings
    assert other.code == "other-body"


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
        with pytest.raises(Unusable, match="added or cut off"):
            read_seal(with_part(sealed, replace(part, rows=rows)).to_bytes())


@pytest.mark.parametrize("data", [b"", b"PK", b"no seal at all", b"\x00" * 4096], ids=["empty", "PK", "text", "zeros"])
def test_what_is_no_seal_is_refused(data: bytes) -> None:
    with pytest.raises(Unusable, match="no whole seal"):
        read_seal(data)


def test_another_format_is_refused(sealed: Sealed) -> None:
    with pytest.raises(Unusable, match="congtam-seal-9"):
        read_seal(Sealed({**sealed.body, "format": "congtam-seal-9"}, sealed.envelope, sealed.parts).to_bytes())


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
