"""One score opened down to its records: the same figures as a full run, with the trace, for one person."""

from collections.abc import Callable
from datetime import datetime

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.legal import Entry
from congtam.engine.structure import Structure
from congtam.engine.trace import Trace, trace
from congtam.scores.cards import Cards, cards_of
from congtam.scores.census import CENSUSES, Census
from congtam.scores.facts import facts_about, structure_about
from congtam.scores.full import everyone
from congtam.scores.grades import LiveGrades, RecordGrades, RunGrades
from congtam.scores.known import cut
from congtam.scores.models import Live
from congtam.scores.models import Run as RunRow
from congtam.scores.scoring import Grades, Scoring


def opened(
    person_id: int, period: Period, rulebook: Rulebook | str, scorecard: str, *, as_of: datetime, seq: int | None = None
) -> tuple[Run, Trace]:
    """A person's score in a period seen at `as_of`, of facts known at `seq` (None: now), and its trace.

    Raises `Unusable` when the card scores nobody in the period, or not this person.
    """
    identity = rulebook if isinstance(rulebook, str) else rulebook.id
    cards, code = cards_of(period, cut().rules), str(person_id)
    key = f"{identity}#{scorecard}"
    if key not in cards.entries:
        raise unusable("not-in-force", f"{key} scores nobody in {period.label}", "choose a scorecard of that period")
    run = _run(cards, key, person_id, Asked(period, min(as_of, period.end), seq=seq))
    return run, trace(run, code)


def _run(cards: Cards, key: str, person_id: int, asked: Asked) -> Run:
    """The run of one card with this person alone."""
    facts = known(facts_about({person_id}, asked.period, seq=asked.seq), None, asked.seq)
    folds = Folds(facts)
    censuses = _censuses(cards, facts, asked)
    scoring = Scoring(
        cards,
        asked,
        censuses,
        facts,
        lambda entry: folds.of(entry.rulebook, asked, entry.calendar)[1],
        _grades(cards, person_id, asked),
    )
    code, entry = str(person_id), cards.entries[key]
    made = scoring.people([code])[code].get(key)
    scores = {code: made.score} if made else {}
    related = {code: made.related} if made else {}
    work, _ = folds.of(entry.rulebook, asked, entry.calendar)
    scorer = made.scorer if made else scoring.scorer(entry)
    return Run(
        entry.rulebook, entry.card, asked, facts, entry.calendar, scores, related, work, scorer, trial=entry.trial
    )


def _censuses(cards: Cards, facts: Facts, asked: Asked) -> Callable[[Entry], Census]:
    """Everyone for somebody who led in the period; else the person alone is enough."""
    led = any(spell.leader for spell in facts.spells)
    number = cut().structure
    if led and (asked.seq is None or number <= asked.seq):
        return lambda entry: CENSUSES.of(number, entry.calendar, asked.period, asked.until)
    who = structure_about(seq=asked.seq) if led else facts
    by_calendar = {entry.calendar.digest: entry.calendar for entry in cards.entries.values()}
    made = {name: Census(Structure(who, one), asked.period, asked.until) for name, one in by_calendar.items()}
    return lambda entry: made[entry.calendar.digest]


def _grades(cards: Cards, person_id: int, asked: Asked) -> Grades:
    """Grades of others as known then: live where the person's own live score is of that number, else those of the full
    run of that number and instant, else scored anew from the records."""
    label, then = asked.period.label, {"seq": asked.seq, "as_of": asked.as_of}
    if asked.seq is None or Live.objects.filter(person=person_id, period=label, **then).exists():
        return LiveGrades(label)
    runs = list(RunRow.objects.filter(period=label, **then).values_list("pk", flat=True))
    return RunGrades(runs) if runs else RecordGrades(lambda: everyone(cards, asked.as_of, asked.seq))
