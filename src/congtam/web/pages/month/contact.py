"""Whom to turn to: who holds the personnel function in a person's agency today."""

from collections.abc import Iterable
from datetime import date

from congtam.orgs.queries import agencies_of, trees_under
from congtam.people.models import PersonText, PostSpan, Spell
from congtam.people.queries import units_of


def personnel_of(person: int, day: date) -> list[PersonText]:
    """The people of the personnel office of the agency in which a person works, in the order of lists."""
    agencies = set(agencies_of(units_of(person, day), day).values())
    posts = PostSpan.standing().filter(
        unit__in=trees_under(agencies, day), functions__contains=["personnel"], days__contains=day
    )
    holders: Iterable[int] = (
        Spell.standing().filter(post__in=posts.values("post"), days__contains=day).values_list("person", flat=True)
    )
    return list(PersonText.objects.filter(person__in=list(holders)).order_by("sort_key"))
