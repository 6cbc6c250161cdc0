"""Whether a seal is as it was sealed, and whether its figures come out again; what does not hold is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from congtam.engine.findings import Finding, Place, Unusable
from congtam.engine.sealing.archive import Sealed
from congtam.engine.sealing.body import body_digest
from congtam.engine.sealing.contents import Contents
from congtam.engine.sealing.encoding import read
from congtam.engine.sealing.merkle import root
from congtam.engine.sealing.parts import GONE, Part
from congtam.engine.sealing.recompute import LIMITS, RESULTS, evaluate, finals_of, result_parts
from congtam.engine.sealing.recompute_many import evaluate_many, finals_of_many, result_parts_of_many
from congtam.engine.sealing.versions import differing
from congtam.engine.sealing.worked import is_worked, source_of

MOST_NAMED = 50  # rows of one part
LONGEST = 120  # letters of a value in a finding
_ADVICE = "compare with another copy of the seal, or with the site's own by `congtam verify --site`"


@dataclass(frozen=True)
class Verdict:
    """`intact`: every row, part and the body are what was sealed. `recomputes`: the same figures come out (None: not
    tried, for the seal is not whole). `engine_differs`: what has another version here. `erased`: rows that were erased
    by part, as the seal allows."""

    body: str
    intact: bool
    recomputes: bool | None
    engine_differs: tuple[str, ...]
    erased: Mapping[str, int]
    people: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Intact, and the same figures came out."""
        return self.intact and self.recomputes is True


def verify(sealed: Sealed, expected: str | None = None) -> Verdict:
    """Look at everything a seal holds. `expected`: the digest of the body as a document or another copy names it."""
    found = [*_changed(sealed), *_body(sealed, expected)]
    anew: list[Finding] | None = None
    if not found:
        anew = list(_recomputed(sealed))
    return Verdict(
        body_digest(sealed.body),
        not found,
        None if anew is None else not anew,
        tuple(differing(dict(sealed.body.get("program", {})))),
        {name: part.erased for name, part in sealed.parts.items() if part.erased},
        len(sealed.parts[RESULTS].leaves) if RESULTS in sealed.parts else 0,
        (*found, *(anew or ())),
    )


def _changed(sealed: Sealed) -> Iterator[Finding]:
    """Rows that are not their leaves, and leaves that are not what the body says."""
    for name, part in sealed.parts.items():
        rows = list(part.changed())
        for number, row in rows[:MOST_NAMED]:
            yield Finding("row-changed", f"{name}: {row} is not as it was sealed", _ADVICE, Place(name, row=number))
        if len(rows) > MOST_NAMED:
            message = f"{name}: {len(rows) - MOST_NAMED} more rows are not as they were sealed"
            yield Finding("row-changed", message, _ADVICE, Place(name))
        said = sealed.body["parts"][name]
        if not isinstance(said, dict) or said != part.told() or root(part.leaves).hex() != said.get("root"):
            yield Finding("part-changed", f"{name}: the leaves are not those of the body", _ADVICE, Place(name))


def _body(sealed: Sealed, expected: str | None) -> Iterator[Finding]:
    digest = body_digest(sealed.body)
    if sealed.envelope.get("body") != digest:
        yield Finding("body-changed", "the body is not the one its envelope names", _ADVICE, Place("manifest.json"))
    if expected is not None and expected != digest:
        yield Finding("other-body", f"the body is {digest}, not {expected}", _ADVICE, Place("manifest.json"))


def _recomputed(sealed: Sealed) -> Iterator[Finding]:
    """Whose figures come out otherwise."""
    try:
        made = recomputed(sealed)
    except Unusable as refused:
        yield from refused.findings
        return
    except (KeyError, TypeError, ValueError, AttributeError, pa.ArrowInvalid) as error:
        message = f"what is sealed cannot be read: {type(error).__name__}: {error}"
        yield Finding("cannot-recompute", message, "verify it with the version that sealed it")
        return
    for name in (RESULTS, LIMITS):
        for row, what in list(differences(sealed.parts[name], made[name]))[:MOST_NAMED]:
            yield Finding("not-recomputed", f"{name}: {row}: {what}", _ADVICE, Place(name))


def recomputed(sealed: Sealed) -> dict[str, Part]:
    """The results and limits that come out of what a seal holds. Raises what `Contents.of` and `evaluate` raise."""
    contents = Contents.of(sealed.body, sealed.parts)
    if is_worked(sealed.parts):
        many = evaluate_many(contents, source_of(sealed.parts, contents.as_of))
        return result_parts_of_many(many, finals_of_many(many, contents.agency, contents.held), contents.agency, b"")
    run = evaluate(contents)
    return result_parts(run, finals_of(run, contents.agency, contents.held), contents.agency, b"")


def differences(sealed: Part, anew: Part) -> Iterator[tuple[str, str]]:
    """Rows that are otherwise now, by name, with what differs."""
    was, now = _by_name(sealed), _by_name(anew)
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            yield name, _told(was.get(name), now.get(name))


def _by_name(part: Part) -> dict[str, list[Any]]:
    return {part.name_of(row): read(row)[part.key :] for row in part.rows if row != GONE}


def _told(was: list[Any] | None, now: list[Any] | None) -> str:
    if was is None or now is None:
        return "it was sealed, and is not there now" if now is None else "it is there now, but was not sealed"
    pairs = list(zip(was, now, strict=True)) if len(was) == len(now) else [(was, now)]
    told = [inner for before, after in pairs if before != after for inner in _inside(before, after)]
    return "; ".join(f"{name}was {_short(before)}, is now {_short(after)}" for name, before, after in told)


def _inside(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if not isinstance(before, dict) or not isinstance(after, dict):
        yield "", before, after
        return
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"{name} ", before.get(name), after.get(name)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
