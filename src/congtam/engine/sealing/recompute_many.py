"""The same figures for very many people, from work in columns: every card in one scan, everybody at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.measuring.sql.run import Source
from congtam.engine.rulebook.model import Part as CardPart
from congtam.engine.scoring.agency import MOST_LEVELS
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.calibration import Setting, caps_over
from congtam.engine.scoring.final import Final, final_grades
from congtam.engine.scoring.full_run import FullRun, full_run
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.legal import Entry, Legal, legal_cards
from congtam.engine.scoring.many.figures import STATES, VALUE
from congtam.engine.scoring.many.grading import BYS
from congtam.engine.scoring.many.table import ScoreTable
from congtam.engine.scoring.population import Candidate, GroupCap
from congtam.engine.sealing.contents import Contents
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.recompute import LIMITS, RESULTS, Finals, books_of
from congtam.engine.structure import Structure

Held = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class ManyRun:
    """The runs of all scorecards by rulebook#scorecard, and each person's legal one."""

    runs: Mapping[str, FullRun]
    people: Mapping[str, Legal]
    facts: Facts

    def legal_places(self, key: str, agency: str | None = None) -> list[int]:
        """The rows of those for whom a card is legal; only an agency's where one is named."""
        return [
            place
            for place, subject in enumerate(self.runs[key].table.subjects)
            if self.people[subject.code].card == key and agency in (None, subject.agency)
        ]


def evaluate_many(contents: Contents, source: Source) -> ManyRun:
    """Everyone under every card. Raises `Unusable` where the rules or the question make no sense, or need rows."""
    books = books_of(contents)
    asked = Asked(contents.period, contents.as_of, seq=contents.seq)
    entries = {
        f"{one.rulebook}#{one.scorecard}": Entry(
            f"{one.rulebook}#{one.scorecard}",
            books[one.rulebook, one.scorecard],
            books[one.rulebook, one.scorecard].scorecards[one.scorecard],
            contents.calendars[one.rulebook],
            trial=False,
        )
        for one in contents.cards
    }
    told = known(contents.facts, None, contents.seq)

    def run(key: str, beside: Mapping[str, Graded]) -> FullRun:
        one = entries[key]
        return full_run(source, told, one.rulebook, one.card.id, asked, one.calendar, beside=beside)

    runs = {key: run(key, {}) for key in entries}
    people = _legal(entries, runs, told, asked)
    read: dict[str, dict[str, Graded]] = {key: {} for key in entries}
    for _ in range(MOST_LEVELS):
        now = {key: _from_others(key, runs, people) for key in entries}
        stale = [key for key in entries if _seen(now[key]) != _seen(read[key])]
        if not stale:
            break
        runs |= {key: run(key, now[key]) for key in stale}
        read = now
    return ManyRun(runs, people, told)


def finals_of_many(run: ManyRun, agency: str, held: Held) -> dict[str, dict[str, Final]]:
    """As `recompute.finals_of`."""
    found: dict[str, dict[str, Final]] = {}
    for key, one in run.runs.items():
        own = run.legal_places(key, agency)
        graded = {one.table.subjects[at].code: (one.table.grade_of(at), str(BYS[int(one.table.by[at])])) for at in own}
        if graded:
            limits, decisions = _caps(run, key), _setting(run, key).own_decisions
            found[key] = final_grades(one.card, graded, limits, decisions, sealed=held.get(key, frozenset()))
    return found


def result_parts_of_many(run: ManyRun, finals: Finals, agency: str, secret: bytes) -> dict[str, Part]:
    """As `recompute.result_parts`."""
    people = (row for key, of_card in finals.items() for row in _people(run, key, of_card))
    limits = (
        [key, cap.rule, list(cap.group), asdict(cap)]
        for key in finals
        for cap in _caps(run, key)
        if any(run.people[code].subject.agency == agency for code in cap.listed)
    )
    made = (Part.of(RESULTS, 1, people, secret), Part.of(LIMITS, 3, limits, secret))
    return {part.name: part for part in made}


def _legal(entries: Mapping[str, Entry], runs: Mapping[str, FullRun], told: Facts, asked: Asked) -> dict[str, Legal]:
    structure = Structure(told, next(iter(entries.values())).calendar)
    scored = {key: frozenset(run.table.places) for key, run in runs.items()}
    return legal_cards(structure.people(asked.period, asked.until), entries, scored, told.decisions, asked.period)


def _from_others(key: str, runs: Mapping[str, FullRun], people: Mapping[str, Legal]) -> dict[str, Graded]:
    """The legal grades, under other cards, of those whom a card does not score itself."""
    own = runs[key].table.places
    found: dict[str, Graded] = {}
    for other, run in runs.items():
        if other != key:
            places = [at for code, at in run.table.places.items() if code not in own and people[code].card == other]
            found |= run.table.graded(places) if places else {}
    return found


def _seen(grades: Mapping[str, Graded]) -> dict[str, tuple[str | None, str]]:
    return {code: (one.grade, one.by) for code, one in grades.items()}


def _setting(run: ManyRun, key: str) -> Setting:
    one = run.runs[key]
    return Setting(one.rulebook, one.card, one.asked.period, run.facts.decisions, one.asked.overrides)


def _caps(run: ManyRun, key: str) -> tuple[GroupCap, ...]:
    """The limits of a card over those for whom it is legal."""
    table = run.runs[key].table
    graded = [at for at in run.legal_places(key) if table.grade_of(at)]
    return caps_over(_setting(run, key), lambda rule: (_candidate(table, at, rule.tie_break) for at in graded))


def _candidate(table: ScoreTable, at: int, breaks: Sequence[str]) -> Candidate:
    own = table.subjects[at]
    groups = {"agency": own.agency, "duty_group": own.duty_group, "unit": own.unit, "staff_kind": own.staff_kind}
    points = tuple(int(table.parts[name].points[at]) if name in table.parts else 0 for name in breaks)
    return Candidate(own.code, table.grade_of(at) or "", int(table.lowest[at]), groups, points)


def _people(run: ManyRun, key: str, finals: Mapping[str, Final]) -> Iterator[list[Any]]:
    one = run.runs[key]
    table, leaves = one.table, [name for part in one.card.model.parts for name in _leaves(part)]
    for code, final in finals.items():
        at = table.places[code]
        own, legal = table.subjects[at], run.people[code]
        yield [
            code,
            {
                "card": key,
                "legal_by": legal.by,
                "role": own.role,
                "unit": own.unit,
                "post": own.post,
                "duty_group": own.duty_group,
                "staff_kind": own.staff_kind,
                "working_days": own.working_days,
                "lowest": int(table.lowest[at]),
                "highest": int(table.highest[at]),
                "earned": int(table.earned[at]),
                "measurable": int(table.measurable[at]),
                "n_items": int(table.n_items[at]),
                "grade_before": table.grade_of(at),
                "graded_by": BYS[int(table.by[at])],
                "grade": final.grade,
                "by": final.by,
                "cap": final.cap,
                "parts": [_part(table, name, at) for name in leaves],
            },
        ]


def _leaves(part: CardPart) -> Iterator[str]:
    if not part.parts:
        yield part.id
    for inner in part.parts:
        yield from _leaves(inner)


def _part(table: ScoreTable, name: str, at: int) -> list[Any]:
    columns = table.parts[name]
    state = int(columns.state[at])
    points = int(columns.points[at]) if state == VALUE else None
    return [name, STATES[state] if state >= 0 else None, int(columns.maximum[at]), points]
