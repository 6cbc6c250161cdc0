"""What retention has for people on a morning: lists of erasure that wait for approval, and, once a month, that
something has come to the end of its term."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from congtam.notices.telling import Told, rows
from congtam.retention.models import Term
from congtam.retention.queries import ended

_TO_APPROVE = """
SELECT spell.person_id, list.series, list.by_id FROM retention_erasure list
JOIN people_postspan post ON post.unit_id = list.agency_id AND post.leads AND post.replaced_by IS NULL
    AND post.days @> %(day)s::date
JOIN people_spell spell ON spell.post_id = post.post_id AND spell.replaced_by IS NULL AND spell.days @> %(day)s::date
WHERE list.replaced_by IS NULL AND list.state = 'proposed' AND list.seq <= %(until)s
    AND spell.person_id = ANY(%(people)s) AND spell.person_id <> list.by_id
"""
_PERSONNEL = """
SELECT spell.person_id, unit.agency_id FROM people_spell spell
JOIN people_postspan post ON post.post_id = spell.post_id AND post.replaced_by IS NULL
    AND post.days @> %(day)s::date AND 'personnel' = ANY(post.functions)
JOIN orgs_unitspan unit ON unit.unit_id = post.unit_id AND unit.replaced_by IS NULL AND unit.days @> %(day)s::date
WHERE spell.replaced_by IS NULL AND spell.days @> %(day)s::date
    AND spell.person_id = ANY(%(people)s) AND unit.agency_id = ANY(%(agencies)s)
"""


def retaining(asked: dict[str, Any], day: date) -> Iterator[Told]:
    """All of it. Two queries; where an agency has set a term, those that look for what has ended."""
    for person, series, by in rows(_TO_APPROVE, asked | {"day": day}):
        yield Told(person, None, "to_erase", str(series), None, by)
    terms = list(Term.standing().filter(first__lte=day).values_list("agency", flat=True).distinct())
    if not terms:
        return
    personnel = list(rows(_PERSONNEL, asked | {"day": day, "agencies": terms}))
    found = {agency: _any(agency, day, asked["now"]) for agency in {agency for _, agency in personnel}}
    for person, agency in personnel:
        if found[agency]:
            yield Told(person, None, "term_ended", f"{day:%Y-%m}-{agency}")


def _any(agency: int, day: date, now: datetime) -> bool:
    return any(one.free for one in ended(agency, day, now).values())
