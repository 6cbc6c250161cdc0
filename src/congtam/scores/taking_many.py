"""Very many people of an agency scored at once, from work in columns: what their records would give, far sooner."""

from collections.abc import Callable, Mapping

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.measuring.rows import Rows as NoRows
from congtam.engine.scoring.legal import Entry, Legal
from congtam.engine.structure import Structure
from congtam.scores import laid
from congtam.scores.cards import Cards
from congtam.scores.census import Census
from congtam.scores.extract import Extract
from congtam.scores.grades import GradesSoFar
from congtam.scores.scanned import Scanned
from congtam.scores.scoring import Scoring
from congtam.scores.working import source_at

Rows = dict[str, list[laid.Json]]


def from_columns(extract: Extract) -> tuple[Rows, dict[str, Legal]]:
    """The legal scores of the agency's people as columns of a row, by card; which card is legal for whom. Raises
    `Refused` while very much waits to be folded."""
    facts = known(extract.without_work, None, extract.seq)
    census = _censuses(extract, facts)
    first = census(next(iter(extract.entries.values())))
    codes = [one.official for one in first.everyone if int(one.official) in extract.people]
    legal = _scoring(extract, extract.entries, census, facts, None).legal(codes)
    chosen = {key: one for key, one in extract.entries.items() if one.can_be_legal}
    scanned = Scanned(codes, extract.asked, {}, source_at(extract))
    made = _scoring(extract, chosen, census, facts, scanned).people(codes)
    rows: Rows = {key: [] for key in extract.entries}
    for code, by_card in made.items():
        key = legal[code].card if code in legal else None
        if key is not None and legal[code].subject.agency == str(extract.agency):
            rows[key].append(laid.row(by_card[key].score, by_card[key].entry, legal=True))
    return rows, legal


def _scoring(
    extract: Extract,
    entries: Mapping[str, Entry],
    census: Callable[[Entry], Census],
    facts: Facts,
    scanned: Scanned | None,
) -> Scoring:
    cards = Cards(extract.period, extract.seq, entries)
    return Scoring(cards, extract.asked, census, facts, lambda _: NoRows(), GradesSoFar(), scanned)


def _censuses(extract: Extract, facts: Facts) -> Callable[[Entry], Census]:
    """Who is scored, by the calendar of a card."""
    made: dict[str, Census] = {}

    def census(entry: Entry) -> Census:
        if entry.calendar.digest not in made:
            structure = Structure(facts, entry.calendar)
            made[entry.calendar.digest] = Census(structure, extract.period, extract.asked.until)
        return made[entry.calendar.digest]

    return census
