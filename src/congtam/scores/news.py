"""Whom a change of facts touches: what was told since is read by its number; no room needs to know of scores."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from congtam.engine.facts.fold import MENDS
from congtam.engine.scoring.agency import MOST_LEVELS
from congtam.history.dated import Fact
from congtam.orgs.models import UnitSpan
from congtam.people.models import Absence, PostSpan, Spell
from congtam.ratings.models import Decision, Rating, Reported
from congtam.work.linked import linked
from congtam.work.models import Event, ToFold


class News(NamedTuple):
    """Officials whose scores may have changed, those whose work stands in another unit or spell now (it is folded
    again), and whether everything must be looked at."""

    people: frozenset[int]
    moved: frozenset[int]
    everybody: bool


def since(seq: int, until: int, earlier: datetime) -> News:
    """What was told after `seq` and up to `until`. `earlier`: when the running month began; events from before it touch
    the period before, whose scores go back to the records."""
    if _new(UnitSpan, seq, until).exists():
        return News(frozenset(), frozenset(), True)
    posts = set(_new(PostSpan, seq, until).values_list("post_id", flat=True))
    moved = set(_new(Spell, seq, until).values_list("person_id", flat=True))
    if posts:
        moved |= set(Spell.standing().filter(post__in=posts).values_list("person_id", flat=True))
    people = moved | _above(moved)
    people |= set(_new(Absence, seq, until).values_list("person_id", flat=True))
    for kind in (Rating, Reported, Decision):
        people |= {person for person in _new(kind, seq, until).values_list("person_id", flat=True) if person}
    people |= _in_units(set(_new(Decision, seq, until).filter(unit__isnull=False).values_list("unit_id", flat=True)))
    people |= _late(seq, until, earlier)
    return News(frozenset(people), frozenset(moved), False)


def _new(kind: type[Fact], seq: int, until: int) -> QuerySet:
    """Rows added or closed since."""
    return kind._default_manager.filter(Q(seq__gt=seq, seq__lte=until) | Q(replaced_by__gt=seq, replaced_by__lte=until))


def _late(seq: int, until: int, earlier: datetime) -> set[int]:
    """The officials of items of which something was told now that happened before the running month, or that mends."""
    told = Event.objects.filter(seq__gt=seq, seq__lte=until)
    return _named(told.filter(Q(at__lt=earlier) | Q(activity__in=MENDS)).values_list("item", flat=True).distinct())


def unfolded(now: datetime) -> set[int]:
    """The officials whose work waits to be folded, and the leaders above them."""
    people = _named(ToFold.objects.filter(Q(not_before=None) | Q(not_before__lte=now)).values_list("item", flat=True))
    return people | _above(people)


def _named(items: Iterable[int]) -> set[int]:
    """The officials of items, and of those counted together with them."""
    named = Event.objects.filter(item__in=linked(items))
    people = set(named.filter(official__isnull=False).values_list("official_id", flat=True))
    passed_on = named.filter(activity="passed_on").values_list("counterpart", flat=True)
    return people | {int(person) for person in passed_on if person.isdecimal()}


def _above(people: Iterable[int]) -> set[int]:
    """Leaders of the units, and of all above them, in which these people work or worked."""
    posts = Spell._default_manager.filter(person__in=list(people)).values("post")
    units = set(PostSpan.standing().filter(post__in=posts).values_list("unit_id", flat=True))
    found = set(units)
    for _ in range(MOST_LEVELS):
        if not units:
            break
        spans = UnitSpan.standing().filter(unit__in=units, parent__isnull=False)
        units = set(spans.values_list("parent_id", flat=True)) - found
        found |= units
    leading = PostSpan.standing().filter(unit__in=found, leads=True).values("post")
    return set(Spell.standing().filter(post__in=leading).values_list("person_id", flat=True))


def _in_units(units: set[int]) -> set[int]:
    """Everyone in units or agencies that were graded from outside."""
    if not units:
        return set()
    inside = UnitSpan.standing().filter(Q(unit__in=units) | Q(agency__in=units)).values("unit")
    posts = PostSpan.standing().filter(unit__in=inside).values("post")
    return set(Spell.standing().filter(post__in=posts).values_list("person_id", flat=True))
