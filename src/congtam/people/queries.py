"""Who works where, by day."""

from datetime import date

from congtam.people.models import PostSpan, Spell


def units_of(person: int, day: date) -> list[int]:
    """The units in which a person works on a day; of somebody who left, the last one."""
    spells = list(Spell.standing().filter(person=person, days__startswith__lte=day).order_by("-days__startswith"))
    now = [one for one in spells if one.days.upper is None or one.days.upper > day] or spells[:1]
    posts = PostSpan.standing().filter(post__in=[one.post_id for one in now]).order_by("-days__startswith")
    units: dict[int, int] = {}
    for post in posts:
        units.setdefault(post.post_id, post.unit_id)
    return list(units.values())
