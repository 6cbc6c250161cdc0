"""Figures of whole units for pages: from where they are seen, overdue work by month, grades before caps, freshness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Max, QuerySet

from congtam.calendars.queries import national_calendar
from congtam.engine.facts.fold import Clocks
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.scores.cards import cards_of
from congtam.scores.known import cut
from congtam.scores.models import Run, RunScore
from congtam.sources.models import Source
from congtam.work.clocks import clocks_now
from congtam.work.lists import Sight


def sight(now: datetime, rules: int | None = None) -> Sight:
    """The view from an instant, in the calendar of the running month's scorecards; where there is none, the national
    one. `rules`: the last number of rules and calendars, where it is known (see `known.cut`)."""
    cards = cards_of(Period.of(PeriodKind.MONTH, local_day(now)), cut().rules if rules is None else rules)
    calendars = [entry.calendar for entry in cards.entries.values()]
    return Sight(now, calendars[0] if calendars else national_calendar())


_kept: dict[tuple[int, date], Clocks] = {}


def clocks(now: datetime) -> Clocks:
    """The clocks work is folded by on the day of `now`; read anew only when rules or calendars changed."""
    key = (cut().rules, local_day(now))
    if key not in _kept:
        _kept.clear()
        _kept[key] = clocks_now(now).clocks
    return _kept[key]


@dataclass(frozen=True)
class Overdue:
    """Shares of one unit in one period: `late` of `n` whose deadline fell due; `unknown` have no deadline."""

    late: int = 0
    n: int = 0
    unknown: int = 0

    def __add__(self, other: "Overdue") -> "Overdue":
        return Overdue(self.late + other.late, self.n + other.n, self.unknown + other.unknown)


def overdue_by_unit(units: Iterable[int], periods: Sequence[Period], now: datetime) -> dict[tuple[str, int], Overdue]:
    """Overdue work by label of the period and unit of the share, as the shipped indicator `overdue_share` has it: due
    in the period or carried into it, not excused, and not handed on before it was late. Each period is seen from its
    end, the running one from `now`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT told.label, share.unit_id,
                count(*) FILTER (WHERE coalesce(done.at, told.seen) > share.due_at AND share.delay_voided IS NULL),
                count(*) FILTER (WHERE share.due_at IS NOT NULL),
                count(*) FILTER (WHERE share.due_at IS NULL)
            FROM unnest(%s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
                AS told(label, start, until, seen)
            JOIN work_share share ON share.unit_id = ANY(%s) AND share.received_at < told.seen AND NOT share.excused
            JOIN work_standing standing ON standing.item_id = share.item_id AND standing.counts
            CROSS JOIN LATERAL (SELECT CASE WHEN share.finished_at < told.seen THEN share.finished_at END AS at) done
            WHERE (done.at IS NULL OR done.at >= told.start OR share.due_at >= told.start)
                AND (share.due_at IS NULL OR share.due_at < least(told.until, told.seen) OR done.at IS NOT NULL)
                AND (share.due_at IS NULL OR share.due_at < told.until)
                AND NOT (share.due_at IS NOT NULL AND share.state = 'passed_on' AND done.at <= share.due_at)
            GROUP BY told.label, share.unit_id
            """,
            [
                [one.label for one in periods],
                [one.start for one in periods],
                [one.end for one in periods],
                [min(now, one.end) for one in periods],
                list(units),
            ],
        )
        return {(label, unit): Overdue(late, n, unknown) for label, unit, late, n, unknown in cursor.fetchall()}


def grades_by_unit(
    units: Iterable[int], periods: Iterable[Period]
) -> dict[str, dict[tuple[int, str | None, str], int]]:
    """How many people of each unit hold each grade before caps by the last nightly runs of some periods: by label, then
    by unit, grade (None: none yet) and where it comes from. One query."""
    rows = RunScore.objects.filter(run__in=last_runs(periods).values("pk"), unit__in=list(units), legal=True)
    found: dict[str, dict[tuple[int, str | None, str], int]] = {}
    counted = rows.values_list("period", "unit_id", "grade", "graded_by").annotate(n=Count("pk"))
    for label, unit, grade, by, n in counted:
        found.setdefault(label, {})[unit, grade, by] = n
    return found


def sources_heard(now: datetime) -> list[tuple[str, datetime | None]]:
    """Each source in use with when it last sent anything, the one silent longest first."""
    day = local_day(now)
    used = (
        Source.objects.filter(first__lte=day, native=False)
        .exclude(until__lte=day)
        .annotate(last=Max("batches__received_at"))
    )
    heard: list[tuple[str, datetime | None]] = list(used.values_list("name", "last"))
    return sorted(heard, key=lambda one: (one[1] is not None, one[1] or now, one[0]))


def nightly(people: Iterable[int], periods: Iterable[Period]) -> dict[tuple[int, str], RunScore]:
    """The legal scores of people by the last nightly run of each scorecard, by person and label of the period. One
    query."""
    last = last_runs(periods).values("pk")
    rows = RunScore.objects.filter(run__in=last, person__in=list(people), legal=True).select_related("run")
    return {(row.person_id, row.period): row for row in rows}


def last_runs(periods: Iterable[Period]) -> QuerySet[Run]:
    """The last nightly run of each scorecard in each of some periods."""
    runs = Run.objects.filter(kind="nightly", period__in=[period.label for period in periods])
    return runs.order_by("period", "rulebook", "scorecard", "-id").distinct("period", "rulebook", "scorecard")
