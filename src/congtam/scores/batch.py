"""A batch of officials scored and written."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection
from psycopg.types.json import Json

from congtam.engine.scoring.asked import Asked
from congtam.scores import laid
from congtam.scores.cards import Cards
from congtam.scores.census import CENSUSES
from congtam.scores.facts import said_about
from congtam.scores.grades import LiveGrades
from congtam.scores.known import Cut
from congtam.scores.models import Live
from congtam.scores.rows import are_folded_for, rows_of
from congtam.scores.scanned import Scanned, must_be_read
from congtam.scores.scoring import Grades, Made, Scoring

KEY = ("person_id", "rulebook", "scorecard", "period")
READ = ("grade", "graded_by", "legal")  # what a leader reads of a score
MANY = 3  # so many people are scanned rather than read row by row


def score_people(
    cards: Cards,
    persons: Collection[int],
    now: datetime,
    told: Cut,
    *,
    scan: bool = False,
    grades: Grades | None = None,
) -> dict[str, dict[str, Made]]:
    """The scores of people under the cards of a period, from their work as it stands folded; with `scan` many of them
    at once in columns, which is sooner and gives the same. `grades`: those of others, unless they are read live."""
    asked = Asked(cards.period, min(now, cards.period.end))
    structure = CENSUSES.facts(told.structure)
    scanned = _scanned(cards, persons, asked, now) if scan else None
    read = frozenset(persons) - ({int(code) for code in scanned.codes} if scanned else set())
    scoring = Scoring(
        cards,
        asked,
        lambda entry: CENSUSES.of(told.structure, entry.calendar, cards.period, asked.until),
        said_about(structure, frozenset(persons), cards.period),
        rows_of(cards, read, asked, now),
        grades or LiveGrades(cards.period.label),
        scanned,
    )
    return scoring.people(map(str, persons))


def _scanned(cards: Cards, persons: Collection[int], asked: Asked, now: datetime) -> Scanned | None:
    """Those of many people who can be measured in one scan; None where it is not worth it, or a card needs rows."""
    if len(persons) < MANY or asked.as_of < now or not are_folded_for(cards, now):
        return None
    if any(entry.card.model.combine_spells == "by_days" for entry in cards.entries.values()):
        return None
    left = set(persons) - must_be_read(persons, asked)
    return Scanned([str(person) for person in left], asked, cards.plans) if left else None


def write(
    cards: Cards, persons: Collection[int], made: Mapping[str, Mapping[str, Made]], now: datetime, told: Cut
) -> set[int]:
    """Write the scores over those that stood; those nobody gives any more go. Leaders of those whose grade changed."""
    label, as_of = cards.period.label, min(now, cards.period.end)
    stood = {(person, *key): (pk, read) for pk, person, *key, read in _stood(persons, label)}
    rows = [
        {"period": label, "seq": told.seq, "as_of": as_of, **laid.row(one.score, one.entry, one.legal)}
        for by_card in made.values()
        for one in by_card.values()
    ]
    _put(rows)
    kept = {(row["person_id"], row["rulebook"], row["scorecard"]): tuple(row[name] for name in READ) for row in rows}
    Live.objects.filter(pk__in=[pk for key, (pk, _) in stood.items() if key not in kept]).delete()
    changed = {key[0] for key, read in kept.items() if key not in stood or stood[key][1] != read}
    changed |= {key[0] for key in stood if key not in kept}
    return {int(code) for person in changed for code in _above(cards, str(person), told, as_of)}


def _stood(persons: Collection[int], label: str) -> Iterable[tuple[Any, ...]]:
    """The scores of a period: number, person, rulebook, scorecard, and what a leader reads of it."""
    rows = Live.objects.filter(person__in=persons, period=label)
    for pk, person, rulebook, scorecard, *read in rows.values_list("pk", "person_id", "rulebook", "scorecard", *READ):
        yield pk, person, rulebook, scorecard, tuple(read)


def _put(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows over those that stood, as one value: thousands of parameters take longer to lay out than to write."""
    if not rows:
        return
    fields = [one for one in Live._meta.concrete_fields if one.attname in rows[0]]
    names = ", ".join(one.attname for one in fields)
    typed = ", ".join(f"{one.attname} {one.db_type(connection)}" for one in fields)
    new = ", ".join(
        f"{one.attname} = excluded.{one.attname}"
        for one in Live._meta.concrete_fields
        if one.attname not in ("id", *KEY)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Live._meta.db_table} ({names}) SELECT {names} FROM json_to_recordset(%s) made ({typed}) "
            f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {new}",
            [Json(rows, dumps=partial(json.dumps, default=datetime.isoformat))],
        )


def _above(cards: Cards, code: str, told: Cut, as_of: datetime) -> set[str]:
    found: set[str] = set()
    until = Asked(cards.period, as_of).until
    for calendar in {entry.calendar.digest: entry.calendar for entry in cards.entries.values()}.values():
        census = CENSUSES.of(told.structure, calendar, cards.period, until)
        if code in census.people:
            found |= census.above(census.people[code])
    return found
