"""Very many people of an agency scored from their records, a batch at a time: those below before those above them."""

from collections.abc import Mapping

from congtam.engine.facts.known import known
from congtam.engine.scoring.legal import Entry, Legal
from congtam.engine.structure import Structure
from congtam.scores import laid
from congtam.scores.cards import Cards
from congtam.scores.census import Census
from congtam.scores.extract import Extract
from congtam.scores.grades import GradesSoFar
from congtam.scores.rows import folded_rows
from congtam.scores.scoring import Made, Scoring

AT_ONCE = 1000
Rows = dict[str, list[laid.Json]]


def in_batches(extract: Extract) -> tuple[Rows, dict[str, Legal]]:
    """Everyone's scores as columns of a row, by card, and which card is legal for whom: what `evaluate` would give.

    Cards averaged from months are not among them (see `Extract.evaluate`).
    """
    entries = {key: one for key, one in extract.entries.items() if one.card.model.roll_up is None}
    cards = Cards(extract.period, extract.seq, entries)
    facts, grades = known(extract.without_work, None, extract.seq), GradesSoFar()
    censuses: dict[str, Census] = {}

    def census(entry: Entry) -> Census:
        made = censuses.get(entry.calendar.digest)
        if made is None:
            structure = Structure(facts, entry.calendar)
            made = censuses[entry.calendar.digest] = Census(structure, extract.period, extract.asked.until)
        return made

    first = census(next(iter(entries.values())))
    order = [one.official for one in first.in_order(first.people)]
    rows: Rows = {key: [] for key in entries}
    legal: dict[str, Legal] = {}
    for start in range(0, len(order), AT_ONCE):
        codes = order[start : start + AT_ONCE]
        read = folded_rows(frozenset(map(int, codes)), extract.asked)
        scoring = Scoring(cards, extract.asked, census, facts, read, grades)
        legal |= scoring.legal(codes)
        _keep(scoring.people(codes), rows, grades)
    return rows, legal


def _keep(made: Mapping[str, Mapping[str, Made]], rows: Rows, grades: GradesSoFar) -> None:
    for by_card in made.values():
        for key, one in by_card.items():
            rows[key].append(laid.row(one.score, one.entry, one.legal))
            grades.put(rows[key][-1])
