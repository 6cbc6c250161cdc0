"""The nightly full run: everyone of every scorecard scored anew, kept, and held against every live score; units too."""

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.db import transaction

from congtam.engine.scoring.agency import AgencyRun, evaluate_agency
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.legal import Entry
from congtam.people.models import Spell
from congtam.scores import laid, live, news
from congtam.scores.batch import score_people
from congtam.scores.cards import Cards, live_cards
from congtam.scores.census import CENSUSES
from congtam.scores.facts import facts_about
from congtam.scores.grades import GradesSoFar
from congtam.scores.known import Cut, cut
from congtam.scores.models import Difference, Live, Mark, Run, RunScore
from congtam.scores.runs import HELD, drop_old, held, new_run
from congtam.scores.units import live as units
from congtam.scores.units.full import of_units

log = structlog.get_logger(__name__)
ROUNDS = 1000  # batches of live scoring before a night's comparison
MOST_AT_ONCE = 2000  # more people than this are not scored from all their records in memory
AT_ONCE = 1000


def nightly(now: datetime) -> list[Run]:
    """Bring live scores up to `now`, score everyone of every card from the records, and compare. Every difference is
    kept and logged as an alarm. The runs, one for each card and period."""
    for _ in range(ROUNDS):
        if not live.refresh(now) and not units.refresh(now):
            break
    told = cut()
    runs = [run for cards in live_cards(now, told.rules) for run in _run(cards, now, told)]
    runs += of_units(now, told)
    drop_old(runs)
    return runs


def everyone(cards: Cards, as_of: datetime, seq: int | None = None) -> dict[str, list[laid.Json]]:
    """Everyone's scores under the cards of a period by the engine itself, from the records known at `seq`, as columns
    of a row, by card. This is the reference."""
    asked = Asked(cards.period, min(as_of, cards.period.end), seq=seq)
    facts = facts_about(None, cards.period, seq=seq)
    if not facts.spells:
        return {key: [] for key in cards.entries}
    calendars = {entry.rulebook.id: entry.calendar for entry in cards.entries.values()}
    named = [(entry.rulebook, entry.card.id) for entry in cards.entries.values()]
    run = evaluate_agency(facts, named, asked, lambda book: calendars[book.id])
    return {key: list(_rows(run, entry)) for key, entry in cards.entries.items()}


def in_batches(cards: Cards, now: datetime, told: Cut) -> dict[str, list[laid.Json]]:
    """The same for so many people that their records do not fit in memory at once: those below before those above them,
    from work as it stands folded where the period still runs."""
    until, grades = Asked(cards.period, min(now, cards.period.end)).until, GradesSoFar()
    rows: dict[str, list[laid.Json]] = {key: [] for key in cards.entries}
    census = CENSUSES.of(told.structure, next(iter(cards.entries.values())).calendar, cards.period, until)
    order = [int(one.official) for one in census.in_order(census.people)]
    for start in range(0, len(order), AT_ONCE):
        made = score_people(cards, order[start : start + AT_ONCE], now, told, scan=True, grades=grades)
        for by_card in made.values():
            for key, one in by_card.items():
                rows[key].append(laid.row(one.score, one.entry, one.legal))
                grades.put(rows[key][-1])
    return rows


def _number_of_people() -> int:
    return Spell.standing().values("person").distinct().count()


def _rows(run: AgencyRun, entry: Entry) -> Iterator[laid.Json]:
    for code, score in run.runs[entry.key].scores.items():
        yield laid.row(score, entry, run.people[code].card == entry.key)


def _run(cards: Cards, now: datetime, told: Cut) -> list[Run]:
    """The runs of one period, written and compared."""
    as_of, runs = min(now, cards.period.end), []
    scored = everyone(cards, now, told.seq) if _number_of_people() <= MOST_AT_ONCE else in_batches(cards, now, told)
    for key, rows in scored.items():
        with transaction.atomic():
            run = _kept(cards.entries[key], cards, as_of, told.seq, rows)
            _compare(run, rows, now)
        runs.append(run)
    return runs


def _kept(entry: Entry, cards: Cards, as_of: datetime, seq: int, rows: list[laid.Json]) -> Run:
    run = new_run(entry, cards.period, as_of, seq)
    made = [RunScore(run=run, period=cards.period.label, **row) for row in rows]
    RunScore.objects.bulk_create(made, batch_size=2000)
    return run


def _compare(run: Run, rows: list[laid.Json], now: datetime) -> None:
    """Hold every live score that knows nothing newer against the run. Those still on their way are held the next night;
    they are read before the scores, so that none comes in between."""
    full = {row["person_id"]: row for row in rows}
    moving = set(Mark.objects.values_list("person_id", flat=True)) | news.unfolded(now)
    standing = list(Live.objects.filter(period=run.period, rulebook=run.rulebook, scorecard=run.scorecard))
    moving |= {row.person_id for row in standing if row.seq > run.seq or row.as_of > run.as_of}
    own = {row.person_id: _of_live(row) for row in standing if row.person_id not in moving}
    differing = [
        Difference(run=run, person_id=person, live=own.get(person, {}), full=expected)
        for person in sorted((full.keys() | own.keys()) - moving)
        if own.get(person, {}) != (expected := held(full[person]) if person in full else {})
    ]
    Difference.objects.bulk_create(differing)
    run.compared, run.differing = len(full.keys() - moving), len(differing)
    run.save(update_fields=["compared", "differing"])
    if differing:
        log.error("live_differs_from_full", run=run.pk, card=f"{run.rulebook}#{run.scorecard}", count=len(differing))


def _of_live(row: Live) -> laid.Json:
    return held({name: getattr(row, name) for name in (*HELD, "parts")})
