"""Who works where, by day; what persons are called; who may be meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet, Value

from congtam.orgs.queries import above
from congtam.people.models import Absence, Delegation, PersonText, PostSpan, Spell
from congtam.people.names import search_key


@dataclass(frozen=True)
class Staff:
    """A person in a post on a day. `spell` is its code, `seq` the row an edit starts from."""

    person: int
    code: str
    full_name: str
    honorific: str
    unit: int
    post: int
    title: str
    duty_group: str
    leads: bool
    rank: int
    staff_kind: str
    spell: str
    seq: int
    sort_key: str


def units_of(person: int, day: date) -> list[int]:
    """The units in which a person works on a day; of somebody who left, the last one."""
    return units_of_all([person], day).get(person, [])


def units_of_all(persons: Iterable[int], day: date) -> dict[int, list[int]]:
    """`units_of` for many persons, in one query."""
    return _units_by_person(Spell.standing().filter(person__in=list(persons)), day)


def people_under(units: Iterable[int], day: date) -> frozenset[int]:
    """Everyone who works in one of the units on a day, or last worked there when they left: the very people over whom
    the gate gives the rights that are held over these units. One query, none when there are no units."""
    wanted = set(units)
    if not wanted:
        return frozenset()
    posts = PostSpan.standing().filter(unit__in=wanted).values("post")
    met = Spell.standing().filter(post__in=posts, days__startswith__lte=day).values("person")
    found = _units_by_person(Spell.standing().filter(person__in=met), day)
    return frozenset(person for person, there in found.items() if wanted.intersection(there))


def names_of(persons: Iterable[int]) -> dict[int, str]:
    """What persons are called; who was erased is left out."""
    return dict(PersonText.objects.filter(person__in=list(persons)).values_list("person_id", "full_name"))


def search(text: str, units: Iterable[int] | None, day: date, limit: int = 50) -> list[PersonText]:
    """Persons whose name holds the text, diacritics or not, or whose code is it; of those who work in `units` on the
    day, or of all. In the order of lists, with `.person`."""
    key = search_key(text)
    found = PersonText.objects.select_related("person").order_by("sort_key")
    if units is not None:
        found = found.filter(person__in=[one.person for one in staff_of(units, day)])
    named = found.filter(search_key__contains=key) | found.filter(person__code__iexact=text.strip())
    return list(named[:limit])


def staff_of(units: Iterable[int], day: date) -> list[Staff]:
    """Who works in the units (not those under them) on a day, sorted by post rank, given name, family name. One
    query."""
    held = Spell.standing().filter(
        days__contains=day,
        post__spans__unit__in=list(units),
        post__spans__days__contains=day,
        post__spans__replaced_by__isnull=True,
    )
    staff = [_staff(row) for row in held.values_list(*_STAFF.values())]
    return sorted(staff, key=lambda one: (one.rank, one.sort_key, one.code))


def posts_held(person: int, day: date) -> QuerySet[PostSpan]:
    """The posts a person holds on a day, the highest first."""
    held = PostSpan.standing().filter(
        days__contains=day,
        post__spells__person=person,
        post__spells__replaced_by__isnull=True,
        post__spells__days__contains=day,
    )
    return held.order_by("rank", "seq")


def leading_units(person: int, day: date) -> list[int]:
    """The units a person heads by a post of their own on a day."""
    return [post.unit_id for post in posts_held(person, day) if post.leads]


def heads_of(unit: int, day: date) -> list[int]:
    """Who heads a unit on a day, the highest post first."""
    return [one.person for one in staff_of([unit], day) if one.leads]


def superior_of(person: int, day: date) -> int | None:
    """The head above a person on a day: of the own unit, of the unit above for who heads it; where a unit has no head,
    of the next one above. None for who has nobody above."""
    led = set(leading_units(person, day))
    for home in units_of(person, day):
        for unit in above(home, day):
            found = [head for head in heads_of(unit, day) if head != person]
            if unit not in led and found:
                return found[0]
    return None


def delegations(day: date, *, giver: int | None = None, receiver: int | None = None) -> QuerySet[Delegation]:
    """Who acts for whom over which unit on a day; of one giver or receiver when given."""
    found = Delegation.standing().filter(days__contains=day)
    if giver is not None:
        found = found.filter(giver=giver)
    if receiver is not None:
        found = found.filter(receiver=receiver)
    return found.select_related("unit", "giver__text", "receiver__text")


def leaders_in(units: Iterable[int], day: date) -> list[int]:
    """Who holds a leading post in one of the units on a day. One query."""
    posts = PostSpan.standing().filter(unit__in=list(units), leads=True, days__contains=day).values("post")
    return list(Spell.standing().filter(post__in=posts, days__contains=day).values_list("person", flat=True).distinct())


def at_work(persons: Iterable[int], first: date, until: date) -> dict[int, list[date]]:
    """The days from `first` to before `until` that lie in a spell of each person and in no absence, in order; working
    days or not. One query."""
    wanted, window = list(persons), (first, until)
    held = Spell.standing().filter(person__in=wanted, days__overlap=window).annotate(away=Value(0))
    gone = Absence.standing().filter(person__in=wanted, days__overlap=window).annotate(away=Value(1))
    columns = ("away", "person_id", "days")
    days: dict[int, set[date]] = {person: set() for person in wanted}
    for away, person, span in held.values_list(*columns).union(gone.values_list(*columns), all=True).order_by("away"):
        change = days[person].difference_update if away else days[person].update
        change(_days_in(span.lower, span.upper, first, until))
    return {person: sorted(there) for person, there in days.items()}


def _days_in(lower: date | None, upper: date | None, first: date, until: date) -> list[date]:
    start, end = max(lower or first, first).toordinal(), min(upper or until, until).toordinal()
    return [date.fromordinal(day) for day in range(start, end)]


_STAFF = {name: name for name in Staff.__annotations__} | {
    "person": "person_id",
    "code": "person__code",
    "full_name": "person__text__full_name",
    "honorific": "person__text__honorific",
    "unit": "post__spans__unit_id",
    "post": "post_id",
    "title": "post__spans__title",
    "duty_group": "post__spans__duty_group",
    "leads": "post__spans__leads",
    "rank": "post__spans__rank",
    "spell": "code",
    "sort_key": "person__text__sort_key",
}


def _staff(row: Iterable[Any]) -> Staff:
    """Who was erased has no name left, and is called by the code."""
    told: dict[str, Any] = dict(zip(_STAFF, row, strict=True))
    named = {"full_name": told["code"], "honorific": "", "sort_key": ""}
    return Staff(**told | {name: told[name] or instead for name, instead in named.items()})


def _units_by_person(spells: QuerySet[Spell], day: date) -> dict[int, list[int]]:
    """The units of persons on a day, from all their spells: of those that hold on the day, else of the last one."""
    begun = spells.filter(days__startswith__lte=day)
    posts = FilteredRelation("post__spans", condition=Q(post__spans__replaced_by__isnull=True))
    held: dict[int, dict[int, Any]] = {}
    spans: dict[int, list[tuple[Any, int]]] = {}
    columns = ("person_id", "seq", "days", "span__days", "span__unit_id")
    for person, seq, days, there, unit in (
        begun.annotate(span=posts).order_by("seq", "span__days").values_list(*columns)
    ):
        held.setdefault(person, {})[seq] = days
        if unit is not None:
            spans.setdefault(seq, []).append((there, unit))
    found: dict[int, list[int]] = {}
    for person, told in held.items():
        now = [seq for seq, days in told.items() if days.upper is None or days.upper > day]
        meant = now or [max(told, key=lambda seq: (told[seq].upper, seq))]
        units = [_unit_on(spans.get(seq, []), _last_day(told[seq], day)) for seq in meant]
        found[person] = list(dict.fromkeys(unit for unit in units if unit is not None))
    return found


def _last_day(days: Any, day: date) -> date:
    """The day itself, or the last one of a stretch that ended before it."""
    if days.upper is None or days.upper > day:
        return day
    return date.fromordinal(days.upper.toordinal() - 1)


def _unit_on(spans: list[tuple[Any, int]], day: date) -> int | None:
    """The unit of a post on a day; when the post does not stand then, of its last span before."""
    before = [unit for days, unit in spans if days.lower <= day]
    return before[-1] if before else None
