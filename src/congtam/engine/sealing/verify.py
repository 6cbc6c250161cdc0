"""Whether a seal is as it was sealed, and whether its figures come out again; what does not hold is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from congtam.engine.findings import Finding, Place, Unusable
from congtam.engine.rulebook.model import Text
from congtam.engine.sealing import words
from congtam.engine.sealing.archive import MANIFEST, Sealed
from congtam.engine.sealing.body import body_digest
from congtam.engine.sealing.contents import Contents
from congtam.engine.sealing.lines import changed_lines
from congtam.engine.sealing.merkle import root
from congtam.engine.sealing.naming import Names, filled, told
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.recompute import LIMITS, RESULTS, evaluate, finals_of, result_parts
from congtam.engine.sealing.recompute_many import evaluate_many, finals_of_many, result_parts_of_many
from congtam.engine.sealing.telling import differences
from congtam.engine.sealing.versions import differing
from congtam.engine.sealing.worked import WORK, is_worked, item_of, source_of

MOST_NAMED = 50  # rows of one part
NOTHING = Text(vi="", en="")


@dataclass(frozen=True)
class Verdict:
    """`intact`: every row, part and the body are what was sealed. `recomputes`: the same figures come out (None: not
    tried, for the seal is not whole). `expected`: it is the seal that a document or another copy names, where one does.
    `engine_differs`: what has another version here. `erased`: rows that were erased by part, as the seal allows."""

    body: str
    intact: bool
    recomputes: bool | None
    expected: bool
    engine_differs: tuple[str, ...]
    erased: Mapping[str, int]
    people: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Intact, the seal that was meant, and the same figures came out."""
        return self.intact and self.expected and self.recomputes is True


def verify(sealed: Sealed, expected: str | None = None) -> Verdict:
    """Look at everything a seal holds. `expected`: the digest of the body as a document or another copy names it."""
    digest, names = body_digest(sealed.body), Names.of(sealed.parts)
    found = not_as_sealed(sealed, names)
    anew: list[Finding] | None = None
    if not found:
        anew = list(_recomputed(sealed, names))
    other = list(_other(digest, expected))
    return Verdict(
        digest,
        not found,
        None if anew is None else not anew,
        not other,
        tuple(differing(dict(sealed.body.get("program", {})))),
        {name: part.erased for name, part in sealed.parts.items() if part.erased},
        len(sealed.parts[RESULTS].leaves) if RESULTS in sealed.parts else 0,
        (*found, *other, *(anew or ())),
    )


def not_as_sealed(sealed: Sealed, names: Names) -> list[Finding]:
    """Every row, part, body and byte of a file that is not what was sealed; nothing where it is intact."""
    found = [*_changed(sealed, names), *_wrapping(sealed, body_digest(sealed.body))]
    if not found and not sealed.whole:
        found = [told("file-changed", words.FILE_CHANGED, words.ASK_AGAIN, Place())]
    return found


def _changed(sealed: Sealed, names: Names) -> Iterator[Finding]:
    """Rows that are not their leaves, and leaves that are not what the body says."""
    for name, part in sealed.parts.items():
        rows = list(part.changed())
        for number in rows[:MOST_NAMED]:
            yield from _row(sealed, part, number, names)
        if len(rows) > MOST_NAMED:
            more = {"table": name, "count": len(rows) - MOST_NAMED}
            yield told("row-changed", words.MORE_CHANGED, words.ASK_AGAIN, Place(name), **more)
        said = sealed.body["parts"][name]
        if not isinstance(said, dict) or said != part.told() or root(part.leaves).hex() != said.get("root"):
            yield told("part-changed", words.PART_CHANGED, words.ASK_AGAIN, Place(name), table=name)


def _row(sealed: Sealed, part: Part, number: int, names: Names) -> Iterator[Finding]:
    """One row that was changed; of a long text, which of its lines."""
    row, place = names.row(part, part.rows[number - 1]), Place(part.name, row=number)
    lines = changed_lines(sealed.parts, part, number - 1)[:MOST_NAMED]
    for line, text in lines:
        item = item_of(sealed.parts, part, text) if text and part.name.startswith(WORK) else None
        of = NOTHING if item is None else filled(words.OF_ITEM, number=item)
        yield told("row-changed", words.LINE_CHANGED, words.ASK_AGAIN, place, row=row, number=line, item=of)
    if not lines:
        yield told("row-changed", words.ROW_CHANGED, words.ASK_AGAIN, place, row=row)


def _wrapping(sealed: Sealed, digest: str) -> Iterator[Finding]:
    """The head of the seal and its envelope."""
    if sealed.envelope.get("body") != digest:
        yield told("body-changed", words.BODY_CHANGED, words.ASK_AGAIN, Place(MANIFEST))
    if not sealed.envelope_holds:
        yield told("envelope-changed", words.ENVELOPE_CHANGED, words.ASK_AGAIN, Place(MANIFEST))


def _other(digest: str, expected: str | None) -> Iterator[Finding]:
    """Whether it is the seal that was meant."""
    if expected not in (None, digest):
        said = {"digest": digest, "expected": expected}
        yield told("other-body", words.OTHER_BODY, words.ASK_THE_DOCUMENT, Place(MANIFEST), **said)


def _recomputed(sealed: Sealed, names: Names) -> Iterator[Finding]:
    """Whose figures come out otherwise."""
    try:
        made = recomputed(sealed)
    except Unusable as refused:
        why = "; ".join(f"{one.place}: {one.message}" if str(one.place) else one.message for one in refused.findings)
        yield told("cannot-recompute", words.CANNOT_RECOMPUTE, words.SAME_PROGRAM, Place(), why=why)
        return
    except (KeyError, TypeError, ValueError, AttributeError, pa.ArrowInvalid) as error:
        why = f"{type(error).__name__}: {error}"
        yield told("cannot-recompute", words.CANNOT_RECOMPUTE, words.SAME_PROGRAM, Place(), why=why)
        return
    for name in (RESULTS, LIMITS):
        for row, what in list(differences(sealed.parts[name], made[name], names))[:MOST_NAMED]:
            yield told("not-recomputed", words.NOT_RECOMPUTED, words.SAME_PROGRAM, Place(name), row=row, what=what)


def recomputed(sealed: Sealed) -> dict[str, Part]:
    """The results and limits that come out of what a seal holds. Raises what `Contents.of` and `evaluate` raise."""
    contents = Contents.of(sealed.body, sealed.parts)
    if is_worked(sealed.parts):
        many = evaluate_many(contents, source_of(sealed.parts, contents.as_of))
        return result_parts_of_many(many, finals_of_many(many, contents.agency, contents.held), contents.agency, b"")
    run = evaluate(contents)
    return result_parts(run, finals_of(run, contents.agency, contents.held), contents.agency, b"")
