"""What is kept of people who left: who is still known by name, and why somebody's data may not be erased yet."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.engine.explaining import formats
from congtam.engine.periods import LATEST, local_day
from congtam.engine.rulebook.model import Text
from congtam.objections.models import Request
from congtam.orgs.models import UnitSpan
from congtam.people.models import PersonText, PostSpan, Spell
from congtam.people.queries import units_of_all
from congtam.retention.models import Done, Erasure
from congtam.retention.things import Asked, Thing
from congtam.scores.models import Seal

PEOPLE = "people"
A_DAY = timedelta(days=1)


def people(asked: Asked) -> list[Thing]:
    """People who worked last in the agency and left it, and are still known by name."""
    spells = _spells_of(asked)
    gone = erased(spells)
    names = dict(PersonText.objects.filter(person__in=spells).values_list("person", "full_name"))
    found = []
    for person, name in sorted(names.items()):
        ends = [one.days.upper for one in spells[person]]
        since = None if None in ends else max(ends) - A_DAY
        if asked.keys is None:
            over = since is not None and (asked.before is None or since < local_day(asked.before))
            if not over or person in gone:
                continue
        said = Text(vi=f"Dữ liệu cá nhân của {name}", en=f"Personal data of {name}")
        found.append(Thing(str(person), said, since, "", frozenset({person})))
    return found


def erased(persons: Iterable[int]) -> dict[int, str]:
    """Whose data were erased, among these, with the number of the decision."""
    lists = Erasure.standing().filter(kind=PEOPLE)
    numbers = dict(lists.values_list("series", "number"))
    done = Done.objects.filter(line__series__in=numbers, line__key__in=[str(one) for one in persons])
    return {int(key): numbers[series] for key, series in done.values_list("line__key", "line__series")}


def hindrance(thing: Thing, now: datetime) -> Text | None:
    """Why somebody's data may not be erased now: a post, a period that is not sealed, a request without an answer."""
    person, today = int(thing.key), local_day(now)
    held = Spell.standing().filter(person=person, days__overlap=(today, None)).first()
    if held is not None:
        return Text(
            vi="đang giữ hoặc sắp nhận một vị trí; chỉ xóa dữ liệu của người đã rời cơ quan",
            en="holds a post, or will; only of who has left are data erased",
        )
    for cycle in Cycle.objects.exclude(pk__in=_sealed()).order_by("pk"):
        period = period_of(cycle)
        met = Spell.standing().filter(
            person=person, days__overlap=(period.first, period.until), post__in=_posts_of(cycle.agency_id)
        )
        if met.exists():
            return Text(
                vi=f"{period.title('vi')} chưa chốt và có người này; hãy chốt kỳ trước",
                en=f"{period.title('en')} is not sealed and holds this person; seal it first",
            )
    asked = Request.objects.filter(person=person, replaced_by=None, answer=None).order_by("asked_at").first()
    if asked is not None:
        return Text(
            vi=f"đề nghị xem xét lại gửi {formats.moment(asked.asked_at, 'vi')} chưa được trả lời",
            en=f"a request to review of {formats.moment(asked.asked_at, 'en')} has no answer",
        )
    return None


def _sealed() -> list[int]:
    sealed = set(Seal.objects.values_list("agency", "period"))
    cycles = Cycle.objects.values_list("pk", "agency", "period")
    return [pk for pk, agency, period in cycles if (agency, period) in sealed]


def agency_of(person: int) -> int | None:
    """The agency in which somebody works, or worked last; None for who never held a post."""
    last = units_of_all([person], LATEST).get(person, [])
    return next(iter(_agencies(set(last)).values()), None)


def _spells_of(asked: Asked) -> dict[int, list[Spell]]:
    """Every spell of the people meant, who worked last in the agency, by person."""
    met = Spell.standing().filter(post__in=_posts_of(asked.agency)).values("person")
    rows = Spell.standing().filter(person__in=met)
    if asked.keys is not None:
        rows = rows.filter(person__in=[int(one) for one in asked.keys])
    spells: dict[int, list[Spell]] = {}
    for row in rows:
        spells.setdefault(row.person_id, []).append(row)
    last = units_of_all(spells, LATEST)
    agencies = _agencies({unit for units in last.values() for unit in units})
    return {
        person: those
        for person, those in spells.items()
        if asked.agency in {agencies.get(unit) for unit in last.get(person, [])}
    }


def _agencies(units: set[int]) -> dict[int, int]:
    """To which agency each unit belonged last."""
    rows = UnitSpan.standing().filter(unit__in=units).order_by("days")
    return dict(rows.values_list("unit", "agency"))


def _posts_of(agency: int) -> "list[int]":
    of_agency = UnitSpan.standing().filter(agency=agency).values("unit")
    return list(PostSpan.standing().filter(unit__in=of_agency).values_list("post", flat=True).distinct())
