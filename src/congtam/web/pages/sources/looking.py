"""What the pages of sources look at: days with what arrived and how late, who and what a source touches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, Sum
from django.utils import timezone

from congtam.calendars.queries import national_calendar
from congtam.engine.explaining.words import KINDS
from congtam.engine.rulebook.model import Measure
from congtam.intake.completeness import completeness, touched_by
from congtam.intake.models import SetAside
from congtam.intake.queries import batches_of, last_arrival
from congtam.orgs.queries import names_of
from congtam.registry.queries import book, cards_for
from congtam.sources.models import Authority, Source
from congtam.sources.queries import own_count
from congtam.web.words import said
from congtam.work.models import Share

DAYS = 7


@dataclass(frozen=True)
class Delivery:
    """One day of a source: when its first data came, how many records, its own count, and how it stands.

    state: in_time, late, missing, waiting (not due yet), rest (no working day), free (nothing is promised).
    """

    day: date
    first_at: datetime | None
    records: int
    own: int | None
    state: str

    @property
    def apart(self) -> int | None:
        """How many more records arrived than the source counts; None when it did not say."""
        return None if self.own is None else self.records - self.own


@dataclass(frozen=True)
class Standing:
    """A source as it stands today."""

    source: Source
    today: Delivery
    last: datetime | None
    set_aside: int
    percent: int | None  # of what is expected today, by its own count or by what is usual


def standing(source: Source, now: datetime) -> Standing:
    """How a source stands now."""
    aside = SetAside.objects.filter(batch__source=source, state="open").count()
    today = timezone.localdate(now)
    percent = completeness(source, today, now).percent
    return Standing(source, delivery(source, today, now), last_arrival(source), aside, percent)


def deliveries(source: Source, now: datetime) -> Iterator[Delivery]:
    """The last days, the latest first."""
    today = timezone.localdate(now)
    for back in range(DAYS):
        day = today - timedelta(days=back)
        if day >= source.first and (source.until is None or day < source.until):
            yield delivery(source, day, now)


def delivery(source: Source, day: date, now: datetime) -> Delivery:
    """What arrived on a day, beside what was promised."""
    told = batches_of(source, day).aggregate(
        first=Min("received_at"), a=Sum("accepted"), u=Sum("updated"), s=Sum("set_aside")
    )
    records = sum(told[name] or 0 for name in ("a", "u", "s"))
    return Delivery(day, told["first"], records, own_count(source, day), _state(source, day, told["first"], now))


def _state(source: Source, day: date, first: datetime | None, now: datetime) -> str:
    if source.due_time is None:
        return "free"
    if not national_calendar().is_working(day):
        return "rest"
    due = timezone.make_aware(datetime.combine(day, source.due_time), timezone.get_default_timezone())
    if first is not None:
        return "in_time" if first <= due else "late"
    return "waiting" if now < due else "missing"


@dataclass(frozen=True)
class Touched:
    """What a source that is missing touches: kinds of data in units, officials who lately held its work, their open
    items, and the indicators that read such work."""

    data: list[tuple[str, str, str]]
    officials: int
    open_items: int
    figures: list[str]


def touched(source: Source, day: date) -> Touched:
    """What hangs on a source: what it is authoritative for on a day, whose work it brings, which figures read it."""
    held = list(Authority.standing().filter(source=source, days__contains=day).select_related("datum"))
    units = names_of({one.unit_id for one in held}, day)
    data = [(one.datum.name, units.get(one.unit_id, ""), _kind(one.datum.work_kind)) for one in held]
    officials, kinds = touched_by(source, day)
    open_ = Share.objects.filter(item__source=source, finished_at__isnull=True)
    open_items = open_.values("item").distinct().count()
    kinds |= {one.datum.work_kind for one in held}
    return Touched(data, len(officials), open_items, list(figures(kinds, day)))


def figures(kinds: set[str], day: date) -> Iterator[str]:
    """The titles of the indicators of this month's scorecards that read work of one of the kinds."""
    month = f"{day:%Y-%m}"
    told: set[str] = set()
    for card in cards_for(month) if kinds - {""} else ():
        for one in book(card.rulebook_id, day.replace(day=1)).indicators.values():
            title = said(one.model.title)
            if title not in told and _reads(one.model.measure, kinds):
                told.add(title)
                yield title


def _kind(code: str) -> str:
    return said(KINDS[code]) if code in KINDS else ""


def _reads(measure: Measure, kinds: set[str]) -> bool:
    """Whether a measure counts rows of work, and leaves none of the kinds out by name."""
    if measure.kind in ("rating_of", "reported", "survey", "formula", "pair"):
        return False
    asked = " ".join(str(one) for one in (measure.among, measure.that) if one is not None)
    named = {kind for kind in KINDS if f'"{kind}"' in asked or f"'{kind}'" in asked}
    return not named or bool(named & kinds)
