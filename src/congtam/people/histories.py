"""Units, posts and people through all their rows, those that later ones took the place of included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from congtam.history.dated import Fact
from congtam.orgs.models import ChangeShare, UnitSpan
from congtam.people.models import Absence, Delegation, PostSpan, Spell
from congtam.people.queries import Staff, staff_of


@dataclass(frozen=True)
class Told:
    """One row of a history. `stands`: nothing took its place, else `by` whom and `at` when, if known."""

    row: Any
    stands: bool
    by: int | None
    at: Any


@dataclass(frozen=True)
class PostHeld:
    """A post of a unit on a day, with who holds it (nobody: it is vacant)."""

    post: PostSpan
    holders: tuple[Staff, ...]


def unit_history(unit: int) -> list[Told]:
    """Every row of a unit, the newest first."""
    return _told(UnitSpan, UnitSpan.objects.filter(unit=unit).select_related("parent", "agency", "change"))


def unit_decisions(unit: int) -> list[ChangeShare]:
    """The shares of standing decisions that gave tasks to the unit or took them from it, the latest first."""
    shares = ChangeShare.objects.filter(change__replaced_by__isnull=True).select_related(
        "change", "predecessor", "successor"
    )
    mine = shares.filter(predecessor=unit) | shares.filter(successor=unit)
    return list(mine.order_by("-change__effective_on", "pk"))


def posts_in(unit: int, day: date) -> list[PostHeld]:
    """The posts of a unit on a day, by rank and code, with their holders."""
    holders: dict[int, list[Staff]] = {}
    for one in staff_of([unit], day):
        holders.setdefault(one.post, []).append(one)
    spans = (
        PostSpan.standing().filter(unit=unit, days__contains=day).select_related("post").order_by("rank", "post__code")
    )
    return [PostHeld(span, tuple(holders.get(span.post_id, ()))) for span in spans]


def post_history(post: int) -> list[Told]:
    """Every row of a post, the newest first."""
    return _told(PostSpan, PostSpan.objects.filter(post=post).select_related("unit"))


def post_holders(post: int) -> list[Spell]:
    """Who held a post, the latest first."""
    return list(Spell.standing().filter(post=post).select_related("person__text").order_by("-days__startswith"))


def spell_history(person: int) -> list[Told]:
    """Every row about where a person worked, the newest first."""
    return _told(Spell, Spell.objects.filter(person=person).select_related("post"))


def absence_history(person: int) -> list[Told]:
    """Every row about when a person was away, the newest first."""
    return _told(Absence, Absence.objects.filter(person=person))


def delegation_history(person: int) -> list[Told]:
    """Every delegation a person gave or received, the newest first."""
    rows = Delegation.objects.filter(giver=person) | Delegation.objects.filter(receiver=person)
    return _told(Delegation, rows.select_related("giver__text", "receiver__text", "unit"))


def titles_of(posts: Iterable[int], day: date) -> dict[int, PostSpan]:
    """Each post as it is on a day; of those that ended or begin later, as it was last told."""
    found: dict[int, PostSpan] = {}
    for span in PostSpan.standing().filter(post__in=set(posts)).order_by("days"):
        meant = found.get(span.post_id)
        if meant is None or span.days.lower <= day:
            found[span.post_id] = span
    return found


def _told(kind: type[Fact], rows: Any) -> list[Told]:
    found = list(rows.order_by("-seq"))
    closing = {row.seq: row for row in kind._default_manager.filter(seq__in=[one.replaced_by for one in found])}
    return [
        Told(row, row.replaced_by is None, getattr(by, "recorded_by", None), getattr(by, "recorded_at", None))
        for row in found
        for by in [closing.get(row.replaced_by)]
    ]
