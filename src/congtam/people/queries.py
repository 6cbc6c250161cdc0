"""Who works where, by day; what persons are called; who may be meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from congtam.orgs.models import UnitSpan
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
    """`units_of` for many persons, in two queries."""
    by_person: dict[int, list[Spell]] = {}
    for spell in Spell.standing().filter(person__in=list(persons), days__startswith__lte=day).order_by("seq"):
        by_person.setdefault(spell.person_id, []).append(spell)
    meant: dict[int, list[Spell]] = {}
    for person, spells in by_person.items():
        now = [one for one in spells if one.days.upper is None or one.days.upper > day]
        meant[person] = now or [max(spells, key=lambda one: (one.days.upper, one.seq))]
    posts = {spell.post_id for spells in meant.values() for spell in spells}
    spans: dict[int, list[PostSpan]] = {}
    for span in PostSpan.standing().filter(post__in=posts).order_by("days"):
        spans.setdefault(span.post_id, []).append(span)
    found: dict[int, list[int]] = {}
    for person, spells in meant.items():
        units = [_unit_on(spans.get(spell.post_id, []), _last_day(spell, day)) for spell in spells]
        found[person] = list(dict.fromkeys(unit for unit in units if unit is not None))
    return found


def people_under(units: Iterable[int], day: date) -> frozenset[int]:
    """Everyone who works in one of the units on a day, or last worked there when they left: the very people over whom
    the gate gives the rights that are held over these units. Three queries."""
    wanted = set(units)
    posts = PostSpan.standing().filter(unit__in=wanted).values("post")
    met = Spell.standing().filter(post__in=posts, days__startswith__lte=day).values_list("person", flat=True)
    found = units_of_all(set(met), day) if wanted else {}
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
    """Who works in the units (not those under them) on a day, sorted by post rank, given name, family name."""
    spans = {span.post_id: span for span in PostSpan.standing().filter(unit__in=list(units), days__contains=day)}
    spells = Spell.standing().filter(post__in=spans, days__contains=day).select_related("person__text")
    staff = [_staff(spell, spans[spell.post_id]) for spell in spells]
    return sorted(staff, key=lambda one: (one.rank, one.sort_key, one.code))


def posts_held(person: int, day: date) -> QuerySet[PostSpan]:
    """The posts a person holds on a day, the highest first, each with the agency of its unit as `.agency`."""
    span = UnitSpan.standing().filter(unit=OuterRef("unit"), days__contains=day)
    return (
        PostSpan.standing()
        .filter(
            days__contains=day,
            post__spells__person=person,
            post__spells__replaced_by__isnull=True,
            post__spells__days__contains=day,
        )
        .annotate(agency=Subquery(span.values("agency")[:1]))
        .order_by("rank", "seq")
    )


def leading_units(person: int, day: date) -> list[int]:
    """The units a person heads by a post of their own on a day."""
    return [post.unit_id for post in posts_held(person, day) if post.leads]


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
    days or not. Two queries."""
    wanted, window = list(persons), (first, until)
    held = Spell.standing().filter(person__in=wanted, days__overlap=window).values_list("person_id", "days")
    away = Absence.standing().filter(person__in=wanted, days__overlap=window).values_list("person_id", "days")
    days: dict[int, set[date]] = {person: set() for person in wanted}
    for person, span in held:
        days[person].update(_days_in(span.lower, span.upper, first, until))
    for person, span in away:
        days[person].difference_update(_days_in(span.lower, span.upper, first, until))
    return {person: sorted(there) for person, there in days.items()}


def _days_in(lower: date | None, upper: date | None, first: date, until: date) -> list[date]:
    start, end = max(lower or first, first).toordinal(), min(upper or until, until).toordinal()
    return [date.fromordinal(day) for day in range(start, end)]


def _staff(spell: Spell, span: PostSpan) -> Staff:
    text = getattr(spell.person, "text", None)
    return Staff(
        person=spell.person_id,
        code=spell.person.code,
        full_name=text.full_name if text else spell.person.code,
        honorific=text.honorific if text else "",
        unit=span.unit_id,
        post=span.post_id,
        title=span.title,
        duty_group=span.duty_group,
        leads=span.leads,
        rank=span.rank,
        staff_kind=spell.staff_kind,
        spell=spell.code,
        seq=spell.seq,
        sort_key=text.sort_key if text else "",
    )


def _last_day(spell: Spell, day: date) -> date:
    """The day itself, or the last one of a spell that ended before it."""
    if spell.days.upper is None or spell.days.upper > day:
        return day
    return date.fromordinal(spell.days.upper.toordinal() - 1)


def _unit_on(spans: list[PostSpan], day: date) -> int | None:
    """The unit of a post on a day; when the post does not stand then, of its last span before."""
    before = [span for span in spans if span.days.lower <= day]
    return before[-1].unit_id if before else None
