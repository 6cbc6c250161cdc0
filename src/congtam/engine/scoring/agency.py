"""Several scorecards over one agency in one run: facts known once, work folded once for all that count time alike.

Every card is scored for everyone it applies to; one score of each person is the legal one, the others stand beside it
for information. Leaders read the legal grades of those below them, whichever card these are under. Population limits
run per card over those for whom it is legal.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import Finding, Place, Severity, unusable
from congtam.engine.rulebook.as_of import holds_on
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.parameters import check_names
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.calibration import caps
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.legal import Entry, Legal, LegalBy, legal_cards, legal_findings
from congtam.engine.scoring.one_period import score_period
from congtam.engine.scoring.population import GroupCap
from congtam.engine.scoring.roll_up import roll_up
from congtam.engine.scoring.run import admitted, parameters_of, refuse_without_people
from congtam.engine.scoring.subject import Score
from congtam.engine.scoring.validity import on_any_day
from congtam.engine.structure import Structure
from congtam.engine.working_time import Calendar

__all__ = ["AgencyRun", "Legal", "LegalBy", "evaluate_agency"]

MOST_LEVELS = 50  # of units under units
Card = tuple[Rulebook, str]
Grades = dict[str, Score]


@dataclass(frozen=True)
class AgencyRun:
    """The runs of all scorecards by rulebook#scorecard, in the order asked, and each person's legal one."""

    asked: Asked
    runs: Mapping[str, Run]
    people: Mapping[str, Legal]
    findings: tuple[Finding, ...]

    def legal_run(self, card: str) -> Run:
        """The run of a card with only those for whom it is legal."""
        return _legal_part(self.runs[card], card, self.people)

    def legal_score(self, official: str) -> Score | None:
        """The one score that counts for a person; None until it is settled which that is."""
        card = self.people[official].card
        return self.runs[card].scores.get(official) if card else None


def evaluate_agency(
    facts: Facts, cards: Sequence[Card], asked: Asked, calendar_of: Callable[[Rulebook], Calendar]
) -> AgencyRun:
    """Score everyone under every card. Raises `Unusable` when the question makes no sense for one of the cards."""
    asked = replace(asked, as_of=min(asked.as_of, asked.period.end), beside=())
    entries = _entries(cards, asked, calendar_of)
    check_names({name: one for book, _ in cards for name, one in parameters_of(book).items()}, asked.overrides)
    told = known(facts, asked.known_at, asked.seq)
    refuse_without_people(told)
    people, runs = _Agency(told).score(entries, asked)
    limited = {key: replace(run, caps=_caps(run, key, people), trial=entries[key].trial) for key, run in runs.items()}
    found = (*_before_the_rule(entries, asked), *legal_findings(people, told.decisions, asked.period))
    return AgencyRun(asked, limited, people, found)


