"""A province's month out of the database, and scored whole: shares through ADBC into Arrow, then the full run.

    python bench/out_of_database.py           20,000 officials, 2 million shares
    python bench/out_of_database.py --small   1,000 officials, 100,000 shares

Budget: ≤ 10 s out of the database, then ≤ 3 s for the full run of each scorecard. A sample is held against the row
evaluator, or no figure is given.
"""

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from province import build, connect, timed

SAMPLE = 25


def out_of_database(*, small: bool = False) -> dict[str, object]:
    """Seconds for reading the month and for each card's full run."""
    officials, shares = (1_000, 100) if small else (20_000, 100)
    with tempfile.TemporaryDirectory(prefix="congtam-out-") as folder:
        connect(Path(folder))
        now = datetime.now(UTC)
        with timed(f"{officials * shares:,} shares written"):
            build(officials, shares, now, events=False)
        return {"officials": officials, "shares": officials * shares, **_measured(now)}


def _measured(now: datetime) -> dict[str, object]:
    from congtam.engine.scoring.asked import Asked
    from congtam.engine.scoring.full_run import full_run
    from congtam.scores.cards import live_cards
    from congtam.scores.facts import structure_about
    from congtam.scores.known import cut
    from congtam.scores.snapshot import source_of

    cards = live_cards(now, cut().rules)[0]
    with timed("out of the database") as read:
        facts = structure_about()
        source = source_of(cards.period, now, _needed(cards))
    print(f"{len(source.relations['share']):,} rows of shares", file=sys.stderr)
    took: dict[str, float] = {}
    for key, entry in cards.entries.items():
        with timed(key) as scored:
            run = full_run(source, facts, entry.rulebook, entry.card.id, Asked(cards.period, now), entry.calendar)
        took[key] = scored["seconds"]
        _checked(cards, key, run.table, now)
    return {"out_of_database": read["seconds"], "full_run": took}


def _needed(cards: object) -> dict[str, frozenset[str]]:
    """The columns that any measure over rows of the cards' rulebooks may look at, by table."""
    from congtam.engine.measuring.evaluate import RowMeasure
    from congtam.engine.scoring.rules import ROW_KINDS
    from congtam.scores.snapshot import needed_by

    books = {entry.rulebook.id: entry.rulebook for entry in cards.entries.values()}  # type: ignore[attr-defined]
    indicators = [one for book in books.values() for one in book.indicators.values()]
    return needed_by(RowMeasure.of(one, {}) for one in indicators if one.model.measure.kind in ROW_KINDS)


def _checked(cards: object, key: str, table: object, now: datetime) -> None:
    """Hold some officials against their rows."""
    from congtam.scores.batch import score_people
    from congtam.scores.known import cut

    codes = [one.code for one in table.subjects[:: max(1, len(table) // SAMPLE)]]  # type: ignore[attr-defined]
    made = score_people(cards, [int(code) for code in codes], now, cut())  # type: ignore[arg-type]
    for code in codes:
        score, place = made[code][key].score, table.places[code]  # type: ignore[attr-defined]
        if (score.lowest, score.highest) != (table.lowest[place], table.highest[place]):  # type: ignore[attr-defined]
            raise SystemExit(f"{code} differs under {key}: {score.lowest} by rows, {table.lowest[place]} by scan")  # type: ignore[attr-defined]


if __name__ == "__main__":
    print(json.dumps(out_of_database(small="--small" in sys.argv), indent=2))
