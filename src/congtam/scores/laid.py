"""A score laid out for a row of the database and for pages: plain JSON, points in millionths, both languages."""

from typing import Any

from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.legal import Entry
from congtam.engine.scoring.subject import Score
from congtam.engine.scoring.tree import PartScore

Json = dict[str, Any]


def row(score: Score, entry: Entry, legal: bool) -> Json:
    """The columns of an official's score that live rows and rows of runs share, but for the period."""
    subject = score.subject
    return {
        "person_id": int(subject.code),
        "legal": legal,
        "role": subject.role,
        "unit_id": int(subject.unit or 0),
        "duty_group": subject.duty_group or "",
        "staff_kind": subject.staff_kind or "",
        "working_days": subject.working_days or 0,
        **_figures(score, entry),
    }


def unit_row(score: Score, entry: Entry) -> Json:
    """The same of a unit's score."""
    return {"unit_id": int(score.subject.code), "legal": entry.card.model.legal, **_figures(score, entry)}


def _figures(score: Score, entry: Entry) -> Json:
    return {
        "rulebook": entry.rulebook.id,
        "scorecard": entry.card.id,
        "agency_id": int(score.subject.agency or 0),
        "lowest": score.lowest,
        "highest": score.highest,
        "earned": score.earned,
        "measurable": score.measurable,
        "grade": score.graded.grade,
        "graded_by": str(score.graded.by),
        "n_items": score.n_items,
        "parts": parts(score),
        "grading": grading(score.graded),
    }


def parts(score: Score) -> list[Json]:
    """The parts that carry points, in the order of the scorecard, each with the group it stands in (None: none).

    `points` and `lost` are None while a part has no figure; `stated` are the points the rule gives it, `maximum` those
    it is worth after points of parts that did not arise were redistributed.
    """
    return [_part(leaf, group) for top in score.parts for group, leaf in _leaves(top, None)]


def _leaves(part: PartScore, group: PartScore | None) -> list[tuple[PartScore | None, PartScore]]:
    if not part.parts:
        return [(group, part)]
    return [pair for inner in part.parts for pair in _leaves(inner, part)]


def _part(part: PartScore, group: PartScore | None) -> Json:
    return {
        "id": part.id,
        **_text(part.title),
        "group": None if group is None else {"id": group.id, **_text(group.title)},
        "state": str(part.state),
        "stated": part.stated,
        "maximum": part.maximum,
        "points": part.points,
        "earned": part.earned,
        "measurable": part.measurable,
        "lost": part.lost,
        "indicators": list(part.indicators),
    }


def grading(graded: Graded) -> Json:
    """Why the grade is what it is, and every proposal of the machine with what a person said to it."""
    return {
        "reason": None if graded.reason is None else _text(graded.reason),
        "ceiling": graded.ceiling,
        "decision": graded.decision.number if graded.decision else None,
        "proposals": [
            {
                "veto": one.veto,
                **_text(one.title),
                "propose": one.propose,
                "state": str(one.state),
                "n": one.n,
                "min_items": one.min_items,
                "decision": one.decision.number if one.decision else None,
            }
            for one in graded.proposals
        ],
    }


def _text(text: Text) -> Json:
    return {"vi": text.vi, "en": text.en}
