"""Live scores: what was told and what time brings marks officials; marked officials are scored in batches.

Each step is a transaction of its own and takes its work away in the same transaction in which it writes the outcome, so
a worker may be killed anywhere and several may run: what is locked by one is skipped by the others.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

import structlog
from django.db import connection, transaction

from congtam.engine.facts.fold import Clocks
from congtam.engine.periods import Period, PeriodKind, local_day, start_of_day
from congtam.engine.scoring.asked import Asked
from congtam.people.models import Spell
from congtam.scores import news
from congtam.scores.batch import score_people, write
from congtam.scores.cards import Cards, live_cards, rules_digest
from congtam.scores.census import CENSUSES
from congtam.scores.guarding import AWAY
from congtam.scores.known import Cut, cut
from congtam.scores.models import Mark, Progress, WakeUp
from congtam.scores.rows import clocks_digest
from congtam.scores.scoring import Made
from congtam.scores.set_back import went_back
from congtam.scores.units import marking as units
from congtam.scores.waking import next_by_rule, next_deadlines
from congtam.work import folding
from congtam.work.clocks import clocks_now

log = structlog.get_logger(__name__)
BATCH = 150  # few enough that a score does not wait long for the others of its batch


def mark(person_ids: Iterable[int], *, earlier: bool = False) -> None:
    """These officials must be scored anew, in the period before as well when `earlier`."""
    Mark.objects.bulk_create([Mark(person_id=person, earlier=earlier) for person in sorted(set(person_ids))])


def mark_all() -> None:
    """Everyone who ever held a post must be scored anew."""
    mark(Spell.standing().values_list("person_id", flat=True).distinct(), earlier=True)


def refresh(now: datetime, limit: int = BATCH) -> int:
    """Take in what was told and what time brought, fold what waits, score at most `limit` officials as seen at `now`;
    how many were scored. Call it again until it gives 0: then every live score is what a full run at `now` gives."""
    scan = not connection.in_atomic_block  # a scan reads on a connection of its own: it sees what is committed
    told = cut()
    cards = live_cards(now, told.rules)
    _take_in(told, cards, now)
    _wake(now)
    _fold(now, told)
    scored = _score(now, limit, scan)
    if scored == 0:
        _complete(now, told)
    return scored


def next_wake_up() -> datetime | None:
    """The next instant at which anything must be looked at though no record arrives."""
    moments = [WakeUp.objects.order_by("at").values_list("at", flat=True).first(), folding.next_wake_up()]
    return min((one for one in moments if one is not None), default=None)


@transaction.atomic
def _take_in(told: Cut, cards: list[Cards], now: datetime) -> None:
    """Mark everyone whom news since the last look touches; everybody where rules or calendars changed, or the clock
    was set back."""
    Progress.objects.get_or_create(id=1)
    progress = Progress.objects.select_for_update().get(id=1)
    units.take_in(progress, told, now)
    rules, clocks = rules_digest(cards), clocks_digest(now, told.rules)
    back = went_back(progress, now)
    if back:
        units.mark_all()
    if back or progress.clocks != clocks:
        folding.fold_all_again()
    everybody = back or (progress.rules, progress.clocks) != (rules, clocks)
    if told.seq > progress.seq:
        found = news.since(progress.seq, told.seq, _month(now).start)
        folding.fold_again_of(None if found.everybody else found.moved)
        mark(found.people, earlier=True)
        everybody |= found.everybody
    elif not everybody:
        return
    if everybody:
        mark_all()
    progress.rules, progress.clocks, progress.seq = rules, clocks, max(progress.seq, told.seq)
    progress.save(update_fields=["rules", "clocks", "seq"])


@transaction.atomic
def _wake(now: datetime) -> None:
    """What is due: officials whose scores the clock moves, and everyone when a period begins."""
    due = list(WakeUp.objects.select_for_update(skip_locked=True).filter(at__lte=now))
    begun = _month(now).start
    if any(one.person_id is None for one in due):
        mark_all()
    else:
        mark((one.person_id for one in due if one.at > begun), earlier=False)
        mark((one.person_id for one in due if one.at <= begun), earlier=True)
    WakeUp.objects.filter(pk__in=[one.pk for one in due]).delete()
    if not WakeUp.objects.filter(person=None).exists():
        WakeUp.objects.create(at=_month(now).end)


def _month(now: datetime) -> Period:
    return Period.of(PeriodKind.MONTH, local_day(now))


def _fold(now: datetime, told: Cut, limit: int = 1000) -> None:
    """Fold what waits; officials and units touched are marked in the same transaction, in the period before as well
    where work began to count or counts no more."""
    while True:
        with transaction.atomic():
            done = folding.fold_waiting(limit, now, _clocks(local_day(now), told.rules))
            mark(done.officials - done.recounted.officials)
            mark(done.recounted.officials, earlier=True)
            units.folded(done, told, now)
        if done.items < limit:
            return


@lru_cache(maxsize=4)
def _clocks(day: date, rules: int) -> Clocks:
    """The clocks of a day, kept while `rules`, the last number of rules and calendars, stays."""
    return clocks_now(start_of_day(day)).clocks


@transaction.atomic
def _score(now: datetime, limit: int, scan: bool) -> int:
    """Score marked officials; how many. Where a batch fails each is tried alone, so that one who cannot be scored does
    not hold up the others: the nightly run finds the live score that stayed behind.

    How far the record goes is asked once they are claimed: another worker may have marked them for what came since.
    """
    persons = _claim(limit)
    told = cut()
    cards = live_cards(now, told.rules)
    try:
        with transaction.atomic():
            _score_these(persons, now, told, cards, scan)
    except AWAY:
        raise
    except Exception as problem:
        log.error("batch_not_scored", officials=len(persons), exc_info=problem)
        for person in persons:
            _score_alone(person, now, told, cards)
    return len(persons)


def _score_alone(person: int, now: datetime, told: Cut, cards: list[Cards]) -> None:
    tried = list(Mark.objects.filter(person=person).values_list("pk", flat=True))
    try:
        with transaction.atomic():
            _score_these([person], now, told, cards, scan=False)
    except AWAY:
        raise
    except Exception as problem:
        log.error("official_not_scored", person=person, exc_info=problem)
        Mark.objects.filter(pk__in=tried).delete()  # what is marked meanwhile is tried again


def _score_these(persons: list[int], now: datetime, told: Cut, cards: list[Cards], scan: bool) -> None:
    """Score officials, write what came out, mark those above where a grade changed, and take their marks away."""
    if not persons:
        return
    marks = list(Mark.objects.filter(person__in=persons).values_list("pk", "person_id", "earlier"))
    again = {person for _, person, earlier in marks if earlier}
    wake = next_deadlines(persons, now)
    for one in cards:
        running = now < one.period.end
        wanted = persons if running else [person for person in persons if person in again]
        if wanted:
            made = score_people(one, wanted, now, told, scan=scan)
            above = write(one, wanted, made, now, told)
            mark(above - set(persons), earlier=not running)
            if running:
                _note_wakes(one, made, now, told, wake)
    _set_wakes(persons, wake)
    Mark.objects.filter(pk__in=[pk for pk, _, _ in marks]).delete()


def _claim(limit: int) -> list[int]:
    """Marked officials that no other worker is scoring, those marked first; they stay locked to the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT person.id FROM people_person person
            JOIN (SELECT person_id, min(id) first FROM scores_mark GROUP BY person_id) mark
                ON mark.person_id = person.id
            ORDER BY mark.first LIMIT %s FOR NO KEY UPDATE OF person SKIP LOCKED
            """,
            [limit],
        )
        return [person for (person,) in cursor.fetchall()]


def _note_wakes(
    cards: Cards, made: Mapping[str, Mapping[str, Made]], now: datetime, told: Cut, wake: dict[int, datetime]
) -> None:
    until = Asked(cards.period, now).until
    for code, by_card in made.items():
        for one in by_card.values():
            census = CENSUSES.of(told.structure, one.entry.calendar, cards.period, until)
            instant = next_by_rule([one], census, now)
            if instant is not None:
                wake[int(code)] = min(instant, wake.get(int(code), instant))


def _set_wakes(persons: Collection[int], wake: Mapping[int, datetime]) -> None:
    WakeUp.objects.filter(person__in=[person for person in persons if person not in wake]).delete()
    rows = [WakeUp(person_id=person, at=at) for person, at in wake.items()]
    WakeUp.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person"], update_fields=["at"])


@transaction.atomic
def _complete(now: datetime, told: Cut) -> None:
    """Nothing is left to do: all live scores hold at `now` with everything told. Another worker may still be at one."""
    if not Mark.objects.exists() and not folding.waiting(now):
        Progress.objects.filter(id=1, seq__lte=told.seq).update(complete_at=now, complete_seq=told.seq)


__all__ = ["BATCH", "mark", "mark_all", "next_wake_up", "refresh"]
