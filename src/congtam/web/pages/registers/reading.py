"""One document as its page shows it: what is printed on it, facts about its days, its story and its files."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congtam.access.seats import Seat
from congtam.desk.queries import parts_in
from congtam.documents.signature_words import CHANGES, GOOD, PROBLEMS
from congtam.engine.facts.cells import parse_instant
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.people.queries import names_of
from congtam.registers.models import Document, Paper, Step
from congtam.registers.proposing import in_time
from congtam.registers.queries import papers_of, story_of
from congtam.web.pages.registers import words
from congtam.web.pages.task.words import URGENCY


@dataclass(frozen=True)
class Told:
    """One step of the story in words; `to`: whom it concerned."""

    at: datetime
    what: Text
    who: str
    to: str
    text: str


@dataclass(frozen=True)
class Signature:
    """What was found about one signature, in words. `problem`: None when it counts."""

    signer: str
    issuer: str
    serial: str
    signed_at: datetime | None
    changes: Text
    trusted: bool
    problem: Text | None


@dataclass(frozen=True)
class File:
    """A file of the document: what it is, what was found about its signatures, who was asked about it."""

    paper: Paper
    what: Text
    who: str
    signatures: list[Signature]
    verdict: Text | None
    good: bool
    reviews: list[tuple[str, Text, str, datetime | None]]


@dataclass(frozen=True)
class Reading:
    """Everything the page says of a document."""

    state: Text
    badge: str
    urgency: Text
    secrecy: Text | None
    entered_in_time: bool | None
    sent_in_time: bool | None
    story: list[Told]
    files: list[File]
    with_whom: str
    drafter: str
    sees_work: bool
    answered_by: list[Document]


def read(seat: Seat, document: Document) -> Reading:
    """What the page says of a document to a seat that may see it."""
    steps, papers = list(story_of(document)), list(papers_of(document))
    people = {one for step in steps for one in (step.by_id, step.to_id)} | {paper.by_id for paper in papers}
    people |= {review.reviewer_id for paper in papers for review in paper.reviews.all()}
    names = names_of(one for one in people | {document.with_whom_id, document.drafter_id} if one)
    when = {step.step: step.at for step in steps}
    signed = when.get("signed")
    return Reading(
        words.STATES[document.standing],
        words.BADGES[document.standing],
        URGENCY[document.urgency],
        words.SECRECY.get(document.secrecy),
        in_time(document.arrived_on, document.made_at) if document.direction == "in" else None,
        in_time(local_day(signed), when.get("sent")) if signed else None,
        [_step(step, names) for step in steps],
        [_file(paper, names) for paper in papers],
        names.get(document.with_whom_id or 0, ""),
        names.get(document.drafter_id or 0, ""),
        document.item_id is not None and bool(parts_in(seat, document.item_id)),
        list(document.answered_by.filter(number__isnull=False).order_by("pk")),
    )


def _step(step: Step, names: dict[int, str]) -> Told:
    return Told(
        step.at, words.STEPS[step.step], names.get(step.by_id or 0, ""), names.get(step.to_id or 0, ""), step.text
    )


def _file(paper: Paper, names: dict[int, str]) -> File:
    found = [_signature(one) for one in paper.signatures]
    problem = next((one.problem for one in found if one.problem), None)
    pdf = paper.file.kind == "pdf" and paper.purpose != "draft"
    verdict = (problem or GOOD) if found else PROBLEMS["none"] if pdf else None
    return File(
        paper,
        words.PURPOSES[paper.purpose],
        names.get(paper.by_id, ""),
        found,
        verdict,
        bool(found) and problem is None,
        [
            (names.get(one.reviewer_id, ""), words.VERDICTS[one.verdict], one.text, one.answered_at)
            for one in _ordered(paper.reviews.all())
        ],
    )


def _ordered(reviews: Iterable[Any]) -> list[Any]:
    return sorted(reviews, key=lambda one: one.pk)


def _signature(facts: dict[str, Any]) -> Signature:
    return Signature(
        facts["signer"],
        facts["issuer"],
        " ".join(re.findall(".{1,4}", facts["serial"])),
        parse_instant(facts["signed_at"]) if facts["signed_at"] else None,
        CHANGES[facts["changes"]],
        facts["trusted"],
        PROBLEMS[facts["problem"]] if facts["problem"] else None,
    )
