"""Whether the seals of a site hold, and whether its database still says what was sealed; what does not is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from congtam.engine.findings import Finding, Place, Unusable
from congtam.engine.periods import Period
from congtam.engine.sealing.archive import Sealed
from congtam.engine.sealing.contents import HELD, TEXTS, Contents
from congtam.engine.sealing.encoding import digest
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.recompute import RESULTS, finals_of, result_parts
from congtam.engine.sealing.recompute_many import evaluate_many, finals_of_many, result_parts_of_many
from congtam.engine.sealing.verify import MOST_NAMED, Verdict, differences, verify
from congtam.engine.sealing.worked import COLUMNS, is_worked, work_parts
from congtam.history.refused import Refused
from congtam.scores.extract import Extract
from congtam.scores.keeping import kept
from congtam.scores.models import Seal, SealedScore
from congtam.scores.sealable import contents_from
from congtam.scores.working import source_at
from congtam.work.queries import events_of

_ADVICE = "restore the database from a backup of before, or find out who changed it outside of the product"


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
    return Checked(seal, verdict, (*_envelope(seal, sealed), *_told(seal, sealed), *_facts(seal, sealed)))


def _envelope(seal: Seal, sealed: Sealed) -> Iterator[Finding]:
    """The chain: what the row, its file and the seal before say of each other."""
    place = Place("manifest.json")
    if digest(dict(sealed.envelope)) != seal.head or dict(sealed.envelope) != seal.envelope:
        yield Finding("envelope-changed", "the envelope is not the one that was sealed", _ADVICE, place)
    before, taken = seal.previous, seal.supersedes
    told = (before.head if before else None, taken.head if taken else None)
    if told != (sealed.envelope.get("previous"), sealed.envelope.get("supersedes")):
        yield Finding("chain-broken", "the seal before it is not the one its envelope names", _ADVICE, place)


def _told(seal: Seal, sealed: Sealed) -> Iterator[Finding]:
    """What pages show of each person, against what is sealed."""
    shown = {str(one.person_id): _shown(one) for one in SealedScore.objects.filter(seal=seal)}
    within = {code: _within(told) for code, told in sealed.parts[RESULTS].values()}
    for code in sorted(shown.keys() | within.keys(), key=int):
        if shown.get(code) != within.get(code):
            message = f"results: {code}: pages show {shown.get(code)}, sealed was {within.get(code)}"
            yield Finding("shown-otherwise", message, _ADVICE, Place(RESULTS))


def _shown(one: SealedScore) -> tuple[object, ...]:
    return one.card, one.points, one.grade, one.by, one.cap


def _within(told: Mapping[str, object]) -> tuple[object, ...]:
    points = told["lowest"] if told["lowest"] == told["highest"] else None
    return told["card"], points, told["grade"], told["by"], told["cap"]


def _facts(seal: Seal, sealed: Sealed) -> Iterator[Finding]:
    """Facts, rules, calendars and figures as the database gives them at the number of the seal."""
    extract = Extract(seal.agency_id, Period.parse(seal.period), seal.seq, seal.as_of)
    try:
        anew = (_of_columns if is_worked(sealed.parts) else _of_records)(extract, sealed)
    except Refused as refused:
        yield Finding("database-differs", f"the database has nothing to seal any more: {refused.text.en}", _ADVICE)
        return
    except Unusable as unusable:
        yield from unusable.findings
        return
    for name in sorted(sealed.parts.keys() - {HELD, TEXTS, COLUMNS}):
        yield from _otherwise(sealed.parts[name], anew[name])


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


def _otherwise(sealed: Part, anew: Part) -> Iterator[Finding]:
    for name, what in list(differences(sealed, anew))[:MOST_NAMED]:
        yield Finding("database-differs", f"{sealed.name}: {name}: {what}", _ADVICE, Place(sealed.name))
