"""Scores as pages read them: one's own live, others' as of last night, places as bands, benchmarks without rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from statistics import quantiles

from django.core.cache import cache
from django.db.models import Subquery

from congtam.engine.scoring.grades import By
from congtam.history.planned import rows_planned
from congtam.people.models import Person
from congtam.scores.models import Difference, Live, Progress, Run, RunScore

SMALLEST_GROUP = 5  # fewer people than this are never shown as a group
QUARTERS = 4
A_MINUTE = 60
_LIVE_OF = "WHERE person_id = %(person)s AND period = %(period)s ORDER BY legal DESC, rulebook, scorecard"


def live_of(person: Person | int, period: str) -> list[Live]:
    """The live scores of one person in a period, the legal one first."""
    number = person.pk if isinstance(person, Person) else person
    return rows_planned(Live, _LIVE_OF, {"person": number, "period": period})


def live_among(person_ids: Iterable[int], period: str) -> list[Live]:
    """The legal live scores of several people; only for those who may see them live."""
    return list(Live.objects.filter(person__in=list(person_ids), period=period, legal=True))


@dataclass(frozen=True)
class Freshness:
    """How far live scores have come: all of them hold at `as_of` with everything told up to `seq` (None: not yet).

    `last_made`: when a score was last written.
    """

    as_of: datetime | None
    seq: int
    last_made: datetime | None


def freshness(person: int | None = None) -> Freshness:
    """How fresh live scores are; `last_made` of one person, or of all."""
    rows = Live.objects.all() if person is None else Live.objects.filter(person=person)
    last = Subquery(rows.order_by("-made_at").values("made_at")[:1])
    told = Progress.objects.filter(id=1).values_list("complete_at", "complete_seq", last).first()
    return Freshness(*told or (None, 0, None))


def last_night(person_ids: Iterable[int], period: str) -> dict[int, RunScore]:
    """The legal scores of people by the last nightly run of each scorecard in a period, by person."""
    rows = RunScore.objects.filter(run__in=_last_runs(period), person__in=list(person_ids), legal=True)
    return {row.person_id: row for row in rows.select_related("run")}


def of_last_night(person: int, period: str) -> list[RunScore]:
    """All scores of one person by the last nightly runs of a period, the legal one first."""
    rows = RunScore.objects.filter(run__in=_last_runs(period), person=person).select_related("run")
    return list(rows.order_by("-legal", "rulebook", "scorecard"))


def _last_runs(period: str) -> list[int]:
    """The last nightly run of each scorecard of a period."""
    runs = Run.objects.filter(kind="nightly", period=period).order_by("rulebook", "scorecard", "-id")
    return list(runs.distinct("rulebook", "scorecard").values_list("pk", flat=True))


def alarms() -> list[Difference]:
    """Live scores that a full run did not confirm and nobody has looked into yet, the latest first."""
    return list(Difference.objects.filter(seen_by__isnull=True).select_related("run").order_by("-id")[:200])


@dataclass(frozen=True)
class Place:
    """Where somebody stands among those of the same duties: `band` 1 (the upper quarter) to 4, of `n` people. No rank;
    `band` is None where it cannot be said."""

    band: int | None
    n: int
    agency: int
    duty_group: str


def place_of(row: Live) -> Place:
    """The quarter in which a live score lies among the same duty group of the agency, by points earned of those that
    could be measured. None below the smallest group, before the minimum of work, and where all are alike."""
    shares = _shares_among(row)
    bare = row.graded_by == By.INSUFFICIENT or not row.measurable
    if len(shares) < SMALLEST_GROUP or bare or shares[0] == shares[-1]:
        return Place(None, len(shares), row.agency_id, row.duty_group)
    cuts = quantiles(shares, n=QUARTERS, method="inclusive")
    below = sum(1 for one in cuts if row.earned / row.measurable >= one)
    return Place(QUARTERS - below, len(shares), row.agency_id, row.duty_group)


def _shares_among(row: Live) -> list[float]:
    """The shares of points of everyone a live score is placed among; a minute old at most."""
    group = {name: getattr(row, name) for name in ("period", "rulebook", "scorecard", "agency_id", "duty_group")}
    key = f"place/{sha256(repr(group).encode()).hexdigest()}"
    kept: list[float] | None = cache.get(key)
    if kept is None:
        kept = _shares(Live.objects.filter(**group))
        cache.set(key, kept, A_MINUTE)
    return kept


def _shares(rows: "Iterable[Live]") -> list[float]:
    """Points earned out of those measurable, in order, of everyone with enough work."""
    told = rows.exclude(graded_by=By.INSUFFICIENT).filter(measurable__gt=0)  # type: ignore[attr-defined]
    return sorted(earned / measurable for earned, measurable in told.values_list("earned", "measurable"))


@dataclass(frozen=True)
class Benchmark:
    """A scorecard over a group of `n` people: points (millionths of all points) at the quarters, and how many hold each
    grade. A grade held by fewer than the smallest group is only told as part of `others`."""

    rulebook: str
    scorecard: str
    n: int
    quarters: tuple[int, int, int]
    grades: dict[str, int]
    others: int


def benchmarks(unit_ids: Sequence[int], period: str) -> list[Benchmark]:
    """What the last nightly runs say of a group of units as a whole: quantiles and counts, never rows. A scorecard with
    fewer people than the smallest group is left out."""
    rows = RunScore.objects.filter(run__in=_last_runs(period), unit__in=unit_ids)
    found: dict[tuple[str, str], list[tuple[int, int, str | None]]] = {}
    for book, card, earned, measurable, grade in rows.exclude(graded_by=By.INSUFFICIENT).values_list(
        "rulebook", "scorecard", "earned", "measurable", "grade"
    ):
        if measurable:
            found.setdefault((book, card), []).append((earned, measurable, grade))
    return [_benchmark(book, card, people) for (book, card), people in found.items() if len(people) >= SMALLEST_GROUP]


def _benchmark(book: str, card: str, people: list[tuple[int, int, str | None]]) -> Benchmark:
    shares = sorted(earned * 1_000_000 // measurable for earned, measurable, _ in people)
    first, middle, third = (int(one) for one in quantiles(shares, n=QUARTERS, method="inclusive"))
    counted: dict[str, int] = {}
    for _, _, grade in people:
        counted[grade or ""] = counted.get(grade or "", 0) + 1
    shown = {grade: n for grade, n in counted.items() if grade and n >= SMALLEST_GROUP}
    return Benchmark(book, card, len(people), (first, middle, third), shown, len(people) - sum(shown.values()))
