"""Data that should be there and are not: a source that stayed silent, rows that could not be used. A leader may seal in
spite of them, with a reason: nobody can mend what a system never told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q

from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.engine.periods import Period, local_day, start_of_day
from congtam.engine.rulebook.model import Text
from congtam.engine.working_time import Calendar
from congtam.intake.models import SetAside
from congtam.intake.queries import last_arrivals
from congtam.orgs.queries import above, trees_under
from congtam.people.models import Spell
from congtam.scores.overview import sight
from congtam.sources.models import Authority, Source

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Gap:
    """What is missing, who keeps the source, since when, and where it is mended."""

    kind: str
    what: Text
    about: str
    since: datetime
    who: int | None
    page: str
    query: str = ""


def gaps_of(cycle: Cycle, now: datetime) -> Iterator[Gap]:
    """The gaps of a period that is over: before that, data are still on their way."""
    period = period_of(cycle)
    if now < period.end:
        return
    day = _last_worked(period, sight(now).calendar)
    feeding = _feeding(cycle.agency_id, day)
    yield from _silent(feeding, day)
    yield from _set_aside(feeding, period, now)


def _silent(feeding: frozenset[int], day: date) -> Iterator[Gap]:
    """Sources that promised the last day of the period and have handed over nothing since it began."""
    for source, last in last_arrivals(day):
        if source.pk not in feeding or source.native or source.due_time is None:
            continue
        if last is None or last < start_of_day(day):
            heard = f"{last:%d/%m/%Y}" if last else ""
            what = Text(
                vi=f"Nguồn “{source.name}” chưa gửi số liệu của những ngày cuối kỳ"
                + (f"; lần cuối {heard}." if last else "; chưa gửi lần nào."),
                en=f"Source “{source.name}” has not sent the last days of the period"
                + (f"; last heard {heard}." if last else "; it never sent anything."),
            )
            since = last or start_of_day(day)
            yield Gap("source", what, f"source:{source.code}", since, _keeper(source, day), "sources")


def _set_aside(feeding: frozenset[int], period: Period, now: datetime) -> Iterator[Gap]:
    """Open rows set aside of what arrived since the period began, by source. A row that could not be read has no day of
    its own, so when it arrived counts."""
    rows = (
        SetAside.objects.filter(
            state="open", batch__source__in=feeding, batch__received_at__gte=period.start, batch__received_at__lt=now
        )
        .values("batch__source")
        .annotate(n=Count("pk"), since=Min("batch__received_at"))
    )
    found = {row["batch__source"]: (row["n"], row["since"]) for row in rows}
    for source in Source.objects.filter(pk__in=found).order_by("name"):
        n, since = found[source.pk]
        what = Text(
            vi=f"{n} dòng của nguồn “{source.name}” còn để riêng, chưa dùng được.",
            en=f"{n} row{'s' if n > 1 else ''} of “{source.name}” are set aside and not used.",
        )
        who = _keeper(source, local_day(now))
        yield Gap("set_aside", what, f"aside:{source.code}", since, who, "sources_aside", f"nguon={source.code}")


def _feeding(agency: int, day: date) -> frozenset[int]:
    """The sources that are authoritative for something in an agency on a day."""
    units = {*trees_under([agency], day), *above(agency, day)}
    return frozenset(
        Authority.standing().filter(unit__in=units, days__contains=day).values_list("source_id", flat=True)
    )


def _keeper(source: Source, day: date) -> int | None:
    """Who holds the post that owns a source on a day."""
    held = Spell.standing().filter(Q(post=source.owner_id) & Q(days__contains=day))
    return held.values_list("person_id", flat=True).first() if source.owner_id else None


def _last_worked(period: Period, calendar: Calendar) -> date:
    day = period.until - A_DAY
    while not calendar.is_working(day):
        day -= A_DAY
    return day
