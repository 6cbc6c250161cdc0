"""Whom to turn to: who holds the personnel function in a person's agency today."""

from collections.abc import Sequence
from datetime import date

from congtam.orgs.queries import Branch
from congtam.people.models import PersonText, PostSpan, Spell
from congtam.people.queries import units_of


def personnel_of(person: int, day: date, tree: Sequence[Branch]) -> list[PersonText]:
    """The people of the personnel office of the agency in which a person works, in the order of lists. `tree`: all
    units of the day, each after the unit above it."""
    own = set(units_of(person, day))
    there = {branch.agency for branch in tree if branch.unit in own}
    for branch in tree:
        if branch.parent in there:
            there.add(branch.unit)
    posts = PostSpan.standing().filter(unit__in=there, functions__contains=["personnel"], days__contains=day)
    holders = Spell.standing().filter(post__in=posts.values("post"), days__contains=day).values("person")
    return list(PersonText.objects.filter(person__in=holders).order_by("sort_key"))
