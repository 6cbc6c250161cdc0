"""What is kept of people who left: who is still known by name, and why somebody's data may not be erased yet."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.engine.explaining import formats
from congtam.engine.periods import LATEST, local_day
from congtam.engine.rulebook.model import Text
from congtam.marking.models import Admission
from congtam.objections.models import Request
from congtam.orgs.models import UnitSpan
from congtam.people.models import PersonText, PostSpan, Spell
from congtam.people.queries import units_of_all
from congtam.retention.models import PEOPLE, Done, Erasure
from congtam.retention.things import Asked, Thing
from congtam.scores.models import Seal

A_DAY = timedelta(days=1)


def people(asked: Asked) -> list[Thing]:
    """People who worked last in the agency, or were admitted there to mark others, left it, and are still known by
    name."""
    persons = [int(one) for one in asked.keys] if asked.keys is not None else _of_agency(asked.agency)
    lasts = _last_days(persons)
    gone = erased(persons)
    names = dict(PersonText.objects.filter(person__in=persons).values_list("person", "full_name"))
    found = []
    for person, name in sorted(names.items()):
        since = lasts.get(person)
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


def hindrances(things: Collection[Thing], now: datetime) -> dict[str, Text]:
    """Whose data may not be erased now: a request without an answer, a period that is not sealed, an admission, a post.
    Of several the last is told. As many queries for many people as for one."""
    persons = [int(one.key) for one in things]
    found: dict[int, Text] = {}
    for asked in Request.objects.filter(person__in=persons, replaced_by=None, answer=None).order_by("-asked_at"):
        found[asked.person_id] = Text(
            vi=f"đề nghị xem xét lại gửi {formats.moment(asked.asked_at, 'vi')} chưa được trả lời",
            en=f"a request to review of {formats.moment(asked.asked_at, 'en')} has no answer",
        )
    for cycle in Cycle.objects.exclude(pk__in=_sealed()).order_by("-pk") if persons else ():
        period = period_of(cycle)
        open_ = Text(
            vi=f"{period.title('vi')} chưa chốt và có người này; hãy chốt kỳ trước",
            en=f"{period.title('en')} is not sealed and holds this person; seal it first",
        )
        met = Spell.standing().filter(
            person__in=persons, days__overlap=(period.first, period.until), post__in=_posts_of(cycle.agency_id)
        )
        found |= dict.fromkeys(met.values_list("person", flat=True), open_)
    ahead = (local_day(now), None)
    for admitted in Admission.standing().filter(rater__in=persons, days__overlap=ahead).order_by("-seq"):
        found[admitted.rater_id] = Text(
            vi=f"còn được cử chấm điểm theo quyết định số {admitted.decision}; hãy kết thúc việc cử trước",
            en=f"is still admitted to mark others by decision {admitted.decision}; end that first",
        )
    held = Text(
        vi="đang giữ hoặc sắp nhận một vị trí; chỉ xóa dữ liệu của người đã rời cơ quan",
        en="holds a post, or will; only of who has left are data erased",
    )
    there = Spell.standing().filter(person__in=persons, days__overlap=ahead).values_list("person", flat=True)
    found |= dict.fromkeys(there, held)
    return {str(person): why for person, why in found.items()}


def _sealed() -> list[int]:
    sealed = set(Seal.objects.values_list("agency", "period"))
    cycles = Cycle.objects.values_list("pk", "agency", "period")
    return [pk for pk, agency, period in cycles if (agency, period) in sealed]


def agency_of(person: int) -> int | None:
    """The agency in which somebody works, or worked last, or marked others as an outsider; None for anybody else."""
    return next(iter(agencies_of([person]).get(person, ())), None)


def agencies_of(persons: Iterable[int]) -> dict[int, list[int]]:
    """The agencies in which each works or worked last; of who never held a post, those where they were admitted to mark
    others. The earliest admission first."""
    last = units_of_all(persons, LATEST)
    agencies = _agencies({unit for units in last.values() for unit in units})
    found = {person: [agencies[unit] for unit in units if unit in agencies] for person, units in last.items()}
    outside = [person for person in persons if not found.get(person)]
    for person, admissions in _admissions_of(outside).items():
        rated = [one.person_id for one in admissions if one.person_id]
        there = units_of_all(rated, LATEST)
        units = [
            unit for one in admissions for unit in ([one.unit_id] if one.unit_id else there.get(one.person_id, []))
        ]
        of = _agencies(set(units))
        found[person] = list(dict.fromkeys(of[unit] for unit in units if unit in of))
    return found


def _of_agency(agency: int) -> list[int]:
    """Everybody of an agency, there or gone."""
    met = set(Spell.standing().filter(post__in=_posts_of(agency)).values_list("person", flat=True))
    met |= set(Admission.standing().values_list("rater", flat=True))
    return sorted(person for person, agencies in agencies_of(met).items() if agency in agencies)


def _last_days(persons: Iterable[int]) -> dict[int, date]:
    """The last day of each in a post, or as an admitted rater who never held one; without who is still there."""
    ends: dict[int, list[date | None]] = {}
    for row in Spell.standing().filter(person__in=persons):
        ends.setdefault(row.person_id, []).append(row.days.upper)
    for person, admissions in _admissions_of(one for one in persons if one not in ends).items():
        ends[person] = [one.days.upper for one in admissions]
    return {person: max(day for day in days if day) - A_DAY for person, days in ends.items() if None not in days}


def _admissions_of(raters: Iterable[int]) -> dict[int, list[Admission]]:
    found: dict[int, list[Admission]] = {}
    for row in Admission.standing().filter(rater__in=list(raters)).order_by("days", "seq"):
        found.setdefault(row.rater_id, []).append(row)
    return found


def _agencies(units: set[int]) -> dict[int, int]:
    """To which agency each unit belonged last."""
    rows = UnitSpan.standing().filter(unit__in=units).order_by("days")
    return dict(rows.values_list("unit", "agency"))


def _posts_of(agency: int) -> "list[int]":
    of_agency = UnitSpan.standing().filter(agency=agency).values("unit")
    return list(PostSpan.standing().filter(unit__in=of_agency).values_list("post", flat=True).distinct())
