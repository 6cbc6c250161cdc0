"""Which units something touches: people who moved, and work that was told of."""

from collections.abc import Collection, Iterable

from congtam.people.models import PostSpan, Spell
from congtam.work.folding import touched_by
from congtam.work.linked import linked
from congtam.work.models import Event


def units_of_people(people: Iterable[int]) -> set[int]:
    """Every unit in which these people hold or ever held a post, also as was believed once."""
    posts = Spell._default_manager.filter(person__in=list(people)).values("post")
    return set(PostSpan._default_manager.filter(post__in=posts).values_list("unit_id", flat=True))


def units_of_items(items: Collection[int]) -> set[int]:
    """Every unit in which items, and those counted together with them, stand or may come to stand once folded."""
    group = linked(items)
    if not group:
        return set()
    events = Event.objects.filter(item__in=group)
    people = set(events.filter(official__isnull=False).values_list("official_id", flat=True))
    receivers = events.filter(activity="passed_on").values_list("counterpart", flat=True)
    people |= {int(person) for person in receivers if person.isdecimal()}
    named = set(events.filter(unit__isnull=False).values_list("unit_id", flat=True))
    return named | units_of_people(people) | touched_by(sorted(group)).units
