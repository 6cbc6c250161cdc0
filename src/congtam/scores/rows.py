"""People's work as the cards of a period see it."""

from collections.abc import Callable

from congtam.engine.measuring.rows import Rows
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.legal import Entry
from congtam.scores.facts import facts_about

RowsOf = Callable[[Entry], Rows]


def folded_rows(persons: frozenset[int], asked: Asked, *, seq: int | None = None) -> tuple[RowsOf, Folds]:
    """From their records, as the engine folds them for each rulebook; made when first asked for, and the folds."""
    folds = Folds(facts_about(persons, asked.period, seq=seq))
    return lambda entry: folds.of(entry.rulebook, asked, entry.calendar)[1], folds
