"""Units marked to be scored anew: those whose work moved, of whom something was said, or all of them. Where a site
scores no units, nothing is ever marked."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from congtam.engine.facts.fold import MENDS
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.digest import sha256
from congtam.history.dated import Fact
from congtam.orgs.models import UnitSpan
from congtam.people.models import PostSpan, Spell
from congtam.ratings.models import Decision, Rating, Reported
from congtam.scores.cards import KINDS, Cards, live_cards
from congtam.scores.known import Cut
from congtam.scores.models import LiveUnit, Progress, UnitMark
from congtam.scores.units.places import units_of_items, units_of_people
from congtam.work.folding import Folded
from congtam.work.models import Event


def unit_cards(now: datetime, rules: int) -> list[Cards]:
    """The scorecards of units, of the running periods and those before; none where the site scores no units."""
    return live_cards(now, rules, "unit")


def mark(units: Iterable[int], *, earlier: bool = False) -> None:
    """These units, and all above them, must be scored anew, in the period before as well when `earlier`."""
    UnitMark.objects.bulk_create([UnitMark(unit_id=unit, earlier=earlier) for unit in sorted(set(units))])


def mark_all() -> None:
    """Every unit that ever stood must be scored anew."""
    mark(UnitSpan._default_manager.values_list("unit_id", flat=True).distinct(), earlier=True)


def folded(done: Folded, told: Cut, now: datetime) -> None:
    """Mark the units whose work was folded anew."""
    if done.touched.units and unit_cards(now, told.rules):
        mark(done.touched.units - done.recounted.units)
        mark(done.recounted.units, earlier=True)


def take_in(progress: Progress, told: Cut, now: datetime) -> None:
    """Mark the units that news since the last look touches; all of them when the rules by which units are scored, or
    the periods in which, are others than before."""
    cards = unit_cards(now, told.rules)
    digest = _digest(cards)
    if digest != progress.units:
        _sweep(cards, now)
        if cards:
            mark_all()
        progress.units = digest
        progress.save(update_fields=["units"])
    elif cards and told.seq > progress.seq:
        _mark_touched(progress.seq, told.seq, Period.of(PeriodKind.MONTH, local_day(now)).start)


def _digest(cards: Iterable[Cards]) -> str:
    """Of the rules by which units are scored and of the periods in which; empty where none are."""
    told = [
        [one.period.label, one.digest, [[key, entry.card.model.legal] for key, entry in sorted(one.entries.items())]]
        for one in cards
    ]
    return sha256(told) if told else ""


def _mark_touched(since: int, until: int, month: datetime) -> None:
    """`month`: when the running month began; what happened before it touches the period before, as do moves of people,
    whose work stands elsewhere then."""
    if new(UnitSpan, since, until).exists():
        mark_all()
        return
    posts = new(PostSpan, since, until)
    found = set(posts.values_list("unit_id", flat=True))
    moved = set(new(Spell, since, until).values_list("person_id", flat=True))
    holders = Spell._default_manager.filter(post__in=list(posts.values_list("post_id", flat=True)))
    moved |= set(holders.values_list("person_id", flat=True))
    if moved:
        found |= units_of_people(moved)
    for kind in (Rating, Reported, Decision):
        said = new(kind, since, until).filter(unit__isnull=False)
        found |= set(said.values_list("unit_id", flat=True))
    late = Event.objects.filter(seq__gt=since, seq__lte=until).filter(Q(at__lt=month) | Q(activity__in=MENDS))
    found |= units_of_items(set(late.values_list("item_id", flat=True)))
    mark(found, earlier=True)


def _sweep(cards: Iterable[Cards], now: datetime) -> None:
    """Scores of the running periods and those before under cards that units are no longer scored by go."""
    running = [Period.of(kind, local_day(now)) for kind in KINDS]
    kept = Q(pk__in=[])
    for one in cards:
        for entry in one.entries.values():
            kept |= Q(period=one.period.label, rulebook=entry.rulebook.id, scorecard=entry.card.id)
    labels = [period.label for one in running for period in (one, one.previous())]
    LiveUnit.objects.filter(period__in=labels).exclude(kept).delete()


def new(kind: type[Fact], since: int, until: int) -> QuerySet:
    """Rows added or closed since."""
    added, closed = Q(seq__gt=since, seq__lte=until), Q(replaced_by__gt=since, replaced_by__lte=until)
    return kind._default_manager.filter(added | closed)
