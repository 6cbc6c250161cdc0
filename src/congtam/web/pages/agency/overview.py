"""Everything the leader's page says about one agency (or a unit of it) at one instant."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.engine.periods import Period, PeriodKind, start_of_day
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.grades import By
from congtam.orgs.queries import Branch, tree_known
from congtam.people.queries import Staff, staff_of
from congtam.ratings.models import Decision
from congtam.scores.cards import cards_of
from congtam.scores.known import cut
from congtam.scores.models import Run
from congtam.scores.overview import Overdue, grades_by_unit, last_runs, overdue_by_unit, sight, sources_heard
from congtam.scores.queries import SMALLEST_GROUP, Freshness, freshness
from congtam.web.pages.agency.compared import Band, Share, bands, share_of
from congtam.web.pages.agency.desk import Desk, desk_of
from congtam.web.pages.agency.sections import sections_of
from congtam.work.lists import STATES, Filters, Sight, found

MONTHS, DECIDED = 3, timedelta(days=30)


@dataclass(frozen=True)
class Section:
    """One section (`own`: what stands directly in the unit above them): its open work, late since when, who answers,
    what was decided lately (`numbers` of documents)."""

    unit: int
    code: str
    name: str
    own: bool
    answers: str
    people: int
    open: int
    late: int
    soon: int
    waiting: int
    late_since: datetime | None
    to_decide: int
    numbers: tuple[str, ...]
    band: Band
    trend: tuple[tuple[Period, Share], ...]
    grades: tuple[tuple[Text, int], ...] | None

    @property
    def off_course(self) -> tuple[int, int]:
        """Sorts sections: the most late work first, then the most about to be."""
        return -self.late, -self.soon


@dataclass(frozen=True)
class Overview:
    """The page. `months` of the trend, the running one last; `whole`: all sections, month by month; `grades`: how many
    people hold each in `graded_month`, the latest in which anybody has one, by `runs`; `rules`: the last number of
    rules; `branches`: the unit and those directly under it, as in the tree; `desk`: how work is given and accepted."""

    top: Branch
    tops: list[Branch]
    sight: Sight
    months: tuple[Period, ...]
    sections: list[Section]
    whole: tuple[tuple[Period, Share], ...]
    graded_month: Period
    grades: tuple[tuple[Text, int], ...]
    freshness: Freshness
    sources: list[tuple[str, datetime | None]]
    heard_today: int
    runs: list[Run]
    rules: int
    branches: list[Branch]
    desk: Desk

    @property
    def graded(self) -> int:
        """How many people the last nightly runs scored."""
        return sum(n for _, n in self.grades)

    @property
    def late(self) -> int:
        """All that is late."""
        return sum(one.late for one in self.sections)

    @property
    def late_since(self) -> datetime | None:
        """Since when the oldest of it is late."""
        return min((one.late_since for one in self.sections if one.late_since), default=None)


NO_GRADE = Text(vi="Chưa xếp loại", en="No grade yet")


def overview_of(seat: Seat, code: str, now: datetime) -> Overview | None:
    """The page of a unit by code, or the highest one the seat may see; None when it may see none."""
    today, known = timezone.localdate(now), cut()
    rules, seen = known.rules, sight(now, known.rules)
    tree = tree_known(today, known.structure)
    allowed = seat.leads | seat.leads_agency | seat.personnel | seat.audits
    there = [branch for branch in tree if branch.unit in allowed]
    if not there:
        return None
    tops = [branch for branch in there if branch.parent not in allowed]
    top = next((branch for branch in there if branch.code == code), tops[0])
    running = Period.of(PeriodKind.MONTH, today)
    months = (running.previous().previous(), running.previous(), running)
    section_of = sections_of(tree, top.unit)
    staff = staff_of(section_of, today)
    overdue = _overdue(tree, top.unit, months, now, known.structure)
    shown = [branch for branch in tree if section_of.get(branch.unit) == branch.unit]
    latest = {branch.unit: overdue[running.label, branch.unit] for branch in shown}
    by_month = grades_by_unit(section_of, months[-2:])
    graded = next((month for month in reversed(months) if _any_grade(by_month.get(month.label, {}))), running)
    grades = _grades(graded, rules)
    held = _held(section_of, by_month.get(graded.label, {}), [grade for grade, _ in grades])
    parts = _Parts(
        top=top.unit,
        staff=staff,
        section_of=section_of,
        open=_open(section_of, staff, seen),
        decided=_decided(staff, section_of, now),
        overdue=overdue,
        months=months,
        bands=bands(latest),
        grades=grades,
        held=held,
    )
    sections = [_section(branch, parts) for branch in shown]
    sources = sources_heard(now)
    return Overview(
        top=top,
        tops=tops,
        sight=seen,
        months=months,
        sections=sorted(sections, key=lambda one: one.off_course),
        whole=tuple((month, share_of(_sum(overdue, month))) for month in months),
        graded_month=graded,
        grades=tuple((name, sum(held[unit][grade] for unit in held)) for grade, name in grades),
        freshness=freshness(),
        sources=sources,
        heard_today=sum(1 for _, last in sources if last is not None and last >= start_of_day(today)),
        runs=list(last_runs([graded])),
        rules=rules,
        branches=shown,
        desk=desk_of(staff, {branch.unit: branch.name for branch in tree}, now),
    )


@dataclass(frozen=True)
class _Open:
    open: int = 0
    late: int = 0
    soon: int = 0
    waiting: int = 0
    late_since: datetime | None = None


@dataclass(frozen=True)
class _Parts:
    top: int
    staff: Sequence[Staff]
    section_of: Mapping[int, int]
    open: Mapping[int, _Open]
    decided: Mapping[int, tuple[str, ...]]
    overdue: Mapping[tuple[str, int], Overdue]
    months: tuple[Period, ...]
    bands: Mapping[int, Band]
    grades: Sequence[tuple[str | None, Text]]
    held: Mapping[int, Counter[str | None]]


def _section(branch: Branch, parts: _Parts) -> Section:
    own = [one for one in parts.staff if parts.section_of.get(one.unit) == branch.unit]
    heads = [one.full_name for one in own if one.leads and one.unit == branch.unit]
    work, held = parts.open.get(branch.unit, _Open()), parts.held[branch.unit]
    graded = sum(held[grade] for grade, _ in parts.grades)
    return Section(
        unit=branch.unit,
        code=branch.code,
        name=branch.name,
        own=branch.unit == parts.top,
        answers=", ".join(heads),
        people=len({one.person for one in own}),
        open=work.open,
        late=work.late,
        soon=work.soon,
        waiting=work.waiting,
        late_since=work.late_since,
        to_decide=held[TO_DECIDE],
        numbers=parts.decided.get(branch.unit, ()),
        band=parts.bands[branch.unit],
        trend=tuple((month, share_of(parts.overdue[month.label, branch.unit])) for month in parts.months),
        grades=tuple((name, held[grade]) for grade, name in parts.grades) if graded >= SMALLEST_GROUP else None,
    )


TO_DECIDE = "?"  # counted beside the grades: a person must decide


def _overdue(
    today: Sequence[Branch], top: int, months: Sequence[Period], now: datetime, number: int
) -> dict[tuple[str, int], Overdue]:
    """Overdue work by month and section. Units are summed as the tree stood at the end of each month; what has no
    section today is left out of sections and stays in the whole, under 0."""
    standing = sections_of(today, top)
    ends = [month.until - timedelta(days=1) for month in months[:-1]]
    maps = [*(sections_of(tree_known(day, number), top) for day in ends), standing]
    counted = overdue_by_unit({unit for one in maps for unit in one}, months, now)
    summed: dict[tuple[str, int], Overdue] = defaultdict(Overdue)
    for month, sections in zip(months, maps, strict=True):
        for unit, section in sections.items():
            if (month.label, unit) in counted:
                place = section if section in standing else 0
                summed[month.label, place] += counted[month.label, unit]
    return summed


def _sum(overdue: Mapping[tuple[str, int], Overdue], month: Period) -> Overdue:
    whole = Overdue()
    for (label, _), counts in overdue.items():
        if label == month.label:
            whole += counts
    return whole


def _open(section_of: Mapping[int, int], staff: Sequence[Staff], seen: Sight) -> dict[int, _Open]:
    """Open work by section. One query."""
    people = frozenset(one.person for one in staff)
    open_ = found(people, Filters(unfinished=True), seen).filter(unit__in=list(section_of)).order_by()
    groups = open_.values_list("unit_id", "pressing").annotate(n=Count("pk"), since=Min("due_at"))
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    since: dict[int, datetime] = {}
    for unit, place, n, oldest in groups:
        section, state = section_of[unit], STATES[place]
        counts[section][state] += n
        if state == "late" and oldest is not None:
            since[section] = min(oldest, since.get(section, oldest))
    return {
        section: _Open(one.total(), one["late"], one["soon"], one["waiting"], since.get(section))
        for section, one in counts.items()
    }


def _decided(staff: Sequence[Staff], section_of: Mapping[int, int], now: datetime) -> dict[int, tuple[str, ...]]:
    """The documents by which something was decided about people of each section lately, the latest first. One query."""
    home = {one.person: section_of[one.unit] for one in staff if one.unit in section_of}
    rows = Decision.standing().filter(person__in=home, recorded_at__gte=now - DECIDED).order_by("-seq")
    numbers: dict[int, dict[str, None]] = defaultdict(dict)
    for person, number in rows.values_list("person_id", "number"):
        numbers[home[person]][number] = None
    return {section: tuple(told) for section, told in numbers.items()}


def _any_grade(counted: Mapping[tuple[int, str | None, str], int]) -> bool:
    return any(grade is not None for _, grade, _ in counted)


def _grades(period: Period, rules: int) -> list[tuple[str | None, Text]]:
    """The grades of the period's scorecards, the best first, and none."""
    entries = cards_of(period, rules).entries.values()
    named = {grade.id: grade.short or grade.title for entry in entries for grade in entry.card.model.grades}
    return [*named.items(), (None, NO_GRADE)]


def _held(
    section_of: Mapping[int, int],
    counted: Mapping[tuple[int, str | None, str], int],
    grades: Sequence[str | None],
) -> dict[int, Counter[str | None]]:
    """How many hold which grade, by section, and how many wait for a decision."""
    held: dict[int, Counter[str | None]] = {
        section: Counter(dict.fromkeys([*grades, TO_DECIDE], 0)) for section in set(section_of.values())
    }
    for (unit, grade, by), n in counted.items():
        held[section_of[unit]][grade] += n
        if by == By.TO_DECIDE:
            held[section_of[unit]][TO_DECIDE] += n
    return held
