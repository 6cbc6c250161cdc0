"""What a period of evaluation has for people on a morning: slips that wait for a word, requests to review, rows of the
fund of rewards that wait for a signature."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from congtam.cycles.models import Step
from congtam.notices.models import Line
from congtam.notices.telling import Told, rows
from congtam.objections.models import Answer, Request, Slip
from congtam.objections.queries import waiting_among
from congtam.objections.reviewing import responders_of_all
from congtam.objections.terms import terms_of


def evaluating(asked: dict[str, Any], day: date) -> Iterator[Told]:
    """All of it. Four queries; where a slip is new or a request is open, those that work out until when."""
    yield from _slips(asked)
    yield from _requests(asked, day)
    yield from _answers(asked)
    yield from _to_sign(asked, day)


def _slips(asked: dict[str, Any]) -> Iterator[Told]:
    """Slips of cycles that are not sealed to some line of which their person said nothing yet. Those that were told
    are left out here already: what was said to a slip costs most to read."""
    sealed = Step.objects.filter(cycle=OuterRef("cycle"), step="seal", state="done", replaced_by=None)
    told = Line.objects.filter(person=OuterRef("person"), what="slip", key=Cast(OuterRef("seq"), CharField()))
    shown = Slip.objects.filter(person__in=asked["people"], replaced_by=None, shown_at__lt=asked["now"])
    fresh = shown.filter(~Exists(sealed), ~Exists(told)).select_related("cycle")
    for slip, until in waiting_among(fresh, asked["now"]):
        yield Told(slip.person_id, None, "slip", str(slip.seq), until)


def _requests(asked: dict[str, Any], day: date) -> Iterator[Told]:
    """Open requests to review, to whoever may answer them on the day: whoever takes over a post is told, too."""
    waiting = Request.objects.filter(answer=None, asked_at__lt=asked["now"]).select_related("cycle")
    found = list(waiting.order_by("seq"))
    if not found:
        return
    people, responders = set(asked["people"]), responders_of_all(found, day)
    cycles = {one.cycle_id: one.cycle for one in found}
    terms = {number: terms_of(cycle, asked["now"]) for number, cycle in cycles.items()}
    for one in found:
        for person in people.intersection(responders[one.seq]):
            until = terms[one.cycle_id].answer_by(one)
            yield Told(person, None, "review_asked", str(one.seq), until, one.person_id)


def _answers(asked: dict[str, Any]) -> Iterator[Told]:
    """Answers to what somebody asked for."""
    given = Answer.objects.filter(request__person__in=asked["people"], at__gte=asked["at"], at__lt=asked["now"])
    for person, answer, at, by in given.values_list("request__person", "seq", "at", "by"):
        yield Told(person, None, "review_answered", str(answer), at, by)


_TO_SIGN = """
SELECT spell.person_id, entry.seq, entry.by_id FROM reward_entry entry
JOIN people_postspan post ON post.unit_id = entry.agency_id AND post.leads AND post.replaced_by IS NULL
    AND post.days @> %(day)s::date
JOIN people_spell spell ON spell.post_id = post.post_id AND spell.replaced_by IS NULL AND spell.days @> %(day)s::date
WHERE entry.replaced_by IS NULL AND entry.state = 'proposed' AND entry.seq <= %(until)s
    AND spell.person_id = ANY(%(people)s) AND spell.person_id <> entry.by_id
"""


def _to_sign(asked: dict[str, Any], day: date) -> Iterator[Told]:
    """Rows of a fund, to who heads its agency and did not enter them."""
    for person, entry, by in rows(_TO_SIGN, asked | {"day": day}):
        yield Told(person, None, "to_sign", str(entry), None, by)
