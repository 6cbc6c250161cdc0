"""The story of a piece of work: what happened and what was said of it, each deed told once."""

from dataclasses import dataclass
from datetime import datetime

from congtam.desk.models import Question
from congtam.engine.rulebook.model import Text
from congtam.web.pages.task import words
from congtam.web.pages.task.reading import Piece
from congtam.web.pages.worklist.item import happened
from congtam.work.models import Event

TOLD_WITH = {  # what is written beside a deed and goes without saying
    "assigned": frozenset({"registered", "due"}),
    "returned": frozenset({"paused", "resumed"}),
    "reopened": frozenset({"paused", "resumed"}),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened or was said: when, what, who; `text` in their own words; `gone`: taken back."""

    at: datetime
    what: Text
    who: str
    detail: str
    text: str
    gone: bool


def story(one: Piece, lang: str) -> list[Line]:
    """What happened and what was said of it, the last first. What one deed wrote together is told once."""
    said = {remark.entry: remark for remark in one.remarks if remark.entry is not None}
    unsaid = {(_entry(event), other) for event in one.events for other in TOLD_WITH.get(event.activity, ())}
    lines: list[Line] = []
    for event in one.events:
        if _entry(event) is not None and (_entry(event), event.activity) in unsaid:
            continue
        remark = said.pop(_entry(event), None)
        told = happened(event, one.people, event.seq in one.gone, lang)
        detail = "; ".join(part for part in (told.value, told.decision) if part)
        lines.append(Line(event.at, told.what, told.who, detail, remark.text if remark else "", told.gone))
    alone = [remark for remark in one.remarks if remark.entry is None or remark.entry in said]
    lines += [
        Line(remark.at, words.said_of(remark.kind), one.name(remark.by_id), "", remark.text, False) for remark in alone
    ]
    lines += [_declined(one, asked) for asked in one.asked if asked.state == "refused" and asked.kind != "acceptance"]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _declined(one: Piece, asked: Question) -> Line:
    """A no; a yes left events, and so did work that was returned."""
    at = asked.answered_at or asked.asked_at
    return Line(at, words.NO[asked.kind], one.name(asked.answered_by_id), "", asked.answer, False)


def _entry(event: Event) -> int | None:
    """The entry of the journal an event was written with in Công Tâm."""
    word, _, number = event.place.partition(" ")
    return int(number) if word == "journal" and number.isdecimal() else None
