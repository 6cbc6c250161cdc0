"""Whether the seals of a site hold, and whether its database still says what was sealed; what does not is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from congtam.engine.findings import Finding, Place, Unusable
from congtam.engine.periods import Period
from congtam.engine.sealing import words
from congtam.engine.sealing.archive import MANIFEST, Sealed
from congtam.engine.sealing.contents import HELD, TEXTS, Contents
from congtam.engine.sealing.encoding import digest, line
from congtam.engine.sealing.lines import CHECKS
from congtam.engine.sealing.naming import Names, told
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.recompute import RESULTS, finals_of, result_parts
from congtam.engine.sealing.recompute_many import evaluate_many, finals_of_many, result_parts_of_many
from congtam.engine.sealing.telling import between, differences
from congtam.engine.sealing.verify import MOST_NAMED, Verdict, verify
from congtam.engine.sealing.worked import COLUMNS, is_worked, work_parts
from congtam.history.refused import Refused
from congtam.scores.extract import Extract
from congtam.scores.keeping import kept
from congtam.scores.models import Seal, SealedScore
from congtam.scores.sealable import contents_from
from congtam.scores.working import source_at
from congtam.work.queries import events_of


@dataclass(frozen=True)
class Checked:
    """One seal of the site: what its kept file says by itself (None: it cannot be read), and where the site says
    otherwise."""

    seal: Seal
    verdict: Verdict | None
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whole, recomputed, and the same in the database."""
        return self.verdict is not None and self.verdict.holds and not self.findings


def check(seal: Seal) -> Checked:
    """Look at everything about one seal."""
    try:
        sealed = kept(seal)
    except Unusable as broken:
        return Checked(seal, None, broken.findings)
    verdict = verify(sealed, seal.body)
    names = Names.of(sealed.parts)
    return Checked(
        seal, verdict, (*_envelope(seal, sealed), *_pages(seal, sealed, names), *_facts(seal, sealed, names))
    )


def _envelope(seal: Seal, sealed: Sealed) -> Iterator[Finding]:
    """The chain: what the row, its file and the seal before say of each other."""
    place = Place(MANIFEST)
    if digest(dict(sealed.envelope)) != seal.head or dict(sealed.envelope) != seal.envelope:
        yield told("envelope-changed", words.ENVELOPE_CHANGED, words.RESTORE, place)
    before, taken = seal.previous, seal.supersedes
    heads = (before.head if before else None, taken.head if taken else None)
    if heads != (sealed.envelope.get("previous"), sealed.envelope.get("supersedes")):
        yield told("chain-broken", words.CHAIN_BROKEN, words.RESTORE, place)


def _pages(seal: Seal, sealed: Sealed, names: Names) -> Iterator[Finding]:
    """What pages show of each person, against what is sealed."""
    part = sealed.parts[RESULTS]
    shown = {str(one.person_id): _shown(one) for one in SealedScore.objects.filter(seal=seal)}
    within = {code: _within(result) for code, result in part.values()}
    for code in sorted(shown.keys() | within.keys(), key=int):
        if shown.get(code) != within.get(code):
            what = between(RESULTS, within.get(code), shown.get(code))
            row = names.row(part, line([code]))
            yield told("shown-otherwise", words.SHOWN_OTHERWISE, words.RESTORE, Place(RESULTS), row=row, what=what)


def _shown(one: SealedScore) -> dict[str, object]:
    return {"card": one.card, "points": one.points, "grade": one.grade, "by": one.by, "cap": one.cap}


def _within(result: Mapping[str, object]) -> dict[str, object]:
    points = result["lowest"] if result["lowest"] == result["highest"] else None
    return {"points": points, **{name: result[name] for name in ("card", "grade", "by", "cap")}}


def _facts(seal: Seal, sealed: Sealed, names: Names) -> Iterator[Finding]:
    """Facts, rules, calendars and figures as the database gives them at the number of the seal."""
    extract = Extract(seal.agency_id, Period.parse(seal.period), seal.seq, seal.as_of)
    try:
        anew = (_of_columns if is_worked(sealed.parts) else _of_records)(extract, sealed)
    except Refused as refused:
        yield told("database-differs", words.NOTHING_THERE, words.RESTORE, Place(), why=refused.text)
        return
    except Unusable as unusable:
        yield from unusable.findings
        return
    for name in sorted(one for one in sealed.parts if one not in (HELD, TEXTS, COLUMNS) and not one.startswith(CHECKS)):
        for row, what in list(differences(sealed.parts[name], anew[name], names))[:MOST_NAMED]:
            yield told("database-differs", words.DATABASE_DIFFERS, words.RESTORE, Place(name), row=row, what=what)


def _of_records(extract: Extract, sealed: Sealed) -> dict[str, Part]:
    within = Contents.of(sealed.body, sealed.parts)
    items = {int(event.item) for event in within.facts.events}
    contents, _ = contents_from(extract, events_of(items, extract.seq), within.held)
    run = extract.evaluate()
    finals = finals_of(run, contents.agency, within.held)
    return contents.parts(b"") | result_parts(run, finals, contents.agency, b"")


def _of_columns(extract: Extract, sealed: Sealed) -> dict[str, Part]:
    contents, _ = contents_from(extract, (), Contents.of(sealed.body, sealed.parts).held)
    source = source_at(extract)
    run = evaluate_many(contents, source)
    finals = finals_of_many(run, contents.agency, contents.held)
    work = {part.name: part for part in work_parts(source, b"")}
    return contents.parts(b"") | work | result_parts_of_many(run, finals, contents.agency, b"")