def _entries(cards: Sequence[Card], asked: Asked, calendar_of: Callable[[Rulebook], Calendar]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for book, name in cards:
        card, trial = admitted(book, name, asked, on_any_day)
        key = f"{book.id}#{name}"
        if card.model.subject != "official":
            raise unusable("not-of-people", f"{key} scores no officials", "evaluate it alone, with --scorecard")
        if key in entries:
            raise unusable("card-twice", f"{key} is named twice", "name each scorecard once")
        entries[key] = Entry(key, book, card, calendar_of(book), trial)
    if not entries:
        raise unusable("no-cards", "no scorecard was named", "name at least one: --card rulebook#scorecard")
    return entries


def _before_the_rule(entries: Mapping[str, Entry], asked: Asked) -> Iterator[Finding]:
    """Years averaged from months in which their rulebook was not in force, where nobody asked for a trial."""
    over = [month for month in asked.period.months() if month.end <= asked.as_of]
    for key, entry in entries.items():
        outside = [month.label for month in over if not holds_on(entry.rulebook, month.first)]
        if entry.card.model.roll_up and outside and not asked.trial:
            message = f"{key}: {', '.join(outside)} are averaged too, though it was not in force then"
            advice = "the person who decides on the legal scorecard decides whether these months count"
            yield Finding("month-before-rule", message, advice, Place(entry.rulebook.id), Severity.WARNING)


def _caps(run: Run, key: str, people: Mapping[str, Legal]) -> tuple[GroupCap, ...]:
    """The limits of a card over those for whom it is legal."""
    return caps(_legal_part(run, key, people))


def _legal_part(run: Run, key: str, people: Mapping[str, Legal]) -> Run:
    return replace(run, scores={code: score for code, score in run.scores.items() if people[code].card == key})


class _Agency:
    """The facts of one run, scored card after card until the grades that leaders read stand still."""

    def __init__(self, told: Facts):
        self.told, self.folds = told, Folds(told)
        self._months: dict[str, dict[str, Run]] = {}

    def score(self, entries: Mapping[str, Entry], asked: Asked) -> tuple[dict[str, Legal], dict[str, Run]]:
        """Everyone's legal card, and every card's run. A card is scored again while grades it reads from others
        change; they are read downwards only, so this ends at the top of the tree."""
        runs = {key: self._run(entries, entry, asked, {}) for key, entry in entries.items()}
        people = self._people(entries, runs, asked)
        reading = [key for key, entry in entries.items() if entry.card.model.roll_up is None]
        read: dict[str, Grades] = {key: {} for key in reading}
        for _ in range(MOST_LEVELS):
            now = {key: _from_others(key, runs, people) for key in reading}
            stale = [key for key in reading if _seen(now[key]) != _seen(read[key])]
            if not stale:
                break
            runs |= {key: self._run(entries, entries[key], asked, now[key]) for key in stale}
            read = now
        return people, runs

    def _people(self, entries: Mapping[str, Entry], runs: Mapping[str, Run], asked: Asked) -> dict[str, Legal]:
        structure = Structure(self.told, next(iter(entries.values())).calendar)
        scored = {key: frozenset(run.scores) for key, run in runs.items()}
        people = structure.people(asked.period, asked.until)
        return legal_cards(people, entries, scored, self.told.decisions, asked.period)

    def _run(self, entries: Mapping[str, Entry], entry: Entry, asked: Asked, others: Grades) -> Run:
        book, card, rule = entry.rulebook, entry.card, entry.card.model.roll_up
        if rule is None:
            return score_period(self.told, book, card, asked, entry.calendar, self.folds, others)
        month = f"{book.id}#{rule.of}"
        return roll_up(
            self.told,
            book,
            card,
            asked,
            entry.calendar,
            self.folds,
            lambda asked: self._month(entries, asked)[month].scores,
        )

    def _month(self, entries: Mapping[str, Entry], asked: Asked) -> dict[str, Run]:
        """The runs of one month of a year, in which leaders read the grades of that month."""
        label = asked.period.label
        if label not in self._months:
            monthly = {one.key: one for entry in entries.values() if (one := _of_month(entry, asked))}
            self._months[label] = self.score(monthly, asked)[1]
        return self._months[label]


def _of_month(entry: Entry, asked: Asked) -> Entry | None:
    """The scorecard that a yearly one averages; a trial when the rulebook is not in force in that month."""
    rule, book = entry.card.model.roll_up, entry.rulebook
    if rule is None:
        return None
    trial = book.head.status == "off" or not holds_on(book, asked.period.first)
    return replace(entry, key=f"{book.id}#{rule.of}", card=book.scorecards[rule.of], trial=trial)


def _from_others(key: str, runs: Mapping[str, Run], people: Mapping[str, Legal]) -> Grades:
    """The legal scores, under other cards, of those whom a card does not score itself."""
    own = runs[key].scores
    return {
        code: runs[one.card].scores[code]
        for code, one in people.items()
        if one.card is not None and one.card != key and code not in own
    }


def _seen(grades: Grades) -> dict[str, tuple[str | None, str]]:
    """What a leader reads of the scores of others."""
    return {code: (score.graded.grade, score.graded.by) for code, score in grades.items()}
