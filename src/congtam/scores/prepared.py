"""A seal before it is written: everything it holds laid out, and the figures computed from that and nothing else."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congtam.engine.scoring.agency import AgencyRun
from congtam.engine.scoring.final import Final
from congtam.engine.sealing.body import body_of
from congtam.engine.sealing.contents import Contents
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.recompute import evaluate, finals_of, result_parts
from congtam.engine.sealing.recompute_many import evaluate_many, finals_of_many, result_parts_of_many
from congtam.engine.sealing.versions import program
from congtam.engine.sealing.worked import source_of, work_parts
from congtam.scores.extract import Extract
from congtam.scores.models import SealSecret
from congtam.scores.sealable import Held, Text, contents_from, contents_of
from congtam.scores.working import in_columns, source_at

Finals = Mapping[str, Mapping[str, Final]]


@dataclass(frozen=True)
class Made:
    """What a seal of an extract will hold, in parts, with its texts and final grades."""

    extract: Extract
    texts: list[Text]
    finals: Finals
    body: dict[str, Any]
    parts: dict[str, Part]


def prepare(extract: Extract, held: Held) -> Made:
    """Everything a seal of an extract will hold. `held`: who holds a limited grade in the seal that stands, by card.

    Raises `RuntimeError` when the figures of what was laid out are not those of the facts: then it is not the whole;
    `Refused` where there is nothing to seal yet.
    """
    return _of_columns(extract, held) if in_columns(extract) else _of_records(extract, held)


def secret_of_site() -> bytes:
    """What the site salts its seals with; made the first time."""
    row, _ = SealSecret.objects.get_or_create(pk=1, defaults={"secret": secrets.token_bytes(32)})
    return bytes(row.secret)


def _of_records(extract: Extract, held: Held) -> Made:
    """From every record of every item."""
    expected, secret = extract.evaluate(), secret_of_site()
    contents, texts = contents_of(extract, expected, held)
    parts = contents.parts(secret)
    run = evaluate(Contents.of(contents.head(), parts))
    if _figures(run, extract.agency) != _figures(expected, extract.agency):
        raise RuntimeError(f"what would be sealed of {extract.period.label} does not give the figures of its facts")
    finals = finals_of(run, contents.agency, held)
    return _made(extract, contents, texts, finals, parts | result_parts(run, finals, contents.agency, secret))


def _of_columns(extract: Extract, held: Held) -> Made:
    """From work as it stands folded, for very many people."""
    secret, source = secret_of_site(), source_at(extract)
    contents, texts = contents_from(extract, (), held)
    parts = contents.parts(secret) | {part.name: part for part in work_parts(source, secret)}
    again = source_of(parts, source.as_of)
    if any(not again.relations[name].equals(table) for name, table in source.relations.items()):  # type: ignore[union-attr]
        raise RuntimeError(f"the work that would be sealed of {extract.period.label} does not read as it was written")
    run = evaluate_many(Contents.of(contents.head(), parts), again)
    finals = finals_of_many(run, contents.agency, held)
    return _made(extract, contents, texts, finals, parts | result_parts_of_many(run, finals, contents.agency, secret))


def _made(extract: Extract, contents: Contents, texts: list[Text], finals: Finals, parts: dict[str, Part]) -> Made:
    return Made(extract, texts, finals, body_of({**contents.head(), "program": program()}, parts), parts)


def _figures(run: AgencyRun, agency: int) -> dict[str, tuple[str | None, int, int, str | None]]:
    found: dict[str, tuple[str | None, int, int, str | None]] = {}
    for code, one in run.people.items():
        score = run.legal_score(code)
        if one.subject.agency == str(agency) and score is not None:
            found[code] = (one.card, score.lowest, score.highest, score.graded.grade)
    return found
